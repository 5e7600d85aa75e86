import { randomUUID } from "node:crypto";
import type { ContactId, LocalDate, OfficeId, ServiceSlug, SessionId } from "../../src/kernel/ids.ts";
import { instantOf } from "../../src/kernel/time.ts";
import type { ApplicantRequest, WantedTime } from "../../src/modules/booking/index.ts";
import { contextFor, type Context } from "../../src/platform/context.ts";
import type { TestServices } from "./database.ts";

export const FRESNO = "fresno" as OfficeId;
export const FRESNO_ZONE = "America/Los_Angeles";
export const VISIT_DAY = "2026-12-03" as LocalDate;

/** A session with its places, as the horizon job would have made it. */
export async function aSession(
  services: TestServices,
  {
    officeId = FRESNO,
    group = "documentacion",
    localDate = VISIT_DAY,
    opens = "08:00",
    steps = 4,
    counters = 2,
    stepMinutes = 15,
    zone = FRESNO_ZONE,
  } = {},
): Promise<{ sessionId: SessionId; startsAt: Date; wanted: WantedTime }> {
  const sessionId = randomUUID() as string as SessionId;
  const startsAt = instantOf(localDate, opens, zone);
  const endsAt = new Date(startsAt.getTime() + steps * stepMinutes * 60_000);
  await services.adminQuery(
    `insert into schedules.sessions (office_id, id, service_group, kind, local_date, starts_at, ends_at, counters, step_minutes) values ($1, $2, $3, 'regular', $4, $5, $6, $7, $8)`,
    [officeId, sessionId, group, localDate, startsAt, endsAt, counters, stepMinutes],
  );
  await services.adminQuery(
    `insert into schedules.places (office_id, session_id, starts_at, counter, band)
     select $1, $2, $3::timestamptz + (step * $4 || ' minutes')::interval, counter, 'morning' from generate_series(0, $5::int - 1) step, generate_series(1, $6::int) counter
     on conflict do nothing`,
    [officeId, sessionId, startsAt, stepMinutes, steps, counters],
  );
  return { sessionId, startsAt, wanted: { officeId, localDate, startsAt } };
}

const SYLLABLES = ["ma", "ri", "so", "le", "ta", "no", "xi", "pe", "cu", "lo"];
/** A fictional person; each number is somebody else. */
export function anApplicant(number: number, change: Partial<ApplicantRequest> = {}): ApplicantRequest {
  const word = (n: number) => [...String(n)].map((digit) => SYLLABLES[Number(digit)]).join("");
  return {
    givenNames: `Ficticia ${word(number)}`,
    firstSurname: "Inventada",
    secondSurname: "De Prueba",
    otherName: "",
    bornOn: "1990-05-17" as LocalDate,
    bornIn: "OC",
    sex: "M",
    curp: "",
    parents: [],
    services: ["matricula-consular" as ServiceSlug],
    ...change,
  };
}

/** Verified contacts of e-mail, straight into the tables. */
export async function someContacts(services: TestServices, count: number): Promise<ContactId[]> {
  const ids = Array.from({ length: count }, () => randomUUID() as string as ContactId);
  await services.adminQuery(
    "insert into people.contacts (id, kind, verified_at, created_at, erase_after) select id, 'email', now(), now(), '2027-12-31' from unnest($1::uuid[]) id",
    [ids],
  );
  return ids;
}

export function citizen(services: TestServices, contactId: ContactId): Context {
  return contextFor(services, {
    actor: { kind: "citizen", sessionId: randomUUID(), contactId },
    channel: "web",
    purpose: "booking",
    requestId: randomUUID(),
    language: "es",
  });
}
