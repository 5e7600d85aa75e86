import { readLinkToken } from "#modules/messaging/index.ts";
import { readQrToken } from "#channels/documents/qr-token.ts";
import type { BookingId } from "#kernel/ids.ts";
import { appointmentUrls } from "../urls.ts";
import { goTo, type Answer, type Arrival, type Route } from "../visit/visit.tsx";
import { page } from "./open.page.tsx";

type ReadToken = (ctx: Arrival["ctx"], token: string) => Promise<BookingId | undefined>;

/**
 * A link of a message, or the code on a slip. Mail programs open links by themselves: it shows the door
 * and changes nothing. Only to a visit that may see the booking anyway does it say which one it is; an
 * invented token and a true one look alike.
 */
async function behindToken(arrival: Arrival, read: ReadToken): Answer {
  const { token } = arrival.request.params as { token: string };
  const bookingId = await read(arrival.ctx, token);
  const known =
    arrival.session?.contactId !== undefined && bookingId !== undefined && arrival.draft.opened.includes(bookingId);
  if (known) return goTo(arrival, appointmentUrls.booking(bookingId)(arrival.language));
  return page(arrival, { behindLink: true });
}

export const messageLinkPage: Route<Arrival> = {
  path: "/c/:token",
  get: (arrival) => behindToken(arrival, readLinkToken),
};
export const slipCodePage: Route<Arrival> = { path: "/q/:token", get: (arrival) => behindToken(arrival, readQrToken) };
