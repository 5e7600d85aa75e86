import { DRAW_ZONE } from "#kernel/draws.ts";
import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { forgetHelpers } from "#modules/integrity/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import type { StoredEvent } from "#platform/outbox.ts";
import { daysBefore, HELP_KEPT_DAYS, JUDGED_DAYS, LINK_DAYS, OVER_KEPT_DAYS } from "../rules/times.ts";
import {
  addToDay,
  AT_ONCE,
  deleteEntries,
  deleteEntriesBefore,
  deleteHelpsBefore,
  endAndErase,
  insertEntry,
  listHelpersOf,
  lockUnended,
  saveEnded,
} from "../store/entries.ts";
import { listOpeners } from "../store/helps.ts";
import type { HelperId, ReadEntries } from "../types.ts";

/** Persons of an entry that was erased before it was read. */
const ONE = 1;
const FIRST = "00000000-0000-0000-0000-000000000000";

/** Notes which helper's visit made a booking or filed a request, in the transaction that tells of it. */
export async function noteEntries(
  ctx: Context,
  tx: Tx,
  kind: "booking" | "request",
  events: readonly StoredEvent[],
  read: ReadEntries,
): Promise<void> {
  const visits = events.flatMap(({ detail }) => (typeof detail?.["device"] === "string" ? [detail["device"]] : []));
  const openers = new Map((await listOpeners(tx, visits)).map((one) => [one.visitId, one]));
  const helped = events.flatMap((event) => {
    const opener = openers.get(String(event.detail?.["device"]));
    return opener ? [{ event, opener }] : [];
  });
  if (helped.length === 0) return;
  const ids = helped.map(({ event }) => event.subjectId as BookingId);
  const seen = kind === "booking" ? await read(ctx, tx, ids) : [];
  const sizes = new Map<string, number>(seen.map((one) => [one.bookingId, one.persons.length]));
  for (const { event, opener } of helped) {
    const told = event.detail?.["persons"];
    const persons = typeof told === "number" ? told : (sizes.get(event.subjectId) ?? ONE);
    const day = localDateAt(event.at, DRAW_ZONE);
    await insertEntry(tx, {
      ...opener,
      entryId: event.subjectId,
      kind,
      persons: Math.max(ONE, persons),
      madeAt: event.at,
      day,
    });
  }
}

/** What a citizen erased is known here no more. */
export async function forgetEntries(tx: Tx, ids: readonly string[]): Promise<void> {
  await deleteEntries(tx, ids);
}

/** Adds with which helper each booking was made, for the score. */
export async function withHelpers<Seen extends { readonly bookingId: BookingId }>(
  tx: Tx,
  seen: readonly Seen[],
): Promise<(Seen & { readonly helperId: HelperId | null })[]> {
  const links = await listHelpersOf(
    tx,
    seen.map((one) => one.bookingId),
  );
  const helperOf = new Map(links.map((one) => [one.entryId, one.helperId]));
  return seen.map((one) => ({ ...one, helperId: helperOf.get(one.bookingId) ?? null }));
}

/** Counts visits that are over, once each. Returns how many. */
export async function countEnded(ctx: Context, read: ReadEntries): Promise<number> {
  const day = localDateAt(ctx.now, DRAW_ZONE);
  let counted = 0;
  for (let after = FIRST; ;) {
    const some = await transaction(ctx, "worker", async (tx) => {
      const open = await lockUnended(tx, after);
      const helperOf = new Map(open.map((one) => [one.id, one.helperId]));
      for (const one of await read(ctx, tx, [...helperOf.keys()])) {
        const ended = one.ended ?? (one.cancelledAt ? "cancelled" : undefined);
        if (!ended) continue;
        await saveEnded(tx, one.bookingId, ended);
        if (ended === "cancelled") continue;
        await addToDay(tx, helperOf.get(one.bookingId)!, day, ended === "served" ? { kept: 1 } : { missed: 1 });
        counted++;
      }
      return open;
    });
    if (some.length < AT_ONCE) return counted;
    after = some.at(-1)!.id;
  }
}

/** Destroys which entry was made with which helper once thirty days are over, here and in the score. Returns how many. */
export function forgetLinks(ctx: Context): Promise<number> {
  const before = daysBefore(ctx.now, LINK_DAYS);
  return transaction(ctx, "worker", async (tx) => {
    await deleteHelpsBefore(tx, daysBefore(ctx.now, HELP_KEPT_DAYS), before);
    await forgetHelpers(tx, before);
    return deleteEntriesBefore(tx, before);
  });
}

/** Ends registrations whose year is over and erases those whose day has come. Returns how many were erased. */
export function eraseHelpers(ctx: Context): Promise<number> {
  const today: LocalDate = localDateAt(ctx.now, "UTC");
  const dates = { today, askedBefore: daysBefore(ctx.now, JUDGED_DAYS), keptUntil: addDays(today, OVER_KEPT_DAYS) };
  return transaction(ctx, "worker", (tx) => endAndErase(tx, ctx.now, dates));
}
