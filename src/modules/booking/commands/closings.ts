import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, daysBetween, localDateAt } from "#kernel/time.ts";
import { seatDisplaced } from "#modules/allocation/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import {
  endClosing,
  HORIZON_WEEKS,
  insertClosing,
  listArea,
  listClosingCuts,
  listDueOffices,
  listOnCut,
  lockDays,
  setClosingState,
  takeDueOffice,
  type CutArea,
  type CutId,
  type CutPlace,
  type CutReason,
  type ClosingId,
  type ClosingState,
  type DueOffice,
} from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { systemContext, transaction, type Context, type Tx } from "#platform/context.ts";
import { claimKey, idempotencyDigests, type KeyedRequest } from "#platform/idempotency.ts";
import { faultFields } from "#platform/log.ts";
import { newId } from "#platform/random.ts";
import { countInside } from "../queries/inside.ts";
import { lockStanding } from "../store/proposals.ts";
import { holdersOf, previewMoves, settleParties, withdrawArea } from "./cut-parties.ts";
import { giveBack } from "./cuts.ts";

/** Days that one action closes at most: a storm, not a vacation. */
export const CLOSING_MOST_DAYS = 14;
/** Offices at once: each keeps one connection of the console's pool busy, and staff need the others. */
const LANES = 2;

export interface ClosingWish {
  readonly officeIds: readonly OfficeId[];
  /** First and last day, both included, in each office's own zone. */
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export type ClosingRefusal =
  | { readonly code: "not_allowed" | "unknown_office" | "nothing_to_cut" | "unknown_cut" | "idempotency_mismatch" }
  /** It is over at one of the offices. */
  | { readonly code: "day_is_over"; readonly officeId: OfficeId }
  | { readonly code: "too_many_days"; readonly most: number }
  /** There are no places yet to be closed. */
  | { readonly code: "beyond_horizon"; readonly weeks: number };

/** What a closing would take from one office, and what could be given for it. Counts alone: headquarters opens nobody's file. */
export interface OfficeLoss {
  readonly officeId: OfficeId;
  /** Steps of counters. */
  readonly places: number;
  readonly parties: number;
  readonly people: number;
  /** Parties for which another place was found. */
  readonly proposed: number;
  /** Of these parties those in the hall at this moment: where there are any, the office decides itself. */
  readonly inside: number;
}

/** What closing some offices' days would take, office by office. Changes nothing. */
export async function previewClosing(
  ctx: Context,
  wish: ClosingWish,
): Promise<Outcome<readonly OfficeLoss[], ClosingRefusal>> {
  const refusal = await refuseClosing(ctx, wish);
  if (refusal) return refuse(refusal);
  const losses: OfficeLoss[] = [];
  for (const officeId of wish.officeIds)
    losses.push(
      await transaction(at(ctx, officeId), "console", async (tx) => {
        const places: CutPlace[] = [];
        for (const area of areasOf(officeId, wish)) places.push(...(await listArea(tx, area, ctx.now)));
        const last = { officeId, localDate: wish.to };
        const { affected, proposals } = await previewMoves(tx, ctx, last, places);
        const inside = await countInside(tx, officeId, holdersOf(places).bookingIds);
        await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "closing.preview", officeId, count: affected.length }]);
        const people = affected.reduce((sum, one) => sum + one.people, 0);
        return {
          officeId,
          places: places.length,
          parties: affected.length,
          people,
          proposed: proposals.size,
          inside,
        };
      }),
    );
  return losses.some((one) => one.places > 0) ? accept(losses) : refuse({ code: "nothing_to_cut" });
}

/**
 * Closes some days at several offices with one action. It is written down at once and then carried out office by office,
 * each in one transaction of its own: whatever is interrupted goes on with the next run of `advanceClosings`, and
 * nothing is done twice. The same request again does nothing.
 */
export async function closeOffices(
  ctx: Context,
  wish: ClosingWish & { readonly reason: CutReason },
  idempotency?: KeyedRequest,
): Promise<Outcome<{ readonly closingId: ClosingId }, ClosingRefusal>> {
  const { actor } = ctx;
  const refusal = await refuseClosing(ctx, wish);
  if (refusal || actor.kind !== "staff") return refuse(refusal ?? { code: "not_allowed" });
  const digests = idempotency && (await idempotencyDigests(ctx.keyring, idempotency));
  const id = newId<ClosingId>();
  return transaction(ctx, "console", async (tx) => {
    if (digests) {
      const key = { callerId: actor.staffId, route: idempotency.route, ...digests };
      const before = await claimKey(tx, { ...key, outcome: "closing", resultId: id }, ctx.now);
      if (before)
        return before.bodyDigest.equals(digests.bodyDigest)
          ? accept({ closingId: before.resultId as ClosingId })
          : refuse({ code: "idempotency_mismatch" });
    }
    const { reason, from, to, officeIds } = wish;
    await insertClosing(tx, { id, reason, from, to, madeAt: ctx.now, madeBy: actor.staffId }, [...new Set(officeIds)]);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "closing.make", count: officeIds.length }]);
    return accept({ closingId: id });
  });
}

