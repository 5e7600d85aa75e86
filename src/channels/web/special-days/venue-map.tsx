import { townsAround, type Office } from "#modules/offices/index.ts";
import type { PublicDay } from "#modules/schedules/index.ts";
import { distanceInWords } from "../texts/format.ts";
import type { Language } from "../texts/texts.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import { AROUND_DEGREES, drawMap, HIGH, WIDE, type DrawnMap } from "./map.ts";

/** Drawn once while a day stays as it is. */
const drawn = new WeakMap<PublicDay, DrawnMap | null>();

/** Where a venue is, drawn from coordinates: no street, no tile of anybody's, and in words for whoever sees none of it. */
export function VenueMap({ day, office, language }: { day: PublicDay; office: Office; language: Language }) {
  const t = specialDayTexts(language);
  if (!day.venue) return null;
  if (!drawn.has(day)) drawn.set(day, drawMap(day.venue, townsFor(day.venue, office)) ?? null);
  const map = drawn.get(day);
  if (!map) return null;
  const { venue, towns, bar, from } = map;
  const said = t(`way_${from.way}`, { distance: distanceInWords(from.km, office.country, language), town: from.name });
  const foot = HIGH - 14;
  return (
    <figure className="venue-map">
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={said}>
        <path
          className="venue-map-way"
          d={towns.map(({ x, y }) => `M${round(x)} ${round(y)}L${venue.x} ${venue.y}`).join("")}
        />
        {towns.map(({ name, x, y }) => (
          <g key={name}>
            <circle className="venue-map-town" cx={round(x)} cy={round(y)} r="5" />
            <text x={round(x)} y={round(y) - 12} textAnchor="middle">
              {name}
            </text>
          </g>
        ))}
        <circle className="venue-map-here" cx={venue.x} cy={venue.y} r="12" />
        <text className="venue-map-name" x={venue.x} y={venue.y + 42} textAnchor="middle">
          {t("mapHere")}
        </text>
        <path className="venue-map-bar" d={`M20 ${foot - 6}v6h${round(bar.length)}v-6`} />
        <text x="20" y={foot - 12}>
          {bar.distance} {bar.unit}
        </text>
        <path className="venue-map-bar" d={`M${WIDE - 30} 56V14l-10 14m10 -14l10 14`} />
        <text x={WIDE - 30} y="86" textAnchor="middle">
          N
        </text>
      </svg>
      <figcaption>{said}</figcaption>
    </figure>
  );
}

/** The town of the consulate first, where it is near: that is the one that families know. */
function townsFor(venue: { readonly lat: number; readonly lng: number }, office: Office) {
  const towns = townsAround(venue, AROUND_DEGREES);
  const isNear =
    Math.abs(office.lat - venue.lat) <= AROUND_DEGREES && Math.abs(office.lng - venue.lng) <= AROUND_DEGREES;
  if (!isNear) return towns;
  const own = { lat: office.lat, lng: office.lng, label: office.city, country: office.country };
  return [own, ...towns.filter(({ label }) => label.split(",")[0] !== office.city)];
}

const round = (value: number): number => Math.round(value);
