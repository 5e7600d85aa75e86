import type { ReactNode } from "react";
import type { PlanPreview, Venue } from "../../api/plan-types.ts";
import { post } from "../../api/request.ts";
import { longDate } from "../../parts/format.ts";
import type { circuitAsked, CircuitDay } from "../../rules/plan-forms.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { planApi } from "../../urls.ts";
import { Preview } from "./preview.tsx";

/** What the first stop gives, and what a round of all stops gives. */
export interface RoundShown {
  readonly preview: PlanPreview;
  /** Places of one round: every stop once. */
  readonly places: number;
  readonly rounds: number;
  readonly key: string;
}

/** Asks for each stop of the first round what it would give; the first that cannot be is told as it is. */
export async function lookAtRound(
  days: readonly CircuitDay[],
  { resources, stops, weeks, everyWeeks }: ReturnType<typeof circuitAsked>,
): Promise<RoundShown> {
  const { sessions } = stops[0]!;
  const previews: PlanPreview[] = [];
  for (const { localDate, venueId } of days)
    previews.push(
      await post<PlanPreview>(planApi.specialDayPreview, {
        kind: "on_wheels",
        localDate,
        venueId,
        resources,
        sessions,
      }),
    );
  const places = previews.reduce((sum, one) => sum + one.gained, 0);
  return { preview: previews[0]!, places, rounds: Math.ceil(weeks / everyWeeks), key: crypto.randomUUID() };
}

interface Props {
  readonly shown: RoundShown;
  readonly days: readonly CircuitDay[];
  readonly venues: readonly Venue[];
  readonly zone: string;
  readonly children: ReactNode;
}

/** All days of the route with their towns, and what a stop gives. */
export function CircuitPreview({ shown: { preview, places, rounds, key }, days, venues, zone, children }: Props) {
  const t = useTexts(planFormTexts);
  const language = useLanguage();
  const whole = { ...preview, gained: places * rounds, days: days.length };
  const townOf = (venueId: string) => venues.find(({ id }) => id === venueId)?.city ?? "";
  return (
    <Preview shown={{ preview: whole, key }} zone={zone}>
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
