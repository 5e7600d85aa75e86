import type { BookingId } from "#kernel/ids.ts";
import { getBookingForMessage } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { ContactAddress } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { renderDiscreet } from "../rules/discreet.ts";
import type { ClaimedMessage } from "../store.ts";
import type { Language, RenderedMessage, SenderChannel, Wording } from "../types.ts";

/** What to do with a row: send this, forget it and why, or wait for a decent hour. */
export type Rendering =
  | {
      readonly channel: SenderChannel;
      readonly message: RenderedMessage;
      /** Tried before the channel: where she writes to us herself, unless she asked us not to. */
      readonly before?: "whatsapp" | undefined;
    }
  | { readonly dropped: string }
  | { readonly waitUntil: Date };

/** Nobody answers these addresses, and no holiday note should answer them. */
export const HEADERS = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };

/** Where a contact can be written to, and in which language. */
export interface Reach {
  readonly channel: SenderChannel;
  readonly to: string;
  readonly language: Language;
}

/** Why a contact cannot be written to: a paper card has no address, one that was erased neither. */
export function reachOf(contact: ContactAddress | undefined): Reach | { readonly dropped: string } {
  if (contact?.kind === "card") return { dropped: "card" };
  if (contact?.address === undefined) return { dropped: "no_address" };
  const { kind: channel, address: to, language } = contact;
  // Of whoever writes by WhatsApp the words are those of an SMS, and by SMS they go where WhatsApp does not take them.
  if (channel === "whatsapp") return { channel: "sms", to, language };
  return channel === "email" || channel === "sms" || channel === "voice"
    ? { channel, to, language }
    : { dropped: "no_sender" };
}

/** The booking that a row is about, with its office; undefined once it was erased. */
export async function bookingOf(ctx: Context, { subjectId }: ClaimedMessage) {
  const [booking, network] = await Promise.all([getBookingForMessage(ctx, subjectId as BookingId), getNetwork(ctx)]);
  const office = booking && network.officeById.get(booking.officeId);
  return booking && office ? { booking, office, network } : undefined;
}

/** The words of a booking, or, when its situation is delicate, only that there is a notice: the same whatever happened. */
export function wordsOf(
  channel: SenderChannel,
  booking: { readonly delicate: boolean; readonly language: Language },
  origin: string,
  words: () => Wording,
): Wording {
  if (!booking.delicate) return words();
  const { language } = booking;
  return renderDiscreet(channel, { language, link: `${origin}${language === "en" ? "/en" : ""}/aviso` });
}
