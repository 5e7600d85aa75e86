import type { BookingId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { agesAtOffice } from "#modules/booking/index.ts";
import type { PaymentMeans } from "#modules/offices/index.ts";
import type { Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { findParty, ordinalsOf } from "../queries/party.ts";
import { reversalOf, standingLines, type CashChoice, type Quote } from "../rules/cash.ts";
import { documentAfter, isProduced } from "../rules/documents.ts";
import { joinDay } from "../store/closings.ts";
import { lockDocuments, saveDocuments } from "../store/documents.ts";
import { findPayment, insertPayments, listPayments } from "../store/ledger.ts";
import type {
  CorrectionReason,
  ExemptReason,
  IssuedDocument,
  IssuingRefusal,
  Payment,
  PaymentId,
  Seen,
} from "../types.ts";
import { ageOf, atCashier, type DocumentAtCashier } from "./party.ts";
import { atDesk, note, type Desk } from "./office.ts";
import { meansOf, quote } from "./quotes.ts";

/** How it was settled. No card data: which means, and the number of the receipt that the cashier wrote. */
export type HowSettled =
  | { readonly kind: "paid"; readonly means: PaymentMeans; readonly receipt: string }
  | { readonly kind: "exempt"; readonly reason: ExemptReason };

export interface Settling extends Seen {
  readonly choice: CashChoice;
}

/**
 * Marks documents of one party as paid or exempt, all with one key. The amounts follow from the tariff and the person;
 * `totalCents` is what the screen showed, so that nobody pays another amount than she was told.
 */
export async function settle(
  ctx: Context,
  input: {
    readonly bookingId: BookingId;
    readonly items: readonly Settling[];
    readonly totalCents: number;
    readonly how: HowSettled;
  },
): Promise<Outcome<DocumentAtCashier[], IssuingRefusal>> {
  const { bookingId, items, how } = input;
  const ages = await agesAtOffice(ctx, bookingId);
  return atDesk(ctx, "issue_documents", async (desk): Promise<Outcome<DocumentAtCashier[], IssuingRefusal>> => {
    const { tx, officeId, today, office } = desk;
    const found = await lockSeen(desk, items);
    if (!found.ok) return found;
    if (found.value.some((one) => one.bookingId !== bookingId)) return refuse({ code: "unknown_document" });
    const party = await findParty(tx, officeId, bookingId, today);
    if (!party || ages.length === 0) return refuse({ code: "unknown_booking" });
    if (how.kind === "paid" && !meansOf(office).includes(how.means)) return refuse({ code: "means_not_accepted" });
    const quotes = await quoteAll(desk, found.value, items, ages);
    if (!quotes.ok) return quotes;
    if (quotes.value.reduce((sum, one) => sum + one.cents, 0) !== input.totalCents)
      return refuse({ code: "amount_differs" });
    const lines = await listPayments(
      tx,
      officeId,
      found.value.map((one) => one.id),
    );
    const changed: IssuedDocument[] = [];
    for (const [i, one] of found.value.entries()) {
      const { cents } = quotes.value[i]!;
      // What is free by itself may still be paid for, extra copies of a birth record; what a person was let off has its line.
      const isFree = one.state === "exempt" && !lines.some((line) => line.documentId === one.id);
      // What is free was paid by nobody.
      const state = documentAfter(
        isFree ? "to_pay" : one.state,
        how.kind === "exempt" || cents === 0 ? "exempt" : "pay",
      );
      if (!state) return refuse({ code: "step_does_not_follow" });
      const { variant } = choiceOf(items, one);
      changed.push({
        ...one,
        state,
        before: one.state,
        variant,
        dueCents: cents,
        changedAt: ctx.now,
        version: one.version + 1,
      });
    }
    const annex = await joinDay(tx, officeId, today);
    const written = changed.flatMap((one, i) =>
      one.dueCents === 0 ? [] : [lineOf(one, quotes.value[i]!, how, { localDate: today, annex, at: ctx.now })],
    );
    await insertPayments(tx, officeId, desk.staffId, written);
    await saveDocuments(tx, officeId, changed);
    await note(ctx, tx, { action: `cash.${how.kind}`, officeId, bookingId, count: changed.length });
    return accept(await atCashier(desk, changed, party, ages));
  });
}

/**
 * A correction by whoever runs the office: a line that takes another one back and, where something else is right, a line
 * in its place. Both belong to the day of the first; a day that was signed keeps its page and gets them as its annex.
 */
export async function correctPayment(
  ctx: Context,
  input: {
    readonly paymentId: PaymentId;
    readonly reason: CorrectionReason;
    readonly instead?: { readonly choice: CashChoice; readonly how: HowSettled } | undefined;
  },
): Promise<Outcome<IssuedDocument, IssuingRefusal>> {
  const { instead, reason } = input;
  const bookingId = await bookingOf(ctx, input.paymentId);
  const ages = bookingId === undefined ? [] : await agesAtOffice(ctx, bookingId);
  return atDesk(ctx, "account_for_day", async (desk): Promise<Outcome<IssuedDocument, IssuingRefusal>> => {
    const { tx, officeId, office } = desk;
    const line = await findPayment(tx, officeId, input.paymentId);
    if (!line) return refuse({ code: "unknown_payment" });
    const document = (await lockDocuments(tx, officeId, [line.documentId]))[0]!;
    // Read again: whoever was faster has written her lines by now.
    const lines = await listPayments(tx, officeId, [line.documentId]);
    if (!standingLines(lines).some((one) => one.id === line.id)) return refuse({ code: "corrected_already" });
    const annex = await joinDay(tx, officeId, line.localDate);
    const day = { localDate: line.localDate, annex, at: ctx.now };
    const reversal: Payment = { ...reversalOf(line), ...day, id: newId(), reason, step: document.version + 1 };
    let changed: IssuedDocument = { ...document, before: null, changedAt: ctx.now, version: document.version + 1 };
    let written: Payment[] = [reversal];
    if (instead) {
      const { how, choice } = instead;
      // Of an erased person nobody knows the age, and so not the price.
      if (ages.length === 0) return refuse({ code: "unknown_booking" });
      if (how.kind === "paid" && !meansOf(office).includes(how.means)) return refuse({ code: "means_not_accepted" });
      const ordinal = (await ordinalsOf(tx, officeId, [document.appointmentId])).get(document.appointmentId) ?? 1;
      const amount = quoteOne(desk, document, choice, ageOf(ages, ordinal), line.localDate);
      if (!amount.ok) return amount;
      const isSettled = document.state === "paid" || document.state === "exempt";
      const settled = how.kind === "paid" && amount.value.cents > 0 ? "paid" : "exempt";
      changed = {
        ...changed,
        state: isSettled ? settled : document.state,
        variant: choice.variant,
        dueCents: amount.value.cents,
      };
      if (amount.value.cents > 0) written = [...written, lineOf(changed, amount.value, how, day)];
    } else {
      const state = documentAfter(document.state, "unpay");
      if (!state) return refuse({ code: isProduced(document.state) ? "already_produced" : "step_does_not_follow" });
      changed = { ...changed, state };
    }
    await insertPayments(tx, officeId, desk.staffId, written);
    await saveDocuments(tx, officeId, [changed]);
    await note(ctx, tx, { action: "cash.correct", officeId, bookingId: document.bookingId });
    return accept(changed);
  });
}

/** Locks what the screen showed; somebody who changed one of them meanwhile was faster. */
export async function lockSeen(
  { tx, officeId }: Pick<Desk, "tx" | "officeId">,
  seen: readonly Seen[],
): Promise<Outcome<IssuedDocument[], { code: "unknown_document" | "changed_meanwhile" }>> {
  const versions = new Map(seen.map((one) => [one.id, one.version]));
  const found = await lockDocuments(tx, officeId, [...versions.keys()]);
  if (found.length < versions.size || found.length === 0) return refuse({ code: "unknown_document" });
  return found.every((one) => one.version === versions.get(one.id))
    ? accept(found)
    : refuse({ code: "changed_meanwhile" });
}

async function bookingOf(ctx: Context, paymentId: PaymentId): Promise<BookingId | undefined> {
  const found = await atDesk(
    ctx,
    "account_for_day",
    async ({ tx, officeId }): Promise<Outcome<BookingId | undefined, never>> => {
      const line = await findPayment(tx, officeId, paymentId);
      return accept(line && (await lockDocuments(tx, officeId, [line.documentId]))[0]?.bookingId);
    },
  );
  return found.ok ? found.value : undefined;
}

async function quoteAll(
  desk: Desk,
  documents: readonly IssuedDocument[],
  items: readonly Settling[],
  ages: readonly number[],
): Promise<Outcome<Quote[], { code: "unknown_variant" }>> {
  const { tx, officeId, today } = desk;
  const ordinals = await ordinalsOf(
    tx,
    officeId,
    documents.map((one) => one.appointmentId),
  );
  const quotes: Quote[] = [];
  for (const one of documents) {
    const age = ageOf(ages, ordinals.get(one.appointmentId) ?? 1);
    const amount = quoteOne(desk, one, choiceOf(items, one), age, today);
    if (!amount.ok) return amount;
    quotes.push(amount.value);
  }
  return accept(quotes);
}

function quoteOne(
  { network }: Desk,
  { service: slug }: Pick<IssuedDocument, "service">,
  choice: CashChoice,
  age: number,
  on: Desk["today"],
): Outcome<Quote, { code: "unknown_variant" }> {
  const service = network.serviceBySlug.get(slug);
  return service ? quote(service, age, choice, on) : refuse({ code: "unknown_variant" });
}

function choiceOf(items: readonly Settling[], { id }: Pick<IssuedDocument, "id">): CashChoice {
  return items.find((one) => one.id === id)!.choice;
}

function lineOf(
  { id, variant, version }: IssuedDocument,
  { cents, discount }: Quote,
  how: HowSettled,
  day: Pick<Payment, "localDate" | "annex" | "at">,
): Payment {
  return {
    ...day,
    id: newId(),
    documentId: id,
    kind: how.kind,
    variant,
    cents,
    means: how.kind === "paid" ? how.means : null,
    receipt: how.kind === "paid" ? how.receipt : null,
    discount,
    reason: how.kind === "exempt" ? how.reason : null,
    corrects: null,
    step: version,
  };
}
