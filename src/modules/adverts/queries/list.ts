import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import type { AdvertId, AdvertSource, AdvertState, Platform, SealedAdvert, TakedownState } from "../types.ts";

/** A line of the register. */
export interface AdvertLine {
  readonly id: AdvertId;
  readonly source: AdvertSource;
  readonly platform: Platform;
  readonly state: AdvertState;
  readonly filedAt: Date;
  readonly lastAt: Date;
  readonly reports: number;
  /** Contacts that it was matched with. */
  readonly matches: number;
  readonly takedown: TakedownState | null;
  /** Its first words, hostile text; empty when its key is gone. */
  readonly excerpt: string;
}

export interface AdvertFilter {
  readonly state?: AdvertState | undefined;
  readonly platform?: Platform | undefined;
  /** Only what waits at the platform. */
  readonly takedown?: TakedownState | undefined;
}

/** Lines of one list: the latest first; a filter finds the others. */
const MOST_SHOWN = 100;
const EXCERPT_LENGTH = 160;

/** The register, the latest report first. One line of the audit log tells how many were seen. */
export async function listAdverts(
  ctx: Context,
  { state, platform, takedown }: AdvertFilter,
): Promise<Outcome<AdvertLine[], { readonly code: "not_allowed" }>> {
  const { actor, now } = ctx;
  if (!can(actor, "see_adverts")) return refuse({ code: "not_allowed" });
  const found = await transaction(ctx, "console", async (tx) => {
    const lines = await rows<Omit<AdvertLine, "excerpt"> & { sealed: Buffer }>(
      tx,
      sql`select a.id, a.source, a.platform, a.state, a.filed_at as "filedAt", a.last_at as "lastAt", a.reports, a.sealed, t.state as takedown,
            (select count(distinct contact_id)::int from adverts.points p where p.advert_id = a.id) as matches
          from adverts.adverts a left join adverts.takedowns t on t.advert_id = a.id
          where (${state ?? null}::text is null or a.state = ${state ?? null}) and (${platform ?? null}::text is null or a.platform = ${platform ?? null})
            and (${takedown ?? null}::text is null or t.state = ${takedown ?? null})
          order by a.last_at desc, a.id limit ${MOST_SHOWN}`,
    );
    await insertAudit(tx, [{ ...ctx, at: now, action: "adverts.listed", count: lines.length }]);
    return lines;
  });
  const opened = await ctx.keyring.open(
    found.map(({ id, sealed }) => ({ field: "adverts.advert" as const, row: id, sealed })),
  );
  return accept(found.map(({ sealed: _, ...line }, i) => ({ ...line, excerpt: excerptOf(opened[i]) })));
}

function excerptOf(plain: string | undefined): string {
  if (plain === undefined) return "";
  const { link, words } = JSON.parse(plain) as SealedAdvert;
  return [...(words === "" ? link : words)].slice(0, EXCERPT_LENGTH).join("");
}
