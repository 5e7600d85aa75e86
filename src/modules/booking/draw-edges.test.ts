import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen } from "#tests/support/fixtures.ts";
import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import {
  advanceDraws,
  allocationTasks,
  listRequests,
  listRequestsToRekey,
  measureDraws,
  openNextDraw,
  repeatKeys,
} from "#modules/allocation/index.ts";
import { systemContext, transaction } from "#platform/context.ts";
import {
  aDrawWorld,
  ANY_MORNING,
  DRAWN_DAY,
  goOn,
  HOURS,
  someRequests,
  type AskingHousehold,
} from "#tests/support/draw-world.ts";
import { bookDueOffers, changeRequest, decline, type PlacesRequest } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const system = () => systemContext(services, "test");
/** The cycle after the one that `HOURS` tell of: its draw opens on the Monday after the lock. */
const NEXT_OPENS = new Date("2026-11-30T07:00:00Z");
const NEXT_LOCK = new Date(HOURS.lock.getTime() + 7 * DAY_MS);
const erase = async (at: Date): Promise<void> => {
  services.clock.set(at);
  await allocationTasks("weekly")
    .find((task) => task.name === "allocation.erase_requests")!
    .run(system());
};
const inOrder = async (text: string): Promise<string[]> =>
  (await services.adminQuery<{ value: string }>(text)).map((one) => one.value);
const answers = () => inOrder("select answer as value from allocation.filings order by 1");

function change({ contactId, requestId }: AskingHousehold, wish: Partial<PlacesRequest["wish"]> = {}, at = services) {
  return changeRequest(citizen(at, contactId), requestId, {
    contactId,
    applicants: [anApplicant(0, { services: ["matricula-consular" as ServiceSlug] })],
    wish: { ...ANY_MORNING, ...wish },
    autoConfirm: true,
  });
}

