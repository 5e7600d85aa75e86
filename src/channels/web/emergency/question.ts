import { EMERGENCY_KINDS, NEEDED_BY, type EmergencyQuestion } from "#modules/emergencies/index.ts";
import type { Network } from "#modules/offices/index.ts";
import { typedOf, type Checked, type Problem } from "../visit/forms.ts";

/** What stood in the boxes of the two questions. */
export interface TypedQuestion {
  readonly que: string;
  readonly cuando: string;
  readonly oficina: string;
  readonly forma: string;
  readonly telefono: string;
}

export type QuestionProblem = "kind_missing" | "needed_missing" | "office_missing" | "reach_missing" | "invalid_phone";

/** By a call, or by a notice to a contact that is proved. */
export const BY_PHONE = "llamada";
export const BY_NOTICE = "aviso";

export function typedQuestion(source: unknown): TypedQuestion {
  return typedOf(source, ["que", "cuando", "oficina", "forma", "telefono"]);
}

/** The question as it is asked; of each box what is to be mended, in their order. */
export function checkQuestion(
  typed: TypedQuestion,
  network: Pick<Network, "officeById">,
): Checked<EmergencyQuestion, QuestionProblem> {
  const kind = EMERGENCY_KINDS.find((one) => one === typed.que);
  const neededBy = NEEDED_BY.find((one) => one === typed.cuando);
  const office = network.officeById.get(typed.oficina);
  const problems: Problem<QuestionProblem>[] = [
    ...(kind ? [] : [{ field: "que", key: "kind_missing" as const }]),
    ...(neededBy ? [] : [{ field: "cuando", key: "needed_missing" as const }]),
    ...(office ? [] : [{ field: "oficina", key: "office_missing" as const }]),
    ...(typed.forma === BY_PHONE || typed.forma === BY_NOTICE
      ? []
      : [{ field: "forma", key: "reach_missing" as const }]),
  ];
  if (!kind || !neededBy || !office || problems.length > 0) return { ok: false, problems };
  const phone = typed.forma === BY_PHONE ? typed.telefono : undefined;
  return { ok: true, value: { officeId: office.id, kind, neededBy, phone } };
}
