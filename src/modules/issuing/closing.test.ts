import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminQuery, TEST_ROLE_SECRET } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, LocalDate, ServiceSlug } from "#kernel/ids.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { recordOutcomes } from "#modules/visits/index.ts";
import { allOf, aStaffId, goToVisit, staffContext, visitOf } from "#modules/visits/visits.fixtures.ts";
import { systemContext, type Context } from "#platform/context.ts";
import { roleUrl } from "#platform/db/index.ts";
import { reportBlanks } from "./commands/blanks.ts";
import { correctPayment, settle, type HowSettled } from "./commands/cash.ts";
import { getClosing, signClosing } from "./commands/closing.ts";
import { moveDocuments, undoDocuments } from "./commands/documents.ts";
import { openParty, type DocumentAtCashier } from "./commands/party.ts";
import { aReceivedParty, asOffered, seen } from "./issuing.fixtures.ts";
import { issuingTasks } from "./jobs.ts";
import type { DocumentAction } from "./rules/documents.ts";

const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const MATRICULA = "matricula-consular" as ServiceSlug;
const CASH: HowSettled = { kind: "paid", means: "exact_cash", receipt: "A-204" };
const EXEMPT: HowSettled = { kind: "exempt", reason: "no_means" };

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
const staff = {} as Record<"clerk" | "other" | "supervisor", string>;
let number = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 16, counters: 40 }));
  contacts = await someContacts(services, 20);
  staff.clerk = await aStaffId(services);
  staff.other = await aStaffId(services);
  staff.supervisor = await aStaffId(services, "supervisor");
});
afterAll(() => services.close());

const clerk = (who: "clerk" | "other" = "clerk"): Context => staffContext(services, staff[who]);
const supervisor = (): Context => staffContext(services, staff.supervisor, "supervisor");
const aParty = (...people: Parameters<typeof aReceivedParty>[3]): Promise<BookingId> =>
  aReceivedParty(services, clerk, { contactId: contacts.pop()!, wanted }, people, (number += 1));
const value = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const code = (outcome: { ok: boolean; refusal?: { code: string } }) => outcome.refusal?.code ?? "done";
async function settled(bookingId: BookingId, how: HowSettled): Promise<DocumentAtCashier[]> {
  const documents = value(await openParty(clerk(), { bookingId }));
  const totalCents = documents.reduce((sum, one) => sum + one.dueCents, 0);
  return value(await settle(clerk(), { bookingId, items: asOffered(documents), totalCents, how }));
}
async function move(documents: readonly Parameters<typeof seen>[0][], ...actions: DocumentAction[]) {
  let now = documents;
  for (const action of actions) now = value(await moveDocuments(clerk(), { documents: now.map(seen), action }));
  return now;
}
const closing = async (on?: LocalDate) => value(await getClosing(clerk(), { on }));

