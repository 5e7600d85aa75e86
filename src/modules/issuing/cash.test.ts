import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminQuery, TEST_ROLE_SECRET } from "#tests/support/cluster.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession, someContacts } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { checkIn, recordOutcomes } from "#modules/visits/index.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { aStaffId, staffContext, visitOf } from "#modules/visits/visits.fixtures.ts";
import type { Context } from "#platform/context.ts";
import { roleUrl } from "#platform/db/index.ts";
import { correctPayment, settle, type HowSettled } from "./commands/cash.ts";
import { moveDocuments, undoDocuments } from "./commands/documents.ts";
import { openParty, type DocumentAtCashier } from "./commands/party.ts";
import { aReceivedParty, asOffered, seen } from "./issuing.fixtures.ts";
import { listDocuments } from "./queries/documents.ts";

const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const MATRICULA = "matricula-consular" as ServiceSlug;
const CASH: HowSettled = { kind: "paid", means: "exact_cash", receipt: "A-204" };

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
const open = async (bookingId: BookingId) => value(await openParty(clerk(), { bookingId }));
const total = (documents: readonly DocumentAtCashier[]) => documents.reduce((sum, one) => sum + one.dueCents, 0);
async function pay(bookingId: BookingId, how = CASH): Promise<DocumentAtCashier[]> {
  const documents = await open(bookingId);
  return value(await settle(clerk(), { bookingId, items: asOffered(documents), totalCents: total(documents), how }));
}
const lines = async (bookingId: BookingId) =>
  (await open(bookingId))[0]!.payments.map((one) => one.cents).sort((a, b) => b - a);

test("a family pays with one key what its people owe: the grandmother half, each validity its own price", async () => {
  const bookingId = await aParty(
    { services: [PASSPORT, MATRICULA] },
    { services: [PASSPORT], bornOn: "1956-12-03" as LocalDate },
  );
  const documents = await open(bookingId);
  expect(documents.map((one) => [one.ordinal, one.service, one.state, one.dueCents, one.blank])).toEqual([
    [1, MATRICULA, "to_pay", 4_100, "card"],
    [1, PASSPORT, "to_pay", 10_100, "booklet"],
    [2, PASSPORT, "to_pay", 5_050, "booklet"],
  ]);
  expect(documents[2]!.offers.map((one) => [one.variant, one.cents, one.discount])).toContainEqual([
    "6y",
    6_850,
    "over-60",
  ]);
  // Looked at again, it is the same.
  expect(await open(bookingId)).toEqual(documents);
  const items = asOffered(documents);
  items[1]!.choice.variant = "6y";
  const order = { bookingId, items, how: CASH };
  expect(code(await settle(clerk(), { ...order, totalCents: total(documents) }))).toBe("amount_differs");
  const paid = value(await settle(clerk(), { ...order, totalCents: 4_100 + 13_700 + 5_050 }));
  expect(paid.map((one) => [one.state, one.variant, one.dueCents, one.payments[0]!.discount])).toEqual([
    ["paid", items[0]!.choice.variant, 4_100, null],
    ["paid", "6y", 13_700, null],
    ["paid", "3y", 5_050, "over-60"],
  ]);
  expect(new Set(paid.map((one) => one.payments[0]!.receipt))).toEqual(new Set(["A-204"]));
});

test("of two cashiers who settle one party at once one does, and without the version both would", async () => {
  const bookingId = await aParty({ services: [PASSPORT] });
  const documents = await open(bookingId);
  const order = { bookingId, items: asOffered(documents), totalCents: total(documents), how: CASH };
  const answers = await Promise.all([settle(clerk(), order), settle(clerk("other"), order)]);
  expect(answers.map(code).sort()).toEqual(["changed_meanwhile", "done"]);
  expect((await open(bookingId))[0]!.payments).toHaveLength(1);
  // The control: the same two steps without the lock and the version, as a careless statement would do them.
  const [other] = await open(await aParty({ services: [PASSPORT] }));
  const careless = () =>
    services.adminQuery(
      `with looked as (select id from issuing.documents where id = $1 and state = 'to_pay'), waited as (select pg_sleep(0.1))
       insert into issuing.payments (office_id, id, document_id, local_date, annex, kind, variant, cents, means, receipt, step, staff_id, at)
       select 'fresno', gen_random_uuid(), looked.id, '2026-12-03', false, 'paid', '', 1, 'cash', 'X', 2, $2, now() from looked, waited`,
      [other!.id, staff.clerk],
    );
  await Promise.all([careless(), careless()]);
  expect((await open(other!.bookingId))[0]!.payments).toHaveLength(2);
});

