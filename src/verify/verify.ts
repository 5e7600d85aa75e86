import { canonicalJson, NotCanonical } from "#kernel/canonical-json.ts";
import { DIGEST_BYTES, toHex } from "#kernel/digest.ts";
import { drawBook } from "#modules/allocation/rules/allocate.ts";
import type { Book } from "#modules/allocation/rules/book.ts";
import { isRoundOfQuicknet, QUICKNET, timeOfRound } from "#modules/allocation/rules/beacon.ts";
import {
  documentHash,
  manifestText,
  openingText,
  outcomeHash,
  parsePromise,
  resultText,
} from "#modules/allocation/rules/documents.ts";
import { expectedOf } from "#modules/allocation/rules/household.ts";
import { compareCells, entryProblem, leafHash, leafText, supplyHash } from "#modules/allocation/rules/leaf.ts";
import { rootFromProof } from "#kernel/merkle.ts";
import { cosignedAt, isNoteSignedBy, parseNote } from "#kernel/notes.ts";
import { isUsablePolicy } from "#modules/allocation/rules/policy.ts";
import { drawSeed } from "#modules/allocation/rules/seed.ts";
import type { Cutoffs, Digest, Manifest, Opening, Promised, Result, Signer } from "#modules/allocation/types.ts";
import type { Household, Published, Signed } from "./published.ts";
import { type Fault, type Finding, type Remark, type Report, verdictOf } from "./report.ts";

/** Keys that the reader got elsewhere; without them only the files vouch for themselves. */
export interface Trust {
  readonly operator?: string;
  readonly witnesses?: readonly string[];
}

/** Checks a draw from its published files alone, and names everything that is wrong. Needs no network and no clock. */
export function verify(found: Published, trust: Trust = {}): Report {
  const faults: Finding<Fault>[] = found.malformed.map((about) => ({ code: "malformed", about }));
  const remarks: Finding<Remark>[] = [];
  const fault = (code: Fault, about: string): void => void faults.push({ code, about });
  const remark = (code: Remark, about: string): void => void remarks.push({ code, about });
  let households = 0;
  let promises = 0;

  const opening = checkOpening(found, trust, fault, remark);
  if (opening)
    guarded(fault, () => {
      const manifest = checkManifest(found, opening, fault, remark);
      const randomness = checkBeacon(found, opening, manifest, fault, remark);
      if (manifest) {
        checkCommitments(found, manifest, fault, remark);
        promises = checkPromises(found, opening, manifest, fault, remark);
        const result = checkResult(found, opening, manifest, randomness, fault, remark);
        if (result) {
          const untouched = !faults.some(({ code }) => code === "changed_leaf" || code === "changed_supply");
          if (found.book && untouched) checkReplay(found.book, result, fault);
          households = checkHouseholds(found, opening, manifest, result, fault);
        }
      }
    });
  return {
    draw: opening?.draw ?? null,
    verdict: verdictOf(faults, remarks),
    faults,
    remarks,
    entries: found.book?.count ?? 0,
    households,
    promises,
  };
}

/** A file may claim cells outside any calendar, or rows that contradict each other: that is a fault of the file. */
function guarded(fault: Say<Fault>, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof NotCanonical)) throw error;
    fault("malformed", error.message);
  }
}

type Say<Code> = (code: Code, about: string) => void;

function checkOpening(
  { openings, manifests, results, beacons }: Published,
  trust: Trust,
  fault: Say<Fault>,
  remark: Say<Remark>,
): Opening | undefined {
  const [first, ...others] = openings;
  if (!first || !isUsablePolicy(first.body.policy)) {
    fault("malformed", "opening");
    return undefined;
  }
  const { body } = first;
  for (const other of others)
    if (canonicalJson(other.body) !== canonicalJson(body)) fault("opening_changed", "opening");
  const drawn = [...manifests, ...results]
    .map((document) => document.body.draw)
    .concat(beacons.map(({ draw }) => draw));
  if (drawn.some((draw) => draw !== body.draw)) fault("other_draw", body.draw);
  if (!isSigned(first, openingText(body.operator.name, body), body.operator)) fault("bad_signature", "opening");
  if (body.beacon.source === "drand") {
    if (body.beacon.chain !== QUICKNET.chain) fault("bad_beacon", "chain");
    if (timeOfRound(body.beacon.round) !== body.drawsAt || body.drawsAt <= body.locksAt)
      fault("another_round", "opening");
  } else {
    remark("operator_beacon", "opening");
  }
  if (trust.operator !== undefined && trust.operator !== body.operator.key) fault("unknown_key", body.operator.name);
  const known = trust.witnesses;
  for (const { name, key } of known ? body.witnesses : []) if (!known!.includes(key)) fault("unknown_key", name);
  if (trust.operator === undefined || known === undefined) remark("keys_from_the_file", body.operator.name);
  return body;
}

