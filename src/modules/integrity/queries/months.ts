import { told, type Told } from "#kernel/small-counts.ts";
import type { Services } from "#platform/context.ts";
import { listMonths } from "../store/months.ts";

/** A month as everybody may read it; null where fewer than ten would be told, or given away. */
export interface MonthFigures {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly challenged: Told;
  readonly validated: Told;
  readonly cancelled: Told;
  readonly appealed: Told;
  readonly won: Told;
}

/** Two years at most, the latest first. Each count is told by itself: none is the sum of others in the same month. */
export async function getMonths(services: Pick<Services, "database">): Promise<MonthFigures[]> {
  const months = await services.database.reading("report", (tx) => listMonths(tx));
  return months.map(({ month, challenged, validated, cancelled, appealed, won }) => {
    const [alone] = told([challenged]);
    const [kept, ended] = told([validated, cancelled]);
    const [hasWon] = told([won, Math.max(0, appealed - won)]);
    const [asked] = told([appealed]);
    return {
      month: month.slice(0, 7),
      challenged: alone!,
      validated: kept!,
      cancelled: ended!,
      appealed: asked!,
      won: hasWon!,
    };
  });
}
