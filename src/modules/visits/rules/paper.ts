import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { OutcomeInput } from "../types.ts";

/**
 * Of what is typed in from paper, what is not recorded yet. Nothing when it all stands as typed: typing twice records
 * once. Refused when something else stands for a person: paper does not overrule what a clerk recorded.
 */
export function notYetRecorded(
  typed: readonly OutcomeInput[],
  standing: readonly OutcomeInput[],
): Outcome<OutcomeInput[], { code: "recorded_otherwise" }> {
  const recorded = new Map(standing.map((one) => [`${one.appointmentId} ${one.service}`, one]));
  const whose = new Set(standing.map((one) => one.appointmentId));
  const known = typed.filter((one) => whose.has(one.appointmentId));
  const asTyped = known.every((one) => {
    const stands = recorded.get(`${one.appointmentId} ${one.service}`);
    return stands?.code === one.code && (stands.reason ?? undefined) === one.reason;
  });
  return asTyped
    ? accept(typed.filter((one) => !whose.has(one.appointmentId)))
    : refuse({ code: "recorded_otherwise" });
}
