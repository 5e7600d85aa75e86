import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { OutcomeInput } from "../types.ts";

/**
 * Of what is typed in from paper, what is not recorded yet. Nothing when it all stands as typed: typing twice records
 * once. Refused when something else stands for that service of a person: paper does not overrule what a clerk recorded.
 */
export function notYetRecorded(
  typed: readonly OutcomeInput[],
  standing: readonly OutcomeInput[],
): Outcome<OutcomeInput[], { code: "recorded_otherwise" }> {
  const keyOf = (one: OutcomeInput): string => `${one.appointmentId} ${one.service}`;
  const recorded = new Map(standing.map((one) => [keyOf(one), one]));
  const asTyped = typed.every((one) => {
    const stands = recorded.get(keyOf(one));
    return !stands || (stands.code === one.code && (stands.reason ?? undefined) === one.reason);
  });
  return asTyped ? accept(typed.filter((one) => !recorded.has(keyOf(one)))) : refuse({ code: "recorded_otherwise" });
}
