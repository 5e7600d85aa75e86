import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { OfficeId, StaffId } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { APPEAL_WON, CASE_CANCELLED, CASE_CHALLENGED, caseEvent, sanctionEvent } from "../events.ts";
import {
  CALL_HOURS,
  CANCEL_BEFORE_DAYS,
  caseMay,
  frozenUntil,
  nextSanction,
  refuseAppealDecision,
  refuseEnd,
} from "../rules/cases.ts";
import {
  challengeCases,
  decideAppealOf,
  insertAttempts,
  listAttempts,
  listSignedAhead,
  lockCases,
  settleCases,
  signAhead,
} from "../store/cases.ts";
import { listContactKinds } from "../store/observations.ts";
import { countSanctions, insertSanction, liftSanctionsOf, listClosed } from "../store/sanctions.ts";
import type { AttemptChannel, CaseId, CaseRefusal, CaseRow } from "../types.ts";

/** What an analyst meant: the case as she saw it. */
export interface Meant {
  readonly id: CaseId;
  readonly version: number;
}

/**
 * Asks about the bookings of one group: each holder gets a message with a link, and the telephone tries follow. Places are
 * kept meanwhile, and a contact of a red group begins nothing new. All or none, so that nobody decides on an older picture.
 */
export function challenge(ctx: Context, cases: readonly Meant[]): Promise<Outcome<void, CaseRefusal>> {
  return onCases(ctx, cases, "integrity.challenge", async (tx, found, by) => {
    if (found.some((one) => !caseMay(one.state, "challenged"))) return refuse({ code: "not_possible" });
    await challengeCases(tx, idsOf(found), by, ctx.now);
    const kinds = new Map(
      (
        await listContactKinds(
          tx,
          found.map((one) => one.contactId),
        )
      ).map((one) => [one.contactId, one.kind]),
    );
    await insertAttempts(
      tx,
      found.flatMap(({ id, contactId }) => {
        const channel = messageChannel(kinds.get(contactId));
        return channel ? [{ caseId: id, channel, reached: false, at: ctx.now, staffId: null }] : [];
      }),
    );
    await insertEvents(
      tx,
      found.map((one) => caseEvent(CASE_CHALLENGED, one, ctx.now)),
    );
    // A machine closes nothing: a person asks, and while she does a contact of a red group begins nothing new.
    for (const { id: caseId, contactId, level } of found) {
      const until = frozenUntil(level, ctx.now);
      if (until) await insertSanction(tx, { contactId, caseId, step: 0, from: ctx.now, until });
    }
    await tellClosed(ctx, tx, found);
    return accept(undefined);
  });
}

/** Sees no harm: the bookings stand and nobody hears of it. */
export function clear(ctx: Context, cases: readonly Meant[]): Promise<Outcome<void, CaseRefusal>> {
  return onCases(ctx, cases, "integrity.clear", async (tx, found, by) => {
    if (found.some((one) => !caseMay(one.state, "cleared"))) return refuse({ code: "not_possible" });
    await settleCases(tx, idsOf(found), { state: "cleared", by, at: ctx.now });
    for (const one of found) await liftSanctionsOf(tx, one.id, ctx.now);
    await tellClosed(ctx, tx, found);
    return accept(undefined);
  });
}

/** Notes a try to reach the holder. `hourAt` tells the hour of an office's clock, 0 to 23. */
export function logAttempt(
  ctx: Context,
  meant: Meant,
  {
    channel,
    reached,
    hourAt,
  }: { readonly channel: AttemptChannel; readonly reached: boolean; readonly hourAt: (officeId: OfficeId) => number },
): Promise<Outcome<void, CaseRefusal>> {
  return onCases(ctx, [meant], "integrity.attempt", async (tx, found, by) => {
    if (found[0]!.state !== "challenged") return refuse({ code: "not_possible" });
    const localHour = hourAt(found[0]!.officeId);
    const isDay = localHour >= CALL_HOURS.from && localHour < CALL_HOURS.to;
    if (channel === "voice" && !isDay) return refuse({ code: "not_daytime" });
    await insertAttempts(tx, [{ caseId: meant.id, channel, reached, at: ctx.now, staffId: by }]);
    if (reached && found[0]!.aheadBy !== null) await signAhead(tx, meant.id, null, ctx.now);
    return accept(undefined);
  });
}

/**
 * Signs what came of it. Whoever confirmed keeps the place; of the others it ends, if enough was tried: of whoever was
 * not reached five days before the visit, by itself (`endUnreached`), unless somebody is reached until then.
 */
export function settle(
  ctx: Context,
  meant: Meant,
  verdict: "validated" | "unreachable" | "refuted",
): Promise<Outcome<void, CaseRefusal>> {
  return onCases(ctx, [meant], `integrity.${verdict}`, async (tx, [one], by) => {
    const found = one!;
    if (verdict === "validated") {
      if (!caseMay(found.state, verdict) || found.state !== "challenged") return refuse({ code: "not_possible" });
      await settleCases(tx, [found.id], { state: verdict, by, at: ctx.now });
      await liftSanctionsOf(tx, found.id, ctx.now);
      await tellClosed(ctx, tx, [found]);
      return accept(undefined);
    }
    const no = refuseEnd(found, verdict, await listAttempts(tx, [found.id]), ctx.now);
    if (no?.code === "too_early" && found.aheadBy === null) {
      await signAhead(tx, found.id, by, ctx.now);
      return accept(undefined);
    }
    if (no) return refuse(no);
    await end(tx, found, { state: verdict, by, at: ctx.now });
    // Only who filed for somebody who knows nothing of it: not being reached is no fault.
    if (verdict === "refuted") {
      const { contactId, id: caseId } = found;
      const { step, until } = nextSanction(await countSanctions(tx, contactId), found.level, ctx.now);
      await insertSanction(tx, { contactId, caseId, step, from: ctx.now, until });
    }
    await tellClosed(ctx, tx, [found]);
    return accept(undefined);
  });
}

