import { sha256, toHex, utf8 } from "#kernel/digest.ts";
import { DRAW_POLICY } from "./rules/policy.ts";
import type { AppId, Cell, Digest, DrawId, Entry, Option, Policy } from "./types.ts";

export const A_DRAW = "00000000-0000-4000-8000-000000000001" as DrawId;

export function aDigest(of: string): Digest {
  return toHex(sha256(utf8(of))) as Digest;
}
export function anApp(of: string): AppId {
  return aDigest(of).slice(0, 32) as AppId;
}

/** A policy without caps, so that a small example is not about shares. */
export function aPolicy(changes: Partial<Policy> = {}): Policy {
  return { ...DRAW_POLICY, tierShares: [1000, 1000], contactShares: {}, domainShare: 1000, ...changes };
}

export function aCell(changes: Partial<Cell> = {}): Cell {
  return { office: "dallas", group: "documentacion", date: "2027-03-01", band: 0, places: 2, ...changes };
}

export function anOption(changes: Partial<Option> = {}): Option {
  return {
    offices: ["dallas"],
    from: "2027-03-01",
    to: "2027-03-05",
    weekdays: 0b0011111,
    bands: 0b111,
    ...changes,
  };
}

export function anEntry(changes: Partial<Entry> = {}): Entry {
  const persons = changes.persons ?? 1;
  return {
    v: 1,
    draw: A_DRAW,
    app: anApp("a household"),
    persons,
    need: { documentacion: persons },
    tier: 3,
    contact: "known",
    domain: "",
    options: [anOption()],
    lot: aDigest("a salt"),
    holds: null,
    ...changes,
  };
}
