import { nameForKey } from "#kernel/text.ts";
import type { FiledPerson } from "../types.ts";

/** What two honest spellings of one person share, made once so that it can be compared a thousand times. Personal. */
export interface Profile {
  readonly given: readonly string[];
  readonly first: string;
  readonly second: string;
  readonly bornOn: string;
  readonly bornIn: string;
  readonly sex: string;
  /** Eighteen characters, or empty. */
  readonly curp: string;
}

/** Capitals of other scripts that look like one of ours; what an alphabet borrows is not another person. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  А: "A", В: "B", Е: "E", І: "I", Ј: "J", К: "K", М: "M", Н: "H", О: "O", Р: "P", С: "C", Ѕ: "S", Т: "T", Х: "X", У: "Y",
  Α: "A", Β: "B", Ε: "E", Ζ: "Z", Η: "H", Ι: "I", Κ: "K", Μ: "M", Ν: "N", Ο: "O", Ρ: "P", Τ: "T", Υ: "Y", Χ: "X",
}; // prettier-ignore

/** A name for comparing: as for the key of a claim, and besides without ñ, which many keyboards here lack, and without look-alikes. Idempotent. */
export function plainName(name: string): string {
  const letters = name
    .normalize("NFKD")
    .toUpperCase()
    .normalize("NFD")
    .replace(/[\u0370-\u04ff]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}]/gu, " ");
  return nameForKey(letters).replace(/Ñ/g, "N");
}

export function profileOf(person: Omit<FiledPerson, "ordinal" | "seen">): Profile {
  return {
    given: plainName(person.givenNames).split(" ").sort(),
    first: plainName(person.firstSurname),
    second: plainName(person.secondSurname),
    bornOn: person.bornOn,
    bornIn: person.bornIn,
    sex: person.sex,
    curp: person.curp,
  };
}

/** Whether both would get the same name key: names, birth, state and sex. */
export function isSameName(a: Profile, b: Profile): boolean {
  return nameText(a) === nameText(b);
}

export function nameText({ given, first, second, bornOn, bornIn, sex }: Profile): string {
  return [given.join(" "), first, second, bornOn, bornIn, sex].join("|");
}
