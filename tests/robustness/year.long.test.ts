import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId, ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { addDays, HOUR_MS, instantOf, MINUTE_MS, weekdayOf } from "#kernel/time.ts";
import {
  acceptProposal,
  book,
  bookingTasks,
  cancelBooking,
  cutCapacity,
  declineProposal,
  hold,
  moveBookingTo,
  undoCut,
} from "#modules/booking/index.ts";
import { expireHolds, fillHorizon, RELEASE_TICKS, reopenFreed, seedTemplates } from "#modules/schedules/index.ts";
import { checkIn, closePast, recordOutcomes, settleOutcomes } from "#modules/visits/index.ts";
import { systemContext } from "#platform/context.ts";
import { planner } from "../../src/modules/booking/booking.fixtures.ts";
import { allOf, aStaffId, staffContext } from "../../src/modules/visits/visits.fixtures.ts";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen, someContacts } from "#tests/support/fixtures.ts";
import { pick } from "./chance.ts";

/**
 * A year of four offices on the real database, by the clock and with the jobs that run it: no clock change at all, those
 * of the United States, those of Canada, and British Columbia, each with the holidays of its host and of Mexico.
 */
const ZONES = {
  phoenix: "America/Phoenix",
  chicago: "America/Chicago",
  toronto: "America/Toronto",
  vancouver: "America/Vancouver",
} as const;
const OFFICES = Object.keys(ZONES) as (keyof typeof ZONES)[];
const FIRST = "2027-01-01" as LocalDate;
const DAYS = 365;
const HORIZON_DAYS = 56;
const OPENS = "09:00";
const CLOSES = "12:00";
/** Minutes of a step, and counters, by group. */
const SESSIONS = { documentacion: [15, 3], registro_civil: [30, 1] } as const;
const PLACES_A_DAY = 3 * 12 + 6;
/** Parties that ask on one day, over the offices; they fill the days about to four fifths. */
const ASK_A_DAY = 14;
/** What the whole year must take on a computer that does nothing else. */
const LIMIT_SECONDS = 120;

const random = mulberry32(20_270_101);
const happens = (share: number) => random() < share;
let services: TestServices;
let directory: string;
/** One connection for all questions: a new one for each would take longer than the answer. */
let client: pg.Client;
let people = 0;
const took = { booking: 0, parties: 0 };
const count = { booked: 0, full: 0, lapsed: 0, cancelled: 0, moved: 0, cuts: 0, undone: 0, yes: 0, no: 0, served: 0 };

beforeAll(async () => {
  services = await openTestServices({ now: at(FIRST, 8) });
  await services.adminQuery("update offices.offices set valid_to = valid_from where id <> all($1::text[])", [OFFICES]);
  client = new pg.Client({ connectionString: services.url });
  await client.connect();
  directory = await mkdtemp(join(tmpdir(), "year-"));
  const sessions = Object.entries(SESSIONS).map(([group, [step_minutes, counters]]) => ({
    group,
    kind: "regular",
    weekdays: [1, 2, 3, 4, 5],
    opens: OPENS,
    closes: CLOSES,
    step_minutes,
    counters: { small: counters },
  }));
  await writeFile(
    join(directory, "planning.json"),
    JSON.stringify({ sizes: { small: OFFICES }, sessions, exceptions: [] }),
  );
  await seedTemplates({ url: services.url, now: services.clock.now(), directory });
});
afterAll(async () => {
  await client.end();
  await services.close();
  await rm(directory, { recursive: true });
});

const at = (day: LocalDate, hour: number) => new Date(Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS);
const ctx = () => systemContext(services, "test");
const ask = async <Row extends object>(text: string, values?: unknown[]): Promise<Row[]> =>
  (await client.query<Row & Record<string, unknown>>(text, values)).rows;

