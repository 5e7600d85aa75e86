import { setImmediate as othersFirst } from "node:timers/promises";
import { isNoteSignedBy, parseNote } from "#kernel/notes.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { uncommitPlaces } from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { drawBook } from "../rules/allocate.ts";
import type { Book } from "../rules/book.ts";
import { VOID_AFTER_MS } from "../rules/cycle.ts";
import { documentHash, outcomeHasher, readText, resultText } from "../rules/documents.ts";
import { documentLine } from "../rules/lines.ts";
import { deadLeaves } from "../rules/people.ts";
import { drawSeed } from "../rules/seed.ts";
import {
  findEntriesNote,
  insertDocuments,
  listDocuments,
  setDraw,
  takeDraw,
  voidWithSecond,
  type DocumentLine,
} from "../store/draws.ts";
import { insertOutcomes } from "../store/entries.ts";
import {
  joinWhole,
  listServedPeople,
  listSharedPeople,
  markNotLive,
  type ServedPerson,
  type SharedPerson,
} from "../store/filed-people.ts";
import type { Allocation, Beacon, Digest, Draw, DrawId, Manifest, Result } from "../types.ts";
import { endExchanges } from "../store/upgrades.ts";
import { operatorOf, signedNote } from "./notes.ts";
import { seconds } from "./open-draw.ts";
import { PAGE, readBook, readsOf } from "./read-book.ts";

/** First line after opening and manifest. */
const FIRST_SEQ = 3;

/**
 * Runs a locked draw once its round is there: all of the result in one transaction, or nothing of it. Whoever comes
 * second finds it done. `waits`: the round is not there yet, and nothing else is put in its place.
 */
export async function runDraw(ctx: Context, draw: Draw): Promise<"drawn" | "waits" | "void" | "done"> {
  const beacon = await beaconOf(ctx, draw);
  if (!beacon) return ctx.now.getTime() > draw.drawsAt.getTime() + VOID_AFTER_MS ? voidDraw(ctx, draw.id) : "waits";
  const read = readsOf(ctx);
  const [line] = await read((tx) => listDocuments(tx, draw.id, ["manifest"]));
  const { body: manifest } = JSON.parse(line!.line) as { body: Manifest };
  const [book, people] = await Promise.all([lockedBook(ctx, draw.id, manifest.root), listDoubtful(ctx, draw)]);
  const seed = drawSeed(draw.id, manifest.root, manifest.supply, beacon.randomness);
  await othersFirst();
  const drawn = drawBook(book, seed);
  await othersFirst();
  const cutoffs = cutoffsOf(drawn);
  const dead = deadLeaves(draw.id, seed, people);
  const isOurs = await transaction(ctx, "worker", async (tx) => {
    if (!(await takeDraw(tx, draw.id, "locked"))) return false;
    const outcome = await writeOutcomes(tx, draw.id, drawn);
    const lines = await resultLines(ctx, manifest, beacon, { seed, outcome, ...cutoffs }, drawn);
    await writeAhead(lines, (page) => insertDocuments(tx, draw.id, page));
    await markNotLive(tx, draw.id, dead);
    await setDraw(tx, draw.id, "drawn", { seed });
    return true;
  });
  return isOurs ? "drawn" : "done";
}

/**
 * The entries that were locked. They are told by the digest of what is read, which the operator signed together with the
 * root; where that does not fit, the tree is built anew, and says the last word.
 */
async function lockedBook(ctx: Context, drawId: DrawId, root: Digest): Promise<Book> {
  const read = readsOf(ctx);
  const signed = parseNote((await read((tx) => findEntriesNote(tx, drawId))) ?? "");
  const operator = await operatorOf(ctx);
  if (signed && isNoteSignedBy(signed, operator)) {
    const { book, digest } = await readBook(read, drawId, { leaves: false });
    if (signed.text === readText(operator.name, drawId, digest, root)) return book;
  }
  const { book } = await readBook(read, drawId, { leaves: true });
  if (book.root() !== root) throw new Error("the entries are not those that were locked");
  return book;
}

