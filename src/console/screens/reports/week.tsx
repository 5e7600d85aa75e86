import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../api/queries.ts";
import { weekPlanQuery } from "../../api/report-queries.ts";
import type { WeekPlan } from "../../api/types.ts";
import { addDays, longDate } from "../../parts/format.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { ReportSection, type ReportTable } from "../../parts/report-table.tsx";
import { mondayOf, percent } from "../../rules/report-spans.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { useNames } from "../draws/when.ts";

/** What an office opens in a week, by service and counter, and how much of it is taken. */
export function WeekPart({ officeId }: { officeId: string }) {
  const t = useTexts(reportTexts);
  const { office } = useSession();
  const [day, setDay] = useState(office?.localDate ?? new Date().toISOString().slice(0, 10));
  const { data, error, refetch } = useQuery(weekPlanQuery(officeId, mondayOf(day)));
  const tableOf = useWeekTable();
  return (
    <>
      <div className="report-fields">
        <label>
          {t.week}
          <input
            type="date"
            value={day}
            required
            onChange={({ target }) => target.value !== "" && setDay(target.value)}
          />
        </label>
        <button type="button" className="button" onClick={() => print()}>
          {t.print}
        </button>
      </div>
      {error && !data && <Failed error={error} again={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && data.sessions.length === 0 && <Blank title={t.weekNone} />}
      {data && data.sessions.length > 0 && <ReportSection table={tableOf(data)} />}
    </>
  );
}

function useWeekTable(): (plan: WeekPlan) => ReportTable {
  const t = useTexts(reportTexts);
  const language = useLanguage();
  const names = useNames();
  const c = t.weekColumns;
  return ({ officeId, monday, sessions }) => ({
    id: "week",
    title: t.weekTitle,
    help: t.weekHelp(longDate(monday, language), longDate(addDays(monday, 6), language)),
    numbers: false,
    fileName: `${officeId}-week-${monday}.csv`,
    heads: [c.day, c.group, c.hours, c.counters, c.places, c.taken, c.share, c.byCounter],
    rows: sessions.map(({ localDate, serviceGroup, kind, opens, closes, counters }, i) => {
      const places = sum(counters.map((one) => one.places));
      const taken = sum(counters.map((one) => one.taken));
      const special = kind === "regular" ? "" : ` (${t.kinds[kind as keyof typeof t.kinds]})`;
      return {
        key: `${localDate} ${serviceGroup} ${i}`,
        cells: [
          longDate(localDate, language),
          `${names.group(serviceGroup)}${special}`,
          `${opens}–${closes}`,
          counters.length,
          places,
          taken,
          percent(taken, places) ?? 0,
          counters.map((one) => t.oneCounter(one.counter, one.taken, one.places)).join(" · "),
        ],
      };
    }),
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, one) => all + one, 0);
}
