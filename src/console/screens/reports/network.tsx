import { useQuery } from "@tanstack/react-query";
import { networkReportQuery } from "../../api/report-queries.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { ReportSection } from "../../parts/report-table.tsx";
import type { Span } from "../../rules/report-spans.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useTexts } from "../../texts/texts.ts";
import { SpanPicker, useSpan } from "./span-picker.tsx";
import { useNetworkTable } from "./tables.ts";

/** Every office side by side, for headquarters. */
export function NetworkPart() {
  const chosen = useSpan();
  return (
    <>
      <SpanPicker {...chosen} />
      {chosen.span && <Report span={chosen.span} />}
    </>
  );
}

function Report({ span }: { span: Span }) {
  const t = useTexts(reportTexts);
  const { data, error, refetch } = useQuery(networkReportQuery(span));
  const table = useNetworkTable();
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.offices.length === 0) return <Blank title={t.notCounted} help={t.notCountedHelp} />;
  return (
    <>
      <ReportSection table={table(data)} />
      <p className="small-print soft">{t.smallHelp}</p>
    </>
  );
}
