import { addDays, instantOf, localDateAt } from "#kernel/time.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { Snapshot } from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";

/** The office that stands in all examples. */
export const EXAMPLE_OFFICE = "fresno" as OfficeId;
/** An hour at which offices are open, and what lies between two starts there. */
const EXAMPLE_START = "09:00";
const EXAMPLE_LATER = "09:30";
const DAYS_AHEAD = 21;

/** Times that can be booked when an example is tried, and the day on which it is read. */
export interface ExampleTime {
  readonly localDate: LocalDate;
  readonly startsAt: string;
  readonly later: string;
  readonly today: LocalDate;
}

/** A morning with places by the public picture; without any, a day three weeks on. */
export async function exampleTime(services: Services, snapshot: Snapshot): Promise<ExampleTime> {
  const zone = (await getNetwork(services)).officeById.get(EXAMPLE_OFFICE)?.zone ?? "UTC";
  const today = localDateAt(services.clock.now(), zone);
  const group = snapshot.offices.get(EXAMPLE_OFFICE)?.get("documentacion");
  const roomy = [...(group?.days ?? [])].find(([, levels]) => levels.morning === "some")?.[0];
  // A picture that was not made anew for long may show days that are over.
  const localDate = [roomy, group?.soonest].find((day) => day && day > today) ?? addDays(today, DAYS_AHEAD);
  return {
    localDate,
    startsAt: instantOf(localDate, EXAMPLE_START, zone).toISOString(),
    later: instantOf(localDate, EXAMPLE_LATER, zone).toISOString(),
    today,
  };
}

const INSTANT = /^\d{4}-\d\d-\d\dT/;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** Days on which something was signed or somebody was born are no days of a visit. */
const SIGNED: readonly string[] = ["signedOn", "permissionOn"];
const LASTING: readonly string[] = ["bornOn"];

/** A description whose examples lie in the future, whenever it is read. */
export function withExampleTime<Description extends object>(description: Description, time: ExampleTime): Description {
  return timed(description, "", time) as Description;
}

function timed(value: unknown, name: string, time: ExampleTime): unknown {
  if (Array.isArray(value)) return value.map((one) => timed(one, name, time));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => {
      if (key !== "example" || typeof one !== "string" || LASTING.includes(name)) return [key, timed(one, key, time)];
      if (INSTANT.test(one)) return [key, time.startsAt];
      return [key, DAY.test(one) ? (SIGNED.includes(name) ? time.today : time.localDate) : one];
    }),
  );
}
