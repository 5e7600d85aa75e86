import { canonicalJson } from "#kernel/canonical-json.ts";
import type { Entry } from "../types.ts";
import { leafText } from "./leaf.ts";

/** A row of the replay file, in the one spelling that a verifier accepts. */
export function entryLine(entry: Entry): string {
  return `{"entry":${leafText(entry)},"kind":"entry"}`;
}

export type LineKind =
  "opening" | "manifest" | "beacon" | "result" | "shares" | "cutoff" | "cell" | "promise" | "household" | "filing";

/** Any other line of a published file (docs/verify.md). */
export function documentLine(kind: LineKind, fields: object): string {
  return canonicalJson({ kind, ...fields });
}
