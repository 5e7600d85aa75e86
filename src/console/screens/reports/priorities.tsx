import { useQuery } from "@tanstack/react-query";
import { prioritySharesQuery } from "../../api/report-queries.ts";
import { Counts } from "../../parts/counts.tsx";
import { longDate } from "../../parts/format.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { ReportSection } from "../../parts/report-table.tsx";
import { percent } from "../../rules/report-spans.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

/** Who lets whom go first at the own office, for whoever runs it. */
export function PrioritiesPart() {
  const t = useTexts(reportTexts);
  const language = useLanguage();
  const { data, error, refetch } = useQuery(prioritySharesQuery());
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  const { from, to, office, network, clerks } = data;
  const share = ({ given, seen }: { given: number; seen: number }) => percent(given, seen);
  const shown = (counts: { given: number; seen: number }) => `${share(counts) ?? "–"} %`;
  const c = t.priorityColumns;
  return (
    <>
      <p className="soft">{t.wholeWeeks(longDate(from, language), longDate(to, language))}</p>
      <Counts
        counts={[
          { name: t.ownOffice, value: shown(office) },
          { name: t.parts.network, value: shown(network) },
        ]}
      />
      <ReportSection
        table={{
          id: "priorities",
          title: t.tables.priorities,
          help: t.help.priorities,
          heads: [c.name, c.given, c.seen, c.share, c.signed, c.standsOut],
          rows: clerks.map((one, row) => ({
            key: String(row),
            cells: [one.name, one.given, one.seen, share(one) ?? 0, one.signed, one.standsOut ? t.yes : t.no],
          })),
          fileName: `prioridades-${from}-${to}.csv`,
        }}
      />
      <p className="small-print soft">{t.standsOutHelp}</p>
    </>
  );
}
