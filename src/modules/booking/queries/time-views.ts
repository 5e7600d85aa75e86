import type { LocalDate } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";

/** Views of exact times on a day: a figure without persons. */
export interface TimeViews {
  readonly views: number;
  readonly contacts: number;
  /** Of the contact that looked most often. */
  readonly most: number;
}

/** What was looked at on that day, UTC, over the whole network. */
export async function countTimeViews(ctx: Context, on: LocalDate): Promise<TimeViews> {
  const [counted] = await transaction(ctx, "report", (tx) =>
    rows<TimeViews>(
      tx,
      sql`select coalesce(sum(views), 0)::float8 as views, count(*)::int as contacts, coalesce(max(views), 0)::int as most
          from booking.time_views where viewed_on = ${on}`,
    ),
  );
  return counted!;
}
