import { MINUTE_MS } from "#kernel/time.ts";

/**
 * Keys of months and of an office's day under which a minute may begin to read. A new process meets, in its first minute,
 * today's and tomorrow's lists of the network's 59 offices, the week that opens and its months: about 400. Whoever reads the
 * whole horizon of eight weeks needs 2,500, and should be seen at it (security.md, C35; decision 0042).
 */
export const KEYS_A_MINUTE = 600;

/** Too many keys were asked for: nothing is opened, and the request may be made again a little later. */
export class KeyringBusy extends Error {
  readonly statusCode = 503;
  constructor(readonly code: "too_many_keys" | "keyring_away") {
    super(code === "too_many_keys" ? "too many keys were asked for" : "the keyring does not answer");
    this.name = "KeyringBusy";
  }
}

export interface Brake {
  /** Counts one key under which something is about to be read; throws where the minute has had its number. */
  count(): void;
}

/** A budget that fills evenly; full at the start. `alarm` is told once a minute at most, with how many were refused since. */
export function unwrapBrake(options: {
  readonly aMinute: number;
  readonly nowMs: () => number;
  readonly alarm: (refused: number) => void;
}): Brake {
  const { aMinute, nowMs, alarm } = options;
  let left = aMinute;
  let countedAt = nowMs();
  let refused = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    count() {
      const now = nowMs();
      left = Math.min(aMinute, left + ((now - countedAt) * aMinute) / MINUTE_MS);
      countedAt = now;
      if (left >= 1) {
        left -= 1;
        return;
      }
      refused += 1;
      if (now - toldAt >= MINUTE_MS) {
        alarm(refused);
        toldAt = now;
        refused = 0;
      }
      throw new KeyringBusy("too_many_keys");
    },
  };
}
