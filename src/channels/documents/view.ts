import { initialsOf } from "#kernel/text.ts";

/** What a confirmation says, in the reader's language and ready to print. Whoever shows it has checked who asks. */
export interface ConfirmationView {
  readonly language: "es" | "en";
  /** Only becomes the calendar entry's id. */
  readonly bookingId: string;
  /** In its groups: `7K3M-9QXA-2B4CD`. */
  readonly folio: string;
  readonly office: {
    readonly name: string;
    readonly city: string;
    /** Empty while the address is being confirmed. */
    readonly addressLines: readonly string[];
    readonly mapUrl: string | undefined;
    /** That it is not the consulate's building; below the address. */
    readonly note?: string | undefined;
    /** Which door; may be empty. */
    readonly wayIn?: string | undefined;
    /** IANA. */
    readonly zone: string;
  };
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** `jueves 3 de diciembre de 2026` */
  readonly dateText: string;
  /** `10:30 a.m. PST` */
  readonly timeText: string;
  readonly people: readonly { readonly name: string; readonly services: readonly string[] }[];
  /** What to bring, a line for each paper. */
  readonly bring: readonly string[];
  /** With the fee of the year of the visit. */
  readonly fees: readonly { readonly label: string; readonly amount: string }[];
  readonly total: string | undefined;
  /** How the office takes the money, when that is known. */
  readonly payment: string | undefined;
  /** Where the booking is seen, changed and cancelled. */
  readonly pageUrl: string;
  /** What the printed code holds: `${publicOrigin}/q/<qrToken>`. */
  readonly verificationUrl: string;
  readonly bookedAt: Date;
  /** When this document was made; a later one replaces the earlier in a calendar. */
  readonly issuedAt: Date;
}

/** `I. C. M.`: enough for the family to tell slips apart, nothing for whoever sees the phone (people.md 23). */
export function initialsOfName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word));
  return initialsOf(capitals.length > 0 ? capitals : words);
}
