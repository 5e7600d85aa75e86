import { folioTail } from "#kernel/folio.ts";
import { localDateAt } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { findDay, type DayOfBooking } from "../queries.ts";
import { renderDay } from "../rules/render-day.ts";
import type { ClaimedMessage } from "../store.ts";
import type { DayMessageKind } from "../types.ts";
import { linkToken } from "./link-token.ts";
import { bookingOf, HEADERS, wordsOf, type Reach, type Rendering } from "./rendering.ts";

/** A message of a day that goes wrong: at once, whatever the hour, on that day only, and what is so at this moment. */
export async function dayRendering(
  ctx: Context,
  row: ClaimedMessage & { readonly kind: DayMessageKind },
  { channel, to }: Reach,
): Promise<Rendering> {
  const found = await bookingOf(ctx, row);
  if (!found) return { dropped: "erased" };
  const { booking, office } = found;
  if (booking.state !== "active" || booking.displaced) return { dropped: "outdated" };
  if (localDateAt(ctx.now, office.zone) !== booking.localDate) return { dropped: "too_late" };
  const day = await transaction(ctx, "worker", (tx) => findDay(tx, booking.officeId, booking.id, row));
  const at = hourTold(row.kind, day, booking.startsAt, ctx.now);
  if (!at) return { dropped: "outdated" };
  const { language } = booking;
  const link = `${ctx.publicOrigin}/c/${await linkToken(ctx, booking.id)}`;
  const wording = wordsOf(channel, booking, ctx.publicOrigin, () =>
    renderDay(channel, {
      kind: row.kind,
      language,
      at,
      own: row.kind === "day_hour" && at.getTime() === booking.startsAt.getTime(),
      zone: office.zone,
      city: booking.specialDay?.venue?.city ?? office.shortName[language],
      venue: booking.specialDay?.venue ?? undefined,
      folioTail: folioTail(booking.folio),
      returnUntil: day?.returnUntil ?? undefined,
      link,
      origin: ctx.publicOrigin,
    }),
  );
  return {
    channel,
    message: { ...wording, id: row.id, to, kind: row.kind, language, headers: HEADERS },
  };
}

/**
 * The hour of which the message speaks; undefined when it is not so any more, when the party stands in the hall, and when
 * it puts right what nobody was told.
 */
function hourTold(kind: DayMessageKind, day: DayOfBooking | undefined, own: Date, now: Date): Date | undefined {
  if (!day || day.arrived || day.superseded) return undefined;
  switch (kind) {
    case "day_suspended":
      // No news came at that hour: another one is told as soon as there is one.
      return day.newsAt && day.newsAt > now ? day.newsAt : undefined;
    case "day_resumed":
      return day.newsAt === null && day.backAt && day.toldBefore ? now : undefined;
    case "day_hour":
      // Whoever is to stay at home is told no hour.
      if (day.newsAt !== null || !day.expectedAt || day.expectedAt <= now) return undefined;
      return day.toldBefore || day.expectedAt.getTime() !== own.getTime() ? day.expectedAt : undefined;
  }
}
