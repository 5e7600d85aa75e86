import type { BookingId, ContactId, LocalDate } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { HOUR_MS, localDateAt } from "#kernel/time.ts";
import { listRequestsToRekey, repeatKeys } from "#modules/allocation/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { bookingEvent } from "../events.ts";
import { getBooking } from "../queries/booking.ts";
import { COOL_DOWN_HOURS } from "../rules/changes.ts";
import { curpKeyText, nameKeyText } from "../rules/names.ts";
import { CHANGE_UNTIL_HOURS, mayErase } from "../rules/states.ts";
import { forgetCancels } from "../store/cool-down.ts";
import {
  AT_ONCE,
  deleteBookingsToErase,
  deleteOwnBooking,
  listBookingsToRekey,
  repeatClaims,
  setFolioDigests,
  type BookingToRekey,
} from "../store/retention.ts";
import type { ApplicantDetails } from "../types.ts";
import { cancelBooking } from "./change.ts";
import type { SealedBooking } from "./prepare.ts";
import { keysOf, type SealedRequest } from "./requests.ts";

/** Erases bookings whose time has come, and what a cancellation left. Returns how many, which is a figure without persons. */
export async function eraseBookings(ctx: Context): Promise<number> {
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  const meaningless = new Date(ctx.now.getTime() - COOL_DOWN_HOURS * HOUR_MS);
  await inPages(ctx, (tx) => forgetCancels(tx, meaningless));
  return inPages(ctx, (tx) => deleteBookingsToErase(tx, today));
}

export type EraseRefusal =
  | { readonly code: "too_late"; readonly hours: number }
  | { readonly code: "day_open" }
  /** Another's, an unknown and an erased one alike. */
  | { readonly code: "unknown_booking" };

/**
 * Erases a party at once, as its contact asks: its people, answers, hours and claims. What is to come is cancelled
 * first, by its own command and with its own consequences. A second time finds nothing to erase. If the program dies
 * between the two steps, the party is cancelled, and asking again erases it.
 */
export async function eraseOwnBooking(
  ctx: Context,
  request: { readonly contactId: ContactId; readonly bookingId: BookingId },
): Promise<Outcome<undefined, EraseRefusal>> {
  const { contactId, bookingId } = request;
  const view = await getBooking(ctx, contactId, bookingId);
  if (!view) return refuse({ code: "unknown_booking" });
  const zone = (await getNetwork(ctx)).officeById.get(view.officeId)!.zone;
  const may = mayErase(view, ctx.now, localDateAt(ctx.now, zone));
  if (may === "day_open") return refuse({ code: may });
  if (may !== "at_once") {
    const cancelled = await cancelBooking(ctx, request);
    if (!cancelled.ok) return refuse({ code: "too_late", hours: CHANGE_UNTIL_HOURS });
  }
  const [subject] = await ctx.keyring.digest("subject", [bookingId]);
  return transaction(ctx, "worker", async (tx) => {
    if (!(await deleteOwnBooking(tx, contactId, bookingId))) return refuse({ code: "unknown_booking" });
    await insertEvents(tx, [bookingEvent("booking.erased", view, ctx.now)]);
    await insertAudit(tx, [
      { ...ctx, at: ctx.now, action: "booking.erase", officeId: view.officeId, subject: subject![0]!.digest },
    ]);
    return accept(undefined);
  });
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
