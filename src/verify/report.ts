/** What can be wrong with a published draw. Stable codes: `verify.py` uses the same. */
export const FAULTS = [
  "malformed",
  "other_draw",
  "bad_signature",
  "unknown_key",
  "opening_changed",
  "two_manifests",
  "backdated_manifest",
  "another_round",
  "bad_beacon",
  "changed_supply",
  "changed_leaf",
  "changed_filings",
  "promise_without_leaf",
  "wrong_result",
] as const;
export type Fault = (typeof FAULTS)[number];

/** What cannot be shown with these files. The first six leave a draw unproven; the others only say what was not looked at. */
export const REMARKS = [
  "missing_manifest",
  "missing_witness",
  "missing_beacon",
  "missing_result",
  "missing_cutoffs",
  "promise_not_proven",
  "operator_beacon",
  "keys_from_the_file",
  "replay_not_published",
] as const;
export type Remark = (typeof REMARKS)[number];
const UNPROVEN: readonly Remark[] = [
  "missing_manifest",
  "missing_witness",
  "missing_beacon",
  "missing_result",
  "missing_cutoffs",
  "promise_not_proven",
];

export type Verdict = "false" | "not_publicly_verifiable" | "unproven" | "verified";

export interface Finding<Code extends string> {
  readonly code: Code;
  /** The document, line or number it is about; never a person. */
  readonly about: string;
}

export interface Report {
  readonly draw: string | null;
  readonly verdict: Verdict;
  readonly faults: readonly Finding<Fault>[];
  readonly remarks: readonly Finding<Remark>[];
  /** What was looked at: entries replayed, households checked. */
  readonly entries: number;
  readonly households: number;
  readonly promises: number;
}

/** A fault outweighs everything; randomness that the operator made can never be called verified. */
export function verdictOf(faults: readonly Finding<Fault>[], remarks: readonly Finding<Remark>[]): Verdict {
  if (faults.length > 0) return "false";
  if (remarks.some(({ code }) => code === "operator_beacon")) return "not_publicly_verifiable";
  return remarks.some(({ code }) => UNPROVEN.includes(code)) ? "unproven" : "verified";
}
