import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContactId, LocalDate, ServiceSlug, StaffId } from "#kernel/ids.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { book, hold, requestPlaces } from "#modules/booking/index.ts";
import { systemContext, transaction, type Context } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { challenge, clear, decideAppeal, logAttempt, settle, type Meant } from "./commands/cases.ts";
import { recordResale } from "./commands/evidence.ts";
import { appeal, confirmMine } from "./commands/own.ts";
import { scoreChanged } from "./commands/score.ts";
import { aMiddleman, anAnalyst, askAll, settleDown, type Holder } from "./integrity.fixtures.ts";
import { FREEZE_DAYS } from "./rules/cases.ts";
import { listUnscored, markScored } from "./store/observations.ts";

let services: TestServices;
let ana: Context;
let eva: Context;
let his: Holder[];
let family: Holder;
let wanted: Awaited<ReturnType<typeof aSession>>["wanted"];
beforeAll(async () => {
  services = await openTestServices();
  [ana, eva] = [await anAnalyst(services), await anAnalyst(services)];
  ({ his, family } = await aMiddleman(services));
  ({ wanted } = await aSession(services, { localDate: "2026-12-17" as LocalDate, steps: 8, counters: 8 }));
  await settleDown(services);
  // As if the office's week had room for all of it.
  await services.adminQuery("update integrity.cases set state = 'queued', queued_at = $1", [services.clock.now()]);
});
/** As if three kinds of evidence spoke against his group. */
const redden = () => services.adminQuery("update integrity.cases set level = 'red'");
afterAll(() => services.close());

const pass = (hours: number) => services.clock.set(new Date(services.clock.now().getTime() + hours * HOUR_MS));
const now = (ctx: Context): Context => ({ ...ctx, now: services.clock.now() });
const own = (holder: Holder) => now(citizen(services, holder.contactId));
let people = 200;
const somebody = () => anApplicant((people += 1), { services: ["matricula-consular" as ServiceSlug] });
const code = async (outcome: Promise<{ ok: boolean; refusal?: { code: string } }>) =>
  outcome.then((one) => (one.ok ? "done" : one.refusal!.code));
const asks = (contactId: ContactId, ctx = now(citizen(services, contactId))) =>
  code(book(ctx, { contactId, wanted, applicants: [somebody()] }));
async function caseOf(holder: Holder): Promise<Meant & { state: string }> {
  const [one] = await services.adminQuery<Meant & { state: string }>(
    "select id, version, state from integrity.cases where booking_id = $1",
    [holder.bookingId],
  );
  return one!;
}
const sanctionsOf = (holder: Holder) =>
  services.adminQuery(
    "select step, lifted_at is not null as lifted from integrity.sanctions where contact_id = $1 order by step",
    [holder.contactId],
  );

describe("a contact of a red group", () => {
  test("begins nothing new while a person asks; telephone and counter stay open, and everybody else's form", async () => {
    const [holder] = his as [Holder];
    const { contactId } = holder;
    expect(await asks(contactId)).toBe("done");
    await redden();
    expect(await challenge(now(ana), [await caseOf(holder)])).toMatchObject({ ok: true });
    await settleDown(services);
    const until = new Date(services.clock.now().getTime() + FREEZE_DAYS * DAY_MS);
    const ctx = now(citizen(services, contactId));
    const no = { ok: false, refusal: { code: "contact_suspended", until } };
    expect(await book(ctx, { contactId, wanted, applicants: [somebody()] })).toEqual(no);
    expect(await hold(ctx, { contactId, wanted, applicants: [somebody()] })).toEqual(no);
    const wish = { offices: ["fresno"], mornings: true } as never;
    expect(await requestPlaces(ctx, { contactId, applicants: [somebody()], wish, autoConfirm: true })).toEqual(no);
    const clerk = { kind: "staff", staffId: randomUUID() as string as StaffId, officeId: "fresno", role: "clerk" };
    expect(await asks(contactId, { ...ctx, actor: clerk as Context["actor"] })).toBe("done");
    // The same person with another contact is answered like anybody: persons are never sanctioned.
    const [other] = await someContacts(services, 1);
    const same = anApplicant(people);
    expect(await code(book(now(citizen(services, other!)), { contactId: other!, wanted, applicants: [same] }))).toBe(
      "done",
    );
    expect(await asks(family.contactId)).toBe("done");
    const [row] = await services.adminQuery("select state from booking.bookings where id = $1", [holder.bookingId]);
    expect(row).toEqual({ state: "active" });
    expect(await sanctionsOf(holder)).toEqual([{ step: 0, lifted: false }]);
  });

  test("is told the same when it sends its request again", async () => {
    const [{ contactId }] = his as [Holder];
    const request = { contactId, wanted, applicants: [somebody()] };
    const idempotency = { route: "bookings", key: randomUUID(), body: "the same" };
    const first = await book(now(citizen(services, contactId)), { ...request, idempotency });
    expect(first).toMatchObject({ refusal: { code: "contact_suspended" } });
    expect(await book(now(citizen(services, contactId)), { ...request, idempotency })).toEqual(first);
  });

  test("is open again when the person sees no harm, and after ten days by itself", async () => {
    const [holder, second] = his as [Holder, Holder];
    expect(await clear(now(ana), [await caseOf(holder)])).toMatchObject({ ok: true });
    await settleDown(services);
    expect(await asks(holder.contactId)).toBe("done");
    expect(await sanctionsOf(holder)).toEqual([{ step: 0, lifted: true }]);
    await redden();
    await challenge(now(ana), [await caseOf(second)]);
    await settleDown(services);
    expect(await asks(second.contactId)).toBe("contact_suspended");
    const before = services.clock.now();
    services.clock.set(new Date(before.getTime() + FREEZE_DAYS * DAY_MS));
    expect(await asks(second.contactId)).not.toBe("contact_suspended");
    services.clock.set(before);
  });

  test("is closed for thirty days by the signature that it was not the family's, and opened by the appeal that is won", async () => {
    const holder = his[2]!;
    await redden();
    await challenge(now(ana), [await caseOf(holder)]);
    for (const hours of [48, 24]) {
      pass(hours);
      await logAttempt(now(ana), await caseOf(holder), { channel: "voice", reached: false, hourAt: () => 11 });
    }
    expect(await settle(now(ana), await caseOf(holder), "refuted")).toMatchObject({ ok: true });
    await settleDown(services);
    expect(await sanctionsOf(holder)).toEqual([
      { step: 0, lifted: true },
      { step: 2, lifted: false },
    ]);
    expect(await asks(holder.contactId)).toBe("contact_suspended");
    const closedUntil = new Date(services.clock.now().getTime() + 30 * DAY_MS);
    expect(
      await services.adminQuery("select suspended_until from booking.contact_counters where contact_id = $1", [
        holder.contactId,
      ]),
    ).toEqual([{ suspended_until: closedUntil }]);
    expect(await appeal(own(holder), holder.bookingId, "mine")).toMatchObject({ ok: true });
    expect(await decideAppeal(now(eva), await caseOf(holder), "won")).toMatchObject({ ok: true });
    await settleDown(services);
    expect(await asks(holder.contactId)).toBe("done");
  });
});

