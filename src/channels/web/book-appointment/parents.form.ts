import { addDays } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { PERMISSION_DAYS, type CannotReason, type Parent, type ParentPart } from "#modules/booking/index.ts";
import type { JourneyError } from "../texts/journey.ts";
import {
  dateOf,
  typedDate,
  typedOf,
  type Checked,
  type DateProblem,
  type Problem,
  type TypedDate,
} from "../visit/forms.ts";

export const PARTS: readonly ParentPart[] = ["comes", "signs_elsewhere", "cannot"];
export const REASONS: readonly CannotReason[] = ["died", "judgment", "unknown", "refuses", "detained", "danger"];

/** One person on the record as it stands in the boxes; names of boxes start with `uno` or `dos`. */
export interface TypedParent {
  readonly parte: string;
  readonly permiso: TypedDate;
  readonly razon: string;
}

export interface TypedParents {
  readonly uno: TypedParent;
  /** `si` when a second person stands on the record. */
  readonly otra: string;
  readonly dos: TypedParent;
}

export function typedParents(body: unknown): TypedParents {
  return { uno: typedParent(body, "uno"), otra: typedOf(body, ["otra"]).otra, dos: typedParent(body, "dos") };
}

function typedParent(body: unknown, who: "uno" | "dos"): TypedParent {
  const typed = typedOf(body, [`${who}-parte`, `${who}-razon`]);
  return { parte: typed[`${who}-parte`], razon: typed[`${who}-razon`], permiso: typedDate(body, `${who}-permiso`) };
}

export function checkParents(typed: TypedParents, today: LocalDate): Checked<Parent[], JourneyError> {
  const uno = checkParent("uno", typed.uno, today);
  const dos = typed.otra === "si" ? checkParent("dos", typed.dos, today) : undefined;
  const second: Problem<JourneyError>[] =
    typed.otra === "si" || typed.otra === "no" ? [] : [{ field: "otra", key: "second_missing" }];
  const problems = [...problemsOf(uno), ...second, ...problemsOf(dos)];
  if (problems.length > 0 || !("part" in uno)) return { ok: false, problems };
  return { ok: true, value: dos && "part" in dos ? [uno, dos] : [uno] };
}

const PERMISSION_PROBLEMS: Readonly<Record<DateProblem, JourneyError>> = {
  date_missing: "permission_incomplete",
  date_incomplete: "permission_incomplete",
  date_year: "permission_year",
  date_impossible: "permission_impossible",
};

function checkParent(
  who: "uno" | "dos",
  { parte, permiso, razon }: TypedParent,
  today: LocalDate,
): Parent | Problem<JourneyError> {
  const part = PARTS.find((one) => one === parte);
  if (part === undefined) return { field: `${who}-parte`, key: "part_missing" };
  if (part === "cannot") {
    const reason = REASONS.find((one) => one === razon);
    return reason ? { part, reason } : { field: `${who}-razon`, key: "reason_missing" };
  }
  if (part === "comes" || Object.values(permiso).every((text) => text === "")) return { part };
  const signed = dateOf(permiso);
  const field = `${who}-permiso`;
  if ("problem" in signed) return { field, key: PERMISSION_PROBLEMS[signed.problem], wrong: signed.wrong };
  if (addDays(signed.date, PERMISSION_DAYS) < today)
    return { field, key: "permission_old", wrong: ["day", "month", "year"] };
  return { part, permissionOn: signed.date };
}

function problemsOf(parent: Parent | Problem<JourneyError> | undefined): Problem<JourneyError>[] {
  return parent && "key" in parent ? [parent] : [];
}
