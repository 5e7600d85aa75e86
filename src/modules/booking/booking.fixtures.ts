import type { Outcome } from "#kernel/outcome.ts";

/** How often each answer was given: `booked`, or the code of a refusal. */
export function codes(outcomes: readonly Outcome<unknown, { readonly code: string }>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of outcomes)
    counts[one.ok ? "booked" : one.refusal.code] = (counts[one.ok ? "booked" : one.refusal.code] ?? 0) + 1;
  return counts;
}
