import type { Bits, Term } from "../types.ts";
import { givenBits, stateBits, surnameBits } from "./frequencies.ts";
import { dateLikeness, jaroWinkler } from "./likeness.ts";
import type { Profile } from "./profile.ts";

/** Bits against, before anything is looked at: of a million people one is this one (fairness.md 4.4.2). */
const PRIOR_BITS = -20;
/** From here on one person is proposed, from there on somebody looks; below, nobody. */
export const PROPOSE_BITS = 6;
export const REVIEW_BITS = 2;
/** Whom given names or two CURPs tell apart is looked at and never proposed: twins, and namesakes. */
const NEVER_PROPOSED_BITS = PROPOSE_BITS - 1;
const ALIKE = 0.92;
/** Characters of a CURP that follow from names, birth, sex and state; the last two are RENAPO's. */
const DERIVED_CURP = 16;

export interface Likeness {
  readonly bits: number;
  readonly terms: Bits;
}

/** How two filings reach whoever filed them: an address that both gave. */
export type SharedAddress = "phone" | "email" | undefined;

/**
 * The odds that two filings are one person, as bits (Fellegi and Sunter, weights of fairness.md 4.4.2). Symmetric. A
 * valid CURP of another person is a fact about two people: equal names under two of them are never proposed as one.
 */
export function likeness(a: Profile, b: Profile, shared?: SharedAddress): Likeness {
  const terms: Partial<Record<Term, number>> = {};
  const curp = curpTerm(a.curp, b.curp);
  if (curp) terms[curp] = curp === "curp_equal" ? 25 : 16;
  else facts(a, b, terms);
  surname("first_surname", a.first, b.first, terms);
  surname("second_surname", a.second, b.second, terms);
  given(a.given, b.given, terms);
  if (shared === "phone") terms.phone_equal = 6;
  if (shared === "email") terms.email_equal = 5;

  const sum = Object.values(terms).reduce((all, one) => all + one, PRIOR_BITS);
  const apart = terms.given_other !== undefined || (a.curp !== "" && b.curp !== "" && !curp);
  const capped = apart ? Math.min(sum, NEVER_PROPOSED_BITS) : sum;
  // One CURP on two names is always looked at, whatever the names say.
  return { bits: curp === "curp_equal" ? Math.max(capped, REVIEW_BITS) : capped, terms };
}

function curpTerm(a: string, b: string): "curp_equal" | "curp_sixteen" | undefined {
  if (a === "" || b === "") return undefined;
  if (a === b) return "curp_equal";
  return a.slice(0, DERIVED_CURP) === b.slice(0, DERIVED_CURP) ? "curp_sixteen" : undefined;
}

/** Birth and sex, which a CURP would have said already. */
function facts(a: Profile, b: Profile, terms: Partial<Record<Term, number>>): void {
  const born = dateLikeness(a.bornOn, b.bornOn);
  terms[`born_${born}`] = { equal: 14, swapped: 9, digit: 6, other: -6 }[born];
  if (a.sex === b.sex) terms.sex_equal = 1;
  else terms.sex_other = -6;
  if (a.bornIn === b.bornIn) terms.state_equal = stateBits(a.bornIn);
  else terms.state_other = -4;
}

function surname(
  which: "first_surname" | "second_surname",
  a: string,
  b: string,
  terms: Partial<Record<Term, number>>,
) {
  if (a === "" || b === "") return;
  if (a === b) terms[`${which}_equal`] = surnameBits(a);
  // A husband's name after her own, or one half of a compound, is a likeness and no other name.
  else if (jaroWinkler(a, b) >= ALIKE || hasPart(a.split(" "), b.split(" "))) terms[`${which}_alike`] = 4;
  else terms[`${which}_other`] = -5;
}

/** Both are sorted: an order that somebody changed is none. A slip of the pen is not forgiven here, for twins are often a letter apart. */
function given(a: readonly string[], b: readonly string[], terms: Partial<Record<Term, number>>): void {
  if (a.join(" ") === b.join(" ")) terms.given_equal = givenBits(a);
  else if (hasPart(a, b)) terms.given_part = 3;
  else terms.given_other = -6;
}

/** Whether one is found in the other, a single letter standing for any word that begins with it. */
function hasPart(a: readonly string[], b: readonly string[]): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

function isWithin(few: readonly string[], many: readonly string[]): boolean {
  return few.every((word) => many.some((other) => other === word || isInitial(word, other) || isInitial(other, word)));
}

function isInitial(letter: string, word: string): boolean {
  return letter.length === 1 && word.startsWith(letter);
}
