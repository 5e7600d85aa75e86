import { useState, type FormEvent } from "react";
import type { PlanSaved, SpecialDay, SpecialKind } from "../../api/plan-types.ts";
import { post, put } from "../../api/request.ts";
import { addDays } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import {
  needsVenue,
  SPECIAL_KINDS,
  specialDayAsked,
  specialDayDraft,
  type SpecialDayDraft,
} from "../../rules/plan-forms.ts";
import { blankLayout } from "../../rules/plan-layout.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { planTexts } from "../../texts/plan.ts";
import { useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { GroupsEditor } from "./groups-editor.tsx";
import { MeansChoice } from "./means-choice.tsx";
import { Preview } from "./preview.tsx";
import { PlanProblem } from "./problem.tsx";
import { usePlanned } from "./use-planned.ts";
import { VenueChoice } from "./venue-choice.tsx";

interface Props {
  /** The draft that is changed; without one a new day. */
  readonly draft: SpecialDay | undefined;
  /** The day on which the calendar stood. */
  readonly day: string;
  readonly today: string;
  readonly zone: string;
  readonly saved: (day: string) => Promise<unknown>;
}

/** A special day, from its kind to what it gives; kept as a draft. */
export function SpecialDayForm({ draft: before, day, today, zone, saved }: Props) {
  const t = useTexts(planFormTexts);
  const { kinds } = useTexts(planTexts);
  const notify = useNotify();
  const [draft, setDraft] = useState<SpecialDayDraft>(() =>
    before
      ? specialDayDraft(before)
      : {
          kind: "mobile",
          localDate: day > today ? day : "",
          venueId: "",
          resources: [],
          groups: [blankLayout("first", "documentacion")],
        },
  );
  const { shown, isBusy, problem, look, keep, forget } = usePlanned({
    preview: before ? planApi.draftPreview(before.id) : planApi.specialDayPreview,
    save: (asked, key) =>
      before ? put<PlanSaved>(planApi.specialDay(before.id), asked) : post<PlanSaved>(planApi.specialDays, asked, key),
    saved: () => {
      notify.done(t.draftSaved);
      return saved(draft.localDate);
    },
  });
  // The draft as this form was opened on it: who changed it meanwhile is not overwritten.
  const [stored] = useState(before?.stored);
  const asked = () => ({ ...specialDayAsked(draft), ...(stored === undefined ? {} : { stored }) });
  const change = (some: Partial<SpecialDayDraft>) => {
    setDraft({ ...draft, ...some });
    forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look(asked());
  };

  return (
    <>
      <h1>{before ? t.dayEdit : t.dayTitle}</h1>
      <p className="lead">{t.dayLead}</p>
      <div className="cut-box">
        <form onSubmit={submit}>
          <div className="cut-fields">
            <label>
              {t.kind}
              <select value={draft.kind} onChange={(event) => change({ kind: event.target.value as SpecialKind })}>
                {SPECIAL_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {kinds[kind]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {t.date}
              <input
                type="date"
                required
                min={addDays(today, 1)}
                value={draft.localDate}
                onChange={(event) => change({ localDate: event.target.value })}
              />
            </label>
          </div>
          <VenueChoice
            value={draft.venueId}
            change={(venueId) => change({ venueId })}
            isAway={needsVenue(draft.kind)}
          />
          <GroupsEditor value={draft.groups} change={(groups) => change({ groups })} today={today} />
          <MeansChoice
            value={draft.resources}
            change={(resources) => change({ resources })}
            today={today}
            days={draft.localDate === "" || draft.localDate === before?.localDate ? [] : [draft.localDate]}
          />
          <PlanProblem error={problem} />
          <button type="submit" className="button primary" disabled={isBusy}>
            {t.preview}
          </button>
        </form>
        {shown && (
          <Preview shown={shown} zone={zone}>
            <button type="button" className="button primary" disabled={isBusy} onClick={() => keep(asked())}>
              {t.saveDraft}
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
