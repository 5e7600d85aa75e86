import type { ReactNode } from "react";
import "../styles/table.css";

interface Props {
  readonly caption?: string;
  readonly heads: readonly string[];
  /** The first cell names its row. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  /** Whether the other cells are numbers, which stand at the end of their column. */
  readonly numbers?: boolean;
}

/** A table whose cells say their column again on a narrow screen, where there is no room for columns. */
export function Table({ caption, heads, rows, numbers = false }: Props) {
  return (
    <table className={numbers ? "data-table numbers" : "data-table"}>
      {caption !== undefined && <caption>{caption}</caption>}
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [name, ...cells] }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {cells.map((cell, column) => (
              <td key={heads[column + 1]} data-head={heads[column + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
