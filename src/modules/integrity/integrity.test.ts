import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactId } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { systemContext, transaction, type Context } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { citizen } from "#tests/support/fixtures.ts";
import { challenge, clear, decideAppeal, logAttempt, settle, type Meant } from "./commands/cases.ts";
import { forgetResale, recordResale } from "./commands/evidence.ts";
import { setThresholds } from "./commands/thresholds.ts";
import { getDesk, getPicture, previewThresholds } from "./queries/desk.ts";
import { remedyOf } from "./queries/own.ts";
import type { ClusterId } from "./types.ts";
import { appeal, confirmMine } from "./commands/own.ts";
import { listCases } from "./store/cases.ts";
import { recompute, scoreChanged } from "./commands/score.ts";
import { aMiddleman, anAnalyst, settleDown, type Holder } from "./integrity.fixtures.ts";

let services: TestServices;
let ana: Context;
let eva: Context;
let his: Holder[];
let family: Holder;
beforeAll(async () => {
  services = await openTestServices();
  [ana, eva] = [await anAnalyst(services), await anAnalyst(services)];
  ({ his, family } = await aMiddleman(services));
  await settleDown(services);
});
afterAll(() => services.close());

const later = (hours: number) => services.clock.set(new Date(services.clock.now().getTime() + hours * HOUR_MS));
const now = (ctx: Context): Context => ({ ...ctx, now: services.clock.now() });
const own = (holder: Holder) => now(citizen(services, holder.contactId));
const casesNow = () =>
  services.adminQuery<Meant & { state: string; bookingId: string; contactId: string; level: string }>(
    `select id, version, state, booking_id as "bookingId", contact_id as "contactId", level from integrity.cases where origin = 'score' order by queued_at nulls last, id`,
  );
const caseOf = async (holder: Holder) => (await casesNow()).find((one) => one.bookingId === holder.bookingId)!;
const stateOf = async (holder: Holder) =>
  (
    await services.adminQuery<{ state: string }>("select state from booking.bookings where id = $1", [holder.bookingId])
  )[0]!.state;
const holderOf = (one: { bookingId: string }) => his.find((holder) => holder.bookingId === one.bookingId)!;

test("the middleman's bookings are one orange group and the family's is none; the queue takes what the office's week allows", async () => {
  const [cluster, ...others] = await services.adminQuery(
    "select level, bookings, persons, contacts, terms from integrity.clusters",
  );
  expect(others).toEqual([]);
  expect(cluster).toMatchObject({ level: "orange", bookings: 12, persons: 24, contacts: 12 });
  const codes = (cluster!["terms"] as { code: string }[]).map(({ code }) => code);
  expect(codes).toEqual(["device", "fresh_contacts", "burst", "swaps"]);
  const cases = await casesNow();
  expect(cases).toHaveLength(11);
  expect(cases.some(({ bookingId }) => bookingId === family.bookingId)).toBe(false);
  expect(cases.filter(({ state }) => state === "queued")).toHaveLength(1);
});

test("computed from all or from what changed, the groups are the same", async () => {
  const groups = () => services.adminQuery("select id, points, level, terms from integrity.clusters order by id");
  const before = await groups();
  await recompute(systemContext(services, "test"));
  expect(await groups()).toEqual(before);
});

describe("of whom a person asks", () => {
  test("whoever confirms keeps the place, and nobody else may confirm it", async () => {
    const [queued] = (await casesNow()).filter(({ state }) => state === "queued");
    const holder = holderOf(queued!);
    const no = { ok: false, refusal: { code: "nothing_to_confirm" } };
    expect(await confirmMine(own(holder), holder.bookingId)).toEqual(no);
    expect(await challenge(now(ana), [queued!])).toMatchObject({ ok: true });
    expect(await challenge(now(ana), [queued!])).toMatchObject({ refusal: { code: "changed_meanwhile" } });
    expect(await confirmMine(own(family), holder.bookingId)).toEqual(no);
    expect(await confirmMine(own(family), family.bookingId)).toEqual(no);
    expect(await confirmMine(own(holder), holder.bookingId)).toMatchObject({ ok: true });
    expect(await confirmMine(own(holder), holder.bookingId)).toMatchObject({ ok: true });
    await settleDown(services);
    expect([await stateOf(holder), (await caseOf(holder)).state]).toEqual(["active", "validated"]);
  });

  test("a place is lost only after the tries and a signature, its place goes to the pools, and an appeal is decided by another", async () => {
    // As if the office's week had room again.
    await services.adminQuery(
      "update integrity.cases set state = 'queued', queued_at = $1 where id = (select id from integrity.cases where state = 'flagged' order by id limit 1)",
      [services.clock.now()],
    );
    const [queued] = (await casesNow()).filter(({ state }) => state === "queued");
    const holder = holderOf(queued!);
    await challenge(now(ana), [queued!]);
    const seen = async () => ({ id: queued!.id, version: (await caseOf(holder)).version });
    const refused = async () => (await settle(now(ana), await seen(), "refuted")) as { refusal: { code: string } };
    expect((await refused()).refusal.code).toBe("too_few_attempts");
    const call = async (localHour = 11) =>
      logAttempt(now(ana), await seen(), { channel: "voice", reached: false, hourAt: () => localHour });
    expect(await call(21)).toMatchObject({ refusal: { code: "not_daytime" } });
    later(48);
    expect(await call()).toMatchObject({ ok: true });
    expect((await refused()).refusal.code).toBe("too_few_attempts");
    later(24);
    expect(await call()).toMatchObject({ ok: true });
    expect(await settle(now(ana), await seen(), "refuted")).toMatchObject({ ok: true });
    await settleDown(services);
    expect([await stateOf(holder), (await caseOf(holder)).state]).toEqual(["cancelled", "refuted"]);
    const places = await services.adminQuery("select state from schedules.places where holder = $1", [
      holder.bookingId,
    ]);
    expect(places).toEqual([]);
    const sanctions = () =>
      services.adminQuery("select contact_id, step, lifted_at is not null as lifted from integrity.sanctions");
    expect(await sanctions()).toEqual([{ contact_id: holder.contactId, step: 1, lifted: false }]);

    expect(await appeal(own(family), holder.bookingId, "mine")).toMatchObject({
      refusal: { code: "nothing_to_appeal" },
    });
    expect(await appeal(own(holder), holder.bookingId, "mine")).toMatchObject({ ok: true });
    expect(await decideAppeal(now(ana), await seen(), "won")).toMatchObject({ refusal: { code: "another_decides" } });
    expect(await decideAppeal(now(eva), await seen(), "won")).toMatchObject({ ok: true });
    expect((await caseOf(holder)).state).toBe("validated");
    expect(await sanctions()).toEqual([{ contact_id: holder.contactId, step: 1, lifted: true }]);
  });

  test("only analysts decide, and who signed cannot decide the appeal even past the rule", async () => {
    const [open] = (await casesNow()).filter(({ state }) => state === "flagged");
    const clerk: Context = {
      ...now(ana),
      actor: { kind: "staff", staffId: randomUUID(), officeId: "fresno", role: "clerk" },
    };
    expect(await clear(clerk, [open!])).toMatchObject({ refusal: { code: "not_allowed" } });
    await expect(
      services.adminQuery("update integrity.cases set settled_by = $1, appeal_decided_by = $1", [randomUUID()]),
    ).rejects.toThrow("another_decides");
  });
});

