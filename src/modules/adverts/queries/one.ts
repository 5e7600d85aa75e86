import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { folioTail } from "#kernel/folio.ts";
import type { Folio, StaffId } from "#kernel/ids.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { pointDigests } from "../commands/filing.ts";
import { pointsOf } from "../rules/extract.ts";
import { takedownNext } from "../rules/takedown.ts";
import type {
  AdvertId,
  AdvertRefusal,
  AdvertSource,
  AdvertState,
  MatchedContact,
  Platform,
  Point,
  PurchaseId,
  PurchaseView,
  SealedAdvert,
  TakedownState,
} from "../types.ts";

export interface PointView extends Point {
  /** Other adverts with the same telephone, address or account. */
  readonly others: number;
  readonly match: MatchedContact | undefined;
}

export interface TakedownView {
  readonly state: TakedownState;
  readonly version: number;
  readonly next: readonly TakedownState[];
  readonly draftedAt: Date;
  readonly sentAt: Date | null;
  readonly answeredAt: Date | null;
  readonly closedAt: Date | null;
}

/** One advert as the analyst reads it. `link` and `words` are hostile text. */
export interface OpenedAdvert extends SealedAdvert {
  readonly id: AdvertId;
  readonly source: AdvertSource;
  readonly platform: Platform;
  readonly state: AdvertState;
  readonly version: number;
  readonly filedAt: Date;
  readonly lastAt: Date;
  readonly reports: number;
  readonly filedBy: StaffId | null;
  readonly points: readonly PointView[];
  readonly screenshots: readonly string[];
  readonly takedown: TakedownView | undefined;
  readonly purchases: readonly PurchaseView[];
}

type Row = Omit<OpenedAdvert, "link" | "words" | "points" | "screenshots" | "takedown" | "purchases"> & {
  sealed: Buffer;
};
type PointRow = Pick<Point, "kind"> & { digest: Buffer; others: number } & {
  contactId: MatchedContact["contactId"] | null;
  matchedAt: Date | null;
};

/** Opens one advert with what was pulled out of it and what matched; each opening is a line of the audit log. */
export async function openAdvert(ctx: Context, id: AdvertId): Promise<Outcome<OpenedAdvert, AdvertRefusal>> {
  const { actor, now, keyring } = ctx;
  if (!can(actor, "see_adverts")) return refuse({ code: "not_allowed" });
  const [subject] = await keyring.digest("subject", [id]);
  const found = await transaction(ctx, "console", async (tx) => {
    const [row] = await rows<Row>(
      tx,
      sql`select id, source, platform, state, version, filed_at as "filedAt", last_at as "lastAt", reports, filed_by as "filedBy", sealed
          from adverts.adverts where id = ${id}`,
    );
    if (!row) return undefined;
    const points = await rows<PointRow>(
      tx,
      sql`select kind, digest, contact_id as "contactId", matched_at as "matchedAt",
            (select count(*)::int from adverts.points o where o.digest = p.digest and o.advert_id <> p.advert_id) as others
          from adverts.points p where advert_id = ${id}`,
    );
    const screenshots = await rows<{ id: string }>(
      tx,
      sql`select id from adverts.screenshots where advert_id = ${id} order by filed_at, id`,
    );
    const [takedown] = await rows<Omit<TakedownView, "next">>(
      tx,
      sql`select state, version, drafted_at as "draftedAt", sent_at as "sentAt", answered_at as "answeredAt", closed_at as "closedAt"
          from adverts.takedowns where advert_id = ${id}`,
    );
    const purchases = await rows<Omit<PurchaseView, "folioTail"> & { id: PurchaseId; sealed: Buffer | null }>(
      tx,
      sql`select id, bought_by as "boughtBy", bought_at as "boughtAt", price_cents as "priceCents", sealed, witnessed_by as "witnessedBy"
          from adverts.purchases where advert_id = ${id} order by bought_at, id`,
    );
    await insertAudit(tx, [{ ...ctx, at: now, action: "adverts.opened", subject: subject![0]!.digest }]);
    return { row, points, screenshots, takedown, purchases };
  });
  if (!found) return refuse({ code: "unknown_advert" });
  const { sealed, ...row } = found.row;
  const [plain] = await keyring.open([{ field: "adverts.advert", row: id, sealed }]);
  const text = plain === undefined ? { link: "", words: "" } : (JSON.parse(plain) as SealedAdvert);
  const folios = found.purchases.filter((one) => one.sealed !== null);
  const opened = await keyring.open(
    folios.map((one) => ({ field: "adverts.purchase" as const, row: one.id, sealed: one.sealed! })),
  );
  const tails = new Map(
    folios.map((one, i) => [one.id, opened[i] === undefined ? undefined : folioTail(opened[i] as Folio)]),
  );
  return accept({
    ...row,
    ...text,
    points: await viewPoints(ctx, text, found.points),
    screenshots: found.screenshots.map((one) => one.id),
    takedown: found.takedown && { ...found.takedown, next: takedownNext(found.takedown.state) },
    purchases: found.purchases.map(({ sealed: _, ...one }) => ({ ...one, folioTail: tails.get(one.id) })),
  });
}

/** Beside each point what its row says; of two spellings of one number the row is the same. */
async function viewPoints(ctx: Context, text: SealedAdvert, stored: readonly PointRow[]): Promise<PointView[]> {
  const points = pointsOf(`${text.link}\n${text.words}`);
  const [keyed] = await pointDigests(ctx, [points]);
  return points.map((point, i) => {
    const row = stored.find((one) => one.kind === point.kind && one.digest.equals(keyed![i]!.digest));
    return {
      ...point,
      others: row?.others ?? 0,
      match: row?.contactId && row.matchedAt ? { contactId: row.contactId, matchedAt: row.matchedAt } : undefined,
    };
  });
}

/** The picture itself, for whoever may read the advert. */
export async function getScreenshot(
  ctx: Context,
  advertId: AdvertId,
  id: string,
): Promise<Outcome<Buffer, { code: "not_allowed" | "unknown_advert" }>> {
  if (!can(ctx.actor, "see_adverts")) return refuse({ code: "not_allowed" });
  const [found] = await transaction(ctx, "console", (tx) =>
    rows<{ sealed: Buffer }>(
      tx,
      sql`select sealed from adverts.screenshots where id = ${id} and advert_id = ${advertId}`,
    ),
  );
  const [plain] = found ? await ctx.keyring.open([{ field: "adverts.screenshot", row: id, sealed: found.sealed }]) : [];
  return plain === undefined ? refuse({ code: "unknown_advert" }) : accept(Buffer.from(plain, "base64"));
}