function checkManifest(
  { manifests }: Published,
  opening: Opening,
  fault: Say<Fault>,
  remark: Say<Remark>,
): Manifest | undefined {
  const operator = opening.operator;
  const signed = manifests.filter((manifest) => {
    const good = isSigned(manifest, manifestText(operator.name, manifest.body), operator);
    if (!good) fault("bad_signature", "manifest");
    return good;
  });
  const hashes = [...new Set(signed.map(({ body }) => documentHash(body)))];
  if (hashes.length > 1) fault("two_manifests", hashes.join(" "));
  const [manifest] = signed;
  if (!manifest) {
    if (manifests.length === 0) remark("missing_manifest", opening.draw);
    return undefined;
  }
  const { body } = manifest;
  if (body.opening !== documentHash(opening)) fault("opening_changed", "manifest");
  if (body.round !== (opening.beacon.source === "drand" ? opening.beacon.round : null))
    fault("another_round", "manifest");
  checkWitnesses(signed, opening, fault, remark);
  return body;
}

/** The manifest's own date proves nothing; strangers must have seen it before the round. */
function checkWitnesses(
  manifests: readonly Signed<Manifest>[],
  opening: Opening,
  fault: Say<Fault>,
  remark: Say<Remark>,
): void {
  const [{ body }] = manifests as [Signed<Manifest>];
  const notes = manifests.filter((other) => documentHash(other.body) === documentHash(body));
  const times = new Map<string, number>();
  for (const { note } of notes) {
    const parsed = parseNote(note)!;
    for (const witness of opening.witnesses) {
      const time = cosignedAt(parsed, witness);
      if (time !== undefined) times.set(witness.key, Math.min(time, times.get(witness.key) ?? time));
    }
  }
  const early = [...times.values()].filter((time) => time < opening.drawsAt).length;
  // An opening may not ask for fewer than the two witnesses without whom the operator vouches for himself, nor for so
  // few of a long list that one half could have seen another manifest than the other.
  const needed = Math.max(opening.quorum, LEAST_WITNESSES, Math.floor(opening.witnesses.length / 2) + 1);
  if (early >= needed) return;
  if (times.size > early || body.at >= opening.drawsAt) fault("backdated_manifest", `${body.at}`);
  else remark("missing_witness", `${early} of ${needed}`);
}
/** Fairness.md 4.1.3. */
const LEAST_WITNESSES = 2;

function checkBeacon(
  { beacons }: Published,
  opening: Opening,
  manifest: Manifest | undefined,
  fault: Say<Fault>,
  remark: Say<Remark>,
): Digest | undefined {
  const [beacon, ...others] = beacons;
  if (!beacon) {
    remark("missing_beacon", opening.draw);
    return undefined;
  }
  if (others.some((other) => canonicalJson(other) !== canonicalJson(beacon))) fault("bad_beacon", "two beacons");
  const named = opening.beacon.source === "drand" ? opening.beacon.round : null;
  if (beacon.round !== named || (manifest && manifest.round !== beacon.round))
    fault("another_round", `${beacon.round}`);
  else if (named !== null && !isRoundOfQuicknet(beacon)) fault("bad_beacon", `${beacon.round}`);
  return beacon.randomness;
}

function checkCommitments(
  { book, cells, sealed: filings }: Published,
  { supply, root, count, persons, sealed }: Manifest,
  fault: Say<Fault>,
  remark: Say<Remark>,
): void {
  if ((cells.length > 0 || book) && supplyHash(cells) !== supply) fault("changed_supply", supply);
  if (filings && filings.digest !== sealed) fault("changed_filings", sealed);
  if (!book) {
    // Before the last date of a draw only auditors have the rows.
    if (count > 0) remark("replay_not_published", `${count}`);
    return;
  }
  const total = book.persons.values.subarray(0, book.count).reduce((sum, party) => sum + party, 0);
  const same = book.count === count && total === persons && treeOf(book) === root;
  if (!same) fault("changed_leaf", root);
}

/** Undefined when two rows have one number: that is no tree of anybody's. */
function treeOf(book: Book): Digest | undefined {
  try {
    return book.root();
  } catch {
    return undefined;
  }
}

