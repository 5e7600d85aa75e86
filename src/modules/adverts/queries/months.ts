import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { lineOf2021, type MonthOfAdverts } from "../rules/months.ts";

export interface AdvertMonths {
  /** The earliest first, three years at most. */
  readonly months: readonly MonthOfAdverts[];
  /** What a fall like that of 2021 would leave a month; undefined before there is a measure. */
  readonly line: number | undefined;
}

const MOST_MONTHS = 36;

/** How many adverts a month. Numbers of nobody. */
export async function getAdvertMonths(ctx: Context): Promise<Outcome<AdvertMonths, { readonly code: "not_allowed" }>> {
  if (!can(ctx.actor, "see_adverts")) return refuse({ code: "not_allowed" });
  const all = await transaction(ctx, "console", (tx) =>
    rows<MonthOfAdverts>(
      tx,
      sql`select to_char(month, 'YYYY-MM-DD') as month, adverts, reports, confirmed, removed from adverts.months order by month`,
    ),
  );
  return accept({ months: all.slice(-MOST_MONTHS), line: lineOf2021(all) });
}
