import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, ANY_MORNING, DRAWN_DAY, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { anApplicant, aSession, citizen } from "#tests/support/fixtures.ts";
import type { ContactId, ServiceSlug } from "#kernel/ids.ts";
import { addDays, DAY_MS } from "#kernel/time.ts";
import { listDrawLines, openNextDraw, type DrawId, type RequestId, type Wish } from "#modules/allocation/index.ts";
import { countFilings } from "#modules/allocation/store/filings.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { readPublished } from "../../src/verify/published.ts";
import { verify } from "../../src/verify/verify.ts";
import { decline, requestPlaces, withdraw } from "#modules/booking/index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

/** Everything that Fresno gives on Mondays; and its mornings alone, of two parts of the day. */
const BROAD: Wish = { ...ANY_MORNING, weekdays: [1], bands: ["morning", "midday", "afternoon"], to: null };
const NARROW: Wish = { ...BROAD, bands: ["morning"] };

const weeksOn = (at: Date, weeks: number) => new Date(at.getTime() + weeks * 7 * DAY_MS);
const to = (hour: keyof typeof HOURS, week: number) => goOn(services, weeksOn(HOURS[hour], week));

const HOURS_OF_DAY = [
  ["09:00", "morning", 1],
  ["15:00", "afternoon", 2],
] as const;
/** Three places of one Monday: one in the morning, two in the afternoon. */
async function aMonday(week: number): Promise<void> {
  const localDate = addDays(DRAWN_DAY, 7 * week);
  for (const [opens, band, steps] of HOURS_OF_DAY) {
    const { sessionId } = await aSession(services, { localDate, opens, steps, counters: 1 });
    await services.adminQuery(
      "update schedules.places set band = $1, state = 'planned', pool = 'draw' where session_id = $2",
      [band, sessionId],
    );
  }
}

/** A draw from its lock to the end of its second round, and the next one opened. */
async function aLostWeek(week: number): Promise<void> {
  for (const hour of ["lock", "round", "answers", "secondRound", "over"] as const) await to(hour, week);
  await aMonday(week + 1);
  await openNextDraw(systemContext(services, "test"), "weekly");
}

interface Leaf {
  readonly requestId: RequestId;
  readonly contactId: ContactId;
  readonly tier: number;
  readonly answer: string | null;
}
/** The leaves of one week's first round, by request. */
async function leavesOf(week: number): Promise<Map<RequestId, Leaf>> {
  const found = await services.adminQuery<Leaf>(
    `select f.request_id as "requestId", r.contact_id as "contactId", e.tier, f.answer
     from allocation.filings f join allocation.requests r on r.id = f.request_id join allocation.draws d on d.id = f.draw_id
     join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id where d.kind = 'weekly' and d.locks_at = $1`,
    [weeksOn(HOURS.lock, week)],
  );
  return new Map(found.map((one) => [one.requestId, one]));
}

test("who lost two draws with a broad list goes before others in the third, until a place is offered", async () => {
  Object.assign(services, { lossCredit: true });
  await aDrawWorld(services);
  await services.adminQuery("delete from schedules.places");
  await aMonday(0);
  // Two draws serve six of these fourteen: of either kind at least one has lost twice.
  const broad = await someRequests(services, 7, { wish: BROAD, autoConfirm: false });
  const narrow = await someRequests(services, 7, { wish: NARROW, autoConfirm: false }, 100);
  await aLostWeek(0);
  const first = await leavesOf(0);
  expect([...first.values()].map((one) => one.answer).filter((one) => one === "waiting")).toHaveLength(11);
  await aLostWeek(1);
  expect(new Set([...(await leavesOf(1)).values()].map((one) => one.tier))).toEqual(new Set([3]));

  // One of those who lost takes its request back and files anew: what was lost stays the person's.
  const standing = await services.adminQuery<{ id: RequestId }>(
    "select id from allocation.requests where state = 'standing'",
  );
  const isStanding = new Set(standing.map((one) => one.id));
  const lost = broad.flatMap((one, i) => (isStanding.has(one.requestId) ? [{ ...one, i }] : []));
  const [anew] = lost;
  const ctx = citizen(services, anew!.contactId);
  expect(await withdraw(ctx, anew!.requestId, anew!.contactId)).toMatchObject({ ok: true });
  const filed = await requestPlaces(ctx, {
    contactId: anew!.contactId,
    applicants: [anApplicant(anew!.i, { services: ["matricula-consular" as ServiceSlug] })],
    wish: BROAD,
    autoConfirm: false,
  });
  if (!filed.ok) throw new Error(filed.refusal.code);
  // With two others for three places somebody of them is offered one.
  const [stays, ...leave] = narrow.filter((one) => isStanding.has(one.requestId));
  for (const { requestId, contactId } of leave) await withdraw(citizen(services, contactId), requestId, contactId);
  const [newcomer] = await someRequests(services, 1, { wish: BROAD }, 200);
  await to("lock", 2);
  const third = await leavesOf(2);
  const credited = [filed.value.requestId, ...lost.slice(1).map((one) => one.requestId)];
  expect(credited.map((id) => third.get(id)!.tier)).toEqual(credited.map(() => 2));
  expect([stays!, newcomer!].map((one) => third.get(one.requestId)!.tier)).toEqual([3, 3]);

  await to("round", 2);
  const offered = [...(await leavesOf(2)).values()].filter((one) => one.answer === "offered" && one.tier === 2);
  expect(offered.length).toBeGreaterThan(0);
  for (const { contactId, requestId } of offered)
    expect(await decline(citizen(services, contactId), requestId, contactId)).toMatchObject({ ok: true });
  for (const hour of ["answers", "secondRound", "over"] as const) await to(hour, 2);
  await aMonday(3);
  await openNextDraw(systemContext(services, "test"), "weekly");
  await to("lock", 3);
  const fourth = await leavesOf(3);
  expect(offered.map(({ requestId }) => fourth.get(requestId)!.tier)).toEqual(offered.map(() => 3));

  const [draw] = await services.adminQuery<{ id: DrawId }>("select id from allocation.draws where locks_at = $1", [
    weeksOn(HOURS.lock, 2),
  ]);
  const reader = readPublished();
  for (const file of ["documents", "replay"] as const)
    for await (const line of listDrawLines(systemContext(services, "test"), draw!.id, file)) {
      if (file === "documents" && line.includes('"policy"')) expect(line).toContain('"enabled":true,"losses":2');
      reader.line(line);
    }
  // The numbers in the manifest are of the leaves.
  const manifest = await transaction(systemContext(services, "test"), "worker", (tx) => countFilings(tx, draw!.id));
  expect(manifest.find((one) => one.tier === 2)?.entries).toBe(credited.length);
  expect(verify(reader.end())).toMatchObject({ verdict: "not_publicly_verifiable", faults: [] });
});

test("where an installation has not turned it on, losses lift nobody", async () => {
  await aDrawWorld(services);
  await services.adminQuery("delete from schedules.places");
  await aMonday(0);
  const asked = await someRequests(services, 8, { wish: BROAD });
  await aLostWeek(0);
  await aLostWeek(1);
  // Turned on too late for the draw that is open: it keeps to its own opening notice.
  Object.assign(services, { lossCredit: true });
  await to("lock", 2);
  const third = await leavesOf(2);
  const lost = asked.flatMap(({ requestId }) => third.get(requestId) ?? []);
  expect(lost.map((one) => one.tier)).toEqual([3, 3]);
});