function checkPromises(
  found: Published,
  opening: Opening,
  manifest: Manifest,
  fault: Say<Fault>,
  remark: Say<Remark>,
): number {
  if (found.promises.length === 0) return 0;
  const proven = found.households.filter(({ entry, proof }) => isIncluded(entry, proof, manifest, opening));
  const leaves = new Set<string>(proven.map(({ entry }) => leafHash(entry)));
  if (found.book) for (const leaf of hexLeaves(found.book.leafHashes())) leaves.add(leaf);
  const promises = found.promises.flatMap((note): Promised[] => {
    const parsed = parseNote(note);
    const promise = parsed && parsePromise(opening.operator.name, parsed.text);
    if (!promise || !isNoteSignedBy(parsed, opening.operator)) fault("bad_signature", "promise");
    else if (promise.draw !== opening.draw) fault("other_draw", "promise");
    else return [promise];
    return [];
  });
  const ended = new Set(promises.map(({ replaces }) => replaces));
  for (const { leaf, at } of promises) {
    if (leaf === null || ended.has(leaf) || at > opening.locksAt || leaves.has(leaf)) continue;
    if (found.book || found.households.length > 0) fault("promise_without_leaf", leaf);
    else remark("promise_not_proven", leaf);
  }
  return promises.length;
}

function hexLeaves(hashes: Uint8Array): string[] {
  return Array.from({ length: hashes.length / DIGEST_BYTES }, (_, at) =>
    toHex(hashes.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES)),
  );
}

function isIncluded(entry: Household["entry"], proof: Household["proof"], manifest: Manifest, { policy }: Opening) {
  try {
    if (entryProblem(entry, policy) || canonicalJson(entry) !== leafText(entry)) return false;
  } catch {
    // It is no entry at all.
    return false;
  }
  return proof.count === manifest.count && rootFromProof(leafHash(entry), proof) === manifest.root;
}

function checkResult(
  found: Published,
  opening: Opening,
  manifest: Manifest,
  randomness: Digest | undefined,
  fault: Say<Fault>,
  remark: Say<Remark>,
): Result | undefined {
  const [result, ...others] = found.results;
  if (!result) {
    remark("missing_result", opening.draw);
    return undefined;
  }
  const { body } = result;
  if (!isSigned(result, resultText(opening.operator.name, body), opening.operator)) {
    fault("bad_signature", "result");
    return undefined;
  }
  if (others.some((other) => canonicalJson(other.body) !== canonicalJson(body))) fault("wrong_result", "two results");
  const seed = randomness && drawSeed(opening.draw, manifest.root, manifest.supply, randomness);
  const follows =
    body.manifest === documentHash(manifest) && (!seed || (body.seed === seed && body.randomness === randomness));
  if (!follows) fault("wrong_result", "seed");
  const cutoffs = cutoffsOf(found);
  if (!cutoffs) remark("missing_cutoffs", opening.draw);
  else if (documentHash(cutoffs) !== body.cutoffs) fault("wrong_result", "cutoffs");
  return body;
}

function cutoffsOf({ shares, cutoffs }: Published): Cutoffs | undefined {
  return shares && { ...shares, cells: [...cutoffs].sort(compareCells) };
}

/** The whole draw once more. */
function checkReplay(book: Book, result: Result, fault: Say<Fault>): void {
  const again = drawBook(book, result.seed);
  const same =
    outcomeHash(again.outcomes()) === result.outcome &&
    documentHash(again.cutoffs) === result.cutoffs &&
    again.served === result.served &&
    again.count - again.served === result.waiting;
  if (!same) fault("wrong_result", "replay");
}

function checkHouseholds(
  found: Published,
  opening: Opening,
  manifest: Manifest,
  result: Result,
  fault: Say<Fault>,
): number {
  const cutoffs = cutoffsOf(found);
  for (const { entry, proof, told } of found.households) {
    if (!isIncluded(entry, proof, manifest, opening)) {
      fault("changed_leaf", String(entry?.app));
    } else if (cutoffs) {
      const { assigned } = expectedOf(entry, result.seed, cutoffs, opening.policy);
      if (canonicalJson(assigned) !== canonicalJson(told)) fault("wrong_result", entry.app);
    }
  }
  return found.households.length;
}

function isSigned({ note }: Signed<unknown>, text: string, signer: Signer): boolean {
  const parsed = parseNote(note);
  return parsed !== undefined && parsed.text === text && isNoteSignedBy(parsed, signer);
}
