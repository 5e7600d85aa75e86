import { useQuery } from "@tanstack/react-query";
import { officeReportQuery } from "../../api/report-queries.ts";
import type { OfficeReport } from "../../api/types.ts";
import { Counts } from "../../parts/counts.tsx";
import { longDate } from "../../parts/format.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { ReportSection } from "../../parts/report-table.tsx";
import { percent, type Span } from "../../rules/report-spans.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { SpanPicker, useSpan } from "./span-picker.tsx";
import { useOfficeTables } from "./tables.ts";

/** How the days of an office went that are over. */
export function OfficePart({ officeId }: { officeId: string }) {
  const chosen = useSpan();
  return (
    <>
      <SpanPicker {...chosen} />
      {chosen.span && <Report officeId={officeId} span={chosen.span} />}
    </>
  );
}

function Report({ officeId, span }: { officeId: string; span: Span }) {
  const t = useTexts(reportTexts);
  const language = useLanguage();
  const { data, error, refetch } = useQuery(officeReportQuery(officeId, span));
  const tables = useOfficeTables();
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.countedTo === null && data.waits.total === null)
    return <Blank title={t.notCounted} help={t.notCountedHelp} />;
  return (
    <>
      {data.countedTo !== null && <p className="soft">{t.countedTo(longDate(data.countedTo, language))}</p>}
      <Totals report={data} />
      {tables(data).map((table) => (
        <ReportSection key={table.id} table={table} />
      ))}
      <p className="small-print soft">{t.smallHelp}</p>
    </>
  );
}

function Totals({ report: { attendance, waits } }: { report: OfficeReport }) {
  const t = useTexts(reportTexts);
  const { total } = attendance;
  const value = (count: number | null | undefined, unit = "") => (count == null ? "–" : `${count}${unit}`);
  return (
    <Counts
      counts={[
        { name: t.columns.expected, value: value(total?.expected) },
        { name: t.columns.came, value: value(total?.came) },
        { name: t.columns.share, value: value(percent(total?.came ?? null, total?.expected ?? null), " %") },
        { name: t.halfWait, value: value(waits.total?.median, " min") },
      ]}
    />
  );
}