describe("one person, one chance", () => {
  test("in both rounds together: whoever was given a place in the first is not seated again by another contact's leaf", async () => {
    await aDrawWorld(services);
    await someRequests(services, 1, {}, 7);
    await someRequests(services, 1, {}, 7);
    for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
    // Booked at once; what is over loses its people after a day, but not before the second round.
    await erase(new Date(HOURS.round.getTime() + 2 * DAY_MS));
    for (const to of [HOURS.answers, HOURS.secondRound]) await goOn(services, to);
    expect(await answers()).toEqual(["accepted", "not_live", "not_live"]);
    // Both rounds tell the one that was drawn and cannot be booked.
    expect(
      await inOrder("select name as value from platform.outbox where name like 'allocation.%' order by 1"),
    ).toEqual([
      "allocation.filed",
      "allocation.filed",
      "allocation.identity",
      "allocation.identity",
      "allocation.offered",
    ]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });
});

describe("a change", () => {
  test("of what is being drawn waits for the result", async () => {
    await aDrawWorld(services);
    const [household] = await someRequests(services, 1, { autoConfirm: false });
    await goOn(services, HOURS.lock);
    services.clock.set(NEXT_OPENS);
    await openNextDraw(system(), "weekly");
    expect(await change(household!, { to: null })).toEqual({ ok: false, refusal: { code: "no_draw" } });
    expect(await inOrder("select draw_id::text as value from allocation.filings")).toHaveLength(1);
  });

  test("to days of a later draw leaves the second round to the others", async () => {
    await aDrawWorld(services, { counters: 1 });
    const households = await someRequests(services, 6, { wish: { ...ANY_MORNING, to: null } });
    for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
    services.clock.set(NEXT_OPENS);
    await openNextDraw(system(), "weekly");
    const states = await Promise.all(
      households.map(async (one) => (await listRequests(citizen(services, one.contactId)))[0]!.state),
    );
    const waiting = households.filter((_, i) => states[i] === "standing");
    expect(waiting).toHaveLength(2);
    const later = { from: "2027-01-18" as LocalDate, to: "2027-01-22" as LocalDate };
    expect(await change(waiting[0]!, later)).toMatchObject({ ok: true });
    for (const to of [HOURS.answers, HOURS.secondRound]) await goOn(services, to);
    const [second] = await inOrder(
      "select count(*) as value from allocation.filings f join allocation.draws d on d.id = f.draw_id where d.kind = 'second' and d.state = 'drawn'",
    );
    expect(second).toBe("1");
  });

  /** A change holds the request's row and is about to enter it, while the lock takes the draw and wants the row. */
  async function changeAgainstLock(): Promise<PromiseSettledResult<unknown>[]> {
    await aDrawWorld(services);
    const [household] = await someRequests(services, 1);
    await services.adminQuery("delete from allocation.entries");
    await services.adminQuery("delete from allocation.filings");
    let locking: Promise<PromiseSettledResult<void>[]> | undefined;
    const keyring: TestServices["keyring"] = {
      ...services.keyring,
      async signPublic(...given) {
        locking ??= Promise.allSettled([advanceDraws({ ...system(), now: HOURS.lock })]);
        await new Promise((resolve) => setTimeout(resolve, 200));
        return services.keyring.signPublic(...given);
      },
    };
    const changed = await Promise.allSettled([change(household!, {}, { ...services, keyring })]);
    return [...changed, ...(await locking!)];
  }

  test("and the lock never wait for each other", async () => {
    expect(await changeAgainstLock()).toMatchObject([{ value: { ok: true } }, { status: "fulfilled" }]);
    expect(await inOrder("select state as value from allocation.draws order by 1")).toEqual(["locked", "open"]);
  });

  test("negative control: without the draw's row taken first one of them dies", async () => {
    await services.adminQuery(
      "create or replace function allocation.keep_open(wanted uuid) returns boolean language sql as 'select true'",
    );
    const settled = await changeAgainstLock();
    expect(settled.some((one) => one.status === "rejected")).toBe(true);
  });
});

test("whoever was served meanwhile leaves the draw that is open, with a note that ends its promise", async () => {
  await aDrawWorld(services);
  const households = await someRequests(services, 9, { autoConfirm: false, wish: { ...ANY_MORNING, to: null } });
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  services.clock.set(NEXT_OPENS);
  const next = await openNextDraw(system(), "weekly");
  const winner = await inOrder(
    "select request_id::text as value from allocation.filings where answer = 'offered' limit 1",
  );
  const { requestId, contactId } = households.find((one) => one.requestId === winner[0])!;
  await decline(citizen(services, contactId), requestId, contactId);
  for (const to of [HOURS.answers, HOURS.secondRound, HOURS.over]) await goOn(services, to);
  const inNext = () => inOrder(`select answer as value from allocation.filings where draw_id = '${next!}'`);
  const before = await inNext();
  await goOn(services, NEXT_LOCK);
  expect([before.length, (await inNext()).length]).toEqual([1, 1]);
  const ended = await inOrder(
    "select r.state as value from allocation.endings e join allocation.requests r on r.id = e.request_id",
  );
  expect(ended).toEqual(["confirmed"]);
});

test("a draw that cannot go on holds up no other, and its fault is heard", async () => {
  const draw = await aDrawWorld(services);
  await someRequests(services, 1);
  await services.adminQuery(
    `insert into allocation.draws (id, kind, state, opens_at, locks_at, draws_at, answers_by, horizon_from, horizon_to, steps, rows_from, root)
     select gen_random_uuid(), 'daily', 'locked', opens_at, locks_at - interval '1 hour', draws_at - interval '1 hour', answers_by, horizon_from, horizon_to, steps, rows_from, '\\x00'
     from allocation.draws where id = $1`,
    [draw],
  );
  services.clock.set(HOURS.lock);
  await expect(advanceDraws(system())).rejects.toThrow();
  services.clock.set(HOURS.round);
  await expect(advanceDraws(system())).rejects.toThrow();
  expect(await inOrder(`select state as value from allocation.draws where id = '${draw}'`)).toEqual(["drawn"]);
});

test("an offer that cannot be booked for a fault holds up no other of its batch", async () => {
  await aDrawWorld(services);
  const households = await someRequests(services, 3, { autoConfirm: false });
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  await services.adminQuery("update allocation.filings set seating = 'null' where request_id = $1", [
    households[1]!.requestId,
  ]);
  services.clock.set(HOURS.answers);
  await expect(bookDueOffers(system())).rejects.toThrow();
  expect(await inOrder("select state as value from allocation.requests order by 1")).toEqual([
    "confirmed",
    "confirmed",
    "offered",
  ]);
});

test("measuring ends, also after a draw of which nothing is to be measured", async () => {
  await aDrawWorld(services);
  await someRequests(services, 1);
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  await services.adminQuery("delete from allocation.cells");
  await services.adminQuery("delete from schedules.releases");
  expect(await measureDraws(system())).toBe(0);
});

test("a request whose offer waits for an answer is not erased, however old", async () => {
  await aDrawWorld(services);
  await someRequests(services, 2, { autoConfirm: false });
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  await services.adminQuery("update allocation.requests set erase_after = $1", [DRAWN_DAY]);
  services.clock.set(new Date(`${DRAWN_DAY}T23:00:00Z`));
  const later = new Date(services.clock.now().getTime() + DAY_MS + MINUTE_MS);
  await erase(later);
  expect(await inOrder("select state as value from allocation.requests")).toEqual(["offered", "offered"]);
  await services.adminQuery(
    "update allocation.requests set state = 'standing' where id = (select id from allocation.requests limit 1)",
  );
  await erase(later);
  expect(await inOrder("select state as value from allocation.requests")).toEqual(["offered"]);
});

test("keys of people who are no longer in a request are not brought back by a rotation under way", async () => {
  await aDrawWorld(services);
  const [household] = await someRequests(services, 1);
  const read = await transaction(system(), "worker", (tx) =>
    listRequestsToRekey(tx, "00000000-0000-0000-0000-000000000000"),
  );
  expect(await change(household!)).toMatchObject({ ok: true });
  const keys = [{ ordinal: 2, version: 1, name: Buffer.alloc(32), curp: undefined }];
  expect(await transaction(system(), "worker", (tx) => repeatKeys(tx, { ...read[0]!, keys }))).toBe(false);
  const again = await transaction(system(), "worker", (tx) =>
    listRequestsToRekey(tx, "00000000-0000-0000-0000-000000000000"),
  );
  expect(await transaction(system(), "worker", (tx) => repeatKeys(tx, { ...again[0]!, keys }))).toBe(true);
});
