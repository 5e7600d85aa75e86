import type { PlaceCounts } from "../../api/plan-types.ts";
import { barParts, fullness } from "../../rules/plan-calendar.ts";
import { planTexts } from "../../texts/plan.ts";
import { useTexts } from "../../texts/texts.ts";

const LENGTH = 100;

/** How full it is, drawn and said: booked, reserved, free and closed. */
export function PlaceBar({ places }: { places: PlaceCounts }) {
  const t = useTexts(planTexts);
  return (
    <span className="place-bar">
      <PlaceDrawing places={places} />
      <span>
        {t.taken(places.taken, places.all - places.cut)}
        {places.cut > 0 && <span className="plan-cut"> · {t.cutPart(places.cut)}</span>}
      </span>
    </span>
  );
}

/** The same for a day of a month, by its hundredth. */
export function FullnessBar({ places }: { places: PlaceCounts }) {
  const t = useTexts(planTexts);
  const percent = fullness(places);
  return (
    <span className="place-bar">
      <PlaceDrawing places={places} />
      <span>{percent === undefined ? t.cutPart(places.cut) : t.full(percent)}</span>
    </span>
  );
}

export function PlaceDrawing({ places }: { places: PlaceCounts }) {
  return (
    <svg className="bar" viewBox={`0 0 ${LENGTH} 1`} preserveAspectRatio="none" aria-hidden="true">
      {barParts(places, LENGTH).map(({ part, from, width }) => (
        <rect key={part} className={`bar-${part}`} x={from} width={width} height={1} />
      ))}
    </svg>
  );
}
