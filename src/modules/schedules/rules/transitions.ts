import type { PlaceState } from "../types.ts";

/**
 * What may become of a place. A place that somebody had been told was hers comes back only through
 * `freed`, out of sight until the next release tick; an ended hold goes straight back to `open`.
 */
const MAY_BECOME: Readonly<Record<PlaceState, readonly PlaceState[]>> = {
  planned: ["open", "committed", "withdrawn"],
  open: ["planned", "held", "booked", "withdrawn"],
  committed: ["planned", "assigned", "withdrawn"],
  assigned: ["booked", "committed", "freed"],
  held: ["open", "booked"],
  booked: ["used", "freed"],
  used: ["booked"],
  freed: ["open", "planned", "withdrawn"],
  withdrawn: ["open"],
};

/** Whether a place in one state may pass into another. */
export function placeMay(from: PlaceState, to: PlaceState): boolean {
  return MAY_BECOME[from].includes(to);
}
