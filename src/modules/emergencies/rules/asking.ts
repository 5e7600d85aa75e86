import { sha256, utf8 } from "#kernel/digest.ts";
import { folioFrom } from "#kernel/folio.ts";
import { addDays } from "#kernel/time.ts";
import type { Folio, LocalDate } from "#kernel/ids.ts";
import type { EmergencyId } from "../types.ts";

/** Questions of one contact or visit within a week: emergencies come together, floods are more than that. */
export const MOST_ASKED = 3;
export const MOST_ASKED_DAYS = 7;
/**
 * Telephones that nobody proved and that wait at one office to be called back. Beyond it the next one proves a contact by
 * code: a flood of made-up numbers costs an office so many calls and keeps out nobody who can be reached.
 */
export const MOST_UNPROVED = 30;
/** Days after the question, or the place, after which everything that names somebody is erased (security 4.2). */
export const KEPT_DAYS = 30;
/** Days ahead in which an office looks for a place: what can wait longer is no emergency. */
export const PLACE_WITHIN_DAYS = 14;
/** Longest answer in writing: a message that somebody reads standing. */
export const MOST_WORDS = 500;

export function eraseAfterEmergency(on: LocalDate): LocalDate {
  return addDays(on, KEPT_DAYS);
}

/** What whoever asks keeps of it, in the form of a folio: with it and the contact it opens in another visit. It follows from the random id. */
export function emergencyNumber(id: EmergencyId): Folio {
  return folioFrom(sha256(utf8(`emergency number ${id}`)));
}

/** What is said at the door by whoever comes at an hour without a place: the last characters of the request's id. */
export function emergencyCode(id: EmergencyId): string {
  return id.slice(-4).toUpperCase();
}
