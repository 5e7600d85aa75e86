import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { systemContext, type Context } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { citizen } from "#tests/support/fixtures.ts";
import { challenge, endUnreached, logAttempt, settle, type Meant } from "./commands/cases.ts";
import { confirmMine } from "./commands/own.ts";
import { aMiddleman, anAnalyst, settleDown, type Holder } from "./integrity.fixtures.ts";
import { remedyOf } from "./queries/own.ts";
import { CANCEL_BEFORE_DAYS } from "./rules/cases.ts";

let services: TestServices;
let ana: Context;
let holder: Holder;
let startsAt: Date;
beforeEach(async () => {
  services = await openTestServices();
  ana = await anAnalyst(services);
  const { his } = await aMiddleman(services);
  await settleDown(services);
  const [asked] = await services.adminQuery<Meant & { bookingId: string; startsAt: Date }>(
    `update integrity.cases set state = 'queued' where id = (select id from integrity.cases where state in ('flagged', 'queued') order by id limit 1)
     returning id, version, booking_id as "bookingId", starts_at as "startsAt"`,
  );
  holder = his.find((one) => one.bookingId === asked!.bookingId)!;
  ({ startsAt } = asked!);
  expect(await challenge(now(), [asked!])).toMatchObject({ ok: true });
});
afterEach(() => services.close());

const now = (ctx: Context = ana): Context => ({ ...ctx, now: services.clock.now() });
const later = (hours: number) => services.clock.set(new Date(services.clock.now().getTime() + hours * HOUR_MS));
const mine = async () =>
  (
    await services.adminQuery<Meant & { state: string; aheadBy: string | null; settledBy: string | null }>(
      `select id, version, state, ahead_by as "aheadBy", settled_by as "settledBy" from integrity.cases where booking_id = $1`,
      [holder.bookingId],
    )
  )[0]!;
const call = async (reached: boolean) =>
  expect(await logAttempt(now(), await mine(), { channel: "voice", reached, hourAt: () => 11 })).toMatchObject({
    ok: true,
  });
const sign = async () => settle(now(), await mine(), "unreachable");
/** Enough was tried, and it is more than five days before the visit. */
async function tried() {
  later(36);
  await call(false);
  later(36);
  await call(false);
  expect(services.clock.now().getTime()).toBeLessThan(startsAt.getTime() - CANCEL_BEFORE_DAYS * DAY_MS);
}
const atFiveDays = (minutes: number) =>
  services.clock.set(new Date(startsAt.getTime() - CANCEL_BEFORE_DAYS * DAY_MS + minutes * 60_000));
const run = () => endUnreached(systemContext(services, "test"));
async function stands() {
  await settleDown(services);
  const [row] = await services.adminQuery<{ state: string }>("select state from booking.bookings where id = $1", [
    holder.bookingId,
  ]);
  const places = await services.adminQuery("select from schedules.places where holder = $1", [holder.bookingId]);
  return [row!.state, places.length > 0];
}

test("signed ahead, whoever was not reached keeps the place until five days before and loses it then, once, and stands in the second tier later", async () => {
  expect(await sign()).toMatchObject({ refusal: { code: "too_few_attempts" } });
  await tried();
  expect(await sign()).toMatchObject({ ok: true });
  expect(await sign()).toMatchObject({ refusal: { code: "too_early" } });
  expect(await mine()).toMatchObject({ state: "challenged", settledBy: null });
  atFiveDays(-1);
  expect([await run(), await stands()]).toEqual([0, ["active", true]]);
  atFiveDays(0);
  expect((await Promise.all([run(), run()])).reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await stands()).toEqual(["cancelled", false]);
  const { actor } = ana;
  expect(await mine()).toMatchObject({ state: "unreachable", settledBy: actor.kind === "staff" && actor.staffId });
  expect(await run()).toBe(0);
  const lines = await services.adminQuery(
    "select actor_kind from audit.entries where action = 'integrity.unreachable' order by at",
  );
  expect(lines).toEqual([{ actor_kind: "staff" }, { actor_kind: "system" }]);
  const ctx = systemContext(services, "test");
  expect(await remedyOf(ctx, holder.contactId, true)).toBe(2);
});

test.each(["nobody signed", "she confirmed", "she was reached after it was signed"])(
  "nothing ends where %s",
  async (what) => {
    await tried();
    if (what !== "nobody signed") expect(await sign()).toMatchObject({ ok: true });
    if (what === "she confirmed")
      expect(await confirmMine(now(citizen(services, holder.contactId)), holder.bookingId)).toMatchObject({ ok: true });
    if (what === "she was reached after it was signed") await call(true);
    atFiveDays(30);
    expect([await run(), await stands()]).toEqual([0, ["active", true]]);
  },
);
