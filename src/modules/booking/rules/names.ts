import { nameForKey } from "#kernel/text.ts";
import { parseCurp } from "./curp.ts";
import type { ApplicantDetails } from "../types.ts";

/** The text behind the key that every person has: her names reduced to what honest spellings share, birth and sex. */
export function nameKeyText(person: ApplicantDetails): string {
  return [
    nameForKey(person.givenNames),
    nameForKey(person.firstSurname),
    nameForKey(person.secondSurname),
    person.bornOn,
    person.bornIn,
    person.sex,
  ].join("|");
}

/** The text behind the key of whoever gave a valid CURP. It is added to the name key and never replaces it. */
export function curpKeyText(person: ApplicantDetails): string | undefined {
  return parseCurp(person.curp)?.curp;
}
