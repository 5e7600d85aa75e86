import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { stopOnSignals } from "#app/signals.ts";
import { NotOurs } from "#platform/db/index.ts";
import { Plain } from "../plain.ts";
import { serverAccount } from "../postgres/account.ts";
import { clusterDirectory, stateRoot } from "../postgres/directory.ts";
import { findRunning } from "../running.ts";
import { startDevelopment } from "../start.ts";
import { PLAY_URL } from "./routes.ts";

/** `npm run demo:draw`: plays a draw in the demo that runs, or in one that it starts for that and ends again. */
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
  const address = (await findRunning(path)) ?? (await startForThis(dist, path));
  const answer = await fetch(`${address}${PLAY_URL}`, { method: "POST", headers: { origin: address } });
  if (!answer.ok || !answer.body) throw new Plain(`The demo at ${address} does not know this. Stop it, and try again.`);
  for await (const chunk of answer.body) process.stdout.write(chunk);
} catch (error) {
  if (!stopping) {
    say(error instanceof Plain || error instanceof NotOurs ? error.message : ((error as Error).stack ?? String(error)));
    process.exitCode = 1;
  }
}
await closeAll();
process.exit();

async function startForThis(dist: string, state: string): Promise<string> {
  say("The demo does not run; starting it for this.");
  const { origin, settled } = await startDevelopment({
    root: dirname(dist),
    dist,
    state,
    environment: process.env,
    say,
    onOpen: (close) => open.push(close),
  });
  await settled;
  return origin;
}
