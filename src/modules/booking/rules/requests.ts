import { ageOn } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { ContactClass, Tier } from "#modules/allocation/index.ts";
import type { ContactKind } from "#modules/people/index.ts";
import type { ApplicantDetails, ApplicantRequest } from "../types.ts";

/** What somebody of the party declares. Nothing is uploaded: the counter sees it in the file and asks for the paper (people.md 4). */
export type Declaration =
  | { readonly kind: "pregnancy" | "disability"; readonly ordinal: number }
  /** Travel, court or school, with its day. */
  | { readonly kind: "deadline"; readonly ordinal: number; readonly on: LocalDate };

/** Younger than this, or this old and older, and nobody should have to wait (fairness.md 4.1.5; the fee rule's age). */
const SMALL_CHILD_AGE = 3;
const ELDER_AGE = 60;
/** A deadline within so many days goes first (fairness.md 4.1.5). */
const DEADLINE_DAYS = 45;
const DAY_MS = 86_400_000;

/** The tier of each person from birth date and declarations on the day of the lock. */
export function tiersOf(
  applicants: readonly Pick<ApplicantDetails, "bornOn">[],
  declared: readonly Declaration[],
  lockedOn: LocalDate,
): Tier[] {
  return applicants.map(({ bornOn }, i) => {
    const own = declared.filter((one) => one.ordinal === i + 1);
    if (own.some((one) => one.kind === "deadline" && isNear(one.on, lockedOn))) return 1;
    const age = ageOn(bornOn, lockedOn);
    return own.some((one) => one.kind !== "deadline") || age < SMALL_CHILD_AGE || age >= ELDER_AGE ? 2 : 3;
  });
}

/** The party with what each declared, as its booking keeps it. */
export function withDeclared(
  applicants: readonly ApplicantRequest[],
  declared: readonly Declaration[],
): ApplicantRequest[] {
  return applicants.map((person, i) => {
    const own = declared.filter((one) => one.ordinal === i + 1).map(({ ordinal: _, ...one }) => one);
    return own.length === 0 ? person : { ...person, declared: own };
  });
}

function isNear(on: LocalDate, from: LocalDate): boolean {
  const days = (Date.parse(on) - Date.parse(from)) / DAY_MS;
  return days >= 0 && days <= DEADLINE_DAYS;
}

/** How much a thousand such contacts would cost somebody who only wants to do harm (hardening.md 15). A card was handed over in person; whose people's documents were all seen is live before any other (fairness.md 4.4.1). */
export function contactClassOf(kind: ContactKind, wasServed: boolean, isIdentified: boolean): ContactClass {
  if (isIdentified) return "level_2";
  if (wasServed || kind === "card") return "known";
  return kind === "email" ? "email_only" : "unseen_number";
}

/** Providers whose addresses millions have: their share of a draw says nothing of one hand. */
const GREAT_PROVIDERS = new Set([
  "gmail.com",
  "googlemail.com",
  "hotmail.com",
  "hotmail.es",
  "outlook.com",
  "outlook.es",
  "live.com",
  "live.com.mx",
  "msn.com",
  "yahoo.com",
  "yahoo.com.mx",
  "yahoo.es",
  "icloud.com",
  "me.com",
  "aol.com",
  "proton.me",
  "protonmail.com",
]);
/** Second-level labels under which others register, as in `example.com.mx`. */
const SHARED_SECOND_LEVELS = /^(com|org|net|edu|gob|gov|co|ac)$/;

/** The registrable domain of an address, as far as its labels tell; undefined for a great provider or no mail address. */
export function countedDomain(address: string | undefined): string | undefined {
  const host = address?.split("@")[1]?.toLowerCase();
  if (!host || GREAT_PROVIDERS.has(host)) return undefined;
  const labels = host.split(".");
  const shared = labels.length > 2 && labels.at(-1)!.length === 2 && SHARED_SECOND_LEVELS.test(labels.at(-2)!);
  return labels.slice(shared ? -3 : -2).join(".");
}
