import { SURVEY_DAYS } from "#kernel/limits.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import type { Context } from "#platform/context.ts";
import { thanksToldAt } from "../rules/reminders.ts";
import { renderThanks } from "../rules/thanks.ts";
import type { ClaimedMessage } from "../store.ts";
import { surveyToken } from "./link-token.ts";
import { bookingOf, HEADERS, type Reach, type Rendering } from "./rendering.ts";

/**
 * Thanks for a visit and asks how it was. On the morning after: whoever filed for another person does not hear at this
 * minute that she stands at a counter (hardening 2). It names neither the office's people nor what was done.
 */
export async function thanksRendering(ctx: Context, row: ClaimedMessage, { channel, to }: Reach): Promise<Rendering> {
  // A call would take somebody's time to ask for more of it; what cannot carry a link asks nothing.
  if (channel === "voice") return { dropped: "no_link" };
  const found = await bookingOf(ctx, row);
  if (!found) return { dropped: "erased" };
  const { booking, office } = found;
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
    link: `${ctx.publicOrigin}/e/${await surveyToken(ctx, booking.id)}`,
    origin: ctx.publicOrigin,
  });
  return { channel, message: { ...wording, id: row.id, to, kind: "thanks", language, headers: HEADERS } };
}