/**
 * Ends what a person signed ahead, five days before the visit. The tries are counted once more; whoever confirmed
 * meanwhile, or was reached, keeps the place. Returns how many ended.
 */
export async function endUnreached(ctx: Context): Promise<number> {
  const by = new Date(ctx.now.getTime() + CANCEL_BEFORE_DAYS * DAY_MS);
  const due = await transaction(ctx, "worker", (tx) => listSignedAhead(tx, ctx.now, by));
  let ended = 0;
  for (const id of due)
    ended += await transaction(ctx, "worker", async (tx) => {
      const [found] = await lockCases(tx, [id]);
      if (!found || found.aheadBy === null) return 0;
      if (refuseEnd(found, "unreachable", await listAttempts(tx, [id]), ctx.now)) return 0;
      await end(tx, found, { state: "unreachable", by: found.aheadBy, at: ctx.now });
      await tellClosed(ctx, tx, [found]);
      const [subject] = await ctx.keyring.digest("subject", [found.bookingId]);
      const { officeId } = found;
      await insertAudit(tx, [
        { ...ctx, at: ctx.now, action: "integrity.unreachable", officeId, subject: subject![0]!.digest },
      ]);
      return 1;
    });
  return ended;
}

/** The place goes to the ordinary pools, and the contact hears of the appeal. */
async function end(
  tx: Tx,
  found: CaseRow,
  how: { readonly state: "unreachable" | "refuted"; readonly by: StaffId; readonly at: Date },
): Promise<void> {
  await settleCases(tx, [found.id], how);
  await insertEvents(tx, [caseEvent(CASE_CANCELLED, found, how.at)]);
  await liftSanctionsOf(tx, found.id, how.at);
}

/** Decides an appeal; never whoever signed what is appealed. Won: the sanction falls and the place is made good. */
export function decideAppeal(
  ctx: Context,
  meant: Meant,
  verdict: "won" | "upheld",
): Promise<Outcome<void, CaseRefusal>> {
  return onCases(ctx, [meant], `integrity.appeal_${verdict}`, async (tx, [one], by) => {
    const found = one!;
    const no = refuseAppealDecision(found, by);
    if (no) return refuse(no);
    await decideAppealOf(tx, found.id, { verdict, by, at: ctx.now });
    if (verdict === "won") {
      await liftSanctionsOf(tx, found.id, ctx.now);
      await tellClosed(ctx, tx, [found]);
      await insertEvents(tx, [caseEvent(APPEAL_WON, found, ctx.now)]);
    }
    return accept(undefined);
  });
}

/** One transaction of an analyst on cases that nobody else changes meanwhile, with a line of the audit log for each. */
async function onCases(
  ctx: Context,
  meant: readonly Meant[],
  action: string,
  work: (tx: Tx, found: readonly CaseRow[], by: StaffId) => Promise<Outcome<void, CaseRefusal>>,
): Promise<Outcome<void, CaseRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "decide_integrity")) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", async (tx) => {
    const found = await lockCases(
      tx,
      meant.map((one) => one.id),
    );
    if (meant.length === 0 || found.length !== meant.length) return refuse({ code: "unknown_case" });
    const seen = new Map(meant.map((one) => [one.id, one.version]));
    if (found.some((one) => one.version !== seen.get(one.id))) return refuse({ code: "changed_meanwhile" });
    const outcome = await work(tx, found, actor.staffId as StaffId);
    if (outcome.ok) {
      const subjects = await ctx.keyring.digest(
        "subject",
        found.map((one) => one.bookingId),
      );
      await insertAudit(
        tx,
        found.map(({ officeId }, i) => ({ ...ctx, at: ctx.now, action, officeId, subject: subjects[i]![0]!.digest })),
      );
    }
    return outcome;
  });
}

/** Announces until when the contacts of these cases begin nothing new; whoever books hears of it by this alone. */
async function tellClosed(ctx: Context, tx: Tx, found: readonly Pick<CaseRow, "contactId">[]): Promise<void> {
  const contactIds = [...new Set(found.map((one) => one.contactId))];
  const closed = await listClosed(tx, contactIds, ctx.now);
  await insertEvents(
    tx,
    closed.map(({ contactId, until }) => sanctionEvent(contactId, until, ctx.now)),
  );
}

function idsOf(found: readonly CaseRow[]): CaseId[] {
  return found.map((one) => one.id);
}

/** A paper card is reached by nothing, and a spoken message is no conversation. */
function messageChannel(kind: string | undefined): AttemptChannel | undefined {
  return kind === "email" || kind === "sms" || kind === "whatsapp" ? kind : undefined;
}
