import { inclusionProof, merkleLevels } from "#kernel/merkle.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { joinNote } from "#kernel/notes.ts";
import { DAY_MS, instantOf } from "#kernel/time.ts";
import { transaction, type Context, type Services } from "#platform/context.ts";
import type { Tx } from "#platform/db/index.ts";
import { lookEach } from "#platform/look.ts";
import { openDrawOf } from "../commands/enter.ts";
import { cellOf, entriesOf, PAGE, readAhead, readsOf, type Read } from "../commands/read-book.ts";
import { sealedPeopleOf } from "../commands/read-people.ts";
import { DRAW_ZONE } from "../rules/cycle.ts";
import { documentLine, entryLine } from "../rules/lines.ts";
import { listCells, listCosignatures, listDocuments, listDraws, listDrawsLocked } from "../store/draws.ts";
import {
  findHousehold,
  listEndings,
  listLeaves,
  listOwnEndings,
  type Ending,
  type LeafPage,
} from "../store/households.ts";
import type { Draw, DrawId, RequestId } from "../types.ts";
import { areRowsPublic } from "./published.ts";

/** Bytes of an entry's number. */
const APP_BYTES = 16;

/** A draw as anybody may know it. */
export type PublicDraw = Omit<Draw, "root" | "seed"> & {
  /** Whether the replay's rows are public today. */
  readonly rowsArePublic: boolean;
};

type Needed = Pick<Services, "database" | "clock">;

/** With a result many come at once: one look a second is enough for all of them. */
const LOOK_MS = 1_000;

/** Days for which short draws are listed among the others: there may be one each hour. */
const SHORT_LISTED_DAYS = 2;

/** All draws, the latest first, but of the short ones those of the last days. What is told may be a second old. */
export const listPublicDraws = lookEach(LOOK_MS, (services: Needed): Promise<readonly PublicDraw[]> => {
  const shortFrom = new Date(services.clock.now().getTime() - SHORT_LISTED_DAYS * DAY_MS);
  return listAsPublic(services, (tx) => listDraws(tx, { shortFrom }));
});

/** All draws that were locked on a day of the draws' own clock, the latest first. */
export function listDrawsOfDay(services: Needed, day: LocalDate): Promise<PublicDraw[]> {
  const from = instantOf(day, "00:00", DRAW_ZONE);
  // Every day of that clock has 24 hours, and the last day that can be written has no next one.
  return listAsPublic(services, (tx) => listDrawsLocked(tx, from, new Date(from.getTime() + DAY_MS)));
}

function listAsPublic({ database, clock }: Needed, list: (tx: Tx) => Promise<Draw[]>): Promise<PublicDraw[]> {
  return database.reading("citizen_reader", async (tx) => {
    const all = await list(tx);
    return all.map(({ root: _root, seed: _seed, ...draw }) => ({
      ...draw,
      rowsArePublic: areRowsPublic(draw, clock.now()),
    }));
  });
}

/** The draw into which a request goes now. */
export function getOpenDraw(ctx: Context): Promise<Draw | undefined> {
  return ctx.database.reading("citizen_reader", (tx) => openDrawOf(ctx, tx));
}

/** `documents`: what everybody may have at once. `replay`: the rows, `filings`: the sealed list; the caller asks who may have them. */
export type DrawFile = "documents" | "replay" | "filings";

/** Lines of a file of a draw, page by page, as docs/verify.md has them. */
export async function* listDrawLines(ctx: Context, drawId: DrawId, file: DrawFile): AsyncGenerator<string> {
  const read = readsOf(ctx);
  if (file === "documents") yield* documentLines(read, drawId);
  if (file === "replay") yield* replayLines(read, drawId);
  if (file === "filings") yield* filingLines(read, drawId);
}

async function* documentLines(read: Read, drawId: DrawId): AsyncGenerator<string> {
  const [documents, cosignatures] = await Promise.all([
    read((tx) => listDocuments(tx, drawId)),
    read((tx) => listCosignatures(tx, drawId)),
  ]);
  const lines = cosignatures.map((one) => one.line);
  for (const { kind, line } of documents) yield kind === "manifest" ? cosigned(line, lines) : line;
}

