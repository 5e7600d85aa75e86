import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { coalesce } from "../coalesce.ts";
import type { Context, Services } from "../context.ts";
import type { Taken } from "./gcra.ts";
import { takeMany, type Ask } from "./store.ts";
import type { LimitName } from "./table.ts";

export { forgetLimits } from "./store.ts";
export { LIMITS } from "./table.ts";

/** Key of a budget that is everybody's together. */
export const EVERYBODY = "00000000-0000-0000-0000-000000000000";

/** More than a budget has, for now. */
export interface TooOften {
  readonly code: "too_often";
  /** Seconds until it is answered again. */
  readonly retryAfter: number;
}

const queues = new WeakMap<object, (ask: Ask) => Promise<Taken>>();

/**
 * Takes one from a budget that all nodes share, whatever comes of the request: in a transaction of its own, so that a
 * refused or failed one counts too. Those of many requests are taken together.
 */
export async function takeOne(
  ctx: Pick<Context, "database" | "now" | "unlimited">,
  limit: LimitName,
  key: string,
): Promise<Outcome<true, TooOften>> {
  if (ctx.unlimited) return accept(true);
  const taken = await queueOf(ctx)({ limit, key, now: ctx.now });
  if (taken.ok) return accept(true);
  return refuse({
    code: "too_often",
    retryAfter: Math.max(1, Math.ceil((taken.retryAt - ctx.now.getTime()) / 1_000)),
  });
}

function queueOf({ database }: Pick<Services, "database">): (ask: Ask) => Promise<Taken> {
  let own = queues.get(database);
  if (!own) {
    // A budget that forgets half a second when a machine dies lets a few more through; waiting for the disk cost every request.
    own = coalesce<Ask, Taken>({ database, role: "citizen_writer", many: takeMany, mayBeLost: true });
    queues.set(database, own);
  }
  return own;
}
