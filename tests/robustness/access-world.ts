import { randomUUID } from "node:crypto";
import { folioFrom, formatFolio } from "#kernel/folio.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { getBooking } from "#modules/booking/index.ts";
import { askEmergency } from "#modules/emergencies/index.ts";
import type { TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { ask, cookieOf } from "../../src/channels/api/console/console.fixtures.ts";
import { aBooking, aStaffId, goToVisit } from "../../src/modules/visits/visits.fixtures.ts";
import type { ObjectKind } from "./access-policy.ts";
import type { Program } from "./program.ts";

/** One thing of each kind, as its office knows it. */
export type Things = Readonly<Record<ObjectKind, string>>;

/** One white point. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const OWN = "fresno" as OfficeId;
const OTHER = "los-angeles" as OfficeId;
/** Tables whose row is the thing; what hangs on it stays behind, as after a retention that was cut off. */
const ROOTS: Partial<Record<ObjectKind, string>> = {
  booking: "booking.bookings",
  visit: "visits.visits",
  document: "issuing.documents",
  payment: "issuing.payments",
  emergency: "emergencies.requests",
  alarm: "visits.alarms",
  interpretation: "visits.interpretations",
  papers: "visits.survey_sheets",
  device: "visits.devices",
  list: "visits.loans",
  conflict: "visits.merge_conflicts",
  cut: "schedules.cuts",
  venue: "schedules.venues",
  special_day: "schedules.special_days",
  session: "schedules.sessions",
  closing: "schedules.closings",
  advert: "adverts.adverts",
  helper: "helpers.helpers",
  case: "integrity.cases",
  pair: "integrity.pairs",
  release: "people.releases",
  talk: "conversations.tasks",
};

export interface World {
  readonly own: Things;
  readonly other: Things;
  readonly deleted: Things;
  nonexistent(): Things;
}

/** Two offices on a day of visits: what each has of every kind, and what was there and is gone. */
export async function aWorld(services: TestServices, program: Program): Promise<World> {
  const own = await things(services, program, OWN, 1);
  const deleted = await things(services, program, OWN, 2);
  const other = await things(services, program, OTHER, 3);
  await services.adminQuery("update people.staff set active = false where id = $1", [deleted.staff]);
  await services.adminQuery("delete from integrity.observations where cluster_id = $1", [deleted.cluster]);
  for (const [kind, table] of Object.entries(ROOTS))
    await services.adminQuery(
      `begin; set local session_replication_role = replica; delete from ${table} where id = '${deleted[kind as ObjectKind]}'; commit`,
    );
  return { own, other, deleted: { ...deleted, office: OWN }, nonexistent };
}

function nonexistent(): Things {
  const ids = Object.fromEntries(
    [...Object.keys(ROOTS), "staff", "draw", "cluster"].map((kind) => [kind, randomUUID()]),
  );
  const folio = formatFolio(folioFrom(Buffer.from(randomUUID().replaceAll("-", ""), "hex")));
  return { ...ids, folio, office: "atlantis" } as unknown as Things;
}

async function things(services: TestServices, program: Program, officeId: OfficeId, number: number): Promise<Things> {
  const { wanted, sessionId } = await aSession(services, { officeId, opens: "08:00", steps: 8, counters: 4 });
  services.clock.set(new Date(wanted.startsAt.getTime() - 48 * 3_600_000));
  const [contactId] = await someContacts(services, 1);
  const bookingId = await aBooking(services, contactId!, wanted, [anApplicant(number)]);
  goToVisit(services, wanted);
  const { folio } = (await getBooking(citizen(services, contactId!), contactId!, bookingId))!;
  const head = await cookieOf(services, await aStaffId(services, "office_head", officeId));
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await ask(program.web, "POST", path, head, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Record<string, unknown>;
  };
  const visit = ((await post("/visits", { bookingId }))["visit"] as { id: string }).id;
  const { documents, means } = (await post("/cash/party", { bookingId })) as unknown as {
    documents: { id: string; version: number; variant: string }[];
    means: string[];
  };
  const { id: document, version, variant } = documents[0]!;
  await post("/cash/settle", {
    bookingId,
    items: [{ id: document, version, choice: { variant, proofs: [], copies: 0 } }],
    totalCents: 4_100,
    how: { kind: "paid", means: means[0], receipt: "A-1" },
  });
  const [payment] = await services.adminQuery<{ id: string }>(
    "select id from issuing.payments where document_id = $1",
    [document],
  );
  const alarm = (await post("/alarms", { counter: 1 }))["id"] as string;
  const asked = await post("/interpreters", { visitId: visit, language: "nahuatl" });
  const asker = citizen(services, contactId!);
  const emergency = await askEmergency(asker, { officeId, kind: "death_or_illness", neededBy: "two_days" });
  if (!emergency.ok) throw new Error(emergency.refusal.code);
  return {
    office: officeId,
    booking: bookingId,
    folio: formatFolio(folio),
    visit,
    document,
    payment: payment!.id,
    emergency: emergency.value.id,
    alarm,
    interpretation: (asked["interpretation"] as { id: string }).id,
    session: sessionId,
    staff: await aStaffId(services, "clerk", officeId),
    draw: randomUUID(),
    ...(await plainRows(services, officeId, { bookingId, sessionId })),
    ...(await ofIntegrity(services, officeId, { bookingId, contactId: contactId! })),
  };
}

/** What the analysts see: an advert, a group with one booking, and the case of it. */
async function ofIntegrity(services: TestServices, officeId: OfficeId, of: { bookingId: string; contactId: string }) {
  const ids = {
    advert: randomUUID(),
    helper: randomUUID(),
    case: randomUUID(),
    cluster: randomUUID(),
    pair: randomUUID(),
    release: randomUUID(),
    talk: randomUUID(),
  };
  const now = services.clock.now();
  await services.adminQuery(
    `insert into adverts.adverts (id, source, platform, digest, sealed, filed_at, last_at, erase_after)
     values ($1, 'public', 'other', sha256($1::uuid::text::bytea), ''::bytea, $2::timestamptz, $2::timestamptz, $2::timestamptz::date + 300)`,
    [ids.advert, now],
  );
  await services.adminQuery(
    `insert into helpers.helpers (id, kind, people_a_week, sealed, asked_at, changed_at, ends_on, erase_after)
     values ($1, 'library', 9, ''::bytea, $2::timestamptz, $2::timestamptz, $2::timestamptz::date + 400, $2::timestamptz::date + 430)`,
    [ids.helper, now],
  );
  await services.adminQuery(
    `insert into integrity.clusters (id, points, level, families, strong, terms, credits, persons, bookings, contacts, offices, found_at, scored_at)
     values ($1, 60, 'orange', '{contact}', false, '[]', '[]', 1, 1, 1, 1, $2, $2)`,
    [ids.cluster, now],
  );
  await services.adminQuery(
    `insert into integrity.observations (booking_id, office_id, contact_id, contact_kind, persons, surnames, starts_at, booked_at, fresh_contact, assisted, cluster_id, erase_after)
     values ($1, $2, $3, 'email', '{1}', '{1}', $4, $4, false, false, $5, $4::timestamptz::date + 90)
     on conflict (booking_id) do update set cluster_id = excluded.cluster_id`,
    [of.bookingId, officeId, of.contactId, now, ids.cluster],
  );
  await services.adminQuery(
    `insert into integrity.cases (id, booking_id, office_id, contact_id, cluster_id, origin, level, points, kinds, state, version, starts_at, flagged_at, queued_at, erase_after)
     values ($1, $2, $3, $4, $5, 'score', 'orange', 60, 1, 'queued', 7, $6, $6, $6, $6::timestamptz::date + 300)`,
    [ids.case, of.bookingId, officeId, of.contactId, ids.cluster, now],
  );
  await services.adminQuery(
    `with person as (insert into integrity.persons (id, created_at) values ($1, $2) returning id)
     insert into integrity.pairs (id, person_a, person_b, bits, terms, one_contact, found_at) select $1, id, id, 20, '{}', false, $2 from person`,
    [ids.pair, now],
  );
  await services.adminQuery(
    "insert into people.releases (id, kind, month, asked_at, expires_at) values ($1, 'counts', '2026-09-01', $2, $2::timestamptz + interval '24 hours')",
    [ids.release, now],
  );
  await services.adminQuery(
    "insert into conversations.tasks (id, inbox_id, reason, step, language, channel, sealed, created_at, erase_after) values ($1, $1, 'asked', 'menu', 'es', 'sms', ''::bytea, $2, $2::timestamptz::date + 30)",
    [ids.talk, now],
  );
  return ids;
}

/** What needs no story of its own, straight into the tables. */
async function plainRows(services: TestServices, officeId: OfficeId, of: { bookingId: string; sessionId: string }) {
  const ids = Object.fromEntries(
    ["papers", "device", "list", "conflict", "cut", "venue", "special_day", "closing"].map((kind) => [
      kind,
      randomUUID(),
    ]),
  ) as Record<"papers" | "device" | "list" | "conflict" | "cut" | "venue" | "special_day" | "closing", string>;
  const now = services.clock.now();
  const [staff, tablet] = [await aStaffId(services, "clerk", officeId), randomUUID()];
  const later = "2026-12-12";
  const rows: [text: string, values: unknown[]][] = [
    [
      "insert into visits.survey_sheets (office_id, id, month, counts, staff_id, entered_at) values ($1, $2, '2026-12-01', '{1,0,0,1,0,0,1,0,0,1,0,0}', $3, $4)",
      [officeId, ids.papers, staff, now],
    ],
    [
      "insert into visits.devices (office_id, id, kind, code_until, offered_by, token_digest, enrolled_at) values ($1, $2, 'screen', $4, $3, sha256($2::uuid::text::bytea), $4)",
      [officeId, ids.device, staff, now],
    ],
    [
      "insert into visits.tablets (office_id, id, name, secret_digest, enrolled_by, enrolled_at) values ($1, $2, 'De prueba', sha256('x'), $3, $4)",
      [officeId, tablet, staff, now],
    ],
    [
      "insert into visits.loans (office_id, id, tablet_id, local_date, taken_by, taken_at, expires_at) values ($1, $2, $5, $6, $3, $4, $4::timestamptz + interval '2 days')",
      [officeId, ids.list, staff, now, tablet, VISIT_DAY],
    ],
    [
      "insert into visits.merge_conflicts (office_id, id, loan_id, booking_id, code, outcomes, raised_at) values ($1, $2, $3, $4, 'no_such', '[]', $5)",
      [officeId, ids.conflict, ids.list, of.bookingId, now],
    ],
    [
      "insert into schedules.cuts (office_id, id, local_date, session_id, reason, places, made_at) values ($1, $2, $3, $4, 'storm', 1, $5)",
      [officeId, ids.cut, VISIT_DAY, of.sessionId, now],
    ],
    [
      "insert into schedules.venues (office_id, id, name, street, city, region, latitude, longitude, photo) values ($1, $2, 'Salón de Ejemplo', '1010 Calle Ficticia', 'Reno', 'NV', 39.5, -119.8, decode($3, 'base64'))",
      [officeId, ids.venue, PNG],
    ],
    [
      "insert into schedules.special_days (office_id, id, kind, local_date, venue_id, sessions, state, made_at) values ($1, $2, 'saturday', $3, $4, '[]', 'draft', $5)",
      [officeId, ids.special_day, later, ids.venue, now],
    ],
    [
      "insert into schedules.closings (id, reason, from_date, to_date, made_at, made_by) values ($1, 'storm', $2, $2, $3, $4)",
      [ids.closing, later, now, staff],
    ],
  ];
  for (const [text, values] of rows) await services.adminQuery(text, values);
  return ids;
}
