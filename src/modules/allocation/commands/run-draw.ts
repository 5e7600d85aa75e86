import { setImmediate as othersFirst } from "node:timers/promises";
import { getNetwork } from "#modules/offices/index.ts";
import { uncommitPlaces } from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { drawBook } from "../rules/allocate.ts";
import { VOID_AFTER_MS } from "../rules/cycle.ts";
import { documentHash, outcomeHash, resultText } from "../rules/documents.ts";
import { documentLine } from "../rules/lines.ts";
import { liveLeaves } from "../rules/live.ts";
import { personLabels } from "../rules/people.ts";
import { drawSeed } from "../rules/seed.ts";
import {
  insertDocuments,
  listDocuments,
  setDraw,
  takeDraw,
  voidWithSecond,
  type DocumentLine,
} from "../store/draws.ts";
import { insertOutcomes, sortInMemory } from "../store/entries.ts";
import {
  listServedPeople,
  listSharedPeople,
  markNotLive,
  type FiledPerson,
  type ServedPerson,
} from "../store/filed-people.ts";
import type { Allocation, AppId, Beacon, Digest, Draw, DrawId, Manifest, Result } from "../types.ts";
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
  const { book } = await readBook(read, draw.id);
  if (book.root() !== manifest.root) throw new Error("the entries are not those that were locked");
  const seed = drawSeed(draw.id, manifest.root, manifest.supply, beacon.randomness);
  const drawn = drawBook(book, seed);
  const lines = await resultLines(ctx, manifest, beacon, seed, drawn);
  const dead = await deadLeaves(ctx, draw, seed);
  const isOurs = await transaction(ctx, "worker", async (tx) => {
    if (!(await takeDraw(tx, draw.id, "locked"))) return false;
    await writeAhead(drawn.outcomes(), (page) => insertOutcomes(tx, draw.id, page));
    await writeAhead(lines, (page) => insertDocuments(tx, draw.id, page));
    await markNotLive(tx, draw.id, dead);
    await setDraw(tx, draw.id, "drawn", { seed });
    return true;
  });
  return isOurs ? "drawn" : "done";
}

async function beaconOf(ctx: Context, draw: Draw): Promise<Beacon | undefined> {
  if (ctx.now < draw.drawsAt) return undefined;
  const found = await ctx.beacon.fetchRound(draw.round ?? seconds(draw.drawsAt));
  if (!found || (draw.round === null) !== (found.signature === null)) return undefined;
  const { signature, randomness } = found;
  return { draw: draw.id, round: draw.round, signature, randomness: randomness as Digest };
}

async function resultLines(
  ctx: Context,
  manifest: Manifest,
  beacon: Beacon,
  seed: Digest,
  drawn: Allocation,
): Promise<DocumentLine[]> {
  const { cutoffs, served, count } = drawn;
  const operator = await operatorOf(ctx);
  const result: Result = {
    v: 1,
    draw: manifest.draw,
    manifest: documentHash(manifest),
    randomness: beacon.randomness,
    seed,
    outcome: outcomeHash(drawn.outcomes()),
    cutoffs: documentHash(cutoffs),
    served,
    waiting: count - served,
  };
  const note = await signedNote(ctx, operator, resultText(operator.name, result));
  const { tiers, contacts, domains } = cutoffs;
  return [
    { kind: "beacon" as const, fields: beacon },
    { kind: "result" as const, fields: { body: result, note } },
    { kind: "shares" as const, fields: { tiers, contacts, domains } },
    ...cutoffs.cells.map((cell) => ({ kind: "cutoff" as const, fields: cell })),
  ].map(({ kind, fields }, i) => ({ seq: FIRST_SEQ + i, kind, line: documentLine(kind, fields) }));
}

/**
 * Leaves whose win cannot be booked: another leaf of one of their people is the live one, or one of them was given a
 * place in the first round. By itself and with memory to sort in: this comes nearest to the time a statement is given.
 */
async function deadLeaves(ctx: Context, draw: Draw, seed: Digest): Promise<AppId[]> {
  const [shared, served] = await transaction(ctx, "worker", async (tx) => {
    await sortInMemory(tx);
    return [await listSharedPeople(tx, draw.id), await listServedPeople(tx, draw)];
  });
  return [...new Set([...notLive(draw.id, seed, shared), ...servedAlready(draw.id, served)])];
}

function notLive(drawId: DrawId, seed: Digest, people: readonly FiledPerson[]): AppId[] {
  const labels = personLabels(drawId, people);
  const filings = people.map(({ app, salt, level2 }, i) => ({ app, salt, level2, person: labels[i]! }));
  const live = liveLeaves(seed, filings);
  return filings.filter(({ person, app }) => live.get(person) !== app).map(({ app }) => app);
}

function servedAlready(drawId: DrawId, people: readonly ServedPerson[]): AppId[] {
  const labels = personLabels(drawId, people);
  const served = new Set(labels.filter((_, i) => people[i]!.served));
  return people.filter((one, i) => !one.served && served.has(labels[i]!)).map(({ app }) => app);
}

/** Its second round can never be drawn either: whoever asked stands in the next week's draw. */
async function voidDraw(ctx: Context, drawId: DrawId): Promise<"void" | "done"> {
  const { offices } = await getNetwork(ctx);
  return transaction(ctx, "worker", async (tx) => {
    if (!(await takeDraw(tx, drawId, "locked"))) return "done";
    for (const { id } of offices) await uncommitPlaces(tx, id, drawId);
    await voidWithSecond(tx, drawId);
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
