import { nameForKey } from "#kernel/text.ts";
import type { ApplicantDetails } from "../types.ts";

/** The 32 states and NE, born abroad, in the two letters that a CURP uses. */
export const BIRTH_STATES = [
  "AS",
  "BC",
  "BS",
  "CC",
  "CL",
  "CM",
  "CS",
  "CH",
  "DF",
  "DG",
  "GT",
  "GR",
  "HG",
  "JC",
  "MC",
  "MN",
  "MS",
  "NT",
  "NL",
  "OC",
  "PL",
  "QT",
  "QR",
  "SP",
  "SL",
  "SR",
  "TC",
  "TS",
  "TL",
  "VZ",
  "YN",
  "ZS",
  "NE",
] as const;
export type BirthState = (typeof BIRTH_STATES)[number];

const SHAPE = /^[A-Z][AEIOUX][A-Z]{2}(\d{2})(\d{2})(\d{2})([HMX])([A-Z]{2})[B-DF-HJ-NP-TV-Z]{3}([A-Z\d])(\d)$/;
const ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

/**
 * Reads a CURP: 18 characters, a real birth state, a real date and the right check digit. Position 17
 * is a digit for people born before 2000 and a letter after, which tells the century. Undefined when
 * it is no CURP. A CURP is public knowledge: it finds a person, it never proves one.
 */
export function parseCurp(
  typed: string,
): { curp: string; bornOn: string; sex: "H" | "M" | "X"; bornIn: BirthState } | undefined {
  const curp = typed.toUpperCase().replace(/[\s-]/g, "");
  const parts = SHAPE.exec(curp);
  if (!parts || !BIRTH_STATES.includes(parts[5] as BirthState) || checkDigit(curp) !== Number(parts[7]))
    return undefined;
  const century = /\d/.test(parts[6]!) ? "19" : "20";
  const bornOn = `${century}${parts[1]}-${parts[2]}-${parts[3]}`;
  const date = new Date(`${bornOn}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== bornOn) return undefined;
  return { curp, bornOn, sex: parts[4] as "H" | "M" | "X", bornIn: parts[5] as BirthState };
}

/** The eighteenth character: weights 18 to 2 over the first seventeen, modulo ten. */
function checkDigit(curp: string): number {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += ALPHABET.indexOf(curp[i]!) * (18 - i);
  return (10 - (sum % 10)) % 10;
}

type Named = Pick<ApplicantDetails, "givenNames" | "firstSurname" | "secondSurname" | "bornOn" | "sex" | "curp">;

/** What a valid CURP says otherwise than the person: a slip, an acta that was put right since, or somebody else's. */
export type CurpDiffers = "date" | "sex" | "name";

/**
 * Where a person's CURP and her acta disagree, in the order in which she is asked; empty without a valid CURP. Of the
 * name only three initials are compared (instructivo normativo of 2021: letters 1, 3 and 4), and any word of a name may
 * give one: particles, María and José are passed over by the register, and not always. X stands for Ñ, for a sign, and
 * for a surname that she does not have. An X for the sex, here or there, differs from nothing.
 */
export function curpDiffers(person: Named): CurpDiffers[] {
  const said = parseCurp(person.curp);
  if (!said) return [];
  const { curp } = said;
  const differs: CurpDiffers[] = [];
  if (said.bornOn !== person.bornOn) differs.push("date");
  if (said.sex !== person.sex && said.sex !== "X" && person.sex !== "X") differs.push("sex");
  const fits = [
    begins(person.firstSurname, curp[0]!),
    begins(person.secondSurname, curp[2]!),
    begins(person.givenNames, curp[3]!),
  ];
  if (fits.includes(false)) differs.push("name");
  return differs;
}

function begins(name: string, letter: string): boolean {
  if (letter === "X") return true;
  const words = [name.toUpperCase().normalize("NFD"), nameForKey(name)].join(" ").split(/\s+/);
  return words.some((word) => word.startsWith(letter));
}
