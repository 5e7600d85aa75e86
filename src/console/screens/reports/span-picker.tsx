import { useState } from "react";
import { useSession } from "../../api/queries.ts";
import { longDate } from "../../parts/format.ts";
import { isSpan, SPANS, spanOf, weeksOf, wholeWeeks, type Span, type SpanKind } from "../../rules/report-spans.ts";
import { reportTexts } from "../../texts/reports.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

/** The chosen days, and the fields that choose them. `span` is undefined while dates of one's own are none. */
export function useSpan() {
  const { office } = useSession();
  const today = office?.localDate ?? new Date().toISOString().slice(0, 10);
  const [kind, setKind] = useState<SpanKind>("month");
  // Of another office whole weeks are told, and nothing that lies between two spans.
  const whole = office === null;
  const [own, setOwn] = useState<Span>(() => (whole ? weeksOf : spanOf)("month", today));
  const span = kind === "own" ? (whole ? wholeWeeks(own) : own) : (whole ? weeksOf : spanOf)(kind, today);
  return { kind, setKind, own, setOwn, whole, span: isSpan(span) ? span : undefined };
}

export function SpanPicker({ kind, setKind, own, setOwn, whole, span }: ReturnType<typeof useSpan>) {
  const t = useTexts(reportTexts);
  const language = useLanguage();
  const day = (name: "from" | "to", label: string) => (
    <label>
      {label}
      <input type="date" value={own[name]} onChange={(event) => setOwn({ ...own, [name]: event.target.value })} />
    </label>
  );
  return (
    <div className="report-fields">
      <label>
        {t.span}
        <select value={kind} onChange={(event) => setKind(event.target.value as SpanKind)}>
          {SPANS.map((one) => (
            <option key={one} value={one}>
              {t.spans[one]}
            </option>
          ))}
        </select>
      </label>
      {kind === "own" && day("from", t.from)}
      {kind === "own" && day("to", t.to)}
      <button type="button" className="button" onClick={() => print()}>
        {t.print}
      </button>
      {whole && span && (
        <p className="small-print soft">{t.wholeWeeks(longDate(span.from, language), longDate(span.to, language))}</p>
      )}
      {span === undefined && (
        <p className="field-problem" role="alert">
          {t.wrongSpan}
        </p>
      )}
    </div>
  );
}