describe("hard evidence", () => {
  const sells = async (holder: Holder) => {
    const ctx = systemContext(services, "test");
    await transaction(ctx, "worker", (tx) =>
      recordResale(ctx, tx, [{ contactId: holder.contactId, advertId: randomUUID() }]),
    );
    await scoreChanged(ctx);
  };

  test("opens again what its own contact confirmed, once; what a person signed stays signed", async () => {
    const [confirmed, signed] = [his[3]!, his[4]!];
    await challenge(now(ana), [await caseOf(confirmed)]);
    await challenge(now(ana), [await caseOf(signed)]);
    expect(await confirmMine(own(confirmed), confirmed.bookingId)).toMatchObject({ ok: true });
    expect(await settle(now(ana), await caseOf(signed), "validated")).toMatchObject({ ok: true });
    await scoreChanged(systemContext(services, "test"));
    expect((await caseOf(confirmed)).state).toBe("validated");
    await sells(confirmed);
    expect([(await caseOf(confirmed)).state, (await caseOf(signed)).state]).toEqual(["flagged", "validated"]);
    await services.adminQuery("update integrity.cases set state = 'challenged' where booking_id = $1", [
      confirmed.bookingId,
    ]);
    expect(await confirmMine(own(confirmed), confirmed.bookingId)).toMatchObject({ ok: true });
    await sells(confirmed);
    expect((await caseOf(confirmed)).state).toBe("validated");
  });

  test("that comes while a group is computed is computed once more", async () => {
    const ctx = systemContext(services, "test");
    const resale = { contactId: family.contactId, advertId: randomUUID() };
    const write = () => transaction(ctx, "worker", (tx) => recordResale(ctx, tx, [resale]));
    await write();
    const read = await transaction(ctx, "worker", (tx) => listUnscored(tx));
    expect(read.map((one) => one.id)).toContain(family.bookingId);
    await write();
    await transaction(ctx, "worker", (tx) => markScored(tx, read));
    const left = await transaction(ctx, "worker", (tx) => listUnscored(tx));
    expect(left.map((one) => one.id)).toContain(family.bookingId);
    await scoreChanged(ctx);
    expect(await transaction(ctx, "worker", (tx) => listUnscored(tx))).toEqual([]);
  });
});

test("people of whom a document was seen are not asked about, unless they stand in an advert", async () => {
  const holder = his[5]!;
  await askAll(services, [holder.bookingId]);
  const flaggedAnew = async () => {
    await services.adminQuery("delete from integrity.cases where booking_id = $1", [holder.bookingId]);
    await services.adminQuery("update integrity.observations set is_scored = false where booking_id = $1", [
      holder.bookingId,
    ]);
    await scoreChanged(systemContext(services, "test"));
    return (await caseOf(holder)) !== undefined;
  };
  const seen = (ordinals: readonly number[]) =>
    services.adminQuery("update integrity.filings set seen = ordinal = any($2) where source_id = $1", [
      holder.bookingId,
      ordinals,
    ]);
  // His group without the advert of the test above.
  await services.adminQuery("delete from integrity.evidence");
  await seen([1]);
  expect(await flaggedAnew()).toBe(true);
  await seen([1, 2]);
  expect(await flaggedAnew()).toBe(false);
  const ctx = systemContext(services, "test");
  await transaction(ctx, "worker", (tx) =>
    recordResale(ctx, tx, [{ contactId: holder.contactId, advertId: randomUUID() }]),
  );
  expect(await flaggedAnew()).toBe(true);
});
