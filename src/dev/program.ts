import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { stopOnSignals } from "#app/signals.ts";
import { NotOurs } from "#platform/db/index.ts";
import { Plain } from "./plain.ts";
import { serverAccount } from "./postgres/account.ts";
import { clusterDirectory, stateRoot } from "./postgres/directory.ts";
import { RunsAlready } from "./running.ts";
import { startDevelopment } from "./start.ts";

/** What a development program works with. */
export interface Program {
  /** Folder of this checkout's demo. */
  readonly state: string;
  /** A sentence for whoever started it, beside what the program prints. */
  readonly say: (sentence: string) => void;
  /** Starts the demo here; it is let go of when the program ends. */
  readonly start: () => ReturnType<typeof startDevelopment>;
}

/**
 * Runs a development program: what can be mended is said in a sentence, and whatever was opened is closed when it is
 * told to end. With `lasts` it keeps running after its work, and to be told to end is no failure; otherwise it is one, until
 * the work is done.
 */
export async function runProgram(lasts: boolean, work: (program: Program) => Promise<void>): Promise<void> {
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const open: (() => Promise<unknown>)[] = [];
  let isDone = lasts;
  let closed: Promise<void> | undefined;
  const closeOpen = async (): Promise<void> => {
    // One by one: what is opened meanwhile is closed too.
    for (let close = open.pop(); close; close = open.pop()) await close().catch(() => undefined);
  };
  const closeAll = (): Promise<void> => (closed ??= closeOpen());
  stopOnSignals(closeAll, () => isDone);
  try {
    const dist = dirname(fileURLToPath(import.meta.url));
    const account = await serverAccount();
    const { path: state } = await clusterDirectory(await stateRoot(account), account, "dev", undefined);
    const start = () =>
      startDevelopment({
        root: dirname(dist),
        dist,
        state,
        environment: process.env,
        say,
        onOpen: (close) => open.push(close),
      });
    await work({ state, say, start });
    isDone = true;
    if (lasts) return;
  } catch (error) {
    // Told to end, it is being closed already.
    if (closed) return;
    const isPlain = error instanceof Plain || error instanceof NotOurs;
    say(isPlain ? error.message : ((error as Error).stack ?? String(error)));
    process.exitCode = error instanceof RunsAlready ? 0 : 1;
  }
  await closeAll();
  process.exit();
}