async function* replayLines(read: Read, drawId: DrawId): AsyncGenerator<string> {
  for (const cell of await read((tx) => listCells(tx, drawId))) yield documentLine("cell", cellOf(cell));
  for await (const entry of entriesOf(read, drawId)) yield entryLine(entry);
  const ask = (after: string) => read((tx) => listEndings(tx, drawId, after, PAGE));
  const lastOf = (page: readonly Ending[]) => (page.length < PAGE ? undefined : page.at(-1)!.leaf);
  for await (const page of readAhead(ask, lastOf)) for (const { promise } of page) yield promiseLine(promise);
}

async function* filingLines(read: Read, drawId: DrawId): AsyncGenerator<string> {
  for await (const page of sealedPeopleOf(read, drawId))
    for (const filing of page) yield documentLine("filing", filing);
}

/** The manifest's line with what its witnesses signed. */
function cosigned(line: string, cosignatures: readonly string[]): string {
  const { body, note } = JSON.parse(line) as { body: object; note: string };
  const end = note.lastIndexOf("\n\n");
  const whole = joinNote(note.slice(0, end + 1), [note.slice(end + 2), ...cosignatures]);
  return documentLine("manifest", { body, note: whole });
}

/**
 * A household's own papers of one draw: its promise and what ended earlier ones, and after the draw its entry, the way
 * to the root and what it was told.
 */
export async function householdLines(ctx: Context, requestId: RequestId, drawId: DrawId): Promise<string[]> {
  const [own, endings] = await transaction(ctx, "citizen_reader", async (tx) => [
    await findHousehold(tx, requestId, drawId),
    await listOwnEndings(tx, requestId, drawId),
  ]);
  const notes = new Set([...endings, ...(own ? [own.promise] : [])]);
  const promises = [...notes].map(promiseLine);
  if (own?.state !== "drawn" && own?.state !== "settled") return promises;
  const { apps, levels } = await leavesOf(ctx, drawId);
  const proof = inclusionProof(levels, placeOf(apps, Buffer.from(own.entry.app, "hex")));
  return [documentLine("household", { entry: own.entry, proof, told: own.told }), ...promises];
}

function promiseLine(note: string): string {
  return documentLine("promise", { note });
}

interface Leaves {
  /** Numbers end to end, ascending, which is the order of the tree. */
  readonly apps: Buffer;
  readonly levels: readonly Uint8Array[];
}

/** Locked leaves never change; those of the last week's two rounds and daily draw are asked for by every household that checks its result. Eighty bytes a leaf. */
const KEPT_DRAWS = 3;
const known = new WeakMap<object, Map<DrawId, Promise<Leaves>>>();

function leavesOf(ctx: Context, drawId: DrawId): Promise<Leaves> {
  let ofDatabase = known.get(ctx.database);
  if (!ofDatabase) known.set(ctx.database, (ofDatabase = new Map<DrawId, Promise<Leaves>>()));
  let leaves = ofDatabase.get(drawId);
  if (leaves) return leaves;
  leaves = readLeaves(ctx, drawId);
  leaves.then(
    ({ apps }) => {
      // The few of an hourly draw are read again as fast; they shall not drive out the week's.
      if (apps.length < PAGE * APP_BYTES) ofDatabase.delete(drawId);
      else if (ofDatabase.size > KEPT_DRAWS) ofDatabase.delete(ofDatabase.keys().next().value!);
    },
    () => ofDatabase.delete(drawId),
  );
  ofDatabase.set(drawId, leaves);
  return leaves;
}

async function readLeaves(ctx: Context, drawId: DrawId): Promise<Leaves> {
  const read = readsOf(ctx);
  const pages: LeafPage[] = [];
  const ask = (after: string) => read((tx) => listLeaves(tx, drawId, after, PAGE));
  const lastOf = ({ apps }: LeafPage) =>
    apps.length < PAGE * APP_BYTES ? undefined : apps.subarray(-APP_BYTES).toString("hex");
  for await (const page of readAhead(ask, lastOf)) pages.push(page);
  return {
    apps: Buffer.concat(pages.map((page) => page.apps)),
    levels: merkleLevels(Buffer.concat(pages.map((page) => page.leaves))),
  };
}

/** Where a number stands among numbers in ascending order; -1 where it does not. */
function placeOf(apps: Buffer, app: Buffer): number {
  let low = 0;
  for (let high = apps.length / APP_BYTES; low < high;) {
    const middle = (low + high) >>> 1;
    const order = app.compare(apps, middle * APP_BYTES, (middle + 1) * APP_BYTES);
    if (order === 0) return middle;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return -1;
}
