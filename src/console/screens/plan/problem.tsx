import { useEffect, useRef } from "react";
import { Refused } from "../../api/request.ts";
import { longDate, weekdayName } from "../../parts/format.ts";
import { planRefusalTexts } from "../../texts/plan-refusals.ts";
import { refusalTexts, wordsFor } from "../../texts/refusals.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";

/** Why a plan was refused and what to do, beside the form, which keeps all that was typed. */
export function PlanProblem({ error }: { error: unknown }) {
  const words = usePlanWords();
  const box = useRef<HTMLParagraphElement>(null);
  useEffect(() => box.current?.focus(), [error]);
  if (error === undefined) return null;
  return (
    <p className="plan-problem" role="alert" ref={box} tabIndex={-1}>
      <Pictogram name="warning" />
      {words(error)}
    </p>
  );
}

function usePlanWords(): (error: unknown) => string {
  const t = useTexts(planRefusalTexts);
  const others = useTexts(refusalTexts);
  const { groups } = useTexts(shellTexts);
  const language = useLanguage();
  return (error) => {
    if (!(error instanceof Refused) || !(error.code in t)) return wordsFor(error, others);
    const { serviceGroup = "", localDate, days, hours, minutes, time, opens, closes, resource, town } = error.about;
    const { most, away, people } = error.about;
    const group = groups[serviceGroup as keyof typeof groups] ?? t.someGroup;
    const day = localDate === undefined ? "" : longDate(localDate, language);
    const code = error.code as keyof typeof t;
    switch (code) {
      case "too_far_ahead":
        return t.too_far_ahead(days!);
      case "too_long_a_day":
        return t.too_long_a_day(hours!, group);
      case "nothing_fits":
        return t.nothing_fits(group);
      case "overbooked_too_much":
        return t.overbooked_too_much(most!, away!, people!, group);
      case "break_does_not_fit":
        return t.break_does_not_fit(minutes!, group);
      case "clock_gap":
        return t.clock_gap(time!, day);
      case "overlapping_sessions":
        return t.overlapping_sessions(group, opens!, closes!);
      case "resource_elsewhere":
        return t.resource_elsewhere(resource!, town!, day);
      case "step_not_drawn":
        return t.step_not_drawn(minutes!, group);
      case "wrong_weekday":
        return t.wrong_weekday(weekdayName(localDate!, language));
      default:
        return t[code];
    }
  };
}
