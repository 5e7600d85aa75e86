import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { planWeekQuery } from "../../api/plan.ts";
import type { PlanSaved, PlanTemplate } from "../../api/plan-types.ts";
import { post } from "../../api/request.ts";
import { addDays } from "../../parts/format.ts";
import { Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { mondayOf } from "../../rules/plan-calendar.ts";
import { templateAsked, templateDraft, type TemplateDraft } from "../../rules/plan-forms.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { planTexts } from "../../texts/plan.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { LayoutFields } from "./layout-fields.tsx";
import { Preview } from "./preview.tsx";
import { PlanProblem } from "./problem.tsx";
import { usePlanned } from "./use-planned.ts";
import { useWeekdayNames, Weekdays } from "./weekdays.tsx";

interface Props {
  /** The hours that were chosen in the calendar. */
  readonly templateId: string | undefined;
  readonly today: string;
  readonly zone: string;
  readonly saved: (day: string) => Promise<unknown>;
}

/** What repeats each week, changed from a day on: what that gains and loses and whom it meets is seen first. */
export function TemplateForm(props: Props) {
  const { data } = useQuery(planWeekQuery(mondayOf(props.today)));
  return data ? <Form {...props} templates={data.templates} /> : <Loading />;
}

function Form({ templateId, templates, today, zone, saved }: Props & { readonly templates: readonly PlanTemplate[] }) {
  const t = useTexts(planFormTexts);
  const nameOf = useTemplateName();
  const notify = useNotify();
  const tomorrow = addDays(today, 1);
  const [draft, setDraft] = useState(() =>
    templateDraft(
      templates.find(({ id }) => id === templateId),
      tomorrow,
    ),
  );
  const { shown, isBusy, problem, look, keep, forget } = usePlanned({
    preview: planApi.templatePreview,
    save: (asked, key) => post<PlanSaved>(planApi.templates, asked, key),
    saved: () => {
      notify.done(t.templateSaved);
      return saved(draft.from);
    },
  });
  const change = (some: Partial<TemplateDraft>) => {
    setDraft({ ...draft, ...some });
    forget();
  };
  const choose = (id: string) => {
    setDraft(
      templateDraft(
        templates.find((one) => one.id === id),
        draft.from,
      ),
    );
    forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(templateAsked(draft));
  };

  return (
    <>
      <h1>{t.templateTitle}</h1>
      <p className="lead">{t.templateLead}</p>
      <div className="cut-box">
        <form onSubmit={submit}>
          <div className="cut-fields">
            <label>
              {t.template}
              <select value={draft.templateId} onChange={(event) => choose(event.target.value)}>
                <option value="">{t.newTemplate}</option>
                {templates.map((template) => (
                  <option key={template.id} value={template.id}>
                    {nameOf(template)}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {t.templateFrom}
              <input
                type="date"
                required
                min={tomorrow}
                value={draft.from}
                onChange={(event) => change({ from: event.target.value })}
              />
            </label>
          </div>
          {draft.templateId !== "" && (
            <label className="check">
              <input
                type="checkbox"
                checked={draft.ends}
                onChange={(event) => change({ ends: event.target.checked })}
              />
              <span>{t.ends}</span>
            </label>
          )}
          {!draft.ends && (
            <>
              <fieldset className="plan-part">
                <legend>{t.weekdays}</legend>
                <Weekdays value={draft.weekdays} change={(weekdays) => change({ weekdays })} />
              </fieldset>
              <LayoutFields
                key={draft.templateId}
                draft={draft.group}
                change={(group) => change({ group })}
                isFixed={draft.templateId !== ""}
              />
            </>
          )}
          <PlanProblem error={problem} />
          <button
            type="submit"
            className="button primary"
            disabled={isBusy || (!draft.ends && draft.weekdays.length === 0)}
          >
            {t.preview}
          </button>
        </form>
        {shown && (
          <Preview shown={shown} zone={zone}>
            <button
              type="button"
              className={shown.preview.people > 0 ? "button danger" : "button primary"}
              disabled={isBusy}
              onClick={() => keep(templateAsked(draft))}
            >
              {shown.preview.people > 0 ? t.saveChange : t.save}
            </button>
            <button type="button" className="button" onClick={forget}>
              {t.back}
            </button>
          </Preview>
        )}
      </div>
    </>
  );
}

/** `Documentación, lunes a viernes, 08:00 a 13:30`. */
function useTemplateName(): (template: PlanTemplate) => string {
  const t = useTexts(planTexts);
  const { weekdaySpan } = useTexts(planFormTexts);
  const { groups } = useTexts(shellTexts);
  const nameOf = useWeekdayNames();
  return ({ serviceGroup, weekdays, opens, closes }) => {
    const [first, last] = [weekdays[0]!, weekdays.at(-1)!];
    const isRow = weekdays.length > 2 && last - first + 1 === weekdays.length;
    const days = isRow ? weekdaySpan(nameOf(first), nameOf(last)) : weekdays.map(nameOf).join(", ");
    return [groups[serviceGroup], days, t.hours(opens, closes)].join(", ");
  };
}
