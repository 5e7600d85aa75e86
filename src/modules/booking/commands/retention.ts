import type { LocalDate } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { COOL_DOWN_HOURS } from "../rules/changes.ts";
import { curpKeyText, nameKeyText } from "../rules/names.ts";
import { forgetCancels } from "../store/cool-down.ts";
import {
  AT_ONCE,
  deleteBookingsToErase,
  listBookingsToRekey,
  repeatClaims,
  setFolioDigests,
  type BookingToRekey,
} from "../store/retention.ts";
import type { ApplicantDetails } from "../types.ts";
import type { SealedBooking } from "./prepare.ts";

/** Erases bookings whose time has come, and what a cancellation left. Returns how many, which is a figure without persons. */
export async function eraseBookings(ctx: Context): Promise<number> {
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  const meaningless = new Date(ctx.now.getTime() - COOL_DOWN_HOURS * HOUR_MS);
  await inPages(ctx, (tx) => forgetCancels(tx, meaningless));
  return inPages(ctx, (tx) => deleteBookingsToErase(tx, today));
}

/** Until a page is not full; each by itself. Returns how many in all. */
async function inPages(ctx: Context, sweep: (tx: Tx) => Promise<number>): Promise<number> {
  let done = 0;
  for (;;) {
    const some = await transaction(ctx, "worker", sweep);
    done += some;
    if (some < AT_ONCE) return done;
  }
}

/**
 * During a rotation of the claim keys or of the folio's: repeats every claim and folio under the newest version,
 * after which the old one may end. New bookings write both by themselves. Returns how many were done.
 */
export async function rekeyBookings(ctx: Context): Promise<number> {
  let after = "00000000-0000-0000-0000-000000000000";
  let done = 0;
  for (;;) {
    const from = after;
    const bookings = await transaction(ctx, "worker", (tx) => listBookingsToRekey(tx, from));
    if (bookings.length === 0) return done;
    after = bookings.at(-1)!.id;
    await rekey(ctx, bookings);
    done += bookings.length;
  }
}

async function rekey(ctx: Context, bookings: readonly BookingToRekey[]): Promise<void> {
  const people = bookings.flatMap((booking) =>
    (booking.applicants ?? []).map((person) => ({ ...person, bookingId: booking.id })),
  );
  const [opened, details] = await Promise.all([
    ctx.keyring.open(bookings.map((one) => ({ field: "booking.booking" as const, row: one.id, sealed: one.sealed }))),
    ctx.keyring.open(
      people.map((one) => ({
        field: "booking.applicant" as const,
        row: one.id,
        sealed: Buffer.from(one.sealed, "base64"),
      })),
    ),
  ]);
  const readable = people.flatMap((person, i) =>
    details[i] === undefined ? [] : [{ ...person, details: JSON.parse(details[i]) as ApplicantDetails }],
  );
  const folios = bookings.flatMap((booking, i) =>
    opened[i] === undefined ? [] : [{ id: booking.id, folio: (JSON.parse(opened[i]) as SealedBooking).folio }],
  );
  const curps = readable.map((one) => curpKeyText(one.details));
  const [names, curpDigests, folioDigests] = await Promise.all([
    ctx.keyring.digest(
      "claim.name",
      readable.map((one) => nameKeyText(one.details)),
    ),
    ctx.keyring.digest(
      "claim.curp",
      curps.map((one) => one ?? ""),
    ),
    ctx.keyring.digest(
      "folio",
      folios.map((one) => one.folio),
    ),
  ]);
  const keys = readable.flatMap(({ bookingId, ordinal }, i) => {
    const curpKey = curps[i] === undefined ? null : curpDigests[i]![0]!;
    const name = {
      bookingId,
      ordinal,
      kind: "name" as const,
      key: names[i]![0]!.digest,
      version: names[i]![0]!.version,
      curpKey: curpKey?.digest ?? null,
    };
    return curpKey
      ? [
          name,
          { bookingId, ordinal, kind: "curp" as const, key: curpKey.digest, version: curpKey.version, curpKey: null },
        ]
      : [name];
  });
  await transaction(ctx, "worker", async (tx) => {
    await repeatClaims(tx, keys);
    await setFolioDigests(
      tx,
      folios.map((one, i) => ({ id: one.id, digest: folioDigests[i]![0]!.digest })),
    );
  });
}
