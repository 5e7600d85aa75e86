import { addDays } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { parseAddress } from "#modules/people/index.ts";
import { PERMISSION_DAYS } from "#kernel/limits.ts";
import type { CannotReason, Parent, ParentPart } from "#modules/booking/index.ts";
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
  /** How the sheet reaches an absent parent: `familia`, `email` or `sms`. */
  readonly hoja: string;
  readonly correo: string;
  readonly celular: string;
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
  const typed = typedOf(body, [`${who}-parte`, `${who}-razon`, `${who}-hoja`, `${who}-correo`, `${who}-celular`]);
  return {
    parte: typed[`${who}-parte`],
    razon: typed[`${who}-razon`],
    permiso: typedDate(body, `${who}-permiso`),
    hoja: typed[`${who}-hoja`],
    correo: typed[`${who}-correo`],
    celular: typed[`${who}-celular`],
  };
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

function checkParent(who: "uno" | "dos", typed: TypedParent, today: LocalDate): Parent | Problem<JourneyError> {
  const { parte, permiso, razon } = typed;
  const part = PARTS.find((one) => one === parte);
  if (part === undefined) return { field: `${who}-parte`, key: "part_missing" };
  if (part === "cannot") {
    const reason = REASONS.find((one) => one === razon);
    return reason ? { part, reason } : { field: `${who}-razon`, key: "reason_missing" };
  }
  if (part === "comes") return { part };
  const sheet = checkSheet(who, typed);
  if (sheet && "key" in sheet) return sheet;
  const sheetTo = sheet && { sheetTo: sheet };
  if (Object.values(permiso).every((text) => text === "")) return { part, ...sheetTo };
  const signed = dateOf(permiso);
  const field = `${who}-permiso`;
  if ("problem" in signed) return { field, key: PERMISSION_PROBLEMS[signed.problem], wrong: signed.wrong };
  if (addDays(signed.date, PERMISSION_DAYS) < today)
    return { field, key: "permission_old", wrong: ["day", "month", "year"] };
  return { part, permissionOn: signed.date, ...sheetTo };
}

/** The box in which each kind's address is typed, and what is wrong with it. */
const SHEET_BOXES = { email: ["correo", "sheet_email"], sms: ["celular", "sheet_phone"] } as const;

/** Where the sheet goes. Whoever chooses nothing hands it over herself, as whoever says so. */
function checkSheet(who: "uno" | "dos", typed: TypedParent): Parent["sheetTo"] | Problem<JourneyError> {
  const kind = (["email", "sms"] as const).find((one) => one === typed.hoja);
  if (kind === undefined) return undefined;
  const [box, key] = SHEET_BOXES[kind];
  const parsed = parseAddress(kind, typed[box]);
  return parsed ? { kind, address: parsed.address } : { field: `${who}-${box}`, key };
}

function problemsOf(parent: Parent | Problem<JourneyError> | undefined): Problem<JourneyError>[] {
  return parent && "key" in parent ? [parent] : [];
}
