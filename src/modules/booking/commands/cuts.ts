import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId, LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import { instantOf } from "#kernel/time.ts";
import { listDrawsUnderWay, seatDisplaced } from "#modules/allocation/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import {
  countCut,
  dropKept,
  endCut,
  listArea,
  listOnCut,
  lockArea,
  restorePlaces,
  type CutArea,
  type CutCounts,
  type CutId,
  type CutReason,
  type Proposal,
} from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { systemContext, transaction, type Context, type Tx } from "#platform/context.ts";
import { claimKey, idempotencyDigests, type KeyedRequest } from "#platform/idempotency.ts";
import { faultFields } from "#platform/log.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { bookingEvent } from "../events.ts";
import { folioTails, listAffected, type AffectedParty } from "../queries/cuts.ts";
import { countInside } from "../queries/inside.ts";
import { endProposals, lockStanding } from "../store/proposals.ts";
import { holdersOf, isSameHour, placeOf, previewMoves, settleParties, withdrawArea } from "./cut-parties.ts";

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
  /** Families who would lose their place are in the hall: they are attended to, or the service is suspended. */
  | { readonly code: "people_inside" }
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
    const { affected, proposals } = await previewMoves(tx, ctx, area, places);
    const line = { ...ctx, at: ctx.now, action: "cut.preview", officeId, count: affected.length };
    await insertAudit(tx, [line]);
    return { places, affected, proposals };
  });
  if (found.places.length === 0) return refuse({ code: "nothing_to_cut" });
  const tails = await folioTails(ctx, found.affected);
  return accept({
    counts: countCut(found.places),
    parties: found.affected.map((one) => viewAffected(one, tails, found.proposals)),
  });
}

export function viewAffected(
  { bookingId, people, startsAt, needs }: AffectedParty,
  tails: ReadonlyMap<BookingId, string>,
  proposals: ReadonlyMap<string, Proposal>,
): AffectedView {
  const proposal = proposals.get(bookingId);
  return {
    bookingId,
    folioTail: tails.get(bookingId) ?? "",
    people,
    startsAt,
    proposed: placeOf(proposal),
    sameHour: isSameHour(proposal, needs),
  };
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
  idempotency?: KeyedRequest,
): Promise<Outcome<CutDone, CutRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const area = await areaOf(ctx, officeId, wish);
  const digests = idempotency && (await idempotencyDigests(ctx.keyring, idempotency));
  const id = newId<CutId>();
  const done = await transaction(ctx, "console", async (tx): Promise<Outcome<CutDone, CutRefusal>> => {
    await lockArea(tx, area, ctx.now);
    const places = await listArea(tx, area, ctx.now);
    // Before the key is used up: once they are attended to, the same request may be sent again.
    if ((await countInside(tx, officeId, holdersOf(places).bookingIds)) > 0) return refuse({ code: "people_inside" });
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
    await withdrawArea(tx, ctx, area, { id, reason: wish.reason, places });
    const affected = await settleParties(tx, ctx, { ...area, id }, places);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "cut.make", officeId, count: affected.length }]);
    return accept({ cutId: id });
  });
  // By itself: the next minute's run would do the same, and the cut stands whatever becomes of this.
  if (done.ok)
    await seatDisplaced(systemContext(ctx, "cut"), { officeId }).catch((fault: unknown) =>
      ctx.log.warn("households whose place was cut could not be seated at once", faultFields(fault)),
    );
  return done;
}

/**
 * Gives back what a cut took and nobody has left meanwhile. Who has another place keeps it; who has her own again, all of
 * it, is told so, for she had been told not to come, and nothing is asked of her any more.
 */
export async function undoCut(ctx: Context, officeId: OfficeId, id: CutId): Promise<Outcome<CutDone, CutRefusal>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", async (tx) => {
    const places = await giveBack(tx, ctx, officeId, id);
    return places === undefined ? refuse({ code: "unknown_cut" }) : accept({ cutId: id });
  });
}

/** `undoCut` in a transaction. Returns how many places came back; undefined when there is no such cut to undo. */
export async function giveBack(tx: Tx, ctx: Context, officeId: OfficeId, id: CutId): Promise<number | undefined> {
  // Bookings before places, like whoever answers: she is waited for.
  const standing = await lockStanding(tx, officeId, await listOnCut(tx, id));
  if (!(await endCut(tx, officeId, id, ctx.now))) return undefined;
  const before = await listAffected(tx, officeId, standing);
  const places = await restorePlaces(tx, id, await listDrawsUnderWay(tx), ctx.now);
  const restored = (await listAffected(tx, officeId, standing)).filter(
    ({ bookingId, told }) => !told && before.find((one) => one.bookingId === bookingId)?.told,
  );
  const ids = restored.map((one) => one.bookingId);
  await dropKept(tx, await endProposals(tx, { bookingIds: ids }, "over", ctx.now));
  const toCome = restored.filter((one) => one.startsAt > ctx.now);
  await insertEvents(
    tx,
    toCome.map((party) => bookingEvent("booking.restored", { ...party, id: party.bookingId, officeId }, ctx.now)),
  );
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "cut.undo", officeId, count: places }]);
  return places;
}

async function areaOf(ctx: Context, officeId: OfficeId, wish: CutWish): Promise<CutArea> {
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const { localDate, sessionId, counters, hours } = wish;
  const at = (time: string): Date => instantOf(localDate, time, zone);
  return { officeId, localDate, sessionId, counters, hours: hours && { from: at(hours.from), until: at(hours.until) } };
}