test("a day closes on one page that two people sign; what is written later is its annex, and the next day begins with what is left", async () => {
  goToVisit(services, wanted);
  value(await reportBlanks(supervisor(), { id: randomUUID(), blank: "booklet", movement: "received", quantity: 20 }));
  value(await reportBlanks(supervisor(), { id: randomUUID(), blank: "card", movement: "received", quantity: 5 }));
  expect(
    code(await reportBlanks(clerk(), { id: randomUUID(), blank: "card", movement: "received", quantity: 5 })),
  ).toBe("not_allowed");
  const family = await aParty(
    { services: [PASSPORT, MATRICULA] },
    { services: [PASSPORT], bornOn: "1950-01-01" as LocalDate },
  );
  const poor = await aParty({ services: [MATRICULA] });
  const waiting = await aParty({ services: [PASSPORT] });
  value(await openParty(clerk(), { bookingId: waiting }));
  const paid = await settled(family, CASH);
  const exempt = await settled(poor, EXEMPT);
  await move(paid.slice(1), "capture", "produce", "ready");
  const [slip] = await move([paid[0]!], "capture", "ready");
  // A key too many: the card is as blank as before.
  value(await undoDocuments(clerk(), { documents: [seen(slip!)] }));
  const [card] = await move(exempt, "capture", "produce");
  value(await moveDocuments(clerk(), { documents: [seen(card!)], action: "spoil", number: "C-77" }));
  await recordAll(family);

  const view = await closing();
  expect(view.page).toMatchObject({
    localDate: VISIT_DAY,
    appointments: { served: 2, unserved: 0, missed: 0, open: 2 },
    walkIns: 0,
    outcomes: [
      { service: MATRICULA, code: "issued", count: 1 },
      { service: PASSPORT, code: "issued", count: 2 },
    ],
    fees: {
      due: { count: 5, cents: 4_100 + 10_100 + 5_050 + 4_100 + 10_100 },
      paid: { count: 3, cents: 4_100 + 10_100 + 5_050 },
      exempt: { count: 1, cents: 4_100 },
      open: { count: 1, cents: 10_100 },
      means: [{ means: "exact_cash", count: 3, cents: 19_250 }],
      reasons: [{ reason: "no_means", count: 1, cents: 4_100 }],
      issuedUnpaid: 0,
    },
    blanks: [
      { blank: "booklet", start: 0, received: 20, adjusted: 0, used: 2, spoiled: 0, end: 18 },
      { blank: "card", start: 0, received: 5, adjusted: 0, used: 0, spoiled: 1, end: 4, spoiledNumbers: ["C-77"] },
    ],
    uncollected: [{ service: PASSPORT, count: 2, oldest: VISIT_DAY }],
  });
  expect(view.outlook.map((one) => [one.blank, one.pieces, one.low])).toEqual([
    ["booklet", 18, false],
    ["card", 4, false],
  ]);

  const sign = (ctx: Context, digest: string, on = VISIT_DAY) => signClosing(ctx, { on, digest });
  value(await sign(clerk(), view.digest));
  expect(code(await sign(clerk(), view.digest))).toBe("same_person");
  expect(code(await sign(clerk("other"), view.digest))).toBe("needs_supervisor");
  // Somebody is paid for meanwhile: the second does not sign what the first did not see.
  await settled(waiting, CASH);
  expect(code(await sign(supervisor(), view.digest))).toBe("page_changed");
  const later = await closing();
  expect(later).toMatchObject({ signatures: [], changedSince: { name: "Persona Ficticia" } });
  value(await sign(clerk(), later.digest));
  const signed = value(await sign(supervisor(), later.digest));
  expect(signed.signatures).toHaveLength(2);
  expect(code(await sign(clerk("other"), later.digest))).toBe("signed_already");

  // Later: a line in place of another, and a card that turns up.
  const choice = { variant: paid[1]!.variant, proofs: [], copies: 0 };
  const instead = { choice, how: { kind: "paid", means: "card", receipt: "A-9" } as const };
  value(await correctPayment(supervisor(), { paymentId: paid[1]!.payments[0]!.id, reason: "wrong_means", instead }));
  value(await reportBlanks(supervisor(), { id: randomUUID(), blank: "card", movement: "counted", quantity: 5 }));
  const closed = await closing();
  expect([closed.page, closed.digest]).toEqual([later.page, later.digest]);
  expect(closed.annex.payments.map((one) => [one.means, one.cents, one.correction]).sort()).toEqual(
    [
      ["exact_cash", -10_100, true],
      ["card", 10_100, false],
    ].sort(),
  );
  expect(closed.annex.blanks).toMatchObject([{ blank: "card", movement: "adjusted", quantity: 1 }]);

  services.clock.advance(24 * 3_600_000);
  const next = (await closing()).page;
  expect(next.blanks.map((one) => [one.start, one.end])).toEqual([
    [18, 18],
    [5, 5],
  ]);
  expect(next.fees.due).toEqual({ count: 0, cents: 0 });
  expect(next.uncollected).toEqual([{ service: PASSPORT, count: 2, oldest: VISIT_DAY }]);
  expect((await closing(VISIT_DAY)).page).toEqual(later.page);
  expect(code(await getClosing(clerk(), { on: "2026-11-20" as LocalDate }))).toBe("day_not_closable");
});

test("a page that two signed is out of the reach of the program's own statements, and one that one signed is not", async () => {
  const url = new URL(roleUrl(services.url, TEST_ROLE_SECRET, "console"));
  url.searchParams.set("options", "-c app.office_id=fresno");
  const update = () =>
    adminQuery<{ day: string }>(
      url.toString(),
      "update issuing.closings set page = '{}' returning local_date::text as day",
    );
  expect(await update()).toEqual([]);
  await services.adminQuery("update issuing.closings set second_by = null, second_at = null");
  expect(await update()).toEqual([{ day: VISIT_DAY }]);
});

test("lines that are written while a day is signed are on its page or in its annex, and never in neither", async () => {
  for (let round = 0; round < 5; round++) {
    const bookingId = await aParty({ services: [PASSPORT] });
    const documents = value(await openParty(clerk(), { bookingId }));
    await services.adminQuery("delete from issuing.closings");
    await services.adminQuery("update issuing.payments set annex = false");
    const { digest } = await closing();
    value(await signClosing(clerk(), { on: VISIT_DAY, digest }));
    const order = { bookingId, items: asOffered(documents), totalCents: documents[0]!.dueCents, how: CASH };
    await Promise.all([settle(clerk(), order), signClosing(supervisor(), { on: VISIT_DAY, digest })]);
    const after = await closing();
    const annexed = after.annex.payments.reduce((sum, one) => sum + one.cents, 0);
    const [written] = await services.adminQuery<{ cents: number }>(
      "select sum(cents)::int as cents from issuing.payments where kind = 'paid' and local_date = $1",
      [VISIT_DAY],
    );
    expect(after.page.fees.paid.cents + annexed).toBe(written!.cents);
  }
});

test("after thirty days lines say what was paid, and nothing of who paid", async () => {
  services.clock.set(new Date("2027-01-10T12:00:00Z"));
  await issuingTasks[0]!.run(systemContext(services, "test"));
  const [left] = await services.adminQuery(
    "select count(*)::int as lines, count(receipt)::int as receipts, count(discount)::int as discounts from issuing.payments",
  );
  expect(left).toMatchObject({ receipts: 0, discounts: 0 });
  expect((left as { lines: number }).lines).toBeGreaterThan(5);
});

async function recordAll(bookingId: BookingId): Promise<void> {
  const { id, version } = await visitOf(services, bookingId);
  value(await recordOutcomes(clerk(), { visitId: id, version, outcomes: await allOf(services, bookingId) }));
}