async function beaconOf(ctx: Context, draw: Draw): Promise<Beacon | undefined> {
  if (ctx.now < draw.drawsAt) return undefined;
  const found = await ctx.beacon.fetchRound(draw.round ?? seconds(draw.drawsAt));
  if (!found || (draw.round === null) !== (found.signature === null)) return undefined;
  const { signature, randomness } = found;
  return { draw: draw.id, round: draw.round, signature, randomness: randomness as Digest };
}

/** Written and hashed in one pass: making a million outcomes costs more than hashing them. */
async function writeOutcomes(tx: Tx, drawId: DrawId, drawn: Allocation): Promise<Digest> {
  const hash = outcomeHasher();
  const hashed = function* () {
    for (const outcome of drawn.outcomes()) {
      hash.add(outcome);
      yield outcome;
    }
  };
  await writeAhead(hashed(), (page) => insertOutcomes(tx, drawId, page));
  return hash.digest();
}

interface Published extends Pick<Result, "seed" | "outcome" | "cutoffs"> {
  /** Of the shares and of the cells' cutoffs. */
  readonly lines: readonly DocumentLine[];
}

/** Made before anything is locked: they are thousands of cells. */
function cutoffsOf({ cutoffs }: Allocation): Pick<Published, "cutoffs" | "lines"> {
  const { tiers, contacts, domains, cells } = cutoffs;
  const lines = [
    documentLine("shares", { tiers, contacts, domains }),
    ...cells.map((one) => documentLine("cutoff", one)),
  ];
  return {
    cutoffs: documentHash(cutoffs),
    lines: lines.map((line, i) => ({ seq: FIRST_SEQ + 2 + i, kind: i === 0 ? "shares" : "cutoff", line })),
  };
}

async function resultLines(
  ctx: Context,
  manifest: Manifest,
  beacon: Beacon,
  { seed, outcome, cutoffs, lines }: Published,
  { served, count }: Allocation,
): Promise<DocumentLine[]> {
  const operator = await operatorOf(ctx);
  const result: Result = {
    v: 1,
    draw: manifest.draw,
    manifest: documentHash(manifest),
    randomness: beacon.randomness,
    seed,
    outcome,
    cutoffs,
    served,
    waiting: count - served,
  };
  const note = await signedNote(ctx, operator, resultText(operator.name, result));
  return [
    { seq: FIRST_SEQ, kind: "beacon", line: documentLine("beacon", beacon) },
    { seq: FIRST_SEQ + 1, kind: "result", line: documentLine("result", { body: result, note }) },
    ...lines,
  ];
}

interface Doubtful {
  readonly shared: readonly SharedPerson[];
  readonly served: readonly ServedPerson[];
}

/**
 * People who may stand behind a leaf that cannot be booked. By itself and with memory to sort in: this comes nearest to
 * the time a statement is given. Nothing of it changes any more, so the server searches while the entries are read here.
 */
function listDoubtful(ctx: Context, draw: Draw): Promise<Doubtful> {
  return transaction(ctx, "worker", async (tx) => {
    await joinWhole(tx);
    return { shared: await listSharedPeople(tx, draw.id), served: await listServedPeople(tx, draw) };
  });
}

/** Its second round can never be drawn either: whoever asked stands in the next week's draw. */
async function voidDraw(ctx: Context, drawId: DrawId): Promise<"void" | "done"> {
  const { offices } = await getNetwork(ctx);
  return transaction(ctx, "worker", async (tx) => {
    if (!(await takeDraw(tx, drawId, "locked"))) return "done";
    for (const { id } of offices) await uncommitPlaces(tx, id, drawId);
    await voidWithSecond(tx, drawId);
    await endExchanges(tx, drawId);
    return "void";
  });
}

/** Writes page by page: the database works on one while the next is made, and everybody else in this process has a turn. */
async function writeAhead<Row>(all: Iterable<Row>, write: (page: Row[]) => Promise<void>): Promise<void> {
  let written: Promise<void> = Promise.resolve();
  for (const page of pagesOf(all)) {
    await written;
    written = write(page);
    // It is waited for below, also when making the next page fails.
    written.catch(() => undefined);
    await othersFirst();
  }
  await written;
}

function* pagesOf<Row>(all: Iterable<Row>): Generator<Row[]> {
  let page: Row[] = [];
  for (const row of all) {
    page.push(row);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