test("a confirmed advert makes the contact's group be scored anew, and a dismissed one again", async () => {
  const ctx = systemContext(services, "test");
  const resale = { contactId: family.contactId, advertId: randomUUID() };
  const groups = () =>
    services.adminQuery('select level, points from integrity.clusters where terms @> \'[{"code": "resale"}]\'');
  await transaction(ctx, "worker", (tx) => recordResale(ctx, tx, [resale]));
  await scoreChanged(ctx);
  expect(await groups()).toEqual([{ level: "orange", points: 50 }]);
  await transaction(ctx, "worker", (tx) => forgetResale(tx, [resale]));
  await recompute({ ...ctx, now: new Date(ctx.now.getTime() + HOUR_MS) });
  expect(await groups()).toEqual([]);
});

test("members of an office read neither cases nor observations", async () => {
  const read = (officeId: string | undefined) =>
    services.database.transaction("console", { staffId: randomUUID(), officeId }, async (tx) => {
      return (await listCases(tx, { states: ["flagged", "queued", "validated"] })).length;
    });
  expect(await read("fresno")).toBe(0);
  expect(await read(undefined)).toBeGreaterThan(0);
});

test("the desk shows an analyst what waits, a picture without names, and what other thresholds would do; a clerk nothing", async () => {
  const desk = await getDesk(now(ana));
  if (!desk.ok) throw new Error(desk.refusal.code);
  const { clusters, cases, thresholds } = desk.value;
  expect(thresholds).toEqual({ yellow: 25, orange: 50, red: 75 });
  expect(clusters.every(({ id }) => cases.some(({ clusterId }) => clusterId === id))).toBe(true);
  const [{ id }] = (await services.adminQuery("select id from integrity.clusters order by bookings desc")) as [
    { id: ClusterId },
  ];
  const picture = await getPicture(now(ana), id);
  expect(picture.ok && picture.value.map(({ people }) => people)).toEqual(Array.from({ length: 12 }, () => 2));
  const higher = { yellow: 60, orange: 70, red: 80 };
  const preview = await previewThresholds(now(ana), higher);
  expect(preview).toMatchObject({ ok: true, value: { labelled: { all: 2, asked: 0, right: 0 } } });
  expect(await setThresholds(now(ana), { ...higher, red: 70 })).toMatchObject({
    refusal: { code: "wrong_thresholds" },
  });
  expect(await setThresholds(now(ana), higher)).toMatchObject({ ok: true });
  await recompute(systemContext(services, "test"));
  expect(await services.adminQuery("select 1 from integrity.clusters where level in ('orange', 'red')")).toEqual([]);
  const clerk: Context = {
    ...now(ana),
    actor: { kind: "staff", staffId: randomUUID(), officeId: "fresno", role: "clerk" },
  };
  const no = { ok: false, refusal: { code: "not_allowed" } };
  expect([await getDesk(clerk), await getPicture(clerk, id), await setThresholds(clerk, thresholds)]).toEqual([
    no,
    no,
    no,
  ]);
});

test("whoever won an appeal stands in the first tier for sixty days", async () => {
  const [won] = await services.adminQuery<{ contactId: ContactId }>(
    `select contact_id as "contactId" from integrity.cases where appeal_verdict = 'won'`,
  );
  const ctx = systemContext(services, "test");
  expect(await remedyOf(ctx, won!.contactId, false)).toBe(1);
  expect(await remedyOf(ctx, family.contactId, true)).toBeUndefined();
  const later = new Date(ctx.now.getTime() + 61 * 24 * HOUR_MS);
  expect(await remedyOf({ ...ctx, now: later }, won!.contactId, false)).toBeUndefined();
});
