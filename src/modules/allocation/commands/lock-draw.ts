import { setImmediate as othersFirst } from "node:timers/promises";
import type { OfficeId } from "#kernel/ids.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { BANDS, commitPlaces, lockCommitted, lockPlanned, passOn, type DrawPlace } from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { publishableCounts } from "../rules/counts.ts";
import { documentHash, manifestText, readText } from "../rules/documents.ts";
import { supplyHash } from "../rules/leaf.ts";
import { documentLine } from "../rules/lines.ts";
import { sealedHash } from "../rules/live.ts";
import { listHeld } from "../queries/upgrades.ts";
import { DRAW_POLICY } from "../rules/policy.ts";
import { piecesOf, supplyOf } from "../rules/seats.ts";
import { drawnAt } from "../rules/sites.ts";
import { isShortNotice } from "../rules/wishes.ts";
import { insertCells, insertDocuments, listDocuments, setDraw, takeDraw, type StoredCell } from "../store/draws.ts";
import { countFilings } from "../store/filings.ts";
import type { Digest, Draw, Manifest, Opening } from "../types.ts";
import { enterEverybody } from "./enter.ts";
import { operatorOf, signedNote } from "./notes.ts";
import { seconds } from "./open-draw.ts";
import { readBook } from "./read-book.ts";
import { sealedPeopleOf } from "./read-people.ts";
import { commitNear, leaveUnwanted, officesNear } from "./short-draw.ts";

/**
 * Locks a draw: commits the places, reads every leaf, signs the manifest. All of it or nothing: a crash leaves the
 * draw open, and the next run begins anew. Returns false when another run was first.
 */
export function lockDraw(ctx: Context, draw: Draw): Promise<boolean> {
  return transaction(ctx, "worker", async (tx) => {
    // The first round before the second: whoever gives up an offer takes its row before the household's.
    if (draw.follows !== null && !(await takeDraw(tx, draw.follows, "drawn"))) return false;
    if (!(await takeDraw(tx, draw.id, "open"))) return false;
    // Nothing is fixed once its round may be known. The next hour has what this one could not lock in time.
    if (draw.kind === "short" && draw.drawsAt <= ctx.now) {
      await setDraw(tx, draw.id, "void");
      return false;
    }
    const supply = await commitSupply(ctx, tx, draw);
    // Nothing came back: there is nothing to draw, and nobody to tell.
    if (isShortNotice(draw.kind) && supply.length === 0) {
      await setDraw(tx, draw.id, "void");
      return false;
    }
    await insertCells(tx, draw.id, supply);
    await enterEverybody(ctx, tx, draw);
    if (draw.follows !== null) await setDraw(tx, draw.follows, "settled");
    const { book, cells, persons, digest } = await readBook((work) => work(tx), draw.id, { leaves: true });
    // Whoever could be asked when the hour began was served since, or has left.
    if (draw.kind === "short" && book.count === 0) {
      await leaveUnwanted(tx, draw.id);
      await setDraw(tx, draw.id, "void");
      return false;
    }
    const [opening] = await listDocuments(tx, draw.id, ["opening"]);
    // The server counts while the tree is built here: a transaction that waits ten seconds for its next statement is ended.
    const counted = countFilings(tx, draw.id);
    counted.catch(() => undefined);
    await othersFirst();
    const manifest: Manifest = {
      v: 1,
      draw: draw.id,
      opening: documentHash((JSON.parse(opening!.line) as { body: Opening }).body),
      root: book.root(),
      supply: supplyHash(cells),
      count: book.count,
      persons,
      counts: publishableCounts(await counted),
      sealed: await sealedOf(tx, draw),
      round: draw.round,
      code: DRAW_POLICY.version,
      at: seconds(ctx.clock.now()),
    };
    if (draw.kind === "short" && manifest.at >= seconds(draw.drawsAt))
      throw new Error("its round came while the draw was being locked");
    const operator = await operatorOf(ctx);
    const note = await signedNote(ctx, operator, manifestText(operator.name, manifest));
    const line = documentLine("manifest", { body: manifest, note });
    await insertDocuments(tx, draw.id, [{ seq: 2, kind: "manifest", line }]);
    const entriesNote = await signedNote(ctx, operator, readText(operator.name, draw.id, digest, manifest.root));
    await setDraw(tx, draw.id, "locked", { root: manifest.root, entriesNote });
    return true;
  });
}

/** Commits what is planned for draws between the first and the last day, office by office; of a second round what is left; of a short draw what is near. */
async function commitSupply(ctx: Context, tx: Tx, draw: Draw): Promise<StoredCell[]> {
  const cells: StoredCell[] = [];
  for (const officeId of await officesOf(ctx, tx, draw)) {
    const places = await supplyAt(tx, officeId, draw);
    cells.push(...supplyOf(piecesOf(places)).map(({ group, ...cell }) => ({ ...cell, officeId, serviceGroup: group })));
  }
  return draw.follows === null ? cells : withHeld(cells, await listHeld(tx, draw));
}

/** With the cells in which upgraders hold places, though nothing is left there. */
function withHeld(cells: readonly StoredCell[], held: Awaited<ReturnType<typeof listHeld>>): StoredCell[] {
  const keyOf = ({ officeId, serviceGroup, localDate, band }: StoredCell): string =>
    `${officeId} ${serviceGroup} ${localDate} ${band}`;
  const all = new Map(cells.map((cell) => [keyOf(cell), cell]));
  for (const { officeId, localDate, seats } of held)
    for (const { group, band } of seats) {
      const cell = { officeId, serviceGroup: group, localDate, band: BANDS[band]!, places: 0 };
      if (!all.has(keyOf(cell))) all.set(keyOf(cell), cell);
    }
  return [...all.values()];
}

async function officesOf(ctx: Context, tx: Tx, draw: Draw): Promise<readonly OfficeId[]> {
  const { offices } = await getNetwork(ctx);
  return draw.kind === "short" ? officesNear(tx, offices, draw) : offices.map(({ id }) => id);
}

async function supplyAt(tx: Tx, officeId: OfficeId, draw: Draw): Promise<DrawPlace[]> {
  if (draw.kind === "short") return commitNear(tx, officeId, draw);
  if (draw.follows !== null) {
    await passOn(tx, officeId, draw.follows, draw.id);
    return lockCommitted(tx, officeId, draw.id);
  }
  const planned = await lockPlanned(tx, officeId, draw.horizonFrom, draw.horizonTo);
  const places = drawnAt(
    draw,
    planned.filter((place) => draw.steps[place.serviceGroup] === place.stepMinutes),
  );
  await commitPlaces(tx, officeId, draw.id, places);
  return places;
}

/** What only auditors get, page by page: nobody needs a million households in memory. */
async function sealedOf(tx: Tx, draw: Draw): Promise<Digest> {
  let digest = sealedHash([]);
  for await (const page of sealedPeopleOf((work) => work(tx), draw.id)) digest = sealedHash(page, digest);
  return digest;
}
