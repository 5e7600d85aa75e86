import { folioTail } from "#kernel/folio.ts";
import type { AppointmentId, BookingId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { agesAtOffice, listFolios } from "#modules/booking/index.ts";
import type { DiscountId } from "#modules/offices/index.ts";
import { lastReturnDay, returnUntil as lastDayToReturn } from "#modules/visits/index.ts";
import type { Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { closedDays, findParty, type PartyAtCashier } from "../queries/party.ts";
import { settledBy, type Offer } from "../rules/cash.ts";
import { documentAfter, firstState, undoUntil } from "../rules/documents.ts";
import { paperOf, promisedOn } from "../rules/papers.ts";
import { insertDocuments, lockDocumentsOf, saveDocuments } from "../store/documents.ts";
import { listPayments } from "../store/ledger.ts";
import type { IssuedDocument, IssuingRefusal, Payment } from "../types.ts";
import { atDesk, note, type Desk } from "./office.ts";
import { allOffers, copyCents, offersFor, proofsFor } from "./quotes.ts";

/** Farthest day to which a promise can reach: closures are read up to there. */
const PROMISED_WITHIN_DAYS = 30;

/** A document with what it can cost and what was paid for it. */
export interface DocumentAtCashier extends IssuedDocument {
  readonly ordinal: number;
  readonly undoUntil: Date | undefined;
  readonly offers: readonly Offer[];
  /** Discounts and surcharges for which the clerk may have seen a proof. */
  readonly proofs: readonly DiscountId[];
  /** Price of an extra copy in cents; null where the tariff has none. */
  readonly copyCents: number | null;
  readonly payments: readonly Payment[];
}

/**
 * Opens a party before the cashier. What it comes for gets its documents the first time that somebody looks; a party
 * that nobody received today has none made. One person's missing paper leaves her document waiting for her.
 */
export async function openParty(
  ctx: Context,
  { bookingId }: { readonly bookingId: BookingId },
): Promise<Outcome<DocumentAtCashier[], IssuingRefusal>> {
  const ages = await agesAtOffice(ctx, bookingId);
  return atDesk(ctx, "issue_documents", async (desk): Promise<Outcome<DocumentAtCashier[], IssuingRefusal>> => {
    const { tx, officeId, today } = desk;
    const party = await findParty(tx, officeId, bookingId, today);
    if (!party) return refuse({ code: "unknown_booking" });
    if (party.received) await makeDocuments(ctx, desk, bookingId, party, ages);
    const documents = await waitOrGoOn(ctx, desk, party, await lockDocumentsOf(tx, officeId, bookingId));
    if (documents.length === 0 && !party.received) return refuse({ code: "not_received" });
    await note(ctx, tx, { action: "cash.open", officeId, bookingId });
    return accept(await atCashier(desk, documents, party, ages));
  });
}

async function makeDocuments(
  ctx: Context,
  { tx, network, officeId, today }: Desk,
  bookingId: BookingId,
  { appointments }: PartyAtCashier,
  ages: readonly number[],
): Promise<void> {
  const known = await lockDocumentsOf(tx, officeId, bookingId);
  const wanted = appointments.flatMap(({ id, ordinal, services }) =>
    services.flatMap((slug) => {
      const service = network.serviceBySlug.get(slug);
      const paper = service && paperOf(service);
      const isKnown = known.some((one) => one.appointmentId === id && one.service === slug);
      return paper && !isKnown ? [{ appointmentId: id, ordinal, service, paper }] : [];
    }),
  );
  if (wanted.length === 0) return;
  const folio = (await listFolios(ctx, tx, officeId, [bookingId])).get(bookingId);
  if (folio === undefined) return;
  const closed = await closedDays(tx, officeId, today, addDays(today, PROMISED_WITHIN_DAYS));
  await insertDocuments(
    tx,
    officeId,
    wanted.map(({ appointmentId, ordinal, service, paper }): IssuedDocument => {
      const [first] = offersFor(service, ageOf(ages, ordinal), [], today);
      const dueCents = first?.cents ?? 0;
      return {
        id: newId(),
        bookingId,
        appointmentId,
        service: service.slug,
        localDate: today,
        folioTail: folioTail(folio),
        state: firstState(dueCents),
        before: null,
        blank: paper.blank,
        variant: first?.variant ?? "",
        dueCents,
        promisedOn: promisedOn(paper, today, closed),
        returnOn: null,
        changedAt: ctx.now,
        version: 1,
      };
    }),
  );
}

/** Whoever lacked a paper comes back: her document waits, and goes on when she is received again. What was done since the outcome stands. */
async function waitOrGoOn(
  ctx: Context,
  { tx, officeId, today, office }: Desk,
  { missing, returnUntil, received }: PartyAtCashier,
  documents: readonly IssuedDocument[],
): Promise<IssuedDocument[]> {
  const lacked = (one: IssuedDocument) =>
    missing.find((other) => other.appointmentId === one.appointmentId && other.service === one.service);
  const isHeld = (one: IssuedDocument): boolean => {
    const outcome = lacked(one);
    return outcome !== undefined && (one.version === 1 || new Date(outcome.at) > one.changedAt);
  };
  // Who waits since an earlier day and was received today has brought it.
  const isBack = (one: IssuedDocument): boolean =>
    received && one.state === "return_on" && !lacked(one) && localDateAt(one.changedAt, office.zone) < today;
  const payments = await listPayments(
    tx,
    officeId,
    documents.filter(isBack).map((one) => one.id),
  );
  const closed = await closedDays(tx, officeId, today, lastReturnDay(today));
  const returnOn = returnUntil ?? lastDayToReturn(today, closed);
  const changed = documents.flatMap((one): IssuedDocument[] => {
    const action = isHeld(one) ? "return" : isBack(one) ? "resume" : undefined;
    const state = action && documentAfter(one.state, action, settledBy(payments, one));
    if (!state) return [];
    const until = action === "return" ? returnOn : one.returnOn;
    return [{ ...one, state, before: null, returnOn: until, changedAt: ctx.now, version: one.version + 1 }];
  });
  await saveDocuments(tx, officeId, changed);
  return documents.map((one) => changed.find((other) => other.id === one.id) ?? one);
}

/** Documents with their offers and lines, person by person. */
export async function atCashier(
  { tx, network, officeId, today }: Desk,
  documents: readonly IssuedDocument[],
  { appointments }: Pick<PartyAtCashier, "appointments">,
  ages: readonly number[],
): Promise<DocumentAtCashier[]> {
  const ids = documents.map((one) => one.id);
  const payments = await listPayments(tx, officeId, ids);
  return documents
    .map((one): DocumentAtCashier => {
      const ordinal = ordinalOf(appointments, one.appointmentId);
      const service = network.serviceBySlug.get(one.service);
      const age = ageOf(ages, ordinal);
      return {
        ...one,
        ordinal,
        undoUntil: undoUntil(one),
        offers: service ? allOffers(service, age, today) : [],
        proofs: service ? proofsFor(service, age) : [],
        copyCents: service ? copyCents(service, today) : null,
        payments: payments.filter((line) => line.documentId === one.id),
      };
    })
    .sort((a, b) => a.ordinal - b.ordinal || (a.service < b.service ? -1 : 1));
}

function ordinalOf(appointments: PartyAtCashier["appointments"], id: AppointmentId): number {
  return appointments.find((one) => one.id === id)?.ordinal ?? 1;
}

/** Of an erased person no age is known, and no discount follows from it. */
export function ageOf(ages: readonly number[], ordinal: number): number {
  return ages[ordinal - 1] ?? 0;
}