test("many who open one party at once make its documents once", async () => {
  const bookingId = await aParty({ services: [PASSPORT, MATRICULA] }, { services: [MATRICULA] });
  const opened = await Promise.all(Array.from({ length: 8 }, () => open(bookingId)));
  expect(new Set(opened.map((one) => one.map(({ id }) => id).join(" "))).size).toBe(1);
  expect(opened[0]).toHaveLength(3);
});

test("a slip is taken back within a minute by a line with the opposite amount, and not after", async () => {
  const bookingId = await aParty({ services: [PASSPORT] });
  const paid = await pay(bookingId);
  const [undone] = value(await undoDocuments(clerk(), { documents: paid.map(seen) }));
  expect(undone).toMatchObject({ state: "to_pay", before: null });
  expect(await lines(bookingId)).toEqual([10_100, -10_100]);
  expect(code(await undoDocuments(clerk(), { documents: [seen(undone!)] }))).toBe("nothing_to_undo");
  const again = await pay(bookingId);
  services.clock.advance(60_000);
  expect(code(await undoDocuments(clerk(), { documents: again.map(seen) }))).toBe("too_late_to_undo");
});

test("a payment of a paper that was made is not taken back: it is spoiled first, or a line stands in its place", async () => {
  const bookingId = await aParty({ services: [PASSPORT] });
  let [one] = await pay(bookingId);
  const line = one!.payments[0]!;
  for (const action of ["capture", "produce"] as const)
    [one] = value(await moveDocuments(clerk(), { documents: [seen(one!)], action })) as DocumentAtCashier[];
  const back = { paymentId: line.id, reason: "given_back" } as const;
  expect(code(await correctPayment(clerk(), back))).toBe("not_allowed");
  expect(code(await correctPayment(supervisor(), back))).toBe("already_produced");
  const instead = {
    choice: { variant: "3y", proofs: [], copies: 0 },
    how: { kind: "paid", means: "card", receipt: "A-205" },
  } as const;
  const corrected = value(await correctPayment(supervisor(), { ...back, reason: "wrong_means", instead }));
  expect(corrected.state).toBe("in_production");
  const [document] = await open(bookingId);
  expect(document!.payments.map((other) => [other.means, other.cents, other.corrects]).sort()).toEqual(
    [
      ["exact_cash", 10_100, null],
      ["exact_cash", -10_100, line.id],
      ["card", 10_100, null],
    ].sort(),
  );
  expect(code(await correctPayment(supervisor(), back))).toBe("corrected_already");
  const standing = document!.payments.find((other) => other.means === "card")!;
  const spoil = { documents: [seen(document!)], action: "spoil" } as const;
  expect(code(await moveDocuments(clerk(), spoil))).toBe("number_missing");
  value(await moveDocuments(clerk(), { ...spoil, number: "G1234567" }));
  expect(value(await correctPayment(supervisor(), { ...back, paymentId: standing.id })).state).toBe("to_pay");
});

test("extra copies of what is free by itself are paid for, once; what somebody was let off is settled", async () => {
  await aSession(services, { group: "registro_civil" });
  const bookingId = await aParty({
    services: ["registro-nacimiento" as ServiceSlug],
    bornOn: "2026-11-02" as LocalDate,
    parents: [{ part: "comes" }, { part: "comes" }],
  });
  const [birth] = await open(bookingId);
  expect(birth).toMatchObject({ state: "exempt", dueCents: 0, copyCents: 1_900, payments: [] });
  const order = (one: DocumentAtCashier) => ({
    bookingId,
    items: [{ ...seen(one), choice: { variant: one.variant, proofs: [], copies: 2 } }],
    totalCents: 3_800,
    how: CASH,
  });
  const [paid] = value(await settle(clerk(), order(birth!)));
  expect(paid).toMatchObject({ state: "paid", dueCents: 3_800 });
  const letOff = await pay(await aParty({ services: [MATRICULA] }), { kind: "exempt", reason: "no_means" });
  const again = { ...order(letOff[0]!), bookingId: letOff[0]!.bookingId };
  expect(code(await settle(clerk(), { ...again, how: CASH, totalCents: 0 }))).not.toBe("done");
  expect(code(await settle(clerk(), order(paid!)))).toBe("step_does_not_follow");
});

test("of two supervisors who correct one line at once one does", async () => {
  const [one] = await pay(await aParty({ services: [PASSPORT] }));
  const correction = { paymentId: one!.payments[0]!.id, reason: "given_back" } as const;
  const answers = await Promise.all([
    correctPayment(supervisor(), correction),
    correctPayment(supervisor(), correction),
  ]);
  expect(answers.map(code).sort()).toEqual(["corrected_already", "done"]);
});

