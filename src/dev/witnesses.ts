import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Signer } from "#kernel/notes.ts";
import type { Clock } from "#platform/clock.ts";
import type { WitnessAddress } from "#platform/witnesses.ts";
import { startWitness } from "../witness/service.ts";

const HOST = "127.0.0.1";
const NAMES = ["testigo-a.ventanilla.example", "testigo-b.ventanilla.example"];

export interface DemoWitnessesOptions {
  /** Folder of the checkout's state; each witness has a folder of its own in it. */
  readonly state: string;
  readonly operator: Signer;
  /** The demo's, so that a moved clock moves them too: their times must stand beside the draw's. */
  readonly clock: Clock;
  readonly onOpen: (close: () => Promise<unknown>) => void;
}

/** Two real witnesses on ports of their own, so that the demo's draws are really cosigned. Outside of nobody: it is a demo. */
export function startDemoWitnesses({
  state,
  operator,
  clock,
  onOpen,
}: DemoWitnessesOptions): Promise<WitnessAddress[]> {
  return Promise.all(
    NAMES.map(async (name) => {
      const witness = await startWitness({
        name,
        folder: join(state, "witnesses", name),
        operators: [operator],
        host: HOST,
        port: 0,
        now: () => Math.floor(clock.now().getTime() / 1000),
        randomBytes,
      });
      onOpen(() => witness.close());
      return { ...witness.signer, url: `http://${HOST}:${witness.port}` };
    }),
  );
}
