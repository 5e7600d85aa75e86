import { DIGEST_BYTES } from "#kernel/digest.ts";
import { inclusionProof } from "#kernel/merkle.ts";
import { joinNote } from "#kernel/notes.ts";
import { localDateAt } from "#kernel/time.ts";
import { transaction, type Context } from "#platform/context.ts";
import { openDrawOf } from "../commands/enter.ts";
import { cellOf, entriesOf, NO_APP, PAGE, readsOf } from "../commands/read-book.ts";
import { DRAW_ZONE } from "../rules/cycle.ts";
import { documentLine, entryLine } from "../rules/lines.ts";
import { listCells, listCosignatures, listDocuments, listDraws } from "../store/draws.ts";
import { findHousehold, listLeaves } from "../store/households.ts";
import type { AppId, Draw, DrawId, RequestId } from "../types.ts";

/** A draw as anybody may know it. */
export type PublicDraw = Omit<Draw, "root" | "seed"> & {
  /** Whether the replay's rows are public today. */
  readonly rowsArePublic: boolean;
};

/** All draws, the latest first. */
export async function listPublicDraws(ctx: Context): Promise<PublicDraw[]> {
  const draws = await ctx.database.reading("report", (tx) => listDraws(tx, {}));
  const today = localDateAt(ctx.now, DRAW_ZONE);
  return draws.map(({ root: _root, seed: _seed, ...draw }) => ({
    ...draw,
    rowsArePublic: (draw.state === "drawn" || draw.state === "settled") && draw.rowsFrom <= today,
  }));
}

/** The draw into which a request goes now. */
export function getOpenDraw(ctx: Context): Promise<Draw | undefined> {
  return ctx.database.reading("report", (tx) => openDrawOf(ctx, tx));
}

/**
 * Lines of a published file, as docs/verify.md has them. `documents`: what everybody may have at once. `replay`: the
 * rows, page by page; the caller asks whether they are public.
 */
export async function* listDrawLines(
  ctx: Context,
  drawId: DrawId,
  file: "documents" | "replay",
): AsyncGenerator<string> {
  const read = readsOf(ctx);
  if (file === "documents") {
    const [documents, cosignatures] = await Promise.all([
      read((tx) => listDocuments(tx, drawId)),
      read((tx) => listCosignatures(tx, drawId)),
    ]);
    for (const { kind, line } of documents)
      yield kind === "manifest"
        ? cosigned(
            line,
            cosignatures.map((one) => one.line),
          )
        : line;
    return;
  }
  for (const cell of await read((tx) => listCells(tx, drawId))) yield documentLine("cell", cellOf(cell));
  for await (const entry of entriesOf(read, drawId)) yield entryLine(entry);
}

/** The manifest's line with what its witnesses signed. */
function cosigned(line: string, cosignatures: readonly string[]): string {
  const { body, note } = JSON.parse(line) as { body: object; note: string };
  const end = note.lastIndexOf("\n\n");
  const whole = joinNote(note.slice(0, end + 1), [note.slice(end + 2), ...cosignatures]);
  return documentLine("manifest", { body, note: whole });
}

/** A household's own papers of one draw: its promise, and after the draw its entry, the way to the root and what it was told. */
export async function householdLines(ctx: Context, requestId: RequestId, drawId: DrawId): Promise<string[]> {
  const own = await transaction(ctx, "citizen_reader", (tx) => findHousehold(tx, requestId, drawId));
  if (!own) return [];
  const promise = documentLine("promise", { note: own.promise });
  if (own.state !== "drawn" && own.state !== "settled") return [promise];
  const leaves = await leavesOf(ctx, drawId);
  const proof = inclusionProof(leaves.hashes, leaves.apps.indexOf(own.entry.app));
  return [documentLine("household", { entry: own.entry, proof, told: own.told }), promise];
}

interface Leaves {
  readonly apps: readonly AppId[];
  /** End to end, in the order of the tree. */
  readonly hashes: Uint8Array;
}

/** Locked leaves never change; those of the last draws are asked for by every household that checks its result. */
const KEPT_DRAWS = 2;
const known = new WeakMap<object, Map<DrawId, Promise<Leaves>>>();

function leavesOf(ctx: Context, drawId: DrawId): Promise<Leaves> {
  let ofDatabase = known.get(ctx.database);
  if (!ofDatabase) known.set(ctx.database, (ofDatabase = new Map<DrawId, Promise<Leaves>>()));
  let leaves = ofDatabase.get(drawId);
  if (leaves) return leaves;
  leaves = readLeaves(ctx, drawId);
  leaves.catch(() => ofDatabase.delete(drawId));
  ofDatabase.set(drawId, leaves);
  if (ofDatabase.size > KEPT_DRAWS) ofDatabase.delete(ofDatabase.keys().next().value!);
  return leaves;
}

async function readLeaves(ctx: Context, drawId: DrawId): Promise<Leaves> {
  const apps: AppId[] = [];
  const pages: Buffer[] = [];
  for (let after = NO_APP; ; after = apps.at(-1)!) {
    const page = await readsOf(ctx)((tx) => listLeaves(tx, drawId, after, PAGE));
    apps.push(...page.map((one) => one.app));
    pages.push(...page.map((one) => one.leaf));
    if (page.length < PAGE) break;
  }
  const hashes = new Uint8Array(pages.length * DIGEST_BYTES);
  pages.forEach((leaf, i) => hashes.set(leaf, i * DIGEST_BYTES));
  return { apps, hashes };
}
