import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId } from "#kernel/ids.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { book, listBookingIds } from "#modules/booking/index.ts";
import { beginHelp, endHelp, getOwnPage, type HelperSession } from "#modules/helpers/index.ts";
import { atTheDesk, valueOf } from "#modules/helpers/helpers.fixtures.ts";
import { findSession, issueCard, openWithCard } from "#modules/people/index.ts";
import { contextOf, staffActor, verifiedSession } from "#modules/people/people.fixtures.ts";
import { checkIn, markNoShow, recordOutcomes, settleOutcomes } from "#modules/visits/index.ts";
import { allOf, aStaffId, goToVisit, staffContext, worker } from "#modules/visits/visits.fixtures.ts";
import { systemContext } from "#platform/context.ts";
import { startDispatcher } from "#platform/dispatcher.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO } from "#tests/support/fixtures.ts";
import { subscriptions } from "./subscriptions.ts";
import { timetable } from "./timetable.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

/** No task of a helper sends anything. */
const TALKS_TO_NOBODY = {} as Parameters<typeof timetable>[1];

async function react(): Promise<void> {
  const dispatcher = startDispatcher(services, subscriptions, { automatic: false });
  await dispatcher.drain();
  await dispatcher.stop();
}
async function run(...names: string[]): Promise<void> {
  for (const name of names) {
    const task = timetable([], TALKS_TO_NOBODY, { kind: "weekly" }).find((one) => one.name === name);
    if (!task) throw new Error(name);
    await task.run(systemContext(services, name));
  }
}

/** Every row of every table of ours that speaks of the helper and of one of these, as the superuser reads it. */
async function linked(helperId: string, others: readonly string[]): Promise<string[]> {
  const tables = await services.adminQuery<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  expect(tables.length).toBeGreaterThan(80);
  const each = tables.map(
    ({ name }) => `select '${name}' as name, t::text as row from ${name} t where t::text like $1`,
  );
  const rows = await services.adminQuery<{ name: string; row: string }>(each.join(" union all "), [`%${helperId}%`]);
  const found = rows.filter(({ row }) => others.some((other) => row.includes(other)));
  return [...new Set(found.map(({ name }) => name))].sort();
}

let number = 0;
/** Somebody without a telephone books with her card, in a helper's browser. */
async function helped(session: HelperSession, wanted: Parameters<typeof book>[1]["wanted"], people = 1) {
  const clerk = contextOf(services, await staffActor(services, FRESNO));
  const card = valueOf(await issueCard(clerk));
  const { token } = valueOf(await beginHelp(contextOf(services), session, { consent: "spoken", language: "maya" }));
  const visit = (await findSession(services, token))!;
  const opened = valueOf(await openWithCard(contextOf(services), { ...card, sessionId: visit.id }));
  const actor = { kind: "citizen", sessionId: visit.id, contactId: card.contactId } as const;
  const applicants = Array.from({ length: people }, () => anApplicant((number += 1)));
  const { bookingId } = valueOf(
    await book(contextOf(services, actor), { contactId: card.contactId, wanted, applicants }),
  );
  return { bookingId, contactId: card.contactId, visitId: visit.id, token: opened.token };
}

async function serve(bookingId: BookingId): Promise<void> {
  const clerk = staffContext(services, await aStaffId(services));
  const visit = valueOf(await checkIn({ ...clerk, now: services.clock.now() }, { bookingId }));
  const { id: visitId, version } = visit;
  valueOf(
    await recordOutcomes(
      { ...clerk, now: services.clock.now() },
      { visitId, version, outcomes: await allOf(services, bookingId) },
    ),
  );
}

const countOf = async (where: string) =>
  (await services.adminQuery<{ count: number }>(`select count(*)::int as count from ${where}`))[0]!.count;

