import type { ReactNode } from "react";

interface DataTableProps {
  /** Names the table for its label; unique in the page. */
  id: string;
  caption: ReactNode;
  columns: readonly { text: string; numeric?: boolean | undefined }[];
  /** The first cell of a row is its heading. */
  rows: readonly (readonly ReactNode[])[];
  /** Sums below the line. */
  total?: readonly ReactNode[] | undefined;
}

/** On a narrow screen the table scrolls by itself, reachable by keyboard, and the page does not. */
export function DataTable({ id, caption, columns, rows, total }: DataTableProps) {
  const line = (cells: readonly ReactNode[], key: number) => (
    <tr key={key}>
      {cells.map((cell, column) =>
        column === 0 ? (
          <th key={column} scope="row">
            {cell}
          </th>
        ) : (
          <td key={column} className={columns[column]?.numeric ? "num" : undefined}>
            {cell}
          </td>
        ),
      )}
    </tr>
  );
  return (
    <section className="table" tabIndex={0} aria-labelledby={id}>
      <table>
        <caption id={id}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.text} scope="col" className={column.numeric ? "num" : undefined}>
                {column.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map(line)}</tbody>
        {total && <tfoot>{line(total, 0)}</tfoot>}
      </table>
    </section>
  );
}