test("a year of four offices: nothing is lost, doubled or forgotten, and each day opens at its own hour", async () => {
  const started = performance.now();
  const staff = new Map<OfficeId, string>();
  for (const office of OFFICES) staff.set(office as OfficeId, await aStaffId(services, "clerk", office as OfficeId));
  const closed = new Set(
    (await ask<{ key: string }>("select office_id || ' ' || local_date as key from schedules.closures")).map(
      (one) => one.key,
    ),
  );
  const isOpen = (office: string, day: LocalDate) => weekdayOf(day) <= 5 && !closed.has(`${office} ${day}`);
  for (let number = 0; number < DAYS; number++) {
    const today = addDays(FIRST, number);
    services.clock.set(at(today, 8.25));
    await closePast(ctx());
    await fillHorizon(ctx());
    await expectFullHorizon(today, isOpen);
    services.clock.set(at(today, 15));
    await askForPlaces(today, isOpen);
    await changeMinds();
    for (const hour of RELEASE_TICKS) {
      services.clock.set(at(today, hour));
      await expireHolds(ctx());
      await reopenFreed(ctx());
      if (hour === RELEASE_TICKS[0]) await serve(today, staff);
      await answerProposals();
    }
    await settleOutcomes(ctx());
    if (number % 6 === 3) await cutSomething(today, isOpen);
    if (number % 30 === 29) expect(await brokenRules(ask), today).toEqual({});
  }
  services.clock.set(at(addDays(FIRST, DAYS), 9));
  await closePast(ctx());
  const seconds = (performance.now() - started) / 1_000;
  expect(await brokenRules(ask)).toEqual({});
  await expectAllPlaces(isOpen);
  await expectLocalHours();
  await expectNobodyForgotten();
  await expectErased();
  for (const [what, times] of Object.entries(count)) expect(times, what).toBeGreaterThan(0);
  const aSecond = took.parties / (took.booking / 1_000);
  process.stdout.write(
    `${DAYS} days of ${OFFICES.length} offices in ${seconds.toFixed(0)} s (limit ${LIMIT_SECONDS} s of a free computer); ` +
      `${aSecond.toFixed(0)} bookings a second while booking; ${JSON.stringify(count)}\n`,
  );
}, 900_000);

/** Households that ask today, all at once, as they come: one to three people, for a day of the next weeks. */
async function askForPlaces(today: LocalDate, isOpen: (office: string, day: LocalDate) => boolean): Promise<void> {
  const contacts = await someContacts(services, ASK_A_DAY);
  const wishes = contacts.flatMap((contactId) => {
    const officeId = pick(OFFICES, random);
    const days = Array.from({ length: 40 }, (_, ahead) => addDays(today, 1 + ahead)).filter((day) =>
      isOpen(officeId, day),
    );
    const localDate = days[Math.floor(random() ** 2 * days.length)]!;
    const civil = happens(0.12);
    const startsAt = new Date(
      instantOf(localDate, OPENS, ZONES[officeId]).getTime() +
        Math.floor(random() * (civil ? 6 : 12)) * (civil ? 30 : 15) * MINUTE_MS,
    );
    const size = civil ? 1 : 1 + Math.floor(random() ** 2 * 3);
    const service = (civil ? "copia-acta" : "matricula-consular") as ServiceSlug;
    const applicants = Array.from({ length: size }, () => anApplicant((people += 1), { services: [service] }));
    return [{ contactId, wanted: { officeId: officeId as OfficeId, localDate, startsAt }, applicants }];
  });
  const [lapsing, booking] = [wishes.slice(0, 1), wishes.slice(1)];
  for (const wish of lapsing) if ((await hold(citizen(services, wish.contactId), wish)).ok) count.lapsed += 1;
  const started = performance.now();
  const answers = await Promise.all(booking.map((wish) => book(citizen(services, wish.contactId), wish)));
  took.booking += performance.now() - started;
  for (const answer of answers) {
    if (answer.ok) took.parties += 1;
    else expect(answer.refusal.code).toBe("place_taken");
    count[answer.ok ? "booked" : "full"] += 1;
  }
}

interface Standing {
  readonly bookingId: BookingId;
  readonly contactId: ContactId;
  readonly officeId: OfficeId;
}

