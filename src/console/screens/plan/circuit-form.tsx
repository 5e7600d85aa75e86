import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { venuesQuery } from "../../api/plan.ts";
import type { SpecialDay } from "../../api/plan-types.ts";
import { post } from "../../api/request.ts";
import { addDays } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { circuitAsked, circuitDays, firstRound, type CircuitDraft } from "../../rules/plan-forms.ts";
import { blankLayout } from "../../rules/plan-layout.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { CircuitPreview, lookAtRound, type RoundShown } from "./circuit-preview.tsx";
import { CircuitStops, newStop } from "./circuit-stops.tsx";
import { GroupsEditor } from "./groups-editor.tsx";
import { MeansChoice } from "./means-choice.tsx";
import { NumberBox } from "./number-box.tsx";
import { PlanProblem } from "./problem.tsx";

interface Props {
  readonly today: string;
  readonly zone: string;
  readonly saved: (day: string) => Promise<unknown>;
}

/** A route of a consulate on wheels: its stops week after week, each day of it a draft. */
export function CircuitForm({ today, zone, saved }: Props) {
  const t = useTexts(planFormTexts);
  const notify = useNotify();
  const { data: venues = [] } = useQuery(venuesQuery);
  const tomorrow = addDays(today, 1);
  const [draft, setDraft] = useState<CircuitDraft>(() => ({
    name: "",
    from: tomorrow,
    weeks: "4",
    everyWeeks: "1",
    stops: [newStop()],
    resources: [],
    groups: [blankLayout("first", "documentacion")],
  }));
  const [shown, setShown] = useState<RoundShown>();
  const days = circuitDays(draft);
  const look = useMutation({
    mutationFn: () => lookAtRound(firstRound(draft), days.at(-1)!, circuitAsked(draft)),
    onMutate: () => setShown(undefined),
    onSuccess: setShown,
  });
  const save = useMutation({
    mutationFn: (key: string) => post<{ specialDays: SpecialDay[] }>(planApi.circuits, circuitAsked(draft), key),
    onSuccess: ({ specialDays }) => {
      notify.done(t.circuitSaved(specialDays.length));
      return saved(days[0]!.localDate);
    },
  });
  const forget = () => {
    setShown(undefined);
    look.reset();
    save.reset();
  };
  const change = (some: Partial<CircuitDraft>) => {
    setDraft({ ...draft, ...some });
    forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.reset();
    look.mutate();
  };

  return (
    <>
      <h1>{t.circuitTitle}</h1>
      <p className="lead">{t.circuitLead}</p>
      <div className="cut-box">
        <form onSubmit={submit}>
          <div className="cut-fields">
            <label>
              {t.circuitName}
              <input
                value={draft.name}
                required
                minLength={3}
                maxLength={60}
                autoComplete="off"
                onChange={(event) => change({ name: event.target.value })}
              />
            </label>
            <label>
              {t.circuitFrom}
              <input
                type="date"
                required
                min={tomorrow}
                value={draft.from}
                onChange={(event) => change({ from: event.target.value })}
              />
            </label>
            <NumberBox
              label={t.circuitWeeks}
              min={1}
              max={26}
              required
              value={draft.weeks}
              change={(weeks) => change({ weeks })}
            />
            <NumberBox
              label={t.circuitEvery}
              min={1}
              max={8}
              required
              value={draft.everyWeeks}
              change={(everyWeeks) => change({ everyWeeks })}
            />
          </div>
          <CircuitStops value={draft.stops} change={(stops) => change({ stops })} />
          <GroupsEditor value={draft.groups} change={(groups) => change({ groups })} today={today} />
          <MeansChoice
            value={draft.resources}
            change={(resources) => change({ resources })}
            today={today}
            days={days.map(({ localDate }) => localDate)}
          />
          <PlanProblem error={save.error ?? look.error ?? undefined} />
          <button type="submit" className="button primary" disabled={look.isPending || save.isPending}>
            {t.preview}
          </button>
        </form>
        {shown && (
          <CircuitPreview shown={shown} days={days} venues={venues} zone={zone}>
            <button
              type="button"
              className="button primary"
              disabled={save.isPending}
              onClick={() => save.mutate(shown.key)}
            >
              {t.circuitSave}
            </button>
            <button type="button" className="button" onClick={forget}>
              {t.back}
            </button>
          </CircuitPreview>
        )}
      </div>
    </>
  );
}
