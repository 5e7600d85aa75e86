import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { ContactId, OfficeId } from "#kernel/ids.ts";
import { DAY_MS, localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { parseAddress } from "#modules/people/index.ts";
import { dropKept } from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { dayKey } from "#platform/keyring/index.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { emergencyChanged } from "../events.ts";
import { listOpenStretches } from "../queries/hours.ts";
import { emergencyMay, mayReview } from "../rules/answering.ts";
import { eraseAfterEmergency, MOST_ASKED, MOST_ASKED_DAYS, MOST_UNPROVED } from "../rules/asking.ts";
import { answerDueAt } from "../rules/hours.ts";
import {
  changeOwn,
  countUnproved,
  emptyOwn,
  findAsked,
  insertEmergency,
  lockOwn,
  type OwnRow,
} from "../store/requests.ts";
import type { AskRefusal, EmergencyId, EmergencyKind, NeededBy, OwnRefusal, SealedEmergency } from "../types.ts";

export interface EmergencyQuestion {
  readonly officeId: OfficeId;
  readonly kind: EmergencyKind;
  readonly neededBy: NeededBy;
  /** To be called back, as typed; without it the verified contact of the context is told. */
  readonly phone?: string | undefined;
}

export interface Asked {
  readonly id: EmergencyId;
  readonly officeId: OfficeId;
  /** By when a person answers; UTC. */
  readonly dueAt: Date;
}

/**
 * Asks for urgent attention, by whatever channel: it stands in the office's queue when this answers. Whoever asks has a
 * verified contact or gives a telephone; one question at a time is open for a contact and for a visit. A telephone may be anybody's, so nothing that
 * is told depends on who gave it before: it would tell that its owner asked.
 */
export async function askEmergency(ctx: Context, question: EmergencyQuestion): Promise<Outcome<Asked, AskRefusal>> {
  const { officeId } = question;
  const office = (await getNetwork(ctx)).officeById.get(officeId);
  if (!office) return refuse({ code: "unknown_office" });
  const contactId = question.phone === undefined ? contactOf(ctx) : null;
  const phone = question.phone === undefined ? undefined : parseAddress("voice", question.phone);
  if (question.phone !== undefined && !phone) return refuse({ code: "invalid_phone" });
  if (contactId === null && !phone) return refuse({ code: "prove_contact" });

  const id = newId<EmergencyId>();
  const today = localDateAt(ctx.now, office.zone);
  const eraseAfter = eraseAfterEmergency(today);
  const sealed: SealedEmergency = { kind: question.kind, neededBy: question.neededBy, phone: phone?.address };
  const [[seal], [subject]] = await Promise.all([
    ctx.keyring.seal([
      {
        under: dayKey(officeId, today, eraseAfter),
        field: "emergencies.request",
        row: id,
        plain: JSON.stringify(sealed),
      },
    ]),
    ctx.keyring.digest("subject", [id]),
  ]);
  const asker = { contactId, sessionId: sessionOf(ctx) };

  return transaction(ctx, "citizen_writer", async (tx) => {
    const since = new Date(ctx.now.getTime() - MOST_ASKED_DAYS * DAY_MS);
    const before = await findAsked(tx, asker, since);
    if (before.open !== null) return refuse({ code: "already_asked", id: before.open });
    if (before.asked >= MOST_ASKED) return refuse({ code: "too_many_asked", most: MOST_ASKED, days: MOST_ASKED_DAYS });
    if (contactId === null && (await countUnproved(tx, officeId)) >= MOST_UNPROVED)
      return refuse({ code: "prove_contact" });
    const dueAt = answerDueAt(ctx.now, await listOpenStretches(tx, officeId, ctx.now));
    const isFirst = await insertEmergency(tx, {
      id,
      officeId,
      ...asker,
      channel: ctx.channel,
      language: ctx.language,
      sealed: seal!,
      askedAt: ctx.now,
      dueAt,
      eraseAfter,
    });
    // The other of two at once is there by now.
    if (!isFirst) return refuse({ code: "already_asked", id: (await findAsked(tx, asker, since)).open! });
    await record(tx, ctx, "emergency.ask", { id, officeId }, subject![0]!.digest);
    return accept({ id, officeId, dueAt });
  });
}

/** Who asked needs it no more: a kept place is free at once. Twice is once. */
export async function withdrawEmergency(ctx: Context, id: EmergencyId): Promise<Outcome<void, OwnRefusal>> {
  const [subject] = await ctx.keyring.digest("subject", [id]);
  return transaction(ctx, "citizen_writer", async (tx) => {
    const own = await findOwn(tx, ctx, id);
    if (!own) return refuse({ code: "unknown_emergency" });
    if (own.state === "withdrawn") return accept(undefined);
    if (!emergencyMay(own.state, "withdrawn")) return refuse({ code: "not_possible" });
    await changeOwn(tx, own, { state: "withdrawn" });
    await dropKept(tx, [id]);
    await record(tx, ctx, "emergency.withdraw", own, subject![0]!.digest);
    return accept(undefined);
  });
}

/** Sends a no to the head of office, once: it is due anew, and the head is one of the two who sign. Pressed twice it is sent once. */
export async function reviewEmergency(ctx: Context, id: EmergencyId): Promise<Outcome<void, OwnRefusal>> {
  const [subject] = await ctx.keyring.digest("subject", [id]);
  return transaction(ctx, "citizen_writer", async (tx) => {
    const own = await findOwn(tx, ctx, id);
    if (!own) return refuse({ code: "unknown_emergency" });
    if (own.reviewed && (own.state === "asked" || own.state === "proposed")) return accept(undefined);
    if (!mayReview(own)) return refuse({ code: "not_possible" });
    const dueAt = answerDueAt(ctx.now, await listOpenStretches(tx, own.officeId, ctx.now));
    await changeOwn(tx, own, { state: "asked", reviewed: true, dueAt });
    await record(tx, ctx, "emergency.review", own, subject![0]!.digest);
    return accept(undefined);
  });
}

/** The line of the audit log, and the word to the office's screens. */
export async function record(
  tx: Tx,
  ctx: Context,
  action: string,
  request: { readonly id: EmergencyId; readonly officeId: OfficeId },
  subject: Buffer,
): Promise<void> {
  await insertEvents(tx, [emergencyChanged(request, ctx.now)]);
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action, officeId: request.officeId, subject }]);
}

