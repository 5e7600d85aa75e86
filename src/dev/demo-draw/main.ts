import { Plain } from "../plain.ts";
import { runProgram } from "../program.ts";
import { findRunning } from "../running.ts";
import { PLAY_URL, PLAYED_URL, type Played } from "./routes.ts";

/** `npm run demo:draw`: plays a draw in the demo that runs, or in one that it starts for that and ends again. */
await runProgram(false, async ({ state, say, start }) => {
  const address = (await findRunning(state)) ?? (await startForThis());
  const answer = await fetch(`${address}${PLAY_URL}`, { method: "POST", headers: { origin: address } });
  if (!answer.ok || !answer.body) throw new Plain(`The demo at ${address} does not know this. Stop it, and try again.`);
  for await (const chunk of answer.body) process.stdout.write(chunk);
  // A draw that was refused or broke off has said so; whoever waits for this command must know it too.
  const { playing, refusal, failed } = (await (await fetch(`${address}${PLAYED_URL}`)).json()) as Played;
  if (playing || refusal !== null || failed) process.exitCode = 1;

  async function startForThis(): Promise<string> {
    say("The demo does not run; starting it for this.");
    const { origin, settled } = await start();
    await settled;
    return origin;
  }
});
