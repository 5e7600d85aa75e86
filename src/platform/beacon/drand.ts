import { QUICKNET } from "#kernel/quicknet.ts";
import { ask } from "../http/ask.ts";
import type { Log } from "../log.ts";
import type { Beacon, BeaconRound } from "./index.ts";
import { acceptRound, demandRoundNumber } from "./round.ts";

/** The League of Entropy's public relays (fairness 1.4). */
const MIRRORS = [
  "https://api.drand.sh",
  "https://api2.drand.sh",
  "https://api3.drand.sh",
  "https://drand.cloudflare.com",
];
/** Relays answer within a second, and hold a question for the coming round until it is out, three seconds at most. */
const MIRROR_TIMEOUT_MS = 5_000;
/** A round is about 250 bytes of JSON. */
const MAX_ANSWER_BYTES = 4_096;
/** What relays say of a round that is still to come. */
const NOT_THERE = [404, 425];

export interface DrandOptions {
  readonly origins?: readonly string[];
  readonly timeoutMs?: number;
  readonly log: Log;
}

/**
 * Asks one mirror after the other; the first that has the round answers. Nothing of a mirror is believed: chain and
 * key are ours, the signature must be the round's. A lying mirror costs time and a line in the log.
 */
export function drandBeacon({ origins = MIRRORS, timeoutMs = MIRROR_TIMEOUT_MS, log }: DrandOptions): Beacon {
  return {
    source: "drand",
    async fetchRound(round) {
      demandRoundNumber(round);
      for (const origin of origins) {
        const found = await askMirror(origin, round, timeoutMs);
        if (typeof found !== "string") return found;
        if (found !== "not_there")
          log.warn("a mirror of the beacon was passed over", { code: `${hostOf(origin)} ${found}` });
      }
      return undefined;
    },
  };
}

/** The round, or a code that says why not. */
async function askMirror(origin: string, round: number, timeoutMs: number): Promise<BeaconRound | string> {
  const answer = await ask(`${origin}/${QUICKNET.chain}/public/${round}`, { timeoutMs, maxBytes: MAX_ANSWER_BYTES });
  if (!answer.ok) return answer.code;
  if (NOT_THERE.includes(answer.status)) return "not_there";
  if (answer.status !== 200) return `http_${answer.status}`;
  const accepted = acceptRound(parse(answer.text));
  if (!accepted) return "not_quicknet";
  return accepted.round === round ? accepted : "another_round";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page, half an answer, nothing: no round in any case.
    return undefined;
  }
}

function hostOf(origin: string): string {
  return new URL(origin).host;
}
