import type { LocalDate } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { networkPeriods, officeFigures, type OfficeFigures, type Period, type WeekOfOffice } from "../rules/figures.ts";

export interface EmergencyFigures {
  /** The network, the latest first. */
  readonly periods: readonly Period[];
  /** Each office over the last whole quarter of a year that was counted. */
  readonly quarter: { readonly from: LocalDate; readonly to: LocalDate } | undefined;
  readonly offices: readonly OfficeFigures[];
}

/** Weeks of which the network's figures are told, and of a quarter of a year, over which an office's are. */
const TOLD_WEEKS = 52;
const QUARTER_WEEKS = 13;

/** What everybody may read: how many asked, what they were told and how soon. */
export async function getEmergencyFigures(services: Pick<Services, "database">): Promise<EmergencyFigures> {
  const weeks = await services.database.reading("report", (tx) =>
    rows<WeekOfOffice>(
      tx,
      sql`select office_id as "officeId", week::text as week, asked, granted, refused, alone, late, minutes from emergencies.weeks
          order by week, office_id`,
    ),
  );
  const last = weeks.at(-1)?.week;
  if (last === undefined) return { periods: [], quarter: undefined, offices: [] };
  // Quarters of a fixed calendar: one that moved each week could be taken apart by its neighbour.
  const upTo = quarterEnd(last);
  const from = upTo && addDays(upTo, -7 * QUARTER_WEEKS);
  const inQuarter = upTo && from ? weeks.filter(({ week }) => week >= from && week < upTo) : [];
  return {
    // Weeks are joined from the first of all, and cut afterwards: a span that moved could be taken apart likewise.
    periods: networkPeriods(weeks)
      .filter(({ to }) => to > addDays(last, -7 * TOLD_WEEKS))
      .reverse(),
    quarter: upTo && from ? { from, to: addDays(upTo, -1) } : undefined,
    offices: officeFigures(inQuarter),
  };
}

/** A Monday from which quarters of thirteen weeks are counted. */
const FIRST_QUARTER = "2026-01-05" as LocalDate;

/** The Monday after the last whole quarter of which that week is past or part; undefined before the first is whole. */
function quarterEnd(lastWeek: LocalDate): LocalDate | undefined {
  const weeks = Math.round((Date.parse(lastWeek) - Date.parse(FIRST_QUARTER)) / (7 * 86_400_000)) + 1;
  const quarters = Math.floor(weeks / QUARTER_WEEKS);
  return quarters < 1 ? undefined : addDays(FIRST_QUARTER, 7 * QUARTER_WEEKS * quarters);
}
