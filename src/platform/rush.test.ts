import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { afterTheRush } from "./rush.ts";

const MOST_MS = 250;

/** Keeps the thread busy, a little at a time, until told to stop. */
function hurry(): () => void {
  let stopped = false;
  const turn = (): void => {
    for (const until = performance.now() + 5; performance.now() < until;);
    if (!stopped) setImmediate(turn);
  };
  turn();
  return () => (stopped = true);
}

test("what nobody waits for stands back while the node is busy, but not for ever", async () => {
  const stop = hurry();
  const began = performance.now();
  await afterTheRush(undefined, MOST_MS);
  stop();
  expect(performance.now() - began).toBeGreaterThanOrEqual(MOST_MS);
});

test("when the rush is over it goes on at once", async () => {
  const stop = hurry();
  const began = performance.now();
  const waited = afterTheRush(undefined, 60_000);
  setTimeout(stop, MOST_MS);
  await waited;
  expect(performance.now() - began).toBeGreaterThanOrEqual(MOST_MS);
});

test("a node that is stopping waits for nothing", async () => {
  const stop = hurry();
  const began = performance.now();
  await afterTheRush(AbortSignal.abort(), 60_000);
  stop();
  expect(performance.now() - began).toBeLessThan(10_000);
});
