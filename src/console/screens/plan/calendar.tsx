import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { planMonthQuery, planWeekQuery } from "../../api/plan.ts";
import type { SpecialDay } from "../../api/plan-types.ts";
import { addDays, fullDate, monthName } from "../../parts/format.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import {
  BAR_PARTS,
  dayByKey,
  DAYS_OF_A_WEEK,
  mondayOf,
  monthOf,
  turned,
  type CalendarView,
} from "../../rules/plan-calendar.ts";
import { planTexts } from "../../texts/plan.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Month } from "./month.tsx";
import { Week } from "./week.tsx";

interface Props {
  readonly view: CalendarView;
  /** The day that the keyboard stands on; the page shows its week or month. */
  readonly cursor: string;
  readonly today: string;
  readonly setCursor: (day: string) => void;
  readonly openWeek: (day: string) => void;
  readonly edit: (draft: SpecialDay) => void;
  readonly changeTemplate: (templateId: string) => void;
}

/** A week or a month, to be leafed through by buttons or by keys. */
export function Calendar({ view, cursor, today, setCursor, openWeek, edit, changeTemplate }: Props) {
  const t = useTexts(planTexts);
  const language = useLanguage();
  const monday = mondayOf(cursor);
  const month = monthOf(cursor);
  const isWeek = view === "week";
  const week = useQuery({ ...planWeekQuery(monday), enabled: isWeek });
  const months = useQuery({ ...planMonthQuery(month), enabled: !isWeek });
  const { error, refetch } = isWeek ? week : months;

  const section = useRef<HTMLElement>(null);
  const led = useRef(false);
  // The day to which a key led may come with the next answer only.
  useEffect(() => {
    const day = led.current && section.current?.querySelector<HTMLElement>(`[data-day="${cursor}"]`);
    if (!day) return;
    led.current = false;
    day.focus();
  });
  const pressed = (event: KeyboardEvent) => {
    const on = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || on.dataset["day"] === undefined) return;
    const next = dayByKey(event.key, on.dataset["day"], view, today);
    if (next === undefined) return;
    event.preventDefault();
    led.current = true;
    setCursor(next);
  };

  return (
    <section ref={section} className="plan-calendar" onKeyDown={pressed} aria-labelledby="plan-title">
      <header className="plan-head">
        <h2 id="plan-title" aria-live="polite">
          {isWeek
            ? t.weekOf(fullDate(monday, language), fullDate(addDays(monday, DAYS_OF_A_WEEK - 1), language))
            : monthName(month, language)}
        </h2>
        <div className="step-buttons screen-only">
          <Leaf name={t.previous[view]} sign="‹" go={() => setCursor(turned(cursor, view, -1))} />
          <button type="button" className="button" onClick={() => setCursor(today)}>
            {t.today}
          </button>
          <Leaf name={t.next[view]} sign="›" go={() => setCursor(turned(cursor, view, 1))} />
          <button type="button" className="button" onClick={() => print()}>
            {t.print}
          </button>
        </div>
      </header>
      {isWeek && week.data && <Week week={week.data} cursor={cursor} edit={edit} changeTemplate={changeTemplate} />}
      {!isWeek && months.data && <Month month={months.data} cursor={cursor} openWeek={openWeek} />}
      {!(isWeek ? week : months).data && (error ? <Failed error={error} again={() => void refetch()} /> : <Loading />)}
      <Legend />
      <p className="small-print soft plan-keys">{t.keys}</p>
    </section>
  );
}

function Leaf({ name, sign, go }: { name: string; sign: string; go: () => void }) {
  return (
    <button type="button" className="button square" aria-label={name} title={name} onClick={go}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

/** What the stretches of a bar mean. */
function Legend() {
  const { parts } = useTexts(planTexts);
  return (
    <ul className="plan-legend">
      {BAR_PARTS.map((part) => (
        <li key={part}>
          <svg className="bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            <rect className={`bar-${part}`} width={1} height={1} />
          </svg>
          {parts[part]}
        </li>
      ))}
    </ul>
  );
}
