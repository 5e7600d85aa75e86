import type { Station } from "../types.ts";

/** Minutes of a turn at a station before anything was measured there. Our own number, on the long side: a promise that is kept. */
export const UNMEASURED_MINUTES = 15;
/** Share of what is left that is promised: the rest is for whoever takes longer. Our own number. */
export const PROMISED_SHARE = 0.9;

/** How a station stands now. */
export interface StationLoad {
  readonly station: Station;
  /** People that it attends to at once. */
  readonly counters: number;
  /** Median minutes at its counter today or in the last days; null while nothing was measured. */
  readonly minutes: number | null;
  /** Turns that still have it before them: in its own queue, at earlier stations, and appointments of today who are to come. */
  readonly ahead: number;
}

/**
 * How many more turns without an appointment can be attended to before the office closes, and where it is tightest:
 * each station works its counters until then. `minutesLeft` until closing; 0 turns for an office without stations.
 */
export function walkInRoom(
  stations: readonly StationLoad[],
  minutesLeft: number,
): { readonly turns: number; readonly tightest: Station | undefined } {
  const room = stations.map(({ station, counters, minutes, ahead }) => {
    const perTurn = Math.max(1, minutes ?? UNMEASURED_MINUTES);
    const whole = Math.floor((counters * Math.max(0, minutesLeft) * PROMISED_SHARE) / perTurn);
    return { station, turns: Math.max(0, whole - ahead) };
  });
  const tightest = room.toSorted((a, b) => a.turns - b.turns)[0];
  return { turns: tightest?.turns ?? 0, tightest: tightest?.station };
}
