import type { Brand } from "#kernel/brand.ts";
import type { ContactId, StaffId } from "#kernel/ids.ts";

export type AdvertId = Brand<string, "AdvertId">;
export type PurchaseId = Brand<string, "PurchaseId">;

/** Where an advert stood; `street` is a paper on a wall, `website` a page of the seller's own. */
export const PLATFORMS = [
  "facebook",
  "whatsapp",
  "instagram",
  "tiktok",
  "telegram",
  "x",
  "google",
  "website",
  "street",
  "other",
] as const;
export type Platform = (typeof PLATFORMS)[number];

export const ADVERT_SOURCES = ["public", "staff", "import"] as const;
export type AdvertSource = (typeof ADVERT_SOURCES)[number];

/** `confirmed`: a member of staff says that it sells appointments; only then is it evidence. */
export const ADVERT_STATES = ["new", "confirmed", "dismissed"] as const;
export type AdvertState = (typeof ADVERT_STATES)[number];

/** The rows of a takedown's state; `rules/takedown.ts` says which may follow which. */
export const TAKEDOWN_STATES = ["drafted", "sent", "answered", "removed", "refused"] as const;
export type TakedownState = (typeof TAKEDOWN_STATES)[number];

/** A way to reach a seller, as it was pulled out of an advert. `value` is plain: digits with `+`, an address, `facebook:name`. */
export interface Point {
  readonly kind: "phone" | "email" | "account";
  readonly value: string;
}

/** What is sealed of an advert: hostile text, for eyes alone. */
export interface SealedAdvert {
  readonly link: string;
  readonly words: string;
}

/** A report before it is filed. Empty strings where nothing was typed. */
export interface AdvertReport extends SealedAdvert {
  readonly platform: Platform;
  /** A picture as it was handed in, not yet cleaned. */
  readonly screenshot?: Buffer | undefined;
}

/** What came of a report: a new advert, or one that is known. */
export interface Filed {
  readonly id: AdvertId;
  readonly isNew: boolean;
}

/** Every expected no to a report. */
export type ReportRefusal =
  | { readonly code: "nothing_reported" }
  | { readonly code: "not_a_picture" }
  | { readonly code: "picture_too_large"; readonly mostBytes: number }
  /** So many reports wait to be read that no new one is taken today. */
  | { readonly code: "too_many_reports" };

/** Every expected no to the staff. */
export type AdvertRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "unknown_advert" }
  | { readonly code: "changed_meanwhile" }
  | { readonly code: "not_possible" }
  /** Who filed an advert does not confirm it; who bought does not witness. */
  | { readonly code: "needs_another_person" };

/** A matched contact as the console tells it: nobody's name, number or address. */
export interface MatchedContact {
  readonly contactId: ContactId;
  readonly matchedAt: Date;
}

export interface PurchaseView {
  readonly id: PurchaseId;
  readonly boughtBy: StaffId;
  readonly boughtAt: Date;
  readonly priceCents: number;
  /** Last four characters of the folio that the seller delivered. */
  readonly folioTail: string | undefined;
  readonly witnessedBy: StaffId | null;
}
