import type { BookingId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { lockParty } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import { findRight } from "../queries/the-day.ts";
import { visitAfter } from "../rules/visit.ts";
import { lockDay } from "../store/the-day.ts";
import { lockVisitOf } from "../store/visits.ts";
import type { VisitRefusal } from "../types.ts";
import { giveRight } from "./hold.ts";
import { inHall, saveChange } from "./office.ts";

type SentHome = Outcome<BookingId[], Extract<VisitRefusal, { code: "not_allowed" | "nobody_waits" }>>;

/**
 * At the end of a day: who waits in the hall and can be attended to no more goes home with the right to return, before
 * walk-ins, whatever it came by; nobody of them counts as not come. Whoever sits at a counter is attended to. Gives those
 * who went, in the order in which they were asked for; the same again sends nobody twice.
 */
export function sendHome(ctx: Context, { bookings }: { readonly bookings: readonly BookingId[] }): Promise<SentHome> {
  return inHall(ctx, "run_hall", async (hall): Promise<SentHome> => {
    const { tx, officeId, today } = hall;
    // Rights are written by what changes the whole day too: all of them take turns.
    await lockDay(tx, officeId);
    const gone = new Set<BookingId>();
    for (const bookingId of [...new Set(bookings)].sort()) {
      const visit = await lockVisitOf(tx, officeId, bookingId);
      if (visit?.localDate !== today || visit.turnNo === null || !visitAfter(visit.state, "leave")) continue;
      const party = await lockParty(tx, officeId, bookingId);
      if (party?.state !== "active") continue;
      if (!(await findRight(tx, officeId, bookingId))) await giveRight(tx, hall, party, ctx.now);
      await saveChange(ctx, tx, "visit.go_home", { ...visit, state: "left", counter: null, recordedAt: null });
      gone.add(bookingId);
    }
    return gone.size > 0 ? accept(bookings.filter((one) => gone.delete(one))) : refuse({ code: "nobody_waits" });
  });
}
