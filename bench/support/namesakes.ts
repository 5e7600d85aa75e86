import { randomUUID } from "node:crypto";
import type { ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import type { FiledParty, FiledPerson } from "#modules/integrity/index.ts";
import { dayKey } from "#platform/keyring/index.ts";

/** Surnames with their share of a thousand (INEGI, births of 2017 to 2020; see integrity/rules/frequencies.ts). */
const COMMON: readonly (readonly [string, number])[] = [
  ["Hernández", 41.4], ["García", 28.3], ["Martínez", 27.5], ["López", 25.4], ["González", 21.7], ["Pérez", 20.5], ["Rodríguez", 18.1],
  ["Sánchez", 17.8], ["Ramírez", 15.9], ["Cruz", 12.6], ["Flores", 11.1], ["Gómez", 11.1], ["Morales", 9.1], ["Vázquez", 8.9],
  ["Jiménez", 8.7], ["Reyes", 8.7], ["Torres", 7.9], ["Díaz", 7.7], ["Gutiérrez", 7], ["Mendoza", 6.2],
]; // prettier-ignore
const SYLLABLES =
  "ba be bo ca co cu da do fa ga go la le lo lu ma me mi na no pa pe po ra re ro sa so ta te to va ve za zo xo tla que".split(
    " ",
  );
/** Surnames outside the list, each rarer than the one before. */
const RARE = 20_000;
const GIVEN =
  "María,Guadalupe,Juan,José,Luis,Ana,Rosa,Martha,Margarita,Francisco,Antonio,Jesús,Miguel,Pedro,Alejandro,Manuel,Carlos,Jorge,Roberto,Elena,Juana,Leticia,Patricia,Sofía,Fernanda,Daniel,David,Ángel,Eduardo,Ricardo,Javier,Carmen,Teresa,Yolanda,Gabriela,Verónica,Araceli,Silvia,Norma,Adriana,Raúl,Sergio,Armando,Arturo,Rubén,Óscar,Héctor,Enrique,Gerardo,Alberto,Ximena,Valeria,Renata,Camila,Mateo,Emiliano,Diego,Itzel,Citlali,Xóchitl".split(
    ",",
  );
const STATES =
  "MC DF JC VZ PL GT CS NL MN OC BC CH GR TS CL HG SL SR SP TC QT YN MS QR DG ZS AS TL NT CC BS CM NE".split(" ");
const OFFICE = "fresno" as OfficeId;
const DAY_MS = 86_400_000;
const DAYS = 60;

export interface People {
  next(): FiledPerson;
  /** A number from 0 below this one. */
  below(limit: number): number;
}

/** Invented people whose names are as common as in Mexico, born from 1940 to 2024. Four in ten gave a CURP's first letters and a number. */
export function inventPeople(seed: number): People {
  const random = mulberry32(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const surname = (): string => {
    let at = random() * 1000;
    for (const [name, share] of COMMON) if ((at -= share) < 0) return name;
    // The lower the number the commoner: squares crowd near zero.
    let number = Math.floor(random() ** 2 * RARE) + SYLLABLES.length ** 2;
    let name = "";
    for (; number > 0; number = Math.floor(number / SYLLABLES.length)) name += SYLLABLES[number % SYLLABLES.length]!;
    return name[0]!.toUpperCase() + name.slice(1);
  };
  const given = (): string => {
    const first = GIVEN[Math.floor(random() ** 1.5 * GIVEN.length)]!;
    return random() < 0.55 ? `${first} ${GIVEN[below(GIVEN.length)]!}` : first;
  };
  return {
    below,
    next: () => ({
      ordinal: 1,
      givenNames: given(),
      firstSurname: surname(),
      secondSurname: random() < 0.04 ? "" : surname(),
      bornOn: new Date(Date.UTC(1940, 0, 1) + Math.floor((1 - random() ** 1.4) * 85 * 365.25) * DAY_MS)
        .toISOString()
        .slice(0, 10) as LocalDate,
      bornIn: STATES[Math.floor(random() ** 1.7 * STATES.length)]!,
      sex: random() < 0.5 ? "H" : "M",
      curp: "",
      seen: false,
    }),
  };
}

/** What somebody writes who writes this person down wrongly. */
export const SLIPS: Readonly<Record<string, (person: FiledPerson, people: People) => FiledPerson>> = {
  "a letter of a surname": (person, people) => ({ ...person, firstSurname: slip(person.firstSurname, people) }),
  "a letter of a given name": (person, people) => ({ ...person, givenNames: slip(person.givenNames, people) }),
  "two neighbouring letters": (person, people) => {
    const at = 1 + people.below(person.firstSurname.length - 2);
    const letters = [...person.firstSurname];
    [letters[at], letters[at + 1]] = [letters[at + 1]!, letters[at]!];
    return { ...person, firstSurname: letters.join("") };
  },
  "the second surname left out": (person) => ({ ...person, secondSurname: "" }),
  "one given name of two": (person) => ({ ...person, givenNames: person.givenNames.split(" ").at(-1)! }),
  "day and month changed about": (person) => {
    const [year, month, day] = person.bornOn.split("-");
    return Number(day) > 12
      ? { ...person, bornOn: otherDigit(person.bornOn, 9) }
      : { ...person, bornOn: `${year}-${day}-${month}` as LocalDate };
  },
  "a digit of the day": (person) => ({ ...person, bornOn: otherDigit(person.bornOn, 9) }),
  "a digit of the year": (person) => ({ ...person, bornOn: otherDigit(person.bornOn, 3) }),
  "another state": (person, people) => ({ ...person, bornIn: STATES[people.below(STATES.length)]! }),
};

function slip(name: string, people: People): string {
  const at = 1 + people.below(name.length - 1);
  const letter = "aeioulnrst"[people.below(10)]!;
  if (name[at] === " ") return name.slice(0, at - 1) + name.slice(at);
  return name.slice(0, at) + (people.below(2) === 0 ? letter : "") + name.slice(at + 1);
}

function otherDigit(date: string, at: number): LocalDate {
  const digit = (Number(date[at]) + 1) % 10;
  const changed = `${date.slice(0, at)}${digit}${date.slice(at + 1)}`;
  return (changed.endsWith("-00") ? date.slice(0, -2) + "01" : changed) as LocalDate;
}

/** A booking of one person, on one of sixty days; its contact is nobody else's. */
export function aloneParty(person: FiledPerson, number: number): FiledParty {
  const day = new Date(Date.UTC(2026, 11, 1) + (number % DAYS) * DAY_MS).toISOString().slice(0, 10) as LocalDate;
  const eraseAfter = "2027-03-31" as LocalDate;
  return {
    sourceId: randomUUID(),
    contactId: randomUUID() as string as ContactId,
    active: true,
    filedAt: new Date(Date.UTC(2026, 10, 1)),
    under: dayKey(OFFICE, day, eraseAfter),
    eraseAfter,
    people: [person],
  };
}
