import { addDays, daysBetween } from "#kernel/time.ts";
import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import {
  BIRTH_STATES,
  parseCurp,
  type ApplicantRequest,
  type ChecklistAnswers,
  type Parent,
} from "#modules/booking/index.ts";
import type { ChecklistQuestion } from "#modules/offices/index.ts";
import type { Dice } from "./dice.ts";
import { FOREIGN_MEN, FOREIGN_SURNAMES, FOREIGN_WOMEN, MEN, SURNAMES, WOMEN } from "./names.ts";

/** How many come together, by how often. */
const PARTY_SIZES = [
  [46, 1],
  [24, 2],
  [14, 3],
  [11, 4],
  [5, 5],
] as const;
/** What grown people come for. The passport with the matrícula, and with the voter card, is an ordinary visit. */
const ADULT_SERVICES: readonly (readonly [number, readonly string[]])[] = [
  [34, ["pasaporte-adulto"]],
  [20, ["matricula-consular"]],
  [16, ["matricula-consular", "pasaporte-adulto"]],
  [8, ["matricula-consular", "credencial-votar", "pasaporte-adulto"]],
  [6, ["credencial-votar"]],
  [5, ["copia-acta", "pasaporte-adulto"]],
  [4, ["copia-acta"]],
  [4, ["poder-notarial"]],
  [2, ["certificados-legalizaciones"]],
  [1, ["declaratoria-nacionalidad"]],
];
const VISA_SHARE = 0.03;
const NEWBORN_DAYS = 300;
const YEAR_DAYS = 365;

/** A party that goes to one office together: fictional, and the same for the same dice. */
export function aParty(dice: Dice, on: LocalDate, size: number = dice.weighted(PARTY_SIZES)): ApplicantRequest[] {
  if (size === 1 && dice.chance(VISA_SHARE)) return [visitor(dice, on)];
  const [father, mother] = [dice.pick(SURNAMES), dice.pick(SURNAMES)];
  const first = adult(dice, on, [father, dice.pick(SURNAMES)]);
  if (size === 1) return [first];
  const withCouple = size > 2 || dice.chance(0.4);
  const others = withCouple ? [adult(dice, on, [mother, dice.pick(SURNAMES)])] : [];
  const children = Array.from({ length: size - 1 - others.length }, () =>
    child(dice, on, [father, mother], withCouple),
  );
  return [first, ...others, ...children];
}

/** What the party answers before the calendar: mostly that all is well. */
export function answersOf(
  dice: Dice,
  party: readonly ApplicantRequest[],
  questions: readonly ChecklistQuestion[],
): ChecklistAnswers {
  const services = new Set(party.flatMap((one) => one.services));
  const asked = questions.filter((question) => question.services.some((slug) => services.has(slug)));
  return Object.fromEntries(asked.map((question) => [question.id, dice.chance(0.9) ? question.good : !question.good]));
}

function adult(dice: Dice, on: LocalDate, surnames: readonly [string, string]): ApplicantRequest {
  const bornOn = addDays(on, -dice.between(18 * YEAR_DAYS + 10, 68 * YEAR_DAYS));
  return person(dice, bornOn, surnames, dice.weighted(ADULT_SERVICES), []);
}

function child(dice: Dice, on: LocalDate, surnames: readonly [string, string], withCouple: boolean): ApplicantRequest {
  const bornOn = addDays(on, -dice.between(40, 17 * YEAR_DAYS));
  const days = daysBetween(bornOn, on);
  const services =
    days < NEWBORN_DAYS
      ? ["registro-nacimiento"]
      : days < 3 * YEAR_DAYS
        ? ["pasaporte-menor-3"]
        : days < 3 * YEAR_DAYS + 5
          ? ["matricula-consular"]
          : ["pasaporte-menor-3-a-17"];
  const other: Parent =
    withCouple || dice.chance(0.3)
      ? { part: "comes" }
      : dice.chance(0.6)
        ? { part: "signs_elsewhere", permissionOn: addDays(on, -dice.between(3, 60)) }
        : { part: "cannot", reason: dice.pick(["died", "judgment", "unknown", "refuses", "detained"]) };
  const born = person(dice, bornOn, surnames, services, [{ part: "comes" }, other]);
  return days < NEWBORN_DAYS ? { ...born, bornIn: "NE", curp: "" } : born;
}

/** A foreigner who comes for a visa. */
function visitor(dice: Dice, on: LocalDate): ApplicantRequest {
  const woman = dice.chance(0.5);
  return {
    givenNames: dice.pick(woman ? FOREIGN_WOMEN : FOREIGN_MEN),
    firstSurname: dice.pick(FOREIGN_SURNAMES),
    secondSurname: "",
    otherName: "",
    bornOn: addDays(on, -dice.between(20 * YEAR_DAYS, 60 * YEAR_DAYS)),
    bornIn: "NE",
    sex: woman ? "M" : "H",
    curp: "",
    parents: [],
    services: ["visa"] as string[] as ServiceSlug[],
  };
}

function person(
  dice: Dice,
  bornOn: LocalDate,
  [firstSurname, secondSurname]: readonly [string, string],
  services: readonly string[],
  parents: readonly Parent[],
): ApplicantRequest {
  const woman = dice.chance(0.52);
  const details = {
    givenNames: dice.pick(woman ? WOMEN : MEN),
    firstSurname,
    secondSurname: dice.chance(0.96) ? secondSurname : "",
    otherName: "",
    bornOn,
    bornIn: dice.pick(BIRTH_STATES.filter((state) => state !== "NE")),
    sex: woman ? ("M" as const) : ("H" as const),
  };
  return {
    ...details,
    curp: dice.chance(0.4) ? curpFor(details) : "",
    parents,
    services: services as readonly ServiceSlug[],
  };
}

/** A CURP that fits the person; empty when her name makes none in this simple way. */
function curpFor(
  one: Pick<ApplicantRequest, "givenNames" | "firstSurname" | "secondSurname" | "bornOn" | "bornIn" | "sex">,
): string {
  const plain = (name: string) =>
    name
      .toUpperCase()
      .normalize("NFD")
      .replace(/[^A-Z]/g, "");
  const [given, first, second] = [plain(one.givenNames), plain(one.firstSurname), plain(one.secondSurname)];
  const inner = (name: string, letters: RegExp) => letters.exec(name.slice(1))?.[0] ?? "X";
  const consonants = [first, second, given].map((name) => inner(name, /[B-DF-HJ-NP-TV-Z]/)).join("");
  const stem = `${first[0]}${inner(first, /[AEIOU]/)}${second[0] ?? "X"}${given[0]}${one.bornOn.slice(2).replaceAll("-", "")}${one.sex}${one.bornIn}${consonants}`;
  const century = one.bornOn < "2000" ? "0" : "A";
  return (
    Array.from({ length: 10 }, (_, digit) => `${stem}${century}${digit}`).find(
      (curp) => parseCurp(curp) !== undefined,
    ) ?? ""
  );
}
