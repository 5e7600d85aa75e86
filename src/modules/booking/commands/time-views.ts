import { accept, type Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import type { ContactId, LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { listTimes, type Need, type SpecialDayId, type TimeOffer } from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { takeOne, type TooOften } from "#platform/limits/index.ts";
import { countTimeView, deleteTimeViewsBefore } from "../store/time-views.ts";

export * from "../queries/time-views.ts";

/** Days for which it is known how often a contact looked: a week, the rhythm in which a watcher would show. */
const VIEWS_KEPT_DAYS = 7;

/**
 * The exact starts of a day at which the whole party fits, for a verified contact. Each look is counted
 * before anything is shown (hardening 20): whoever wants to watch one office after another shows in the
 * figures, and has a budget. The count is no part of a booking.
 */
export async function viewTimes(
  ctx: Context,
  contactId: ContactId,
  wanted: {
    readonly officeId: OfficeId;
    readonly localDate: LocalDate;
    readonly specialDayId?: SpecialDayId | undefined;
    readonly needs: readonly Need[];
    readonly roomOf?: ServiceGroup;
  },
): Promise<Outcome<TimeOffer[], TooOften>> {
  const taken = await takeOne(ctx, "times", contactId);
  if (!taken.ok) return taken;
  // A day of the counts begins everywhere at the same instant, as the release of places does.
  const on = localDateAt(ctx.now, "UTC");
  await transaction(ctx, "citizen_writer", (tx) =>
    countTimeView(tx, { contactId, on, eraseAfter: addDays(on, VIEWS_KEPT_DAYS) }),
  );
  return accept(await listTimes(ctx, wanted));
}

/** Deletes the counts of days long over. Returns how many. */
export function eraseTimeViews(ctx: Context): Promise<number> {
  return transaction(ctx, "worker", (tx) => deleteTimeViewsBefore(tx, localDateAt(ctx.now, "UTC")));
}
