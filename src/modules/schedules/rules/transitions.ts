import type { PlaceState } from "../types.ts";

/**
 * What may become of a place. A place that somebody had been told was hers comes back only through
 * `freed`, out of sight until the next release tick; an ended hold goes straight back to where it was.
 * `withdrawn` is what a cut took: only undoing the cut brings it back, and never straight to everybody; what a plan gave
 * up may be planned again, like any new place.
 */
const MAY_BECOME: Readonly<Record<PlaceState, readonly PlaceState[]>> = {
  planned: ["open", "committed", "assigned", "held", "withdrawn"],
  open: ["planned", "held", "booked", "withdrawn"],
  committed: ["planned", "assigned", "withdrawn"],
  assigned: ["booked", "committed", "freed", "withdrawn"],
  held: ["open", "planned", "booked", "withdrawn"],
  booked: ["used", "freed", "withdrawn"],
  used: ["booked"],
  freed: ["open", "planned", "withdrawn"],
  withdrawn: ["open", "planned", "committed", "freed"],
};

/** Whether a place in one state may pass into another. */
export function placeMay(from: PlaceState, to: PlaceState): boolean {
  return MAY_BECOME[from].includes(to);
}