/** One household cancels and one moves to another hour, each day that there are any. */
async function changeMinds(): Promise<void> {
  const [leaves, moves] = await ask<Standing>(
    `select id as "bookingId", contact_id as "contactId", office_id as "officeId" from booking.bookings b
     where state = 'active' and starts_at > $1 and not exists (select from schedules.places p where p.holder = b.id and p.cut_id is not null) order by md5(id::text || $2) limit 2`,
    [new Date(services.clock.now().getTime() + 24 * HOUR_MS), random()],
  );
  if (leaves && (await cancelBooking(citizen(services, leaves.contactId), leaves)).ok) count.cancelled += 1;
  if (!moves) return;
  const [place] = await ask<{ localDate: LocalDate; startsAt: Date }>(
    `select s.local_date::text as "localDate", p.starts_at as "startsAt" from schedules.places p join schedules.sessions s on s.id = p.session_id
     where p.office_id = $1 and p.state = 'open' and s.service_group = 'documentacion' and p.starts_at > $2 order by md5(p.starts_at::text || $3) limit 1`,
    [moves.officeId, new Date(services.clock.now().getTime() + 48 * HOUR_MS), random()],
  );
  if (!place) return;
  const { contactId, bookingId, officeId } = moves;
  const moved = await moveBookingTo(citizen(services, contactId), {
    contactId,
    bookingId,
    wanted: { officeId, ...place },
  });
  if (moved.ok) count.moved += 1;
  else expect(["place_taken", "too_many_moves"]).toContain(moved.refusal.code);
}

/** The next open day of an office is closed, or two of its counters. Now and then it is taken back an hour later. */
async function cutSomething(today: LocalDate, isOpen: (office: string, day: LocalDate) => boolean): Promise<void> {
  const officeId = pick(OFFICES, random) as OfficeId;
  const localDate = [1, 2, 3, 4].map((ahead) => addDays(today, ahead)).find((day) => isOpen(officeId, day));
  if (!localDate) return;
  const whole = happens(0.5);
  const wish = {
    localDate,
    reason: whole ? "storm" : "staff",
    ...(whole ? {} : { counters: { from: 2, to: 3 } }),
  } as const;
  const cut = await cutCapacity(planner(services, "supervisor", officeId), officeId, wish);
  if (!cut.ok) return expect(cut.refusal.code).toBe("nothing_to_cut");
  count.cuts += 1;
  if (count.cuts % 5 !== 0) return;
  services.clock.advance(HOUR_MS);
  if ((await undoCut(planner(services, "supervisor", officeId), officeId, cut.value.cutId)).ok) count.undone += 1;
}

/** Most say yes, some no, and some nothing. */
async function answerProposals(): Promise<void> {
  const asked = await ask<Standing>(
    `select b.id as "bookingId", b.contact_id as "contactId", b.office_id as "officeId" from booking.proposals p join booking.bookings b on b.id = p.booking_id
     where p.state = 'asked' and p.kept_until > $1 order by b.id`,
    [services.clock.now()],
  );
  for (const one of asked) {
    const answer = random();
    const own = citizen(services, one.contactId);
    if (answer < 0.6 && (await acceptProposal(own, one)).ok) count.yes += 1;
    else if (answer < 0.75 && (await declineProposal(own, one)).ok) count.no += 1;
  }
}

/** Some of today's parties are received and served by the clerks of their office; the others do not come. */
async function serve(today: LocalDate, staff: ReadonlyMap<OfficeId, string>): Promise<void> {
  const expected = await ask<{ bookingId: BookingId; officeId: OfficeId }>(
    `select id as "bookingId", office_id as "officeId" from booking.bookings b where state = 'active' and local_date = $1
     and not exists (select from schedules.places p where p.holder = b.id and p.cut_id is not null) order by id limit 3`,
    [today],
  );
  for (const { bookingId, officeId } of expected) {
    const clerk = staffContext(services, staff.get(officeId)!, "clerk", officeId);
    const received = await checkIn(clerk, { bookingId });
    if (!received.ok) throw new Error(received.refusal.code);
    const { id: visitId, version } = received.value;
    const done = await recordOutcomes(clerk, { visitId, version, outcomes: await allOf(services, bookingId) });
    if (!done.ok) throw new Error(done.refusal.code);
    count.served += 1;
  }
}