test("what lies ready is on the list every morning until it is fetched, and what was only quoted is not", async () => {
  const [ready] = await pay(await aParty({ services: [PASSPORT] }));
  const [quoted] = await open(await aParty({ services: [PASSPORT] }));
  let one: Parameters<typeof seen>[0] = ready!;
  for (const action of ["capture", "produce", "ready"] as const)
    one = value(await moveDocuments(clerk(), { documents: [seen(one)], action }))[0]!;
  // Its contact is told, once.
  expect(
    await services.adminQuery("select name, subject_id as id from platform.outbox where name = 'issuing.ready'"),
  ).toEqual([{ name: "issuing.ready", id: ready!.bookingId }]);
  const listed = async () => value(await listDocuments(clerk(), wanted.officeId)).map((other) => other.id);
  expect(await listed()).toEqual(expect.arrayContaining([ready!.id, quoted!.id]));
  services.clock.advance(40 * DAY_MS);
  const later = await listed();
  expect([later.includes(ready!.id), later.includes(quoted!.id)]).toEqual([true, false]);
  value(await moveDocuments(clerk(), { documents: [seen(one)], action: "deliver" }));
  expect(await listed()).not.toContain(ready!.id);
});

test("whoever lacks a paper is waited for with what she paid, and goes on where she stood when she comes back", async () => {
  const bookingId = await aParty({ services: [PASSPORT] }, { services: [PASSPORT] });
  const [mine, hers] = await pay(bookingId);
  const { id, version } = await visitOf(services, bookingId);
  const outcomes = [mine!, hers!].map(({ appointmentId, service }, i) => ({
    appointmentId,
    service,
    ...(i === 0 ? { code: "issued" as const } : { code: "missing_document" as const, reason: "photo" as const }),
  }));
  services.clock.advance(1_000);
  value(await recordOutcomes(clerk(), { visitId: id, version, outcomes }));
  const waits = async () =>
    value(await listDocuments(clerk(), wanted.officeId))
      .filter((one) => one.bookingId === bookingId)
      .map((one) => [one.state, one.lacksPaper]);
  expect(await waits()).toEqual([
    ["paid", false],
    ["paid", true],
  ]);
  expect((await open(bookingId)).map((one) => [one.state, one.returnOn])).toEqual([
    ["paid", null],
    ["return_on", "2026-12-24"],
  ]);
  services.clock.advance(DAY_MS);
  value(await checkIn(clerk(), { bookingId }));
  expect((await open(bookingId)).map((one) => one.state)).toEqual(["paid", "paid"]);
});

describe("refused are", () => {
  test("another office, a role without the power, and a party that nobody received", async () => {
    const bookingId = await aParty({ services: [PASSPORT] });
    const [one] = await open(bookingId);
    const dallas = staffContext(services, staff.clerk, "clerk", "dallas" as OfficeId);
    expect(code(await openParty(dallas, { bookingId }))).toBe("unknown_booking");
    expect(code(await moveDocuments(dallas, { documents: [seen(one!)], action: "return" }))).toBe("unknown_document");
    expect(value(await listDocuments(dallas, "dallas" as OfficeId))).toEqual([]);
    expect(code(await listDocuments(dallas, wanted.officeId))).toBe("not_allowed");
    expect(code(await openParty(staffContext(services, staff.clerk, "hq"), { bookingId }))).toBe("not_allowed");
    await services.adminQuery("delete from issuing.documents where booking_id = $1", [bookingId]);
    await services.adminQuery("update visits.visits set arrived_at = null, state = 'left' where booking_id = $1", [
      bookingId,
    ]);
    expect(code(await openParty(clerk(), { bookingId }))).toBe("not_received");
  });

  test("means that the office does not take, steps that do not follow, and what somebody changed meanwhile", async () => {
    const bookingId = await aParty({ services: [PASSPORT] });
    const [one] = await open(bookingId);
    const items = asOffered([one!]);
    const order = { bookingId, items, totalCents: one!.dueCents, how: CASH };
    items[0]!.choice.variant = "2y";
    expect(code(await settle(clerk(), order))).toBe("unknown_variant");
    expect(code(await moveDocuments(clerk(), { documents: [seen(one!)], action: "deliver" }))).toBe(
      "step_does_not_follow",
    );
    expect(code(await moveDocuments(clerk(), { documents: [{ id: one!.id, version: 9 }], action: "capture" }))).toBe(
      "changed_meanwhile",
    );
    const yesterday = { documents: [seen(one!)], action: "return", returnOn: "2026-12-02" as LocalDate } as const;
    expect(code(await moveDocuments(clerk(), yesterday))).toBe("step_does_not_follow");
  });

  test("changes of lines that were written: the program itself has no right to", async () => {
    const update = (statement: string) => adminQuery(roleUrl(services.url, TEST_ROLE_SECRET, "console"), statement);
    await expect(update("update issuing.payments set cents = 0")).rejects.toThrow("permission denied");
    await expect(update("delete from issuing.blanks")).rejects.toThrow("permission denied");
  });
});
