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
  const localDate = roomy ?? group?.soonest ?? addDays(today, DAYS_AHEAD);
  return {
    localDate,
    startsAt: instantOf(localDate, EXAMPLE_START, zone).toISOString(),
    later: instantOf(localDate, EXAMPLE_LATER, zone).toISOString(),
    today,
  };
}
