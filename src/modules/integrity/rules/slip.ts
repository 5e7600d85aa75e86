import { damerau } from "./likeness.ts";
import { plainName } from "./profile.ts";

/** Letters by which a name on a form may differ from the paper and be the same name (fairness.md 4.3). */
const SLIP_LETTERS = 2;

interface Names {
  readonly givenNames: string;
  readonly firstSurname: string;
  readonly secondSurname: string;
}

/** Whether the name that was filed is this one misspelt, all three names together. An accent is no letter. */
export function isSlipOfThePen(filed: Names, paper: Names): boolean {
  const text = ({ givenNames, firstSurname, secondSurname }: Names) =>
    [givenNames, firstSurname, secondSurname].map(plainName).join(" ");
  return damerau(text(filed), text(paper)) <= SLIP_LETTERS;
}
