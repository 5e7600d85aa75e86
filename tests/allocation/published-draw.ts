import { A_DRAW, aDigest } from "#modules/allocation/allocation.fixtures.ts";
import { drawBook } from "#modules/allocation/rules/allocate.ts";
import { QUICKNET, timeOfRound } from "#modules/allocation/rules/beacon.ts";
import { openBook } from "#modules/allocation/rules/book.ts";
import {
  documentHash,
  manifestText,
  openingText,
  outcomeHash,
  promiseText,
  resultText,
} from "#modules/allocation/rules/documents.ts";
import { leafHash, supplyHash } from "#modules/allocation/rules/leaf.ts";
import { documentLine, entryLine } from "#modules/allocation/rules/lines.ts";
import { inclusionProof, merkleLevels } from "#kernel/merkle.ts";
import { cosignatureLine, cosignedText, joinNote, signatureLine } from "#kernel/notes.ts";
import { drawSeed } from "#modules/allocation/rules/seed.ts";
import type {
  Allocation,
  Beacon,
  Cell,
  Cutoffs,
  Digest,
  Entry,
  Manifest,
  Opening,
  Promised,
  Result,
  Signer,
} from "#modules/allocation/types.ts";
import quicknet from "../vectors/allocation/quicknet.json" with { type: "json" };
import { aSigner, type TestSigner } from "../support/witness.ts";
import type { RandomMarket } from "./random-market.ts";

interface Recorded {
  readonly round: number;
  readonly signature: string;
  readonly randomness: Digest;
}
/** Real rounds of quicknet. */
export const [ROUND_1000, ROUND_657413] = quicknet.rounds as unknown as readonly [Recorded, Recorded];

export const OPERATOR = aSigner("citas.example");
export const WITNESSES = [aSigner("witness.example/a"), aSigner("witness.example/b")] as const;
const signerOnly = ({ name, key }: Signer): Signer => ({ name, key });

const DRAWS_AT = timeOfRound(ROUND_1000.round);
const MINUTES = 60;

export interface Forgery {
  source?: "drand" | "operator";
  opening?: Partial<Opening>;
  manifest?: Partial<Manifest>;
  /** Who really cosigns, instead of `WITNESSES`. */
  witnesses?: readonly TestSigner[];
  /** When each witness says it saw the manifest; null: it did not. */
  seenAt?: readonly (number | null)[];
  beacon?: Partial<Beacon>;
  result?: Partial<Result>;
  /** Published instead of what was committed. */
  entries?: readonly Entry[];
  cells?: readonly Cell[];
  cutoffs?: (cutoffs: Cutoffs) => Cutoffs;
  promises?: readonly Partial<Promised>[];
  told?: Partial<Entry>;
}

export interface PublishedDraw {
  readonly documents: string[];
  readonly replay: string[];
  /** A household's own papers, by the entry's place in the market. */
  household(index: number): string[];
  readonly drawn: Allocation;
  readonly opening: Opening;
  readonly manifest: Manifest;
  readonly result: Result;
}

