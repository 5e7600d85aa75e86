import { timeOfRound } from "#kernel/quicknet.ts";
import type { Services } from "../context.ts";
import type { Beacon } from "./index.ts";
import { demandRoundNumber } from "./round.ts";

/**
 * Numbers of the installation's own, for one without a network: a keyed digest of the round, so that every node gives
 * the same without keeping anything. Rounds are counted as quicknet counts them. The operator could know each of them
 * beforehand; what is drawn with them can never be verified by the public, and its opening notice says so.
 */
export function operatorBeacon({ keyring, clock }: Pick<Services, "keyring" | "clock">): Beacon {
  return {
    source: "operator",
    async fetchRound(round) {
      demandRoundNumber(round);
      // Kept back until its second like a public one, so that nothing draws early here that would wait elsewhere.
      if (clock.now().getTime() < timeOfRound(round) * 1000) return undefined;
      const [versions] = await keyring.digest("beacon", [String(round)]);
      return { round, signature: null, randomness: versions![0]!.digest.toString("hex") };
    },
  };
}
