import type { StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { ADVERT_MATCHED, ADVERT_WITHDRAWN, advertConfirmed, advertMatched } from "../events.ts";
import { eraseAfterAdvert, eraseAfterDismissal } from "../rules/reporting.ts";
import { takedownMay } from "../rules/takedown.ts";
import { listMatched, lockAdvert, saveVerdict, type AdvertRow } from "../store/adverts.ts";
import { insertTakedown, lockTakedown, saveTakedown } from "../store/takedowns.ts";
import type { AdvertId, AdvertRefusal, AdvertState, TakedownState } from "../types.ts";

type Done = Outcome<void, AdvertRefusal>;

/** An advert as somebody saw it when she decided. */
export interface Meant {
  readonly id: AdvertId;
  readonly version: number;
}

/**
 * Says whether an advert sells appointments. Only a confirmed one is evidence, so that nobody can be accused by a report that
 * anybody may send, and whoever filed it does not confirm it. Dismissed after all, what it proved falls.
 */
export async function judgeAdvert(ctx: Context, seen: Meant, state: Exclude<AdvertState, "new">): Promise<Done> {
  if (!can(ctx.actor, "decide_integrity")) return refuse({ code: "not_allowed" });
  return withAdvert(ctx, seen.id, `adverts.${state}`, async (tx, advert, by) => {
    if (advert.version !== seen.version) return refuse({ code: "changed_meanwhile" });
    if (advert.state === state) return refuse({ code: "not_possible" });
    if (state === "confirmed" && advert.filedBy === by) return refuse({ code: "needs_another_person" });
    const { now } = ctx;
    // What was matched falls with a dismissal, and counts again when the advert is confirmed after all.
    const name = state === "confirmed" ? ADVERT_MATCHED : ADVERT_WITHDRAWN;
    await insertEvents(
      tx,
      (await listMatched(tx, advert.id)).map((contactId) => advertMatched(name, advert.id, contactId, now)),
    );
    if (state === "confirmed") await insertEvents(tx, [advertConfirmed(advert.id, now)]);
    const meant = eraseAfterAdvert(advert.filedAt);
    const eraseAfter = state === "dismissed" ? eraseAfterDismissal(now, meant) : meant;
    await saveVerdict(tx, advert.id, { state, by, at: now, eraseAfter });
    return accept(undefined);
  });
}

/** Begins a request to the platform; pressed twice there is one. */
export async function draftTakedown(ctx: Context, id: AdvertId): Promise<Done> {
  if (!can(ctx.actor, "see_adverts")) return refuse({ code: "not_allowed" });
  return withAdvert(ctx, id, "adverts.takedown_drafted", async (tx, advert, by) => {
    if (advert.state !== "confirmed") return refuse({ code: "not_possible" });
    await insertTakedown(tx, id, by, ctx.now);
    return accept(undefined);
  });
}

/** Writes what became of a request: sent, answered, removed or refused. */
export async function moveTakedown(ctx: Context, { id, version }: Meant, to: TakedownState): Promise<Done> {
  if (!can(ctx.actor, "see_adverts")) return refuse({ code: "not_allowed" });
  return withAdvert(ctx, id, `adverts.takedown_${to}`, async (tx, advert, by) => {
    if (advert.state !== "confirmed") return refuse({ code: "not_possible" });
    const takedown = await lockTakedown(tx, id);
    if (!takedown) return refuse({ code: "not_possible" });
    if (takedown.version !== version) return refuse({ code: "changed_meanwhile" });
    if (!takedownMay(takedown.state, to)) return refuse({ code: "not_possible" });
    await saveTakedown(tx, id, to, by, ctx.now);
    return accept(undefined);
  });
}

/** One step of a member of staff on an advert, with its line in the audit log. */
export async function withAdvert<T>(
  ctx: Context,
  id: AdvertId,
  action: string,
  step: (tx: Tx, advert: AdvertRow, by: StaffId) => Promise<Outcome<T, AdvertRefusal>>,
): Promise<Outcome<T, AdvertRefusal>> {
  const { actor, now } = ctx;
  if (actor.kind !== "staff") return refuse({ code: "not_allowed" });
  const [subject] = await ctx.keyring.digest("subject", [id]);
  return transaction(ctx, "console", async (tx) => {
    const advert = await lockAdvert(tx, id);
    if (!advert) return refuse({ code: "unknown_advert" });
    const outcome = await step(tx, advert, actor.staffId as StaffId);
    if (outcome.ok) await insertAudit(tx, [{ ...ctx, at: now, action, subject: subject![0]!.digest }]);
    return outcome;
  });
}