test("a helper's bookings are known by it for the score and counted, and thirty days later no table says who they were", async () => {
  const { id, session } = await atTheDesk(services);
  const { wanted } = await aSession(services, { steps: 4, counters: 6 });
  const hers = await helped(session, wanted, 3);
  const his = await helped(session, wanted);
  const alone = valueOf(
    await book(citizen(services, hers.contactId), {
      contactId: his.contactId,
      wanted,
      applicants: [anApplicant(900)],
    }),
  );
  await endHelp(contextOf(services), session);
  await react();
  // Told twice, counted once.
  await services.adminQuery("update platform.outbox set done_at = null");
  await react();
  await run("integrity.observe");

  const own = await getOwnPage(contextOf(services), session);
  expect(own).toMatchObject({ today: 4, help: undefined, allowance: 60, left: 44 });
  const observed = await services.adminQuery<{ id: string; helper: string | null }>(
    "select booking_id as id, helper_id as helper from integrity.observations",
  );
  expect(new Map(observed.map((one) => [one.id, one.helper]))).toEqual(
    new Map([
      [hers.bookingId, id],
      [his.bookingId, id],
      [alone.bookingId, null],
    ]),
  );
  const others = [hers, his].flatMap(({ bookingId, contactId, visitId }) => [bookingId, contactId, visitId]);
  expect(await linked(id, others)).toEqual(["helpers.entries", "helpers.helps", "integrity.observations"]);

  // The day of the visit: hers takes place, his does not.
  goToVisit(services, wanted);
  await serve(hers.bookingId);
  const clerk = staffContext(services, await aStaffId(services));
  services.clock.advance(60 * MINUTE_MS);
  valueOf(await markNoShow({ ...clerk, now: services.clock.now() }, his));
  await settleOutcomes(worker(services));
  services.clock.advance(DAY_MS);
  await run("helpers.forget_links", "helpers.count_ended", "helpers.count_ended");
  expect(await countOf("helpers.helps")).toBe(0);
  const [days] = await services.adminQuery(
    "select sum(kept)::int as kept, sum(missed)::int as missed, sum(persons)::int as persons from helpers.days",
  );
  expect(days).toEqual({ kept: 1, missed: 1, persons: 4 });

  const booked = await services.adminQuery<{ at: Date }>("select made_at as at from helpers.entries order by 1");
  services.clock.set(new Date(booked[0]!.at.getTime() + 30 * DAY_MS));
  await run("helpers.forget_links", "integrity.observe");
  // Until the last moment it is there: what is missing later was taken away by its day, and by nothing else.
  expect(await linked(id, others)).toEqual(["helpers.entries", "integrity.observations"]);
  services.clock.advance(1);
  await run("helpers.forget_links", "integrity.observe");
  expect(await linked(id, others)).toEqual([]);
  expect(await countOf("helpers.entries")).toBe(0);
  expect(await countOf("helpers.days where persons = 4")).toBe(1);

  // Looked at again, a booking does not learn its helper anew.
  await services.adminQuery(
    "insert into integrity.unobserved (booking_id) select booking_id from integrity.observations",
  );
  await run("integrity.observe");
  expect(await linked(id, others)).toEqual([]);
});

test("forty people of one parish are no middleman's group: the helper that they share is a credit", async () => {
  const { wanted } = await aSession(services, { steps: 4, counters: 32, opens: "12:00" });
  services.clock.set(new Date(wanted.startsAt.getTime() - 5 * DAY_MS));
  const { session: today } = await atTheDesk(services);
  for (let i = 0; i < 8; i++) {
    const startsAt = new Date(wanted.startsAt.getTime() + (i % 4) * 15 * MINUTE_MS);
    const begun = await beginHelp(contextOf(services), today, { consent: "spoken", language: "es" });
    const visit = (await findSession(services, valueOf(begun).token))!;
    const { session: hers } = await verifiedSession(services, `vecina${i}@ejemplo.invalid`, { sessionId: visit.id });
    const contactId = hers.contactId!;
    const ctx = contextOf(services, { kind: "citizen", sessionId: visit.id, contactId });
    const applicants = Array.from({ length: 5 }, () => anApplicant((number += 1)));
    valueOf(await book(ctx, { contactId, wanted: { ...wanted, startsAt }, applicants }));
  }
  await react();
  await run("integrity.observe", "integrity.score_changed");
  expect(await countOf(`integrity.observations where helper_id = '${today.helperId}'`)).toBe(8);
  expect(await countOf("integrity.clusters where level <> 'green'")).toBe(0);
});

test("when the help is over the helper's browser opens nothing of hers", async () => {
  const { wanted } = await aSession(services, { steps: 2, counters: 2, opens: "16:00" });
  services.clock.set(new Date(wanted.startsAt.getTime() - 5 * DAY_MS));
  const { session, token } = await atTheDesk(services);
  const hers = await helped(session, wanted);
  const asHer = (sessionId: string) => contextOf(services, { kind: "citizen", sessionId, contactId: hers.contactId });
  expect(await listBookingIds(asHer(hers.visitId), hers.contactId, "all")).toEqual([hers.bookingId]);
  expect(await findSession(services, hers.token)).toMatchObject({ contactId: hers.contactId });
  await endHelp(contextOf(services), session);
  expect(await findSession(services, hers.token)).toBeUndefined();
  expect(await findSession(services, token)).toBeUndefined();
  expect(JSON.stringify(await getOwnPage(contextOf(services), session))).not.toMatch(
    new RegExp([hers.bookingId, hers.contactId, hers.visitId].join("|")),
  );
});
