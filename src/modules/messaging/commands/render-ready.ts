import { folioTail } from "#kernel/folio.ts";
import { transaction, type Context } from "#platform/context.ts";
import { findReady } from "../queries.ts";
import { renderReady } from "../rules/ready.ts";
import { readyToldAt } from "../rules/reminders.ts";
import type { ClaimedMessage } from "../store.ts";
import { linkToken } from "./link-token.ts";
import { bookingOf, HEADERS, wordsOf, type Reach, type Rendering } from "./rendering.ts";

/** Papers wait at the office: told once for what is ready at this moment, and not at all where everything was fetched or taken back. */
export async function readyRendering(ctx: Context, row: ClaimedMessage, { channel, to }: Reach): Promise<Rendering> {
  const found = await bookingOf(ctx, row);
  if (!found) return { dropped: "erased" };
  const { booking, office } = found;
  const waitUntil = readyToldAt(row.queuedAt, booking.localDate, ctx.now, office.zone);
  if (waitUntil > ctx.now) return { waitUntil };
  const { ready, superseded } = await transaction(ctx, "worker", (tx) =>
    findReady(tx, booking.officeId, booking.id, row.sequence),
  );
  if (ready === 0 || superseded) return { dropped: "outdated" };
  const { language } = booking;
  const link = `${ctx.publicOrigin}/c/${await linkToken(ctx, booking.id)}`;
  const wording = wordsOf(channel, booking, ctx.publicOrigin, () =>
    renderReady(channel, {
      language,
      many: ready > 1,
      // At the office, also where the visit was at a venue.
      city: office.shortName[language],
      folioTail: folioTail(booking.folio),
      link,
      origin: ctx.publicOrigin,
    }),
  );
  return { channel, message: { ...wording, id: row.id, to, kind: "documents_ready", language, headers: HEADERS } };
}
