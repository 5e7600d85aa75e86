import { transaction, type Context } from "#platform/context.ts";
import { writeTold } from "../store/special-days-told.ts";

/** Writes down what the public is first told of each special day, so that a later change is told as one. Returns of how many. */
export function rememberTold(ctx: Context): Promise<number> {
  return transaction(ctx, "worker", (tx) => writeTold(tx));
}