/** Of every day of the eight weeks each office has all its places, and none on a day on which it rests. */
async function expectFullHorizon(today: LocalDate, isOpen: (office: string, day: LocalDate) => boolean): Promise<void> {
  const found = await ask<{ key: string; n: number }>(
    `select s.office_id || ' ' || s.local_date as key, sum((select count(*) from schedules.places p where p.office_id = s.office_id and p.session_id = s.id))::int as n
     from schedules.sessions s where s.local_date between $1 and $2 group by 1`,
    [today, addDays(today, HORIZON_DAYS - 1)],
  );
  const wanted = OFFICES.flatMap((office) =>
    Array.from({ length: HORIZON_DAYS }, (_, ahead) => addDays(today, ahead)).flatMap((day) =>
      isOpen(office, day) ? [`${office} ${day} ${PLACES_A_DAY}`] : [],
    ),
  );
  expect(found.map(({ key, n }) => `${key} ${n}`).sort()).toEqual(wanted.sort());
}

/** What the templates promised from the first day to the end of the horizon is there, each place once. */
async function expectAllPlaces(isOpen: (office: string, day: LocalDate) => boolean): Promise<void> {
  const days = Array.from({ length: DAYS - 1 + HORIZON_DAYS }, (_, day) => addDays(FIRST, day));
  const promised =
    OFFICES.reduce((sum, office) => sum + days.filter((day) => isOpen(office, day)).length, 0) * PLACES_A_DAY;
  const [found] = await ask("select count(*)::int as n from schedules.places");
  expect(found).toEqual({ n: promised });
}

/** By the runtime's own calendar: nine o'clock on the wall of every office on every day, summer and winter. */
async function expectLocalHours(): Promise<void> {
  const sessions = await ask<{ officeId: keyof typeof ZONES; localDate: string; startsAt: Date; endsAt: Date }>(
    `select office_id as "officeId", local_date::text as "localDate", starts_at as "startsAt", ends_at as "endsAt" from schedules.sessions`,
  );
  const show = new Map(
    OFFICES.map((office) => [
      office,
      new Intl.DateTimeFormat("sv-SE", { timeZone: ZONES[office], dateStyle: "short", timeStyle: "short" }),
    ]),
  );
  const hours = new Set(
    sessions.flatMap(({ officeId, localDate, startsAt, endsAt }) =>
      [startsAt, endsAt].map((one) => show.get(officeId)!.format(one).replace(localDate, "")),
    ),
  );
  expect([...hours].sort()).toEqual([` ${OPENS}`, ` ${CLOSES}`]);
  const [offsets] = await ask(
    "select count(distinct extract(hour from starts_at at time zone 'UTC')) filter (where office_id = 'phoenix')::int as fixed, count(distinct extract(hour from starts_at at time zone 'UTC')) filter (where office_id = 'chicago')::int as changing from schedules.sessions",
  );
  expect(offsets).toEqual({ fixed: 1, changing: 2 });
}

/** Whoever stood on a place that was cut was told so, or stands at her own hour at another counter. */
async function expectNobodyForgotten(): Promise<void> {
  const forgotten = await ask(
    `select p.holder from schedules.places p where p.cut_id is not null and p.state in ('booked', 'used')
     and not exists (select from platform.outbox e where e.name = 'booking.displaced' and e.subject_id = p.holder)`,
  );
  expect(forgotten).toEqual([]);
  const [told] = await ask<{ n: number }>(
    "select count(*)::int as n from platform.outbox where name = 'booking.displaced'",
  );
  expect(told!.n).toBeGreaterThan(0);
}

/** Thirty days after its visit nothing is left of a booking, and nothing else is gone. */
async function expectErased(): Promise<void> {
  const [before] = await ask<{ kept: number; due: number }>(
    "select count(*) filter (where erase_after >= $1)::int as kept, count(*) filter (where erase_after < $1)::int as due from booking.bookings",
    [services.clock.now().toISOString().slice(0, 10)],
  );
  expect(before!.due).toBeGreaterThan(1_000);
  await bookingTasks.find((task) => task.name === "booking.erase_bookings")!.run(ctx());
  const [after] = await ask(
    "select (select count(*) from booking.bookings)::int as bookings, (select count(*) from booking.applicants a where not exists (select from booking.bookings b where b.id = a.booking_id))::int as orphans",
  );
  expect(after).toEqual({ bookings: before!.kept, orphans: 0 });
}
