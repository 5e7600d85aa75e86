/** A point of the earth, in degrees. */
export interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** A map with north above, in its own units: {@link WIDE} by {@link HIGH}. */
export interface DrawnMap {
  readonly venue: Spot;
  readonly towns: readonly (Spot & { readonly name: string })[];
  /** Length of the bar that shows the scale. */
  readonly bar: { readonly length: number; readonly distance: number; readonly unit: Unit };
  /** Where the venue lies, seen from the town that people know. */
  readonly from: { readonly name: string; readonly km: number; readonly way: Way };
}
interface Spot {
  readonly x: number;
  readonly y: number;
}
export type Unit = "mi" | "km";
const WAYS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
export type Way = (typeof WAYS)[number];

export const WIDE = 640;
export const HIGH = 360;
/** Room at the edges, for names. */
const EDGE = 40;
/** Names that a small picture carries; and how far apart they stand, so that none lies over another. */
const MOST_NAMED = 6;
const APART = { x: 190, y: 44 };
/** A venue in the middle of its town shows the towns around it. */
const LEAST_REACH_KM = 8;
/** Nearer to the venue than this no name can be read beside its own. */
const BESIDE = 60;
const KM_PER_DEGREE = 111.2;
const KM_PER_MILE = 1.609;
/** Distances that a bar may show. */
const ROUND = [1, 2, 5, 10, 20, 50, 100] as const;
/** Degrees around the venue in which the largest town is the one that people know, and in which towns are named. */
export const AROUND_DEGREES = 0.6;

/**
 * Draws where a venue is, from coordinates alone: the towns around it that people know, the largest first, and how far
 * it is from the largest. No street is drawn, for none is known offline; undefined where no town is near.
 */
export function drawMap(
  venue: Point,
  towns: readonly (Point & { readonly label: string; readonly country: "US" | "CA" })[],
): DrawnMap | undefined {
  const [known] = towns;
  if (!known) return undefined;
  const unit: Unit = known.country === "US" ? "mi" : "km";
  const inUnit = (km: number): number => (unit === "mi" ? km / KM_PER_MILE : km);
  // East and north of the venue, in kilometres.
  const flat = ({ lat, lng }: Point): Spot => ({
    x: (lng - venue.lng) * Math.cos((venue.lat * Math.PI) / 180) * KM_PER_DEGREE,
    y: (lat - venue.lat) * KM_PER_DEGREE,
  });
  const at = towns.map((town) => ({ name: town.label.split(",")[0]!, ...flat(town) }));
  const largest = at[0]!;
  // The town that people know is on the map, and what lies nearer than it fills the room.
  const reach = Math.max(LEAST_REACH_KM, Math.hypot(largest.x, largest.y));
  const perKm = (HIGH / 2 - EDGE) / reach;
  const place = ({ x, y }: Spot): Spot => ({ x: WIDE / 2 + x * perKm, y: HIGH / 2 - y * perKm });
  const middle: Spot = { x: WIDE / 2, y: HIGH / 2 };
  const named: (Spot & { name: string })[] = [];
  for (const { name, ...km } of at) {
    const spot = place(km);
    const isInside = spot.x > EDGE && spot.x < WIDE - 2 * EDGE && spot.y > EDGE / 2 && spot.y < HIGH - EDGE / 2;
    const isFree =
      Math.hypot(spot.x - middle.x, spot.y - middle.y) >= BESIDE &&
      named.every((one) => Math.abs(one.x - spot.x) >= APART.x || Math.abs(one.y - spot.y) >= APART.y);
    if (isInside && isFree && named.length < MOST_NAMED) named.push({ name, ...spot });
  }
  const distance = ROUND.filter((one) => (one * perKm) / inUnit(1) <= WIDE / 3).at(-1) ?? ROUND[0];
  return {
    venue: middle,
    towns: named,
    bar: { length: (distance * perKm) / inUnit(1), distance, unit },
    from: { name: largest.name, km: Math.hypot(largest.x, largest.y), way: wayOf(largest) },
  };
}

/** Which way the venue lies from a town that is so far east and north of it. */
function wayOf({ x, y }: Spot): Way {
  const turn = Math.atan2(-x, -y) / (2 * Math.PI);
  return WAYS[Math.round((turn + 1) * WAYS.length) % WAYS.length]!;
}
