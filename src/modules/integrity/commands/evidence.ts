import type { Context, Tx } from "#platform/context.ts";
import { deleteEvidence, insertEvidence } from "../store/evidence.ts";
import type { Resale } from "../types.ts";

/**
 * Hard evidence (E1): these contacts stand in a resale advert that a person confirmed. Their bookings are scored anew. Twice
 * for one contact and advert is once.
 */
export function recordResale(ctx: Pick<Context, "now">, tx: Tx, resales: readonly Resale[]): Promise<void> {
  return insertEvidence(tx, resales, ctx.now);
}

/** The advert was dismissed after all; what another advert says of the contact stays. */
export function forgetResale(tx: Tx, resales: readonly Resale[]): Promise<void> {
  return deleteEvidence(tx, resales);
}
