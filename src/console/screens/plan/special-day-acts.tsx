import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PLAN } from "../../api/plan.ts";
import type { SpecialDay, SpecialDayDone } from "../../api/plan-types.ts";
import { post } from "../../api/request.ts";
import { useNotify } from "../../parts/notices.tsx";
import { actsOf, NOT_MOVED, stepOf, type SpecialDayAct } from "../../rules/plan-forms.ts";
import { planTexts } from "../../texts/plan.ts";
import { useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { MoveFields } from "./move-fields.tsx";
import { PlanProblem } from "./problem.tsx";

interface Props {
  readonly day: SpecialDay;
  readonly close: () => void;
  readonly edit: (draft: SpecialDay) => void;
}

/** What may be done with a special day; each step says first what it means for people, and asks once. */
export function SpecialDayActs({ day, close, edit }: Props) {
  const t = useTexts(planTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const [asked, setAsked] = useState<SpecialDayAct>();
  const [move, setMove] = useState(NOT_MOVED);
  const step = useMutation({
    mutationFn: (act: SpecialDayAct) => {
      const { step, asked } = stepOf(act, day, move);
      return post<SpecialDayDone>(planApi.specialDayStep(day.id, step), asked);
    },
    onSuccess: async ({ told }, act) => {
      notify.done(`${t.done[act]} ${t.told(told)}`.trim());
      close();
      await client.invalidateQueries({ queryKey: PLAN });
    },
    onError: () => client.invalidateQueries({ queryKey: PLAN }),
  });
  const ask = (act: SpecialDayAct | undefined) => {
    step.reset();
    setAsked(act);
  };

  if (asked)
    return (
      <form
        className="plan-sure"
        onSubmit={(event) => {
          event.preventDefault();
          step.mutate(asked);
        }}
      >
        <p>{t.sure[asked]}</p>
        {asked === "move" && <MoveFields day={day} value={move} change={setMove} />}
        <PlanProblem error={step.error ?? undefined} />
        <div className="step-buttons">
          <button
            type="submit"
            className={asked === "cancel" ? "button danger" : "button primary"}
            disabled={step.isPending}
          >
            {t.confirm[asked]}
          </button>
          <button type="button" className="button" onClick={() => ask(undefined)}>
            {t.acts.back}
          </button>
        </div>
      </form>
    );

  return (
    <div className="step-buttons">
      {actsOf(day.state).map((act) => (
        <button
          key={act}
          type="button"
          className={act === "publish" ? "button primary" : "button"}
          onClick={() => ask(act)}
        >
          {t.acts[act]}
        </button>
      ))}
      {day.state === "draft" && (
        <button type="button" className="button" onClick={() => edit(day)}>
          {t.acts.edit}
        </button>
      )}
    </div>
  );
}
