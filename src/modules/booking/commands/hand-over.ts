import type { ContactId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { addPeople, setHolds } from "../store/counters.ts";
import type { Held } from "./bookings.ts";

/** The hold of one contact becomes another's of the same person: of the account that she made meanwhile. */
export function handOverHold(
  ctx: Context,
  { from, to, held, extended }: { from: ContactId; to: ContactId; held: Held; extended: boolean },
): Promise<void> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    // Both rows in the order of their ids, like every batch.
    const counters = await addPeople(
      tx,
      new Map([
        [from, 0],
        [to, 0],
      ]),
    );
    if (counters.find((one) => one.contactId === from)?.holdId !== held.holdId) return;
    await setHolds(tx, [
      { contactId: from, holdId: null, until: null },
      { contactId: to, holdId: held.holdId, until: held.heldUntil, final: extended },
    ]);
  });
}
