import type { Context } from "#platform/context.ts";
import { renderActed } from "../rules/acted.ts";
import { thanksToldAt } from "../rules/reminders.ts";
import type { ClaimedMessage } from "../store.ts";
import { linkToken } from "./link-token.ts";
import { bookingOf, HEADERS, wordsOf, type Reach, type Rendering } from "./rendering.ts";

/**
 * Tells a contact that staff opened or changed the file. On the next morning, like thanks: whoever filed for another
 * person does not hear at this minute that she asked about it (hardening 2).
 */
export async function actedRendering(ctx: Context, row: ClaimedMessage, { channel, to }: Reach): Promise<Rendering> {
  const found = await bookingOf(ctx, row);
  if (!found) return { dropped: "erased" };
  const { booking, office } = found;
  const waitUntil = thanksToldAt(row.queuedAt, ctx.now, office.zone);
  if (waitUntil > ctx.now) return { waitUntil };
  const { language } = booking;
  const link = `${ctx.publicOrigin}/c/${await linkToken(ctx, booking.id)}`;
  const wording = wordsOf(channel, booking, ctx.publicOrigin, () =>
    renderActed(channel, { language, link, origin: ctx.publicOrigin }),
  );
  return { channel, message: { ...wording, id: row.id, to, kind: "staff_acted", language, headers: HEADERS } };
}