export function findOwn(tx: Tx, ctx: Context, id: EmergencyId): Promise<OwnRow | undefined> {
  return lockOwn(tx, id, { contactId: contactOf(ctx), sessionId: sessionOf(ctx) });
}

/** Writes down that what is held of her request was taken along. */
export async function exportEmergency(
  ctx: Context,
  own: { readonly id: EmergencyId; readonly officeId: OfficeId },
): Promise<void> {
  const [subject] = await ctx.keyring.digest("subject", [own.id]);
  await transaction(ctx, "citizen_writer", (tx) =>
    insertAudit(tx, [
      { ...ctx, at: ctx.now, action: "emergency.export", officeId: own.officeId, subject: subject![0]!.digest },
    ]),
  );
}

/**
 * Erases what somebody asked, at once: what happened, her telephone, what was answered, and whose it was. What is open is
 * withdrawn first. A second time finds nothing.
 */
export async function eraseEmergency(ctx: Context, id: EmergencyId): Promise<Outcome<void, OwnRefusal>> {
  // One that is over cannot be withdrawn, and needs not be.
  await withdrawEmergency(ctx, id);
  const [subject] = await ctx.keyring.digest("subject", [id]);
  return transaction(ctx, "worker", async (tx) => {
    const emptied = await emptyOwn(tx, id, { contactId: contactOf(ctx), sessionId: sessionOf(ctx) });
    if (!emptied) return refuse({ code: "unknown_emergency" });
    await record(tx, ctx, "emergency.erase", { id, officeId: emptied.officeId }, subject![0]!.digest);
    return accept(undefined);
  });
}

function contactOf({ actor }: Context): ContactId | null {
  return actor.kind === "citizen" ? (actor.contactId as ContactId) : null;
}

function sessionOf({ actor }: Context): string | null {
  return actor.kind === "citizen" || actor.kind === "visitor" ? (actor.sessionId ?? null) : null;
}
