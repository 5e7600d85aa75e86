import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId, LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import { addDays, HOUR_MS, instantOf } from "#kernel/time.ts";
import { listDrawsUnderWay, seatDisplaced } from "#modules/allocation/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import {
  closeCutSessions,
  countCut,
  endCut,
  freePlaces,
  insertCut,
  keepPlaces,
  listArea,
  listSpare,
  lockArea,
  placeStore,
  PROPOSE_LEAD_HOURS,
  PROPOSE_WITHIN_DAYS,
  proposeMoves,
  releaseHolds,
  restorePlaces,
  stepsOfArrangement,
  withdrawPlaces,
  type CutArea,
  type CutCounts,
  type CutId,
  type CutPlace,
  type CutReason,
  type Proposal,
} from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { systemContext, transaction, type Context, type Tx } from "#platform/context.ts";
import { claimKey, idempotencyDigests } from "#platform/idempotency.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { bookingEvent } from "../events.ts";
import { displacedOf, folioTails, keepsHours, listAffected, type AffectedParty } from "../queries/cuts.ts";
import { endProposals, insertProposals, lockIdle, seatAtCounters } from "../store/proposals.ts";

/** What a supervisor chose, in the office's local time. */
export interface CutWish {
  readonly localDate: LocalDate;
  /** Without one every session of that day. */
  readonly sessionId?: SessionId | undefined;
  readonly counters?: { readonly from: number; readonly to: number } | undefined;
  /** `HH:MM` on the office's clock: places that start from the first on, before the second. */
  readonly hours?: { readonly from: string; readonly until: string } | undefined;
}

export type CutRefusal =
  | { readonly code: "not_allowed" }
  /** Nothing to come lies there, or another cut took it. */
  | { readonly code: "nothing_to_cut" }
  | { readonly code: "unknown_cut" }
  | { readonly code: "idempotency_mismatch" };

/** A party that loses its place; nothing in it names anybody. */
export interface AffectedView {
  readonly bookingId: BookingId;
  readonly folioTail: string;
  readonly people: number;
  readonly startsAt: Date;
  /** Null: nowhere is room for all of them together; they are asked to choose another day. */
  readonly proposed: { readonly localDate: LocalDate; readonly startsAt: Date } | null;
  /** Everybody keeps her hour, at another counter: nobody is asked. */
  readonly sameHour: boolean;
}

export interface CutPreview {
  readonly counts: CutCounts;
  readonly parties: readonly AffectedView[];
}

/** What a cut would take and from whom, and where each party could go. Changes nothing. */
export async function previewCut(
  ctx: Context,
  officeId: OfficeId,
  wish: CutWish,
): Promise<Outcome<CutPreview, CutRefusal>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const area = await areaOf(ctx, officeId, wish);
  const found = await transaction(ctx, "console", async (tx) => {
    const places = await listArea(tx, area, ctx.now);
    const affected = await listAffected(tx, officeId, holdersOf(places));
    const proposals = await propose(tx, ctx, area, places, affected);
    const line = { ...ctx, at: ctx.now, action: "cut.preview", officeId, count: affected.length };
    await insertAudit(tx, [line]);
    return { places, affected, proposals };
  });
  if (found.places.length === 0) return refuse({ code: "nothing_to_cut" });
  const tails = await folioTails(ctx, found.affected);
  return accept({
    counts: countCut(found.places),
    parties: found.affected.map(({ bookingId, people, startsAt, needs }) => ({
      bookingId,
      folioTail: tails.get(bookingId) ?? "",
      people,
      startsAt,
      proposed: placeOf(found.proposals.get(bookingId)),
      sameHour: isSameHour(found.proposals.get(bookingId), needs),
    })),
  });
}

export interface CutDone {
  readonly cutId: CutId;
}

/**
 * Takes capacity away. In one transaction: nobody can be given these places any more, by a hold, a draw or a tick;
 * each party that had one gets another counter at its hour, or is asked about another place, which is kept for it;
 * whom there is no room for is left to the work list. Nobody's appointment is cancelled by it. Households of a draw get another place at once where there is one.
 */
export async function cutCapacity(
  ctx: Context,
  officeId: OfficeId,
  wish: CutWish & { readonly reason: CutReason },
  idempotency?: { readonly route: string; readonly key: string; readonly body: string },
): Promise<Outcome<CutDone, CutRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const area = await areaOf(ctx, officeId, wish);
  const digests = idempotency && (await idempotencyDigests(ctx.keyring, idempotency));
  const id = newId<CutId>();
  const done = await transaction(ctx, "console", async (tx): Promise<Outcome<CutDone, CutRefusal>> => {
    await lockArea(tx, area, ctx.now);
    const places = await listArea(tx, area, ctx.now);
    if (digests) {
      const key = { callerId: actor.staffId, route: idempotency.route, ...digests };
      const before = await claimKey(
        tx,
        { ...key, outcome: places.length > 0 ? "cut" : "nothing_to_cut", resultId: id },
        ctx.now,
      );
      if (before) {
        if (!before.bodyDigest.equals(digests.bodyDigest)) return refuse({ code: "idempotency_mismatch" });
        return before.outcome === "cut"
          ? accept({ cutId: before.resultId as CutId })
          : refuse({ code: "nothing_to_cut" });
      }
    }
    if (places.length === 0) return refuse({ code: "nothing_to_cut" });
    await insertCut(tx, { ...area, id, reason: wish.reason, places: places.length, madeAt: ctx.now, undoneAt: null });
    await withdrawPlaces(tx, id, places);
    await closeCutSessions(tx, area);
    const affected = await listAffected(tx, officeId, holdersOf(places));
    await settle(tx, ctx, { cutId: id, officeId }, affected, await propose(tx, ctx, area, places, affected));
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "cut.make", officeId, count: affected.length }]);
    return accept({ cutId: id });
  });
  // By itself: the next minute's run would do the same.
  if (done.ok) await seatDisplaced(systemContext(ctx, "cut"));
  return done;
}

