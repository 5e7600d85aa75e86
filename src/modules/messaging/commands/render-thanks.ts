import type { BookingId } from "#kernel/ids.ts";
import { SURVEY_DAYS } from "#kernel/limits.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { getBookingForMessage } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { ContactAddress } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { thanksToldAt } from "../rules/reminders.ts";
import { renderThanks } from "../rules/thanks.ts";
import type { ClaimedMessage } from "../store.ts";
import { surveyToken } from "./link-token.ts";
import { HEADERS, reachOf, type Rendering } from "./rendering.ts";

/**
 * Thanks for a visit and asks how it was. On the morning after: whoever filed for another person does not hear at this
 * minute that she stands at a counter (hardening 2). It names neither the office's people nor what was done.
 */
export async function thanksRendering(
  ctx: Context,
  row: ClaimedMessage,
  contact: ContactAddress | undefined,
): Promise<Rendering> {
  const reach = reachOf(contact);
  if ("dropped" in reach) return reach;
  const { channel, to } = reach;
  // A call would take somebody's time to ask for more of it; what cannot carry a link asks nothing.
  if (channel === "voice") return { dropped: "no_link" };
  const bookingId = row.subjectId as BookingId;
  const [booking, network] = await Promise.all([getBookingForMessage(ctx, bookingId), getNetwork(ctx)]);
  const office = booking && network.officeById.get(booking.officeId);
  if (!booking || !office) return { dropped: "erased" };
  if (booking.delicate) return { dropped: "delicate" };
  if (booking.state !== "completed") return { dropped: "outdated" };
  const waitUntil = thanksToldAt(row.queuedAt, ctx.now, office.zone);
  if (waitUntil > ctx.now) return { waitUntil };
  // The right to return may have brought it days after its own: what counts is when it was served.
  if (localDateAt(ctx.now, office.zone) > addDays(localDateAt(row.queuedAt, office.zone), SURVEY_DAYS))
    return { dropped: "too_late" };
  const { language } = booking;
  const wording = renderThanks(channel, {
    language,
    city: booking.specialDay?.venue?.city ?? office.shortName[language],
    link: `${ctx.publicOrigin}/e/${await surveyToken(ctx, bookingId)}`,
    origin: ctx.publicOrigin,
  });
  return { channel, message: { ...wording, id: row.id, to, kind: "thanks", language, headers: HEADERS } };
}
