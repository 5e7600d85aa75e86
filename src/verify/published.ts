import { openBook, type Book } from "#modules/allocation/rules/book.ts";
import { sealedHash, type SealedFiling } from "#modules/allocation/rules/live.ts";
import { entryLine } from "#modules/allocation/rules/lines.ts";
import { isUsablePolicy } from "#modules/allocation/rules/policy.ts";
import type {
  Assignment,
  Beacon,
  Cell,
  CellCutoff,
  Cutoffs,
  Digest,
  Entry,
  InclusionProof,
  Manifest,
  Opening,
  Result,
} from "#modules/allocation/types.ts";
import {
  isAssignment,
  isBeacon,
  isCell,
  isCellCutoff,
  isFiling,
  isManifest,
  isOpening,
  isProof,
  isResult,
  isShares,
} from "./shapes.ts";

export interface Signed<Body> {
  readonly body: Body;
  readonly note: string;
}

/** A household's own papers: its entry, the way to the root, and what it was told. */
export interface Household {
  readonly entry: Entry;
  readonly proof: InclusionProof;
  readonly told: Assignment | null;
}

/** Everything that the files say, line by line (docs/verify.md); nothing of it is believed yet. */
export interface Published {
  openings: Signed<Opening>[];
  manifests: Signed<Manifest>[];
  results: Signed<Result>[];
  beacons: Beacon[];
  cells: Cell[];
  shares: Omit<Cutoffs, "cells"> | undefined;
  cutoffs: CellCutoff[];
  promises: string[];
  households: Household[];
  /** Commitment to the persons behind leaves as far as they were read; undefined where there are none. */
  sealed: { last: string; digest: Digest } | undefined;
  /** The replay's entries, once there is one; it needs the opening and the cells to stand before it. */
  book: Book | undefined;
  /** Lines that are not what they say. */
  malformed: string[];
}

/** One bad line makes a file false; naming a million of them helps nobody. */
const MOST_NAMED = 20;

/** Takes lines in one by one: a replay has a million of them. */
export function readPublished() {
  const found: Published = {
    openings: [],
    manifests: [],
    results: [],
    beacons: [],
    cells: [],
    shares: undefined,
    cutoffs: [],
    promises: [],
    households: [],
    sealed: undefined,
    book: undefined,
    malformed: [],
  };
  let line = 0;

  function take(text: string): boolean {
    const { kind, ...fields } = JSON.parse(text) as Record<string, unknown>;
    const { body, note } = fields;
    switch (kind) {
      case "opening":
        return isOpening(body) && typeof note === "string" && found.openings.push({ body, note }) > 0;
      case "manifest":
        return isManifest(body) && typeof note === "string" && found.manifests.push({ body, note }) > 0;
      case "result":
        return isResult(body) && typeof note === "string" && found.results.push({ body, note }) > 0;
      case "beacon":
        return isBeacon(fields) && found.beacons.push(fields) > 0;
      case "cell":
        return !found.book && isCell(fields) && found.cells.push(fields) > 0;
      case "cutoff":
        return isCellCutoff(fields) && found.cutoffs.push(fields) > 0;
      case "shares":
        if (found.shares || !isShares(fields)) return false;
        found.shares = fields;
        return true;
      case "promise":
        return typeof note === "string" && found.promises.push(note) > 0;
      case "household":
        return takeHousehold(fields);
      case "filing":
        return isFiling(fields) && takeFiling(fields);
      case "entry":
        return takeEntry(text, fields.entry as Entry);
      default:
        return false;
    }
  }

  function takeHousehold({ entry, proof, told }: Record<string, unknown>): boolean {
    if (!isProof(proof) || !isAssignment(told)) return false;
    return found.households.push({ entry: entry as Entry, proof, told }) > 0;
  }

  function takeFiling(filing: SealedFiling): boolean {
    if (found.sealed && filing.app < found.sealed.last) return false;
    found.sealed = { last: filing.app, digest: sealedHash([filing], found.sealed?.digest) };
    return true;
  }

  function takeEntry(text: string, entry: Entry): boolean {
    const [opening] = found.openings;
    if (!opening || !isUsablePolicy(opening.body.policy)) return false;
    found.book ??= openBook(found.cells, opening.body.policy, { leaves: true });
    if (entry.draw !== opening.body.draw) return false;
    found.book.add(entry);
    // The line has one spelling, so that it holds nothing that is not in the leaf.
    return text === entryLine(entry);
  }

  return {
    line(text: string): void {
      line += 1;
      if (text.trim() === "") return;
      try {
        if (take(text)) return;
      } catch {
        // Said below, like every other line that cannot be read.
      }
      if (found.malformed.length < MOST_NAMED) found.malformed.push(`line ${line}`);
    },
    end: (): Published => found,
  };
}
