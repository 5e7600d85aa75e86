import { useQuery } from "@tanstack/react-query";
import { venuesQuery } from "../../api/plan.ts";
import { Cross } from "../../parts/dialog.tsx";
import type { CircuitDraft } from "../../rules/plan-forms.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { useTexts } from "../../texts/texts.ts";
import { VenueOptions } from "./venue-choice.tsx";
import { WeekdayOptions } from "./weekdays.tsx";

type Stops = CircuitDraft["stops"];

/** Most stops of one route; the server takes no more. */
const MOST_STOPS = 12;
const SATURDAY = 6;

export const newStop = (): Stops[number] => ({ key: crypto.randomUUID(), venueId: "", weekday: SATURDAY });

/** Where a route stops, and on which day of the week. */
export function CircuitStops({ value, change }: { value: Stops; change: (value: Stops) => void }) {
  const t = useTexts(planFormTexts);
  const { data } = useQuery(venuesQuery);
  const set = (key: string, some: Partial<Stops[number]>) =>
    change(value.map((one) => (one.key === key ? { ...one, ...some } : one)));
  return (
    <section className="plan-part" aria-labelledby="plan-stops-title">
      <h2 id="plan-stops-title">{t.stops}</h2>
      {data?.every(({ retired }) => retired) && <p className="soft">{t.noVenues}</p>}
      {value.map(({ key, venueId, weekday }, i) => (
        <div key={key} className="plan-stop" role="group" aria-label={t.stop(i + 1)}>
          <label>
            {t.stop(i + 1)}
            <select value={venueId} required onChange={(event) => set(key, { venueId: event.target.value })}>
              <option value="">{t.chooseVenue}</option>
              <VenueOptions />
            </select>
          </label>
          <label>
            {t.weekday}
            <select value={weekday} onChange={(event) => set(key, { weekday: Number(event.target.value) })}>
              <WeekdayOptions />
            </select>
          </label>
          {value.length > 1 && (
            <button
              type="button"
              className="button quiet square"
              aria-label={t.removeStop(i + 1)}
              onClick={() => change(value.filter((one) => one.key !== key))}
            >
              <Cross />
            </button>
          )}
        </div>
      ))}
      {value.length < MOST_STOPS && (
        <button type="button" className="button small" onClick={() => change([...value, newStop()])}>
          {t.addStop}
        </button>
      )}
    </section>
  );
}
