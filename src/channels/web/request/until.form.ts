import type { LocalDate } from "#kernel/ids.ts";
import type { Asking } from "../visit/draft.ts";
import {
  dateOf,
  typedDate,
  typedOf,
  type Checked,
  type DateProblem,
  type Problem,
  type TypedDate,
} from "../visit/forms.ts";

export interface TypedUntil {
  /** `ya` or `fecha`. */
  readonly desde: string;
  readonly desdeDia: TypedDate;
  readonly hasta: string;
  readonly hastaDia: TypedDate;
  /** `dia` or `consulado`. */
  readonly importa: string;
  readonly otro: string;
}

export type UntilProblem = DateProblem | "from_late" | "to_early" | "choice_missing";
/** The fields of three boxes. */
export const UNTIL_DATES = ["desdeDia", "hastaDia"];

export function typedUntil(body: unknown): TypedUntil {
  const typed = typedOf(body, ["desde", "hasta", "importa", "otro"]);
  return { ...typed, desdeDia: typedDate(body, "desdeDia"), hastaDia: typedDate(body, "hastaDia") };
}

const NO_DATE: TypedDate = { day: "", month: "", year: "" };

/** What was answered before, or the broadest answers. */
export function untilAsTyped(until: Asking["until"]): TypedUntil {
  return {
    desde: until?.from ? "fecha" : "ya",
    desdeDia: until?.from ? partsOf(until.from) : NO_DATE,
    hasta: until?.to ? "fecha" : "siempre",
    hastaDia: until?.to ? partsOf(until.to) : NO_DATE,
    importa: until?.first === "office" ? "consulado" : "dia",
    otro: until?.orElse ? "si" : "",
  };
}

/** Days outside the draw are no answer: nothing of it could ever be given. */
export function checkUntil(
  typed: TypedUntil,
  horizon: { readonly horizonFrom: LocalDate; readonly horizonTo: LocalDate },
): Checked<NonNullable<Asking["until"]>, UntilProblem> {
  const problems: Problem<UntilProblem>[] = [];
  const day = (field: "desde" | "hasta", open: string): LocalDate | null => {
    if (typed[field] === open) return null;
    if (typed[field] !== "fecha") {
      problems.push({ field, key: "choice_missing" });
      return null;
    }
    const found = dateOf(typed[`${field}Dia`]);
    if ("date" in found) return found.date;
    problems.push({ field: `${field}Dia`, key: found.problem, wrong: found.wrong });
    return null;
  };
  const from = day("desde", "ya");
  const to = day("hasta", "siempre");
  if (from !== null && from > horizon.horizonTo) problems.push({ field: "desdeDia", key: "from_late" });
  if (to !== null && to < (from ?? horizon.horizonFrom)) problems.push({ field: "hastaDia", key: "to_early" });
  if (typed.importa !== "dia" && typed.importa !== "consulado")
    problems.push({ field: "importa", key: "choice_missing" });
  if (typed.otro !== "si" && typed.otro !== "") problems.push({ field: "otro", key: "choice_missing" });
  if (problems.length > 0) return { ok: false, problems };
  const first = typed.importa === "consulado" ? "office" : "day";
  return { ok: true, value: { from, to, first, orElse: typed.otro === "si" } };
}

export function partsOf(date: LocalDate): TypedDate {
  const [year, month, day] = date.split("-");
  return { day: String(Number(day)), month: String(Number(month)), year: year! };
}
