import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds in which a node looks at how busy it is. Own policy: long enough for several batches of bookings. */
const LOOK_MS = 50;
/** Share of these in which its one thread worked; above it, people are waiting for it. Own policy. */
const RUSH_SHARE = 0.6;
/** Milliseconds that work which nobody waits for stands back at a time, so that it ends on any day. Own policy. */
const MOST_MS = 10_000;

/**
 * Resolves when this node has time to spare, and after ten seconds at most. What runs in the background asks
 * between two portions of its work: in the minute when many book at once, the bookings have the machine. A node that is
 * stopping waits for nothing.
 */
export async function afterTheRush(stopping?: AbortSignal, most = MOST_MS): Promise<void> {
  const until = performance.now() + most;
  do {
    const before = performance.eventLoopUtilization();
    await pause(LOOK_MS);
    if (performance.eventLoopUtilization(before).utilization < RUSH_SHARE) return;
  } while (!stopping?.aborted && performance.now() < until);
}