/** Takes a closing back: offices that are not closed yet stay open, the others are opened again by the next run. */
export async function reopenOffices(
  ctx: Context,
  id: ClosingId,
): Promise<Outcome<{ readonly closingId: ClosingId }, ClosingRefusal>> {
  if (!can(ctx.actor, "close_offices")) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", async (tx) => {
    if (!(await endClosing(tx, id, ctx.now))) return refuse({ code: "unknown_cut" });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "closing.undo", count: 1 }]);
    return accept({ closingId: id });
  });
}

/** Carries out what closings still want: whatever fails at one office holds up no other and is tried again. Returns how many offices were done. */
export async function advanceClosings(ctx: Context): Promise<number> {
  const due = await transaction(ctx, "worker", listDueOffices);
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let office = due.shift(); office !== undefined; office = due.shift()) {
      const { officeId } = office;
      try {
        if (await advance(ctx, office)) done += 1;
      } catch (fault) {
        ctx.log.error("an office of a closing could not be done", { ...faultFields(fault), officeId });
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
}

async function advance(ctx: Context, due: DueOffice): Promise<boolean> {
  const { officeId, madeBy } = due;
  const own: Context = { ...at(ctx, officeId), actor: { kind: "staff", staffId: madeBy, officeId, role: "hq" } };
  const state = await transaction(own, "console", async (tx): Promise<ClosingState | undefined> => {
    if (!(await takeDueOffice(tx, due))) return undefined;
    const { state, parties } = due.reopen ? await reopen(tx, own, due) : await close(tx, own, due);
    await setClosingState(tx, due, state, parties);
    return state;
  });
  if (state === "closed") await seatDisplaced(systemContext(ctx, "closing"), { officeId });
  return state !== undefined;
}

/** All days lose their places before anybody is given another one: nobody is sent from one closed day to the next. */
async function close(tx: Tx, ctx: Context, due: DueOffice): Promise<Carried> {
  const { id: closingId, officeId, reason } = due;
  const cuts = [];
  await lockDays(tx, due, ctx.now);
  for (const area of areasOf(officeId, due)) {
    const places = await listArea(tx, area, ctx.now);
    if (places.length > 0) cuts.push({ ...area, id: newId<CutId>(), reason, closingId, places });
  }
  const all = cuts.flatMap((one) => one.places);
  if ((await countInside(tx, officeId, holdersOf(all).bookingIds)) > 0) return { state: "inside" };
  for (const cut of cuts) await withdrawArea(tx, ctx, cut, cut);
  let parties = 0;
  for (const cut of cuts) parties += (await settleParties(tx, ctx, cut, cut.places)).length;
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "cut.make", officeId, count: parties }]);
  return cuts.length > 0 ? { state: "closed", parties } : { state: "nothing" };
}

async function reopen(tx: Tx, ctx: Context, due: DueOffice): Promise<Carried> {
  const cuts = await listClosingCuts(tx, due);
  // All bookings before any place: what one cut gives back must not wait for who answers another.
  const on = [];
  for (const cutId of cuts) on.push(...(await listOnCut(tx, cutId)));
  await lockStanding(tx, due.officeId, on);
  for (const cutId of cuts) await giveBack(tx, ctx, due.officeId, cutId);
  return { state: "reopened" };
}

/** How far it came, and for a closed office how many families had an appointment there. */
interface Carried {
  readonly state: ClosingState;
  readonly parties?: number;
}

async function refuseClosing(ctx: Context, wish: ClosingWish): Promise<ClosingRefusal | undefined> {
  if (!can(ctx.actor, "close_offices")) return { code: "not_allowed" };
  const { officeById } = await getNetwork(ctx);
  if (daysBetween(wish.from, wish.to) >= CLOSING_MOST_DAYS) return { code: "too_many_days", most: CLOSING_MOST_DAYS };
  for (const officeId of wish.officeIds) {
    const office = officeById.get(officeId);
    if (!office) return { code: "unknown_office" };
    const today = localDateAt(ctx.now, office.zone);
    if (wish.from < today) return { code: "day_is_over", officeId };
    if (daysBetween(today, wish.to) >= 7 * HORIZON_WEEKS) return { code: "beyond_horizon", weeks: HORIZON_WEEKS };
  }
  return undefined;
}

function areasOf(officeId: OfficeId, { from, to }: Pick<ClosingWish, "from" | "to">): CutArea[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, day) => ({ officeId, localDate: addDays(from, day) }));
}

/** As whoever sees that office alone: row level security knows no more of headquarters. */
function at(ctx: Context, officeId: OfficeId): Context {
  return { ...ctx, actor: ctx.actor.kind === "staff" ? { ...ctx.actor, officeId } : ctx.actor };
}
