import type { Services } from "../context.ts";
import { drandBeacon } from "./drand.ts";
import { operatorBeacon } from "./operator.ts";

export { acceptRound, broughtBeacon } from "./round.ts";
export { drandBeacon, operatorBeacon };

/** One value of the source; digests and signatures in lower-case hex. */
export interface BeaconRound {
  readonly round: number;
  /** Null when the operator made the number: nobody else can check it. */
  readonly signature: string | null;
  /** 32 bytes. */
  readonly randomness: string;
}

/** Where draws and rooms get randomness. A round has one value for ever, so that whoever missed it asks again. */
export interface Beacon {
  readonly source: "drand" | "operator";
  /**
   * Undefined while a public round is not there or nobody who knows it is reached. Then whoever asked waits:
   * no other round and no other source is ever put in its place (fairness 4.1.3). Throws on what is no round number.
   */
  fetchRound(round: number): Promise<BeaconRound | undefined>;
}

export function openBeacon(source: Beacon["source"], { keyring, log }: Pick<Services, "keyring" | "log">): Beacon {
  return source === "drand" ? drandBeacon({ log }) : operatorBeacon(keyring);
}
