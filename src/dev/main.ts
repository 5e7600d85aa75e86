import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { stopOnSignals } from "#app/signals.ts";
import { NotOurs } from "#platform/db/index.ts";
import { announce } from "./announce.ts";
import { Plain } from "./plain.ts";
import { serverAccount } from "./postgres/account.ts";
import { clusterDirectory, stateRoot } from "./postgres/directory.ts";
import { RunsAlready } from "./running.ts";
import { startDevelopment } from "./start.ts";

/** `npm start`: a demo installation on this computer alone. */
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const open: (() => Promise<unknown>)[] = [];
let stopping = false;

async function closeAll(): Promise<void> {
  stopping = true;
  for (const close of open.splice(0).reverse()) await close().catch(() => undefined);
}
stopOnSignals(closeAll);

try {
  const dist = dirname(fileURLToPath(import.meta.url));
  const account = await serverAccount();
  const { path } = await clusterDirectory(await stateRoot(account), account, "dev", undefined);
  const development = await startDevelopment({
    root: dirname(dist),
    dist,
    state: path,
    environment: process.env,
    say,
    onOpen: (close) => open.push(close),
  });
  process.stdout.write(announce(development));
} catch (error) {
  if (!stopping) {
    say(error instanceof Plain || error instanceof NotOurs ? error.message : ((error as Error).stack ?? String(error)));
    process.exitCode = error instanceof RunsAlready ? 0 : 1;
    await closeAll();
    process.exit();
  }
}
