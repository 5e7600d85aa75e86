import type { Visit } from "../api/types.ts";
import { todayTexts } from "../texts/today.ts";
import { useTexts } from "../texts/texts.ts";

/** The code of a turn and where it stands: the number that is called, its station, and what lets it go first. */
export function TurnChip({ visit }: { visit: Visit }) {
  const t = useTexts(todayTexts);
  if (!visit.turn) return null;
  const inHall = visit.state === "waiting" || visit.state === "called" || visit.state === "serving";
  const marks = [
    visit.route.length > 1 && inHall ? t.stations[visit.station] : "",
    visit.line === "appointment" ? "" : t.lines[visit.line],
    visit.priority ? t.priorities[visit.priority] : "",
    visit.parkedAt && inHall ? t.parked : "",
  ].filter((one) => one !== "");
  return (
    <>
      <span className="turn-code" title={t.turnOf(t.pictures[visit.turn.picture], visit.turn.number)}>
        <span className="hidden">{t.turn(visit.turn.number)}</span>
        <span aria-hidden="true">{visit.turn.number}</span>
      </span>
      {marks.map((one) => (
        <span key={one} className="turn-mark">
          {one}
        </span>
      ))}
    </>
  );
}
