import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { BookingId } from "#kernel/ids.ts";
import type { Outcome } from "#kernel/outcome.ts";
import {
  correctPayment,
  getClosing,
  listDocuments,
  moveDocuments,
  openParty,
  reportBlanks,
  settle,
  signClosing,
  undoDocuments,
  type ClosingRefusal,
  type ClosingView,
  type DocumentAtCashier,
  type IssuedDocument,
  type IssuingRefusal,
  type ListedDocument,
} from "#modules/issuing/index.ts";
import { getNetwork, PAYMENT_MEANS } from "#modules/offices/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { officeOf, staffContext } from "./gate.ts";
import {
  blanksBody,
  blanksLeft,
  cashParty,
  cashPartyBody,
  changedDocuments,
  closing,
  closingQuery,
  correctBody,
  documents,
  moveBody,
  settleBody,
  signBody,
  undoBody,
  type CashParty,
  type ClosingAnswer,
  type IssuedDocumentView,
} from "./issuing-contract.ts";
import { refused } from "./refusals.ts";

/** The cashier, documents, blank stock and the close of the day, at the caller's own office. Nothing in it names anybody but who signed. */
export function issuingRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();
  const context = (request: FastifyRequest): Context => staffContext(services, request, "reception");

  const party = { 200: cashParty, ...problems(403, 404, 409, 422) };
  app.post("/cash/party", { schema: { body: cashPartyBody, response: party } }, async (request, reply) =>
    partyOr(request, reply, request.body.bookingId, await openParty(context(request), request.body)),
  );
  app.post("/cash/settle", { schema: { body: settleBody, response: party } }, async (request, reply) =>
    partyOr(request, reply, request.body.bookingId, await settle(context(request), request.body)),
  );
  const changed = { 200: changedDocuments, ...problems(403, 404, 409, 422) };
  app.post("/cash/correct", { schema: { body: correctBody, response: changed } }, async (request, reply) => {
    const outcome = await correctPayment(context(request), request.body);
    return outcome.ok ? { documents: [viewDocument(outcome.value)] } : refused(reply, outcome.refusal);
  });

  app.get("/documents", { schema: { response: { 200: documents, ...problems(403) } } }, async (request, reply) => {
    const outcome = await listDocuments(context(request), officeOf(request));
    return outcome.ok ? { documents: outcome.value.map(viewListed) } : refused(reply, outcome.refusal);
  });
  app.post("/documents/move", { schema: { body: moveBody, response: changed } }, async (request, reply) =>
    documentsOr(reply, await moveDocuments(context(request), request.body)),
  );
  app.post("/documents/undo", { schema: { body: undoBody, response: changed } }, async (request, reply) =>
    documentsOr(reply, await undoDocuments(context(request), request.body)),
  );
  app.post(
    "/blanks",
    { schema: { body: blanksBody, response: { 200: blanksLeft, ...problems(403, 409) } } },
    async (request, reply) => {
      const outcome = await reportBlanks(context(request), request.body);
      return outcome.ok ? outcome.value : refused(reply, outcome.refusal);
    },
  );

  const day = { 200: closing, ...problems(403, 409) };
  app.get("/closing", { schema: { querystring: closingQuery, response: day } }, async (request, reply) =>
    closingOr(reply, await getClosing(context(request), request.query)),
  );
  app.post("/closing/signatures", { schema: { body: signBody, response: day } }, async (request, reply) =>
    closingOr(reply, await signClosing(context(request), request.body)),
  );

  async function partyOr(
    request: FastifyRequest,
    reply: FastifyReply,
    bookingId: BookingId,
    outcome: Outcome<DocumentAtCashier[], IssuingRefusal>,
  ) {
    if (!outcome.ok) return refused(reply, outcome.refusal);
    const { officeById, serviceBySlug } = await getNetwork(services);
    const means = officeById.get(officeOf(request))?.publicFacts.payment_means?.value ?? PAYMENT_MEANS;
    return {
      bookingId,
      means: [...means],
      documents: outcome.value.map((one): CashParty["documents"][number] => ({
        ...viewDocument(one),
        ordinal: one.ordinal,
        offers: one.offers.map((offer) => ({ ...offer, proofs: [...offer.proofs] })),
        proofs: one.proofs.map((id) => ({
          id,
          percent: serviceBySlug.get(one.service)?.discounts.find((other) => other.id === id)?.percent ?? 0,
        })),
        copyCents: one.copyCents,
        payments: one.payments.map(({ id, kind, cents, means: by, receipt, reason, corrects }) => ({
          id,
          kind,
          cents,
          means: by,
          receipt,
          reason,
          corrects,
        })),
      })),
    };
  }
}

function documentsOr(reply: FastifyReply, outcome: Outcome<IssuedDocument[], IssuingRefusal>) {
  return outcome.ok ? { documents: outcome.value.map((one) => viewDocument(one)) } : refused(reply, outcome.refusal);
}

function closingOr(reply: FastifyReply, outcome: Outcome<ClosingView, ClosingRefusal>) {
  return outcome.ok ? viewClosing(outcome.value) : refused(reply, outcome.refusal);
}

function viewDocument(
  one: IssuedDocument & { readonly ordinal?: number | null; readonly undoUntil?: Date | undefined },
): IssuedDocumentView {
  const { id, bookingId, appointmentId, service, localDate, folioTail, state, blank } = one;
  const { variant, dueCents, promisedOn, returnOn, version, ordinal = null, undoUntil } = one;
  const facts = { id, bookingId, appointmentId, ordinal, service, localDate, folioTail, state, blank };
  return {
    ...facts,
    variant,
    dueCents,
    promisedOn,
    returnOn,
    undoUntil: undoUntil?.toISOString() ?? null,
    version,
  };
}

function viewListed(one: ListedDocument) {
  return { ...viewDocument(one), late: one.late, lacksPaper: one.lacksPaper };
}

function viewClosing({ page, digest, signatures, changedSince, annex, outlook }: ClosingView): ClosingAnswer {
  const signed = ({ name, at }: { readonly name: string; readonly at: Date }) => ({ name, at: at.toISOString() });
  return {
    page: {
      ...page,
      outcomes: [...page.outcomes],
      fees: { ...page.fees, means: [...page.fees.means], reasons: [...page.fees.reasons] },
      blanks: page.blanks.map((one) => ({ ...one, spoiledNumbers: [...one.spoiledNumbers] })),
      uncollected: [...page.uncollected],
    },
    digest,
    signatures: signatures.map(signed),
    changedSince: changedSince && signed(changedSince),
    annex: {
      payments: annex.payments.map(({ kind, cents, means, reason, correction, at }) => ({
        kind,
        cents,
        means,
        reason,
        correction,
        at: at.toISOString(),
      })),
      blanks: annex.blanks.map(({ blank, movement, quantity, number, at }) => ({
        blank,
        movement,
        quantity,
        number,
        at: at.toISOString(),
      })),
    },
    outlook: outlook.map((one) => ({ ...one })),
  };
}
