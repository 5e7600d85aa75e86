import type { ClusterPicture } from "../api/integrity.ts";

/** One thing of a group's picture: a contact, a browser or a booking. */
export interface Dot {
  readonly key: string;
  readonly kind: "contact" | "device" | "booking";
  readonly x: number;
  readonly y: number;
  /** People of a booking; bookings of a contact or browser. */
  readonly size: number;
  readonly ended?: "served" | "missed" | "cancelled" | null;
}
export interface Line {
  readonly from: Dot;
  readonly to: Dot;
}
export interface Drawing {
  readonly dots: readonly Dot[];
  readonly lines: readonly Line[];
  readonly height: number;
}

/** Of the drawing, in its own units: contacts left, bookings in the middle, browsers right. */
export const WIDTH = 360;
const COLUMN = { contact: 60, booking: 180, device: 300 } as const;
const ROW = 14;
const MARGIN = 12;

/** Three columns with a line for each tie: one browser behind many contacts is a fan that anybody sees. */
export function drawGroup(bookings: ClusterPicture["bookings"]): Drawing {
  const tall = Math.max(bookings.length, 2);
  const height = 2 * MARGIN + (tall - 1) * ROW;
  const column = (kind: Dot["kind"], keys: readonly string[], of: (key: string, i: number) => Partial<Dot>): Dot[] =>
    keys.map((key, i) => ({
      key: `${kind} ${key}`,
      kind,
      x: COLUMN[kind],
      // Few things of a column stand spread over the whole height.
      y: MARGIN + ((i + 0.5) * (height - 2 * MARGIN)) / keys.length,
      size: 1,
      ...of(key, i),
    }));
  const having = (key: "contact" | "device", value: string) =>
    bookings.filter((one) => String(one[key]) === value).length;
  const values = (key: "contact" | "device") => [
    ...new Set(bookings.flatMap((one) => (one[key] === null ? [] : [String(one[key])]))),
  ];
  const contacts = column("contact", values("contact"), (value) => ({ size: having("contact", value) }));
  const devices = column("device", values("device"), (value) => ({ size: having("device", value) }));
  const middle = column(
    "booking",
    bookings.map((_, i) => String(i)),
    (_, i) => ({ size: bookings[i]!.people, ended: bookings[i]!.ended }),
  );
  const dotOf = new Map([...contacts, ...devices].map((dot) => [dot.key, dot]));
  const lines = bookings.flatMap((one, i) => [
    { from: dotOf.get(`contact ${one.contact}`)!, to: middle[i]! },
    ...(one.device === null ? [] : [{ from: middle[i]!, to: dotOf.get(`device ${one.device}`)! }]),
  ]);
  return { dots: [...contacts, ...middle, ...devices], lines, height };
}
