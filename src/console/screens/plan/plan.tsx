import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { PLAN } from "../../api/plan.ts";
import type { PlanTemplate, SpecialDay } from "../../api/plan-types.ts";
import { useSession } from "../../api/queries.ts";
import type { CalendarView } from "../../rules/plan-calendar.ts";
import { planTexts } from "../../texts/plan.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useTexts } from "../../texts/texts.ts";
import { pages } from "../../urls.ts";
import { Calendar } from "./calendar.tsx";
import { CircuitForm } from "./circuit-form.tsx";
import { Means } from "./means.tsx";
import { SpecialDayForm } from "./special-day-form.tsx";
import { TemplateForm } from "./template-form.tsx";
import "../../styles/cuts.css";
import "../../styles/office-file.css";
import "../../styles/plan.css";
import "../../styles/plan-forms.css";
import "../../styles/plan-month.css";

type Shown =
  | { readonly form: "day"; readonly draft?: SpecialDay }
  | { readonly form: "circuit" }
  | { readonly form: "template"; readonly template?: PlanTemplate["id"] };

const VIEWS = ["week", "month", "means"] as const;

/** What an office opens, by week and month, and the forms with which that is planned: each shows first what it would do. */
export function PlanScreen() {
  const t = useTexts(planTexts);
  const { publication } = useTexts(shellTexts);
  const { office } = useSession();
  const [view, setView] = useState<CalendarView | "means">("week");
  const [cursor, setCursor] = useState(office!.localDate);
  const [shown, setShown] = useState<Shown>();
  const client = useQueryClient();
  const back = () => setShown(undefined);
  /** After a save: back at the calendar, on the day that changed. */
  const saved = async (day?: string) => {
    await client.invalidateQueries({ queryKey: PLAN });
    if (day !== undefined) setCursor(day);
    setView(day === undefined ? view : "week");
    back();
  };
  const { zone, localDate: today } = office!;

  if (shown)
    return (
      <div className="page plan">
        <button type="button" className="button plan-back" onClick={back}>
          {t.back}
        </button>
        {shown.form === "day" && (
          <SpecialDayForm draft={shown.draft} day={cursor} today={today} zone={zone} saved={saved} />
        )}
        {shown.form === "circuit" && <CircuitForm today={today} zone={zone} saved={saved} />}
        {shown.form === "template" && (
          <TemplateForm templateId={shown.template} today={today} zone={zone} saved={saved} />
        )}
      </div>
    );

  return (
    <div className="page plan">
      <h1>{t.title}</h1>
      <p className="lead screen-only">{t.lead}</p>
      <div className="plan-bar screen-only">
        <div className="plan-views" role="group" aria-label={t.views}>
          {VIEWS.map((one) => (
            <button key={one} type="button" className="button" aria-pressed={view === one} onClick={() => setView(one)}>
              {t[one]}
            </button>
          ))}
        </div>
        <div className="step-buttons">
          <button type="button" className="button primary" onClick={() => setShown({ form: "day" })}>
            {t.newDay}
          </button>
          <button type="button" className="button" onClick={() => setShown({ form: "circuit" })}>
            {t.newCircuit}
          </button>
          <button type="button" className="button" onClick={() => setShown({ form: "template" })}>
            {t.newTemplate}
          </button>
          <Link className="button" to={pages.publication}>
            {publication}
          </Link>
        </div>
      </div>
      {view === "means" ? (
        <Means today={today} />
      ) : (
        <Calendar
          view={view}
          cursor={cursor}
          today={today}
          setCursor={setCursor}
          openWeek={(day) => {
            setCursor(day);
            setView("week");
          }}
          edit={(draft) => setShown({ form: "day", draft })}
          changeTemplate={(template) => setShown({ form: "template", template })}
        />
      )}
    </div>
  );
}
