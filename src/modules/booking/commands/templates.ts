import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { seatDisplaced } from "#modules/allocation/index.ts";
import { can } from "#modules/people/index.ts";
import {
  BY_PLAN,
  figuresOf,
  orRefused,
  placeOf,
  planTemplate,
  seenOf,
  writeTemplate,
  type CutId,
  type CutPlace,
  type PlanRefusal,
  type SessionYield,
  type TemplatePlan,
  type TemplateWish,
} from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { systemContext, transaction, type Context, type Tx } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { newId } from "#platform/random.ts";
import { folioTails } from "../queries/cuts.ts";
import { previewMoves, settleParties, withdrawArea } from "./cut-parties.ts";
import { viewAffected, type AffectedView } from "./cuts.ts";

export * from "./special-days.ts";

type Refusal = PlanRefusal | { readonly code: "not_allowed"; readonly about?: undefined };

/** What saving a plan would do, before anybody is told. */
export interface PlanPreview {
  readonly seen: string;
  readonly gained: number;
  readonly lost: number;
  readonly days: number;
  readonly sessions: readonly SessionYield[];
  readonly people: number;
  /** Households to which a draw gave a place that is lost. */
  readonly households: number;
  readonly parties: readonly AffectedView[];
}

/** What a template from a day on would give and take, and from whom. Changes nothing. */
export async function previewTemplate(
  ctx: Context,
  officeId: OfficeId,
  wish: TemplateWish,
): Promise<Outcome<PlanPreview, Refusal>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const place = await placeOf(ctx, officeId);
  const found = await orRefused(
    transaction(ctx, "console", async (tx) => {
      const plan = await planTemplate(tx, place, wish, { toSave: false });
      return { plan, moves: await lookAtParties(tx, ctx, officeId, plan) };
    }),
  );
  return found.ok ? accept(await viewPreview(ctx, found.value)) : found;
}

export interface TemplateSaved {
  /** Null: what was seen is not true any more, and nothing was saved. */
  readonly id: string | null;
  readonly preview: PlanPreview | null;
}

/**
 * Changes a template from a day on, in one transaction: what is new is there, what is lost is cut day by day, and whoever
 * had it gets another counter at her hour or is asked about another place. Nobody is cancelled by it. A second click, or a
 * colleague who was faster, finds that what she saw is not true any more.
 */
export async function saveTemplate(
  ctx: Context,
  officeId: OfficeId,
  { seen, ...wish }: TemplateWish & { readonly seen: string },
): Promise<Outcome<TemplateSaved, Refusal>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const place = await placeOf(ctx, officeId);
  const found = await orRefused(
    transaction(ctx, "console", async (tx) => {
      const plan = await planTemplate(tx, place, wish, { toSave: true });
      const moves = await lookAtParties(tx, ctx, officeId, plan);
      if (seenBy({ plan, moves }) !== seen) return { plan, moves, id: null };
      await writeTemplate(tx, place, plan);
      const cuts = [...byDay(plan.lost)].map(([localDate, places]) => ({
        cut: { officeId, localDate, id: newId<CutId>() },
        places,
      }));
      // All of them before anybody is asked: what another day loses is proposed to nobody.
      for (const { cut, places } of cuts) await withdrawArea(tx, ctx, cut, { id: cut.id, reason: BY_PLAN, places });
      for (const { cut, places } of cuts) await settleParties(tx, ctx, cut, places);
      const line = { ...ctx, at: ctx.now, action: "plan.template", officeId, count: moves.affected.length };
      await insertAudit(tx, [line]);
      return { plan, moves, id: (plan.after ?? plan.before)!.id };
    }),
  );
  if (!found.ok) return found;
  const { id } = found.value;
  if (id === null) return accept({ id, preview: await viewPreview(ctx, found.value) });
  // By itself: the next minute's run would do the same, and the plan stands whatever becomes of this.
  await seatDisplaced(systemContext(ctx, "plan"), { officeId }).catch((fault: unknown) =>
    ctx.log.warn("households whose place a plan took could not be seated at once", faultFields(fault)),
  );
  return accept({ id, preview: null });
}

type Moves = Awaited<ReturnType<typeof previewMoves>>;
interface Looked {
  readonly plan: TemplatePlan;
  readonly moves: Moves;
}

/** All days at once: whoever loses her place may be offered one of the weeks after the last of them. */
async function lookAtParties(tx: Tx, ctx: Context, officeId: OfficeId, plan: TemplatePlan): Promise<Moves> {
  const localDate = plan.lost
    .map((one) => one.localDate)
    .sort()
    .at(-1);
  if (localDate === undefined) return { affected: [], proposals: new Map() };
  const free = plan.gained.filter((one) => one.pool === "open");
  return previewMoves(tx, ctx, { officeId, localDate }, plan.lost, free);
}

function seenBy({ plan, moves }: Looked): string {
  return seenOf([figuresOf(plan), moves.affected.map((one) => [one.bookingId, one.startsAt.getTime()])]);
}

async function viewPreview(ctx: Context, { plan, moves }: Looked): Promise<PlanPreview> {
  const tails = await folioTails(ctx, moves.affected);
  return {
    seen: seenBy({ plan, moves }),
    gained: plan.gained.length,
    lost: plan.lost.length,
    days: plan.days,
    sessions: plan.sessions,
    people: moves.affected.reduce((sum, one) => sum + one.people, 0),
    households: new Set(plan.lost.flatMap((one) => (one.state === "assigned" ? [one.holder] : []))).size,
    parties: moves.affected.map((one) => viewAffected(one, tails, moves.proposals)),
  };
}

function byDay<Lost extends CutPlace & { readonly localDate: LocalDate }>(
  lost: readonly Lost[],
): Map<LocalDate, Lost[]> {
  const days = new Map<LocalDate, Lost[]>();
  for (const one of lost) days.set(one.localDate, [...(days.get(one.localDate) ?? []), one]);
  return days;
}
