import type { Cell } from "../rules/csv.ts";
import { csvOf } from "../rules/csv.ts";
import { reportTexts } from "../texts/reports.ts";
import { useTexts } from "../texts/texts.ts";
import { Table } from "./table.tsx";
import "../styles/reports.css";

export interface ReportTable {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly [string, ...Cell[]] }[];
  /** Which column is drawn, and what its full length stands for; without it the longest bar fills the room. */
  readonly drawn?: { readonly column: number; readonly whole?: number; readonly unit: string };
  /** Whether all cells but the first are numbers, which they mostly are. */
  readonly numbers?: boolean;
  readonly fileName: string;
}

/** What is drawn is said by the table below it: a picture for the eye, numbers for everybody, and a file to keep. */
export function ReportSection({ table }: { table: ReportTable }) {
  const t = useTexts(reportTexts);
  const { id, title, help, heads, rows } = table;
  return (
    <section className="report" aria-labelledby={`${id}-title`}>
      <header className="report-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {rows.length > 0 && <Download table={table} />}
      </header>
      <p className="soft">{help}</p>
      {rows.length === 0 ? (
        <p className="soft">{t.empty}</p>
      ) : (
        <>
          <Bars table={table} />
          <Table
            numbers={table.numbers ?? true}
            heads={heads}
            rows={rows.map(({ key, cells }) => ({
              key,
              cells: cells.map((cell) => (cell === null ? t.small : typeof cell === "number" ? write(cell) : cell)),
            }))}
          />
        </>
      )}
    </section>
  );
}

function write(cell: number): string {
  return cell.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

function Bars({ table: { rows, drawn } }: { table: ReportTable }) {
  const shown =
    drawn &&
    rows.flatMap(({ key, cells }) => {
      const value = cells[drawn.column];
      return typeof value === "number" ? [{ key, name: cells[0], value }] : [];
    });
  if (!shown || shown.length === 0) return null;
  const whole = drawn.whole ?? Math.max(...shown.map(({ value }) => value), 1);
  return (
    <div className="bars" aria-hidden="true">
      {shown.map(({ key, name, value }) => (
        <div key={key} className="bar">
          <span>{name}</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false">
            <rect className="bar-room" width="100" height="10" />
            <rect className="bar-value" width={(100 * Math.min(value, whole)) / whole} height="10" />
          </svg>
          <span>{`${write(value)} ${drawn.unit}`}</span>
        </div>
      ))}
    </div>
  );
}

/** The file is made here of what the screen shows: nothing is asked again, and nothing more is in it. */
function Download({ table: { title, heads, rows, fileName } }: { table: ReportTable }) {
  const t = useTexts(reportTexts);
  const save = () => {
    const csv = csvOf(
      heads,
      rows.map(({ cells }) => cells),
    );
    const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = fileName;
    link.click();
    // The browser reads it after the click; a little later nobody needs it.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <button type="button" className="button small" aria-label={t.download(title)} onClick={save}>
      {t.downloadShort}
    </button>
  );
}
