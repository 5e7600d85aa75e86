import { parseFolio } from "#kernel/folio.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { deleteAbsences, deleteAbsencesBefore, insertAbsence, lockSaid, settleAbsence } from "../store/absences.ts";
import { releaseBookings } from "./change.ts";

/** Days for which a place waits for whoever was detained: a case before an immigration judge is seldom shorter. */
export const RETURN_DAYS = 180;
/** Looked up in one transaction. */
const AT_ONCE = 100;

/**
 * A relative says that whoever has this appointment was detained (people.md 11): the folio in hand is what it takes, as
 * on paper at the door. Nothing is looked up now, so that neither answer nor time tells whether such an appointment is
 * there; only a slip of the pen is told, which follows from the folio itself.
 */
export async function sayDetained(ctx: Context, typed: string): Promise<Outcome<null, { code: "folio_mistyped" }>> {
  const folio = parseFolio(typed);
  if (!folio) return refuse({ code: "folio_mistyped" });
  const [digests] = await ctx.keyring.digest("folio", [folio]);
  await transaction(ctx, "citizen_writer", (tx) =>
    insertAbsence(tx, {
      id: newId<string>(),
      folioKeys: digests!.map((one) => one.digest),
      at: ctx.now,
      channel: ctx.channel,
      eraseAfter: addDays(localDateAt(ctx.now, "UTC"), RETURN_DAYS),
    }),
  );
  return accept(null);
}

/**
 * Looks up what was said: the place goes back, without a wait, a move counted or a line in anybody's score, and the
 * contact is told. A delicate one stands, for whoever is feared may have seen the paper; what is no booking to come is
 * forgotten. Runs again until nothing is left. Returns how many places went back.
 */
export async function settleAbsences(ctx: Context): Promise<number> {
  let released = 0;
  for (;;) {
    const said = await transaction(ctx, "worker", async (tx) => {
      const found = await lockSaid(tx, ctx.now, AT_ONCE);
      const open = found.filter((one) => one.ahead && !one.delicate);
      for (const { id, bookingId } of open) await settleAbsence(tx, { id, bookingId: bookingId!, state: "released" });
      for (const { id, bookingId, delicate, ahead } of found)
        if (ahead && delicate) await settleAbsence(tx, { id, bookingId: bookingId!, state: "left" });
      await deleteAbsences(
        tx,
        found.filter((one) => !one.ahead).map((one) => one.id),
      );
      await releaseBookings(ctx, tx, [...new Set(open.map((one) => one.bookingId!))], {
        event: "booking.absent",
        action: "booking.detained",
      });
      released += open.length;
      return found.length;
    });
    if (said < AT_ONCE) break;
  }
  await transaction(ctx, "worker", (tx) => deleteAbsencesBefore(tx, localDateAt(ctx.now, "UTC")));
  return released;
}
