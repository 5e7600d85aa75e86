import type { PlaceCounts, PlanSession, SpecialDay } from "../../api/plan-types.ts";
import { sumOf } from "../../rules/plan-calendar.ts";
import { planTexts } from "../../texts/plan.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { PlaceBar } from "./place-bar.tsx";

/** One opening of a group: its hours, its counters and how full it is. */
export function SessionButton({ session, open }: { session: PlanSession; open: () => void }) {
  const t = useTexts(planTexts);
  const { groups } = useTexts(shellTexts);
  const { serviceGroup, opens, closes, counters, stepMinutes, state, places } = session;
  return (
    <button type="button" className="plan-session" data-state={state} onClick={open}>
      <strong>{groups[serviceGroup]}</strong>
      <span>{t.hours(opens, closes)}</span>
      <span className="soft">{t.counters(counters, stepMinutes)}</span>
      {state === "closed" ? <span className="plan-cut">{t.sessionClosed}</span> : <PlaceBar places={places} />}
    </button>
  );
}

interface SpecialDayProps {
  readonly day: SpecialDay;
  /** Empty for a draft. */
  readonly sessions: readonly PlanSession[];
  readonly open: () => void;
}

/** A special day: of which kind, where, and how full. */
export function SpecialDayButton({ day, sessions, open }: SpecialDayProps) {
  const t = useTexts(planTexts);
  const { groups } = useTexts(shellTexts);
  const places = sumOf(sessions.map((one): PlaceCounts => one.places));
  return (
    <button type="button" className="plan-session plan-special" data-state={day.state} onClick={open}>
      <strong>{t.kinds[day.kind]}</strong>
      <span className={`tag tag-${day.state}`}>{t.states[day.state]}</span>
      <span className="plan-where">
        <Pictogram name="map-pin" />
        <span>{day.venue ? `${day.venue.name}, ${day.venue.city}` : t.atOffice}</span>
      </span>
      {day.sessions.map(({ serviceGroup, opens, closes }) => (
        <span key={`${serviceGroup} ${opens}`} className="soft">
          {groups[serviceGroup]}, {t.hours(opens, closes)}
        </span>
      ))}
      {day.state === "published" && places.all > 0 && <PlaceBar places={places} />}
    </button>
  );
}
