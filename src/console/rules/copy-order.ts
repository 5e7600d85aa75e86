import type { FilePerson } from "../api/types.ts";

/** The order in which the ministry's issuing system asks. */
export const COPY_FIELDS = ["givenNames", "firstSurname", "secondSurname", "bornOn", "sex", "bornIn", "curp"] as const;
export type CopyField = (typeof COPY_FIELDS)[number];

export interface CopyStep {
  readonly ordinal: number;
  readonly field: CopyField;
  readonly text: string;
}

type Copied = Pick<FilePerson, "ordinal" | CopyField>;

/** One press, one field: person after person. What somebody has not (a second surname, a CURP) is left out. */
export function copySteps(people: readonly Copied[], birthPlace: (code: string) => string): CopyStep[] {
  return people.flatMap((person) =>
    COPY_FIELDS.map((field) => ({ ordinal: person.ordinal, field, text: asTyped(person, field, birthPlace) })).filter(
      ({ text }) => text !== "",
    ),
  );
}

/** `1990-05-17` as forms in Mexico take it: `17/05/1990`. */
export function formDate(localDate: string): string {
  return localDate.split("-").reverse().join("/");
}

function asTyped(person: Copied, field: CopyField, birthPlace: (code: string) => string): string {
  if (field === "bornOn") return formDate(person.bornOn);
  if (field === "bornIn") return birthPlace(person.bornIn);
  return person[field];
}
