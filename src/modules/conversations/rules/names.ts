import type { LocalDate } from "#kernel/ids.ts";
import { hasForbiddenCharacters, tidy } from "#kernel/text.ts";
import type { Facts, Language, PersonSoFar } from "../types.ts";
import { findDate } from "./dates.ts";
import { plain } from "./plain.ts";

/** Longest name part, as on every form of ours. */
const NAME_LENGTH = 80;
const NAME = /^[\p{L}\p{M}'’ʼꞌ`.\- ]*$/u;
/** Belongs to the word after it: "de la Cruz" is one surname. */
const PARTICLES = new Set([
  "de",
  "del",
  "la",
  "las",
  "los",
  "y",
  "san",
  "santa",
  "mc",
  "mac",
  "von",
  "van",
  "da",
  "dos",
]);

type Names = Pick<PersonSoFar, "givenNames" | "firstSurname" | "secondSurname">;

/**
 * Names as somebody writes them: with commas they are given names, first and second surname; without, the last two
 * words are the surnames and what belongs to them goes along. They are read back before anything is filed.
 */
export function readNames(typed: string): Names | undefined {
  const parts = typed
    .split(/[,;\n]/)
    .map(tidy)
    .filter((part) => part !== "");
  const named = parts.length >= 2 ? parts : wordsToNames(tidy(typed));
  const [givenNames, firstSurname, secondSurname = ""] = named;
  if (!givenNames || !firstSurname || named.length > 3) return undefined;
  const all = [givenNames, firstSurname, secondSurname];
  const good = all.every((part) => part.length <= NAME_LENGTH && NAME.test(part) && !hasForbiddenCharacters(part));
  if (!good || !/\p{L}/u.test(givenNames) || !/\p{L}/u.test(firstSurname)) return undefined;
  return { givenNames, firstSurname, secondSurname };
}

function wordsToNames(text: string): string[] {
  const groups: string[] = [];
  let held: string[] = [];
  for (const word of text.split(" ")) {
    held.push(word);
    if (PARTICLES.has(plain(word))) continue;
    groups.push(held.join(" "));
    held = [];
  }
  if (held.length > 0) groups.push(held.join(" "));
  if (groups.length < 2) return [];
  if (groups.length === 2) return groups;
  return [groups.slice(0, -2).join(" "), groups.at(-2)!, groups.at(-1)!];
}

/** The states by the letters of a CURP, in words without accents as people type them; the longer before those that begin them. */
const STATES: readonly (readonly [code: string, ...names: string[]])[] = [
  ["BS", "baja california sur", "bcs"],
  ["BC", "baja california"],
  ["AS", "aguascalientes"],
  ["CC", "campeche"],
  ["CS", "chiapas"],
  ["CH", "chihuahua"],
  ["DF", "ciudad de mexico", "distrito federal", "cdmx", "df", "mexico city"],
  ["MC", "estado de mexico", "edomex", "edo mex", "state of mexico"],
  ["CL", "coahuila"],
  ["CM", "colima"],
  ["DG", "durango"],
  ["GT", "guanajuato"],
  ["GR", "guerrero"],
  ["HG", "hidalgo"],
  ["JC", "jalisco"],
  ["MN", "michoacan"],
  ["MS", "morelos"],
  ["NT", "nayarit"],
  ["NL", "nuevo leon"],
  ["OC", "oaxaca"],
  ["PL", "puebla"],
  ["QT", "queretaro"],
  ["QR", "quintana roo"],
  ["SP", "san luis potosi", "slp"],
  ["SL", "sinaloa"],
  ["SR", "sonora"],
  ["TC", "tabasco"],
  ["TS", "tamaulipas"],
  ["TL", "tlaxcala"],
  ["VZ", "veracruz"],
  ["YN", "yucatan"],
  ["ZS", "zacatecas"],
  [
    "NE",
    "estados unidos",
    "united states",
    "usa",
    "eua",
    "eeuu",
    "canada",
    "california",
    "texas",
    "otro pais",
    "extranjero",
    "abroad",
  ],
];
const SEXES: readonly (readonly [sex: "H" | "M" | "X", words: RegExp])[] = [
  ["M", /\b(mujer|femenino|nina|female|woman|girl)\b/],
  ["H", /\b(hombre|masculino|nino|male|man|boy|h)\b/],
  ["X", /\b(no binario|non binary|nonbinary|x)\b/],
];

/** What of a person's birth a text says: all of it with a CURP, else whatever of day, state and sex is there. */
export function readBirth(
  typed: string,
  { readCurp, today, language }: { readCurp: Facts["readCurp"]; today: LocalDate; language: Language },
): Pick<PersonSoFar, "curp" | "bornOn" | "bornIn" | "sex"> {
  const curp = /\b[a-z]{4}[ -]?\d{6}[ -]?[a-z]{6}[ -]?[a-z\d]\d\b/i.exec(typed)?.[0];
  const read = curp === undefined ? undefined : readCurp(curp);
  if (read) return read;
  const found = findDate(typed, { today, language, past: true });
  const text = ` ${(found?.rest ?? plain(typed)).replace(/[.,;/-]/g, " ")} `.replace(/\s+/g, " ");
  const state = STATES.find(([, ...names]) => names.some((name) => text.includes(` ${name} `)));
  // On Mexican papers M is a woman; in English most people mean a man by it, so that the word is asked for.
  const spelled = language === "es" ? text.replace(/ m /g, " mujer ") : text;
  const sex = SEXES.find(([, words]) => words.test(spelled));
  return {
    ...(found && { bornOn: found.date }),
    ...(state && { bornIn: state[0] }),
    ...(sex && { sex: sex[0] }),
  };
}

/** A whole person in one message: the first lines or commas are names, what follows is her birth. Undefined when it is not both. */
export function readWhole(
  typed: string,
  facts: Parameters<typeof readBirth>[1],
): (Names & ReturnType<typeof readBirth>) | undefined {
  const parts = typed.split(/[,;\n]/).map((part) => part.trim());
  const first = parts.findIndex((part) => /\d/.test(part));
  if (first < 2) return undefined;
  const names = readNames(parts.slice(0, first).join(","));
  const birth = readBirth(parts.slice(first).join(" "), facts);
  return names && birth.bornOn !== undefined ? { ...names, ...birth } : undefined;
}
