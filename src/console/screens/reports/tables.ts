import { useServiceName } from "../../parts/services.tsx";
import type { ReportTable } from "../../parts/report-table.tsx";
import type { MissingDocument, NetworkReport, OfficeReport, RefusalReason } from "../../api/types.ts";
import { percent } from "../../rules/report-spans.ts";
import { partyTexts } from "../../texts/party.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useTexts } from "../../texts/texts.ts";
import { useNames } from "../draws/when.ts";

/** The tables of a report in the reader's language: the same cells are shown, drawn and saved. */
export function useOfficeTables(): (report: OfficeReport) => ReportTable[] {
  const t = useTexts(reportTexts);
  const words = useTexts(partyTexts);
  const names = useNames();
  const serviceName = useServiceName();
  const c = t.columns;
  const weekday = (day: number) => t.weekdays[day as keyof typeof t.weekdays];
  const reasonOf = (reason: string) =>
    reason in words.missing ? words.missing[reason as MissingDocument] : words.refused[reason as RefusalReason];

  return ({ officeId, from, to, attendance, waits, services, reasons, changes }) => {
    const about = (id: keyof typeof t.tables) => ({
      id,
      title: t.tables[id],
      help: t.help[id],
      fileName: `${officeId}-${id}-${from}-${to}.csv`,
    });
    const came = (row: OfficeReport["attendance"]["groups"][number] | OfficeReport["attendance"]["weekdays"][number]) =>
      [row.expected, row.came, percent(row.came, row.expected), row.served] as const;
    const minutes = (row: { count: number | null; median: number | null; most: number | null }) =>
      [row.count, row.median, row.most] as const;
    const share = { column: 3, whole: 100, unit: "%" };
    const half = { column: 2, unit: "min" };
    return [
      {
        ...about("groups"),
        heads: [c.group, c.expected, c.came, c.share, c.served],
        rows: attendance.groups.map((row) => ({
          key: row.serviceGroup,
          cells: [names.group(row.serviceGroup), ...came(row)],
        })),
        drawn: share,
      },
      {
        ...about("weekdays"),
        heads: [c.weekday, c.expected, c.came, c.share, c.served],
        rows: attendance.weekdays.map((row) => ({
          key: String(row.weekday),
          cells: [weekday(row.weekday), ...came(row)],
        })),
        drawn: share,
      },
      {
        ...about("waits"),
        heads: [c.group, c.parties, c.median, c.most],
        rows: waits.groups.map((row) => ({
          key: row.serviceGroup,
          cells: [names.group(row.serviceGroup), ...minutes(row)],
        })),
        drawn: half,
      },
      {
        ...about("waitsByDay"),
        heads: [c.weekday, c.parties, c.median, c.most],
        rows: waits.weekdays.map((row) => ({
          key: String(row.weekday),
          cells: [weekday(row.weekday), ...minutes(row)],
        })),
        drawn: half,
      },
      {
        ...about("services"),
        heads: [c.service, c.people, c.median, c.most],
        rows: services.map((row) => ({ key: row.service, cells: [serviceName(row.service), ...minutes(row)] })),
        drawn: half,
      },
      {
        ...about("reasons"),
        heads: [c.reason, c.outcome, c.count],
        rows: reasons.map(({ code, reason, count }) => ({
          key: `${code} ${reason}`,
          cells: [reasonOf(reason), words.codes[code], count],
        })),
        drawn: { column: 2, unit: "" },
      },
      {
        ...about("changes"),
        heads: [c.group, c.made, c.cancelled, c.moved],
        rows: changes.map(({ serviceGroup, made, cancelled, moved }) => ({
          key: serviceGroup,
          cells: [names.group(serviceGroup), made, cancelled, moved],
        })),
      },
    ];
  };
}

export function useNetworkTable(): (report: NetworkReport) => ReportTable {
  const t = useTexts(reportTexts);
  const names = useNames();
  const c = t.columns;
  return ({ from, to, offices }) => ({
    id: "network",
    title: t.tables.network,
    help: t.help.network,
    fileName: `network-${from}-${to}.csv`,
    heads: [c.office, c.expected, c.came, c.share, c.served, c.cancelled, c.moved],
    rows: offices
      .map((row) => ({ ...row, name: names.office(row.officeId) }))
      .sort((a, b) => a.name.localeCompare(b.name, "es"))
      .map((row) => ({
        key: row.officeId,
        cells: [
          row.name,
          row.expected,
          row.came,
          percent(row.came, row.expected),
          row.served,
          row.cancelled,
          row.moved,
        ],
      })),
    drawn: { column: 3, whole: 100, unit: "%" },
  });
}
