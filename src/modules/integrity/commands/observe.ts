import { DAY_MS } from "#kernel/time.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import type { StoredEvent } from "#platform/outbox.ts";
import { afterTheRush } from "#platform/rush.ts";
import {
  askToObserve,
  AT_ONCE,
  deleteObserved,
  forgetAsked,
  forgetHelpersBefore,
  listUnended,
  listUnobserved,
  saveObserved,
} from "../store/observations.ts";
import { listContacts } from "../queries/contacts.ts";
import type { ReadObserved } from "../types.ts";

/** Days for which it is known who booked with whom (fairness.md 4.4.4: distinct persons in 90 days). */
export const OBSERVED_DAYS = 90;
/** A contact that is younger when it books is a fresh one (4.4.4, C4). */
const YOUNG_DAYS = 7;

/** Notes which bookings something happened to, in the transaction that tells of it. */
export function observeLater(tx: Tx, events: readonly StoredEvent[]): Promise<void> {
  return askToObserve(
    tx,
    events.map(({ subjectId, detail }) => {
      const device = detail?.["device"];
      return { bookingId: subjectId, deviceId: typeof device === "string" ? device : null };
    }),
  );
}

/** What a contact erased is known here no more, but for what a person signed. */
export function forgetObserved(tx: Tx, bookingIds: readonly string[]): Promise<void> {
  return deleteObserved(tx, bookingIds);
}

/** Looks at every booking that something happened to. After the commit, in the worker: nobody waits for it. Returns how many. */
export async function observe(ctx: Context, read: ReadObserved, stopping?: AbortSignal): Promise<number> {
  for (let done = 0; ;) {
    const some = await transaction(ctx, "worker", async (tx) => {
      const asked = await listUnobserved(tx);
      const observed = await read(
        ctx,
        tx,
        asked.map((one) => one.bookingId),
      );
      const devices = new Map(asked.map((one) => [one.bookingId, one.deviceId]));
      const contacts = await listContacts(tx, [...new Set(observed.map((one) => one.contactId))]);
      const facts = { youngUntilMs: YOUNG_DAYS * DAY_MS, keptDays: OBSERVED_DAYS };
      await saveObserved(tx, observed, devices, new Map(contacts.map((one) => [one.id, one])), facts);
      await forgetAsked(tx, asked);
      return asked.length;
    });
    done += some;
    if (some < AT_ONCE || stopping?.aborted) return done;
    await afterTheRush(stopping);
  }
}

/** A booking that nobody came for announces nothing: those of days that are over are looked at again. */
export function observeEnded(ctx: Context): Promise<void> {
  return transaction(ctx, "worker", async (tx) => {
    const ids = await listUnended(tx, ctx.now);
    await askToObserve(
      tx,
      ids.map((bookingId) => ({ bookingId, deviceId: null })),
    );
  });
}

/** Empties which helper stood behind what was booked before. Returns how many. */
export function forgetHelpers(tx: Tx, before: Date): Promise<number> {
  return forgetHelpersBefore(tx, before);
}
