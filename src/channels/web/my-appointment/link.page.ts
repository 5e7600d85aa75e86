import { readLinkToken } from "#modules/messaging/index.ts";
import { readQrToken } from "#channels/documents/qr-token.ts";
import type { BookingId } from "#kernel/ids.ts";
import { appointmentUrls } from "../urls.ts";
import { goTo, type Answer, type Arrival, type Route } from "../visit/visit.tsx";
import { page, type Door } from "./open.page.tsx";

/**
 * A link of a message, or the code on a slip. Mail programs open links by themselves: it shows the door
 * and changes nothing. Only to a visit that may see the booking anyway does it say which one it is. Of a
 * link an invented token and a true one look alike; of a slip the signature is told, and nothing else:
 * whoever bought a paper sees whether we made it, and of a booking that never was or is over the same.
 */
async function behindToken(arrival: Arrival, bookingId: BookingId | undefined, door: Door): Answer {
  const known =
    arrival.session?.contactId !== undefined && bookingId !== undefined && arrival.draft.opened.includes(bookingId);
  if (known) return goTo(arrival, appointmentUrls.booking(bookingId)(arrival.language));
  return page(arrival, { ...door, behindLink: true });
}

export const messageLinkPage: Route<Arrival> = {
  path: "/c/:token",
  get: async (arrival) => behindToken(arrival, await readLinkToken(arrival.ctx, tokenOf(arrival)), {}),
};
export const slipCodePage: Route<Arrival> = {
  path: "/q/:token",
  async get(arrival) {
    const bookingId = await readQrToken(arrival.ctx, tokenOf(arrival));
    return behindToken(arrival, bookingId, { slip: bookingId === undefined ? "invented" : "genuine" });
  },
};

function tokenOf({ request }: Arrival): string {
  return (request.params as { token: string }).token;
}
