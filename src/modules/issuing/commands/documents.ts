import type { LocalDate } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { wakeWall } from "#modules/visits/index.ts";
import type { Context } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { reversalOf, settledBy, standingLines } from "../rules/cash.ts";
import { blanksOf, documentAfter, undoUntil, type DocumentAction } from "../rules/documents.ts";
import { documentsReady } from "../events.ts";
import { listContacts } from "../queries/party.ts";
import { joinDay } from "../store/closings.ts";
import { saveDocuments } from "../store/documents.ts";
import { insertBlanks, insertPayments, listBlanksOf, listPayments } from "../store/ledger.ts";
import type { IssuedDocument, IssuingRefusal, Payment, Seen } from "../types.ts";
import { lockSeen } from "./cash.ts";
import { atDesk, note, type Desk } from "./office.ts";

/**
 * Takes documents one step further, those of a whole family with one key. `number`: of a blank that is spoiled;
 * `returnOn`: until when whoever lacks a paper comes back.
 */
export function moveDocuments(
  ctx: Context,
  input: {
    readonly documents: readonly Seen[];
    readonly action: DocumentAction;
    readonly number?: string | undefined;
    readonly returnOn?: LocalDate | undefined;
  },
): Promise<Outcome<IssuedDocument[], IssuingRefusal>> {
  const { action, number = null, returnOn = null } = input;
  return atDesk(ctx, "issue_documents", async (desk): Promise<Outcome<IssuedDocument[], IssuingRefusal>> => {
    const { tx, officeId, staffId, today } = desk;
    const found = await lockSeen(desk, input.documents);
    if (!found.ok) return found;
    const documents = found.value;
    // One number is printed on one blank.
    if (action === "spoil" && documents.length > 1) return refuse({ code: "step_does_not_follow" });
    if (action === "spoil" && documents[0]!.blank !== null && number === null)
      return refuse({ code: "number_missing" });
    const payments = await listPayments(
      tx,
      officeId,
      documents.map((one) => one.id),
    );
    const changed: IssuedDocument[] = [];
    for (const one of documents) {
      const state = documentAfter(one.state, action, settledBy(payments, one));
      if (!state || (action === "return" && (returnOn ?? one.returnOn ?? "") < today))
        return refuse({ code: "step_does_not_follow" });
      changed.push({
        ...one,
        state,
        before: one.state,
        returnOn: action === "return" ? (returnOn ?? one.returnOn) : one.returnOn,
        changedAt: ctx.now,
        version: one.version + 1,
      });
    }
    const lines = documents.flatMap((one) =>
      blanksOf(one, action, number).map((line) => ({
        ...line,
        id: newId<string>(),
        documentId: one.id,
        step: one.version + 1,
      })),
    );
    if (lines.length > 0) {
      const annex = await joinDay(tx, officeId, today);
      await insertBlanks(tx, { officeId, localDate: today, annex }, staffId, lines, ctx.now);
    }
    return keep(ctx, desk, `document.${action}`, changed);
  });
}

/** Takes the last step of documents back within a minute, with what it did to money and stock: every line gets its opposite. */
export function undoDocuments(
  ctx: Context,
  input: { readonly documents: readonly Seen[] },
): Promise<Outcome<IssuedDocument[], IssuingRefusal>> {
  return atDesk(ctx, "issue_documents", async (desk): Promise<Outcome<IssuedDocument[], IssuingRefusal>> => {
    const { tx, officeId, staffId, today } = desk;
    const found = await lockSeen(desk, input.documents);
    if (!found.ok) return found;
    const documents = found.value;
    for (const one of documents) {
      const until = undoUntil(one);
      if (!until) return refuse({ code: "nothing_to_undo" });
      if (ctx.now >= until) return refuse({ code: "too_late_to_undo" });
    }
    const versions = new Map(documents.map((one) => [one.id, one.version]));
    const stepOf = (id: IssuedDocument["id"]): number => versions.get(id)! + 1;
    const slips = standingLines(await listPayments(tx, officeId, [...versions.keys()])).filter(
      (one) => one.step === versions.get(one.documentId),
    );
    // A slip of the last minute before midnight is taken back on its own day.
    const isAnnex = new Map<LocalDate, boolean>();
    for (const day of [today, ...slips.map((one) => one.localDate)])
      isAnnex.set(day, isAnnex.get(day) ?? (await joinDay(tx, officeId, day)));
    await insertPayments(
      tx,
      officeId,
      staffId,
      slips.map((one): Payment => {
        const annex = isAnnex.get(one.localDate)!;
        const step = stepOf(one.documentId);
        return { ...reversalOf(one), id: newId(), annex, reason: "slip", step, at: ctx.now };
      }),
    );
    const blanks = await listBlanksOf(tx, officeId, documents);
    await insertBlanks(
      tx,
      { officeId, localDate: today, annex: isAnnex.get(today)! },
      staffId,
      blanks.map((one) => ({ ...one, quantity: -one.quantity, id: newId<string>(), step: stepOf(one.documentId) })),
      ctx.now,
    );
    const changed = documents.map((one): IssuedDocument => ({
      ...one,
      state: one.before!,
      before: null,
      changedAt: ctx.now,
      version: one.version + 1,
    }));
    return keep(ctx, desk, "document.undo", changed);
  });
}

async function keep(
  ctx: Context,
  { tx, officeId }: Desk,
  action: string,
  changed: readonly IssuedDocument[],
): Promise<Outcome<IssuedDocument[], IssuingRefusal>> {
  await saveDocuments(tx, officeId, changed);
  if (changed.some((one) => one.state === "ready" || one.before === "ready" || one.before === null))
    await wakeWall(tx, officeId);
  const ready = changed.filter((one) => one.state === "ready" && one.before !== null).map((one) => one.bookingId);
  if (ready.length > 0)
    await insertEvents(
      tx,
      (await listContacts(tx, officeId, ready)).map((party) => documentsReady(officeId, party, ctx.now)),
    );
  for (const bookingId of new Set(changed.map((one) => one.bookingId)))
    await note(ctx, tx, {
      action,
      officeId,
      bookingId,
      count: changed.filter((one) => one.bookingId === bookingId).length,
    });
  return accept([...changed]);
}
