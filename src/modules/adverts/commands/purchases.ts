import { formatFolio, parseFolio } from "#kernel/folio.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { insertPurchase, lockPurchase, saveWitness } from "../store/takedowns.ts";
import type { AdvertId, AdvertRefusal, PurchaseId } from "../types.ts";
import { withAdvert } from "./judge.ts";

export interface PurchaseMade {
  /** Made by the browser: the same purchase sent twice is one. */
  readonly id: PurchaseId;
  readonly boughtAt: Date;
  /** US cents. */
  readonly priceCents: number;
  /** What the seller delivered, as typed; empty when nothing came. */
  readonly folio: string;
}

export type PurchaseRefusal = AdvertRefusal | { readonly code: "invalid_folio" };

/** Writes down a mystery purchase. It is evidence once a colleague has witnessed it. */
export async function recordPurchase(
  ctx: Context,
  advertId: AdvertId,
  made: PurchaseMade,
): Promise<Outcome<{ id: PurchaseId }, PurchaseRefusal>> {
  if (!can(ctx.actor, "decide_integrity")) return refuse({ code: "not_allowed" });
  const folio = made.folio.trim() === "" ? undefined : parseFolio(made.folio);
  if (made.folio.trim() !== "" && !folio) return refuse({ code: "invalid_folio" });
  const { id } = made;
  return withAdvert<{ id: PurchaseId }>(ctx, advertId, "adverts.purchase_recorded", async (tx, advert, by) => {
    if (made.boughtAt > ctx.now || advert.state === "dismissed") return refuse({ code: "not_possible" });
    const [sealed] = folio
      ? await ctx.keyring.seal([
          {
            under: monthKey(advert.eraseAfter.slice(0, 7)),
            field: "adverts.purchase",
            row: id,
            plain: formatFolio(folio),
          },
        ])
      : [];
    const isNew = await insertPurchase(tx, { advertId, ...made, boughtBy: by, sealed: sealed ?? null });
    if (isNew) return accept({ id });
    const before = await lockPurchase(tx, advertId, id);
    return before?.boughtBy === by ? accept({ id }) : refuse({ code: "not_possible" });
  });
}

/** Another member of staff says that she saw it. Pressed twice it is witnessed once. */
export async function witnessPurchase(
  ctx: Context,
  advertId: AdvertId,
  id: PurchaseId,
): Promise<Outcome<void, AdvertRefusal>> {
  if (!can(ctx.actor, "decide_integrity")) return refuse({ code: "not_allowed" });
  return withAdvert(ctx, advertId, "adverts.purchase_witnessed", async (tx, _advert, by) => {
    const purchase = await lockPurchase(tx, advertId, id);
    if (!purchase) return refuse({ code: "not_possible" });
    if (purchase.boughtBy === by) return refuse({ code: "needs_another_person" });
    if (purchase.witnessedBy === null) await saveWitness(tx, id, by, ctx.now);
    return accept(undefined);
  });
}
