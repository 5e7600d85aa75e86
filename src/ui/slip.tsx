import type { ReactNode } from "react";
import { Folio } from "./folio.tsx";
import { Mark } from "./mark.tsx";
import { SummaryList, type SummaryRow } from "./summary-list.tsx";

interface SlipProps {
  title: string;
  brand: string;
  folio: { label: string; value: string };
  rows: readonly SummaryRow[];
  /** The code that the door scans; an image or an inline drawing. */
  code?: ReactNode;
  /** Under the line: how to change or cancel. */
  children?: ReactNode;
}

/** The confirmation as a paper: it prints alone on one page, black on white. */
export function Slip({ title, brand, folio, rows, code, children }: SlipProps) {
  return (
    <section className="slip" aria-labelledby="slip-title">
      <p className="slip-brand">
        <Mark />
        {brand}
      </p>
      <h2 id="slip-title">{title}</h2>
      <div className="slip-head">
        <Folio {...folio} />
        {code}
      </div>
      <SummaryList rows={rows} />
      {children && <div className="slip-foot">{children}</div>}
    </section>
  );
}
