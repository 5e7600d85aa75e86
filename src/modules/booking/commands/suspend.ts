import type { ContactId } from "#kernel/ids.ts";
import type { Tx } from "#platform/context.ts";
import { saveSuspensions } from "../store/counters.ts";

/**
 * Closes the own form of contacts until an instant, or opens it again (role worker): what they begin new is refused,
 * what stands stays, and whoever calls or comes with one of them is served like anybody.
 */
export function suspendContacts(
  tx: Tx,
  suspensions: readonly { readonly contactId: ContactId; readonly until: Date | null }[],
): Promise<void> {
  return saveSuspensions(tx, suspensions);
}