/** Gives back what a cut took and nobody has left meanwhile. Who has another place keeps it. */
export async function undoCut(ctx: Context, officeId: OfficeId, id: CutId): Promise<Outcome<CutDone, CutRefusal>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const underWay = await transaction(systemContext(ctx, "cut"), "worker", listDrawsUnderWay);
  return transaction(ctx, "console", async (tx) => {
    if (!(await endCut(tx, officeId, id, ctx.now))) return refuse({ code: "unknown_cut" });
    await releaseHolds(tx, await endProposals(tx, { cutId: id }, "over", ctx.now));
    const places = await restorePlaces(tx, id, underWay, ctx.now);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "cut.undo", officeId, count: places }]);
    return accept({ cutId: id });
  });
}

async function areaOf(ctx: Context, officeId: OfficeId, wish: CutWish): Promise<CutArea> {
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const { localDate, sessionId, counters, hours } = wish;
  const at = (time: string): Date => instantOf(localDate, time, zone);
  return { officeId, localDate, sessionId, counters, hours: hours && { from: at(hours.from), until: at(hours.until) } };
}

function holdersOf(places: readonly CutPlace[]): string[] {
  return [...new Set(places.flatMap((one) => (one.state === "booked" ? one.holder! : [])))];
}

/** Places of the cut itself are proposed to nobody, also in a preview, where they still stand. */
async function propose(
  tx: Tx,
  ctx: Context,
  { officeId, localDate }: CutArea,
  cut: readonly CutPlace[],
  affected: readonly AffectedParty[],
): Promise<Map<string, Proposal>> {
  if (affected.length === 0) return new Map();
  const gone = new Set(cut.map((one) => `${one.sessionId} ${one.startsAt} ${one.counter}`));
  const spare = await listSpare(tx, {
    officeId,
    groups: [...new Set(affected.flatMap((one) => one.needs.map((need) => need.group)))],
    from: localDate,
    to: addDays(localDate, PROPOSE_WITHIN_DAYS),
    after: new Date(ctx.now.getTime() + PROPOSE_LEAD_HOURS * HOUR_MS),
  });
  return proposeMoves(
    affected.map(displacedOf),
    spare.filter((one) => !gone.has(`${one.sessionId} ${one.startsAt} ${one.counter}`)),
  );
}

/**
 * Finds each party another place. Where everybody keeps her hour she is sent to another counter, and nobody has to be
 * asked; what is on another hour or day is kept and proposed; the rest, and one whose new place somebody is taking at
 * this moment, is left to the work list.
 */
async function settle(
  tx: Tx,
  ctx: Context,
  { cutId, officeId }: { readonly cutId: CutId; readonly officeId: OfficeId },
  affected: readonly AffectedParty[],
  proposals: ReadonlyMap<string, Proposal>,
): Promise<void> {
  const found = affected.flatMap((party) => {
    const proposal = proposals.get(party.bookingId);
    return proposal ? [{ id: newId<string>(), party, ...proposal }] : [];
  });
  const kept = await keepPlaces(
    tx,
    found.flatMap(({ id, party, arrangement }) =>
      stepsOfArrangement(arrangement).map((step) => ({ ...step, officeId, holder: id, until: party.startsAt })),
    ),
  );
  const isWhole = ({ id, arrangement }: (typeof found)[number]): boolean =>
    kept.filter((one) => one.holder === id).length === stepsOfArrangement(arrangement).length;
  await releaseHolds(
    tx,
    found.flatMap((one) => (isWhole(one) ? [] : one.id)),
  );
  const same = found.filter((one) => isWhole(one) && keepsHours(one.party, one.arrangement));
  const idle = await lockIdle(
    tx,
    officeId,
    same.map(({ party }) => party.bookingId),
  );
  const seated = same.filter(({ party }) => idle.has(party.bookingId));
  for (const { party, arrangement } of seated) {
    const { bookingId } = party;
    await freePlaces(tx, [bookingId]);
    await placeStore.takePlaces(
      tx,
      stepsOfArrangement(arrangement).map((step) => ({ ...step, officeId, holder: bookingId })),
      undefined,
    );
    await seatAtCounters(tx, bookingId, arrangement);
  }
  const asked = found.filter((one) => isWhole(one) && !seated.includes(one));
  await insertProposals(
    tx,
    asked.map(({ id, party, ...proposal }) => ({
      id,
      officeId,
      bookingId: party.bookingId,
      cutId,
      ...placeOf(proposal)!,
      keptUntil: party.startsAt,
    })),
    ctx.now,
  );
  const settled = new Set(seated.map(({ party }) => party));
  await insertEvents(
    tx,
    affected.flatMap((party) =>
      settled.has(party)
        ? []
        : [bookingEvent("booking.displaced", { ...party, id: party.bookingId, officeId }, ctx.now)],
    ),
  );
}

function isSameHour(proposal: Proposal | undefined, needs: AffectedParty["needs"]): boolean {
  return proposal !== undefined && keepsHours({ needs }, proposal.arrangement);
}

function placeOf(proposal: Proposal | undefined) {
  return proposal
    ? {
        localDate: proposal.localDate,
        startsAt: new Date(Math.min(...proposal.arrangement.map((one) => one.startsAt))),
      }
    : null;
}
