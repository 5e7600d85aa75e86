import type { ReactNode } from "react";
import type { PlanPreview, Venue } from "../../api/plan-types.ts";
import { post } from "../../api/request.ts";
import { longDate } from "../../parts/format.ts";
import { wayOf, type circuitAsked, type CircuitDay } from "../../rules/plan-forms.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { planTexts } from "../../texts/plan.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { Preview } from "./preview.tsx";

/** What the first day gives, what a round of all stops gives, and how the last day's places are given out. */
export interface RoundShown {
  readonly preview: PlanPreview;
  /** Places of one round: every stop once. */
  readonly places: number;
  readonly rounds: number;
  readonly last: PlanPreview;
  readonly key: string;
}

/** Asks for each stop of the first round and for the last day what it would give; the first that cannot be is told as it is. */
export async function lookAtRound(
  days: readonly CircuitDay[],
  last: CircuitDay,
  { resources, stops, weeks, everyWeeks }: ReturnType<typeof circuitAsked>,
): Promise<RoundShown> {
  const { sessions } = stops[0]!;
  const lookAt = ({ localDate, venueId }: CircuitDay) =>
    post<PlanPreview>(planApi.specialDayPreview, { kind: "on_wheels", localDate, venueId, resources, sessions });
  const previews: PlanPreview[] = [];
  for (const day of days) previews.push(await lookAt(day));
  return {
    preview: previews[0]!,
    places: previews.reduce((sum, one) => sum + one.gained, 0),
    rounds: Math.ceil(weeks / everyWeeks),
    last: await lookAt(last),
    key: crypto.randomUUID(),
  };
}

interface Props {
  readonly shown: RoundShown;
  readonly days: readonly CircuitDay[];
  readonly venues: readonly Venue[];
  readonly zone: string;
  readonly children: ReactNode;
}

/** All days of the route with their towns, and what a stop gives. */
export function CircuitPreview({ shown: { preview, places, rounds, last, key }, days, venues, zone, children }: Props) {
  const t = useTexts(planFormTexts);
  const { ways } = useTexts(planTexts);
  const language = useLanguage();
  const whole = { ...preview, gained: places * rounds, days: days.length };
  const [first, later] = [preview, last].map(({ sessions }) => wayOf(sessions));
  const townOf = (venueId: string) => venues.find(({ id }) => id === venueId)?.city ?? "";
  return (
    <Preview shown={{ preview: whole, key }} zone={zone}>
      {first !== later && <p className="plan-route">{t.laterWay(ways[later!])}</p>}
      <details className="cut-part plan-route">
        <summary>{t.circuitDays(days.length)}</summary>
        <ol className="plain-list">
          {days.map(({ localDate, venueId }) => (
            <li key={`${localDate} ${venueId}`}>
              {longDate(localDate, language)}, {townOf(venueId)}
            </li>
          ))}
        </ol>
      </details>
      {children}
    </Preview>
  );
}