/** A whole draw with its papers, honest unless told otherwise. */
export function publishDraw({ cells, policy, entries }: RandomMarket, forged: Forgery = {}): PublishedDraw {
  const source = forged.source ?? "drand";
  const opening: Opening = {
    v: 1,
    draw: A_DRAW,
    follows: null,
    opensAt: DRAWS_AT - 7 * 24 * 60 * MINUTES,
    locksAt: DRAWS_AT - 30 * MINUTES,
    drawsAt: DRAWS_AT,
    beacon: source === "drand" ? { source, chain: QUICKNET.chain, round: ROUND_1000.round } : { source },
    policy,
    operator: signerOnly(OPERATOR),
    witnesses: WITNESSES.map(signerOnly),
    quorum: 2,
    ...forged.opening,
  };
  const book = openBook(cells, policy, { leaves: true });
  for (const entry of entries) book.add(entry);
  const manifest: Manifest = {
    v: 1,
    draw: opening.draw,
    opening: documentHash(opening),
    root: book.root(),
    supply: supplyHash(cells),
    count: entries.length,
    persons: entries.reduce((sum, { persons }) => sum + persons, 0),
    counts: [],
    sealed: aDigest("sealed"),
    round: source === "drand" ? ROUND_1000.round : null,
    code: "a-release",
    at: DRAWS_AT - 25 * MINUTES,
    ...forged.manifest,
  };
  const beacon: Beacon = {
    draw: opening.draw,
    ...(source === "drand" ? ROUND_1000 : { round: null, signature: null, randomness: aDigest("our own") }),
    ...forged.beacon,
  };
  const seed = drawSeed(opening.draw, manifest.root, manifest.supply, beacon.randomness);
  const drawn = drawBook(book, seed);
  const cutoffs = forged.cutoffs ? forged.cutoffs(drawn.cutoffs) : drawn.cutoffs;
  const result: Result = {
    v: 1,
    draw: opening.draw,
    manifest: documentHash(manifest),
    randomness: beacon.randomness,
    seed,
    outcome: outcomeHash(drawn.outcomes()),
    cutoffs: documentHash(cutoffs),
    served: drawn.served,
    waiting: drawn.count - drawn.served,
    ...forged.result,
  };

  const documents = [
    documentLine("opening", { body: opening, note: noteOf(openingText(OPERATOR.name, opening)) }),
    manifestLine(manifest, forged.seenAt ?? [DRAWS_AT - 20 * MINUTES, DRAWS_AT - 19 * MINUTES], forged.witnesses),
    documentLine("beacon", beacon),
    documentLine("result", { body: result, note: noteOf(resultText(OPERATOR.name, result)) }),
    documentLine("shares", { tiers: cutoffs.tiers, contacts: cutoffs.contacts, domains: cutoffs.domains }),
    ...cutoffs.cells.map((cell) => documentLine("cutoff", cell)),
    ...(forged.promises ?? []).map((promise) => promiseLine({ ...aPromise(opening), ...promise })),
  ];
  const replay = [
    ...(forged.cells ?? cells).map((cell) => documentLine("cell", cell)),
    ...(forged.entries ?? entries).map(entryLine),
  ];
  const household = (index: number): string[] => {
    const entry = entries[index]!;
    const apps = entries.map(({ app }) => app).sort();
    const proof = inclusionProof(merkleLevels(book.leafHashes()), apps.indexOf(entry.app));
    const told = drawn.outcomeOf(entry.app)!.assigned;
    return [
      documentLine("household", { entry: { ...entry, ...forged.told }, proof, told }),
      promiseLine({ ...aPromise(opening), leaf: leafHash(entry) }),
    ];
  };
  return { documents, replay, household, drawn, opening, manifest, result };
}

function aPromise({ draw, opensAt }: Opening): Promised {
  return { draw, leaf: aDigest("a leaf that is nowhere"), at: opensAt + 1, replaces: null };
}

export function manifestLine(
  manifest: Manifest,
  seenAt: readonly (number | null)[],
  witnesses: readonly TestSigner[] = WITNESSES,
): string {
  const text = manifestText(OPERATOR.name, manifest);
  const cosignatures = witnesses.flatMap((witness, index) => {
    const time = seenAt[index];
    return time == null ? [] : [cosignatureLine(witness, time, witness.sign(cosignedText(text, time)))];
  });
  return documentLine("manifest", { body: manifest, note: noteOf(text, cosignatures) });
}

function promiseLine(promise: Promised): string {
  return documentLine("promise", { note: noteOf(promiseText(OPERATOR.name, promise)) });
}

function noteOf(text: string, more: readonly string[] = []): string {
  return joinNote(text, [signatureLine(OPERATOR, OPERATOR.sign(text)), ...more]);
}
