import type { Keyring } from "../keyring/index.ts";
import type { Beacon } from "./index.ts";
import { demandRoundNumber } from "./round.ts";

/**
 * Numbers of the installation's own, for one without a network: a keyed digest of the round's number, so that every node
 * gives the same without keeping anything. The operator could know each of them beforehand, and here no round is ever
 * still to come: whoever draws must look at the hour. What is drawn so can never be verified by the public, and its
 * opening notice says so.
 */
export function operatorBeacon(keyring: Keyring): Beacon {
  return {
    source: "operator",
    async fetchRound(round) {
      demandRoundNumber(round);
      const [versions] = await keyring.digest("beacon", [String(round)]);
      return { round, signature: null, randomness: versions![0]!.digest.toString("hex") };
    },
  };
}
