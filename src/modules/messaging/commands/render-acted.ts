import type { BookingId } from "#kernel/ids.ts";
import { getBookingForMessage } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { ContactAddress } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { renderActed } from "../rules/acted.ts";
import { thanksToldAt } from "../rules/reminders.ts";
import type { ClaimedMessage } from "../store.ts";
import { linkToken } from "./link-token.ts";
import { HEADERS, reachOf, wordsOf, type Rendering } from "./rendering.ts";

/**
 * Tells a contact that staff opened or changed the file. On the next morning, like thanks: whoever filed for another
 * person does not hear at this minute that she asked about it (hardening 2).
 */
export async function actedRendering(
  ctx: Context,
  row: ClaimedMessage,
  contact: ContactAddress | undefined,
): Promise<Rendering> {
  const reach = reachOf(contact);
  if ("dropped" in reach) return reach;
  const { channel, to } = reach;
  const bookingId = row.subjectId as BookingId;
  const [booking, network] = await Promise.all([getBookingForMessage(ctx, bookingId), getNetwork(ctx)]);
  const office = booking && network.officeById.get(booking.officeId);
  if (!booking || !office) return { dropped: "erased" };
  const waitUntil = thanksToldAt(row.queuedAt, ctx.now, office.zone);
  if (waitUntil > ctx.now) return { waitUntil };
  const { language } = booking;
  const link = `${ctx.publicOrigin}/c/${await linkToken(ctx, bookingId)}`;
  const wording = wordsOf(channel, booking, ctx.publicOrigin, () =>
    renderActed(channel, { language, link, origin: ctx.publicOrigin }),
  );
  return { channel, message: { ...wording, id: row.id, to, kind: "staff_acted", language, headers: HEADERS } };
}
