import { DRAW_ZONE } from "#kernel/draws.ts";
import { tidy } from "#kernel/text.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { SealedAdvert } from "../types.ts";

/** Longest link and words that are kept of an advert: a post is shorter, a pasted book is an attack. Characters. */
export const MOST_LINK = 500;
export const MOST_WORDS = 4_000;
/** Largest screenshot: a telephone's own, at its largest. Bytes. */
export const MOST_PICTURE_BYTES = 3_000_000;
/** A tall telephone's long screenshot; more is a bomb for whoever opens it. Width times height. */
export const MOST_PICTURE_PIXELS = 24_000_000;
/** Pictures kept of one advert. */
export const MOST_PICTURES = 3;

/** Months for which an advert is kept: long enough for an appeal and for the return of a seller the next season. */
export const KEPT_DAYS = 365;
/** What is no advert is kept no longer than a doubt about it. */
export const DISMISSED_KEPT_DAYS = 30;

export function eraseAfterAdvert(filedAt: Date): LocalDate {
  return addDays(localDateAt(filedAt, "UTC"), KEPT_DAYS);
}

/** Days are counted from the decision, and never beyond what was meant at first. */
export function eraseAfterDismissal(decidedAt: Date, before: LocalDate): LocalDate {
  const after = addDays(localDateAt(decidedAt, "UTC"), DISMISSED_KEPT_DAYS);
  return after < before ? after : before;
}

/** First day of the month in Mexico City to which an instant belongs. */
export function monthOf(instant: Date): LocalDate {
  return `${localDateAt(instant, DRAW_ZONE).slice(0, 7)}-01` as LocalDate;
}

/** Parts of a link that tell who shared it and not what it shows. */
const SHARERS = /^(fbclid|igshid|igsh|mibextid|gclid|rdid|share_url|ref|refsrc|si|utm_\w{1,20}|__\w{1,20})=/i;

/** What two reports of one advert share: the link without what tells who shared it, or else the words. Only ever inside a keyed digest. */
export function sameAdvert({ link, words }: SealedAdvert): string {
  if (link === "") return `words ${tidy(words.normalize("NFKC").replace(/\s+/g, " ")).toLowerCase()}`;
  const [address = "", query = ""] = link
    .replace(/^https?:\/\/(www\.|m\.)?/i, "")
    .replace(/#.*$/, "")
    .split("?", 2);
  const parts = query.split("&").filter((part) => part !== "" && !SHARERS.test(part));
  return `link ${address.replace(/\/+$/, "")}?${parts.sort().join("&")}`.toLowerCase();
}

/** Words as they are kept: cut, and without halves of characters, which no database takes. Everything else stays as it came. */
export function keptWords(typed: string): string {
  return typed
    .trim()
    .slice(0, MOST_WORDS)
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replaceAll("\0", "\uFFFD");
}

/** A link that somebody may go to with a browser; anything else is words. It is kept as typed and fetched by nobody. */
export function isLink(typed: string): boolean {
  return typed.length <= MOST_LINK && /^https?:\/\/[^\s<>"\\^`{|}]{3,}$/i.test(typed);
}
