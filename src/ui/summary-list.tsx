import type { ReactNode } from "react";
import type { LinkItem } from "./links.ts";

export interface SummaryRow {
  key: string;
  value: ReactNode;
  /** `about` is read aloud only: "Cambiar" alone does not say what. */
  change?: (LinkItem & { about: string }) | undefined;
  /** The sum to carry, the hour: what the eye should find first. */
  strong?: boolean | undefined;
}

export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl className="sum">
      {rows.map((row) => (
        <div key={row.key} className={row.strong ? "sum-strong" : undefined}>
          <dt>{row.key}</dt>
          <dd>{row.value}</dd>
          {row.change && (
            <dd className="sum-change">
              <a href={row.change.href}>
                {row.change.text}
                <span className="vh"> {row.change.about}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
