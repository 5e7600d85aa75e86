import { addDays } from "#kernel/time.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import type { YearlyDigest } from "./fields.ts";
import type { KeyName } from "./index.ts";

/** Years for which an entry of the audit log can be matched with whom it was about (security 4.6); the privacy page says the same. */
export const AUDIT_YEARS = 5;
/** Days for which an answered but unfinished form can be opened again. */
const DRAFT_KEY_DAYS = 2;

/** The key of everything that must be unreadable once `month` (`YYYY-MM`) is over. */
export function monthKey(month: string): KeyName & { readonly destroyAfter: LocalDate } {
  const next = addDays(`${month}-28` as LocalDate, 5).slice(0, 7);
  return { name: `month:${month}`, destroyAfter: addDays(`${next}-01` as LocalDate, -1) };
}

/** The key of one office's visits on one day: a day's list costs one unwrap. Wrapped by the month in which `eraseAfter` lies. */
export function dayKey(officeId: OfficeId, day: LocalDate, eraseAfter: LocalDate): KeyName {
  const month = eraseAfter.slice(0, 7);
  let parent = months.get(month);
  if (!parent) months.set(month, (parent = monthKey(month)));
  return { name: `day:${officeId}:${day}`, parent, destroyAfter: parent.destroyAfter };
}

/** A few dozen months in the life of a process; the calendar is slow to ask for each booking. */
const months = new Map<string, KeyName>();

/** The key of a yearly digest, wrapped by the root key: once it is destroyed, nobody can tell whom a pseudonym of that year meant. */
export function yearKey(digest: YearlyDigest, year: number): KeyName {
  return { name: `digest:${digest}:${year}`, destroyAfter: `${year + AUDIT_YEARS}-12-31` as LocalDate };
}

/** The key of the forms that are being filled in on that (UTC) day. */
export function draftKey(day: LocalDate): KeyName {
  return { name: `draft:${day}`, destroyAfter: addDays(day, DRAFT_KEY_DAYS) };
}
