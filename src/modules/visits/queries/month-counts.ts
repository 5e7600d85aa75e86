import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { suppress, type ToldTable } from "#kernel/suppress.ts";
import { addDays } from "#kernel/time.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";

/** What became of appointments, in the order of the columns. */
export const MONTH_COLUMNS = ["served", "unserved", "missed", "cancelled"] as const;

/** A month of all offices, small counts and what would give them away left out. */
export interface MonthCounts extends ToldTable {
  readonly offices: readonly OfficeId[];
}

/** Counts of a whole month, `month` being its first day. Months do not overlap, so that no two of these tables have a difference to tell. */
export async function countsOfMonth(ctx: Context, month: LocalDate): Promise<MonthCounts> {
  const last = addDays(`${addDays(`${month.slice(0, 7)}-28` as LocalDate, 5).slice(0, 7)}-01` as LocalDate, -1);
  const found = await ctx.database.reading("report", (tx) =>
    rows<Record<(typeof MONTH_COLUMNS)[number], number> & { officeId: OfficeId }>(
      tx,
      sql`select office_id as "officeId", sum(served)::int as served, sum(unserved)::int as unserved, sum(missed)::int as missed, sum(cancelled)::int as cancelled
          from visits.day_counts where local_date between ${month} and ${last} group by 1 order by 1`,
    ),
  );
  const told = suppress(found.map((one) => MONTH_COLUMNS.map((name) => one[name])));
  return { offices: found.map((one) => one.officeId), ...told };
}

/** RFC 4180. Cells are ids and numbers of ours: none begins a formula. What is not told is empty. */
export function monthCsv({ offices, cells, rowSums, columnSums, total }: MonthCounts): string {
  const lines = [
    ["office", ...MONTH_COLUMNS, "total"],
    ...offices.map((office, i) => [office, ...cells[i]!, rowSums[i]!]),
    ["total", ...columnSums, total],
  ];
  return lines.map((line) => `${line.map((cell) => cell ?? "").join(",")}\r\n`).join("");
}
