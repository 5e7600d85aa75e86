import { listRequestsToRekey, repeatKeys } from "#modules/allocation/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { keysOf, type SealedRequest } from "./requests.ts";

/**
 * During a rotation of the claim keys: repeats the keys of every request's people under the newest version, after
 * which the old one may end. New requests write both by themselves. Returns how many were done.
 */
export async function rekeyRequests(ctx: Context): Promise<number> {
  let after = "00000000-0000-0000-0000-000000000000";
  let done = 0;
  for (;;) {
    const from = after;
    const requests = await transaction(ctx, "worker", (tx) => listRequestsToRekey(tx, from));
    if (requests.length === 0) return done;
    after = requests.at(-1)!.id;
    const plain = await ctx.keyring.open(
      requests.map(({ id, sealed }) => ({ field: "allocation.request" as const, row: id, sealed })),
    );
    for (const [i, { id, sealed }] of requests.entries()) {
      if (plain[i] === undefined) continue;
      const keys = await keysOf(ctx, (JSON.parse(plain[i]) as SealedRequest).applicants);
      if (await transaction(ctx, "worker", (tx) => repeatKeys(tx, { id, sealed, keys }))) done += 1;
    }
  }
}
