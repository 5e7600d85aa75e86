import { sha256, toHex, utf8 } from "#kernel/digest.ts";
import { canonicalJson } from "#kernel/canonical-json.ts";
import type { Signer } from "#kernel/notes.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { randomBytes } from "#platform/random.ts";
import { promiseText } from "../rules/documents.ts";
import { leafHash } from "../rules/leaf.ts";
import { lotOf } from "../rules/live.ts";
import { needOfParty } from "../rules/seats.ts";
import { optionsWithin } from "../rules/wishes.ts";
import { listCallable } from "../store/callable.ts";
import { keepOpen, listCells, listDraws } from "../store/draws.ts";
import { idsOfWishes, insertEntries } from "../store/entries.ts";
import { insertEnding, insertFilings, listServedIn, removeLeaf, type NewFiling } from "../store/filings.ts";
import { listNotEntered, listToEnterAgain, type ToEnter } from "../store/requests.ts";
import { listUpgraders, type Upgrader } from "../queries/upgrades.ts";
import { startExchange } from "../store/upgrades.ts";
import type { AppId, Assignment, Digest, Draw, DrawId, Entry, RequestId } from "../types.ts";
import { tiersWithCredit } from "./loss-credit.ts";
import { operatorOf, signedNote } from "./notes.ts";
import { seconds } from "./open-draw.ts";
import { NO_APP } from "./read-book.ts";

/** Hex digits of a number that is random and fresh for a draw. */
const APP_BYTES = 16;
const SALT_BYTES = 32;
const DOMAIN_DIGITS = 16;

export interface Entering {
  /** Kept when a request is changed: its promise names the leaf before. */
  readonly app?: AppId;
  readonly replaces?: Digest;
  /** What an upgrader keeps. */
  readonly holds?: Assignment;
}

/**
 * Puts requests into an open draw: a leaf and a signed promise for each. Gives the promises in their order. The
 * database refuses when the draw was locked meanwhile.
 */
export async function enter(
  ctx: Context,
  tx: Tx,
  draw: Draw,
  requests: readonly (ToEnter & Entering)[],
): Promise<NewFiling[]> {
  const operator = await operatorOf(ctx);
  const credited = await tiersWithCredit(ctx, tx, draw, requests);
  const made = await Promise.all(
    requests.map((request) =>
      leafOf(ctx, operator, draw, { ...request, tier: credited.get(request.id) ?? request.tier }),
    ),
  );
  const texts = new Map(made.flatMap(({ entry }) => entry.options.map((one) => [one, canonicalJson(one)] as const)));
  const ids = await idsOfWishes(tx, [...texts.values()]);
  await insertEntries(
    tx,
    made.map(({ entry, leaf }) => ({
      entry,
      leaf,
      options: entry.options.map((option) => ids.get(texts.get(option)!)!),
    })),
  );
  const filings = made.map(({ filing }) => filing);
  await insertFilings(tx, draw.id, filings, ctx.now);
  return filings;
}

async function leafOf(
  ctx: Context,
  operator: Signer,
  draw: Draw,
  request: ToEnter & Entering,
): Promise<{ entry: Entry; leaf: Digest; filing: NewFiling }> {
  const need = needOfParty(request.needs, draw.steps);
  if (!need) throw new Error("a request needs what this draw does not give");
  const salt = toHex(randomBytes(SALT_BYTES)) as Digest;
  const app = request.app ?? (toHex(randomBytes(APP_BYTES)) as AppId);
  const entry: Entry = {
    v: 1,
    draw: draw.id,
    app,
    persons: request.people,
    need,
    tier: request.tier,
    contact: request.contactClass,
    domain: domainLabel(draw.id, request.domain),
    options: optionsWithin(request.options, draw, request.notOn ?? []),
    lot: lotOf(salt),
    holds: request.holds ?? null,
  };
  const leaf = leafHash(entry);
  const text = promiseText(operator.name, {
    draw: draw.id,
    leaf,
    at: seconds(ctx.now),
    replaces: request.replaces ?? null,
  });
  const promise = await signedNote(ctx, operator, text);
  return { entry, leaf, filing: { requestId: request.id, app, salt, promise } };
}

/** Fresh for every draw, so that two draws cannot be laid over each other; empty stays empty. */
function domainLabel(draw: DrawId, domain: string): string {
  return domain === "" ? "" : toHex(sha256(utf8(draw), utf8(domain))).slice(0, DOMAIN_DIGITS);
}

/** Takes a request's leaf out of an open draw and gives the signed note that ends its promise; undefined without a leaf. */
export async function endLeaf(ctx: Context, tx: Tx, drawId: DrawId, requestId: RequestId): Promise<string | undefined> {
  const former = await removeLeaf(tx, drawId, requestId);
  if (!former) return undefined;
  const operator = await operatorOf(ctx);
  const over = { draw: drawId, leaf: null, at: seconds(ctx.now), replaces: former.leaf };
  const promise = await signedNote(ctx, operator, promiseText(operator.name, over));
  await insertEnding(tx, { drawId, leaf: former.leaf, requestId, promise, at: ctx.now });
  return promise;
}

/** Requests of one transaction. */
const BATCH = 500;

/**
 * Puts every standing request into the draw that is open, and takes out whoever was served meanwhile. Returns how many
 * were new; may stop and begin again anywhere.
 */
export async function enterStanding(ctx: Context): Promise<number> {
  let entered = 0;
  for (let after: string | undefined = NO_APP; after !== undefined;) {
    const from: string = after;
    const page: Entered = await transaction(ctx, "worker", async (tx) => {
      const draw = await keepOpenDraw(ctx, tx);
      if (!draw) return { count: 0, last: undefined };
      await endServed(ctx, tx, draw);
      return enterNext(ctx, tx, draw, from);
    });
    entered += page.count;
    after = page.last;
  }
  return entered;
}

/**
 * The same at the lock, in its own transaction: of a second round everybody who still waits, under the number of the
 * first and in a fresh order.
 */
export async function enterEverybody(ctx: Context, tx: Tx, draw: Draw): Promise<void> {
  while ((await endServed(ctx, tx, draw)) === BATCH);
  for (let after: string | undefined = NO_APP; after !== undefined;)
    after = (await enterNext(ctx, tx, draw, after)).last;
  if (draw.follows !== null) await enterUpgraders(ctx, tx, draw);
}

/** Those who keep a place stand in the same order as everybody, and nothing else becomes of it until the result. */
async function enterUpgraders(ctx: Context, tx: Tx, second: Draw): Promise<void> {
  for (let after: string | undefined = NO_APP; after !== undefined;) {
    const upgraders: Upgrader[] = await listUpgraders(tx, second, after, BATCH);
    await enter(ctx, tx, second, upgraders);
    await startExchange(
      tx,
      second.id,
      upgraders.map(({ id }) => id),
    );
    after = upgraders.length < BATCH ? undefined : upgraders.at(-1)!.id;
  }
}

async function endServed(ctx: Context, tx: Tx, draw: Draw): Promise<number> {
  const served = await listServedIn(tx, draw.id, BATCH);
  for (const id of served) await endLeaf(ctx, tx, draw.id, id);
  return served.length;
}

interface Entered {
  readonly count: number;
  /** Where the next page begins; undefined after the last. */
  readonly last: RequestId | undefined;
}

async function enterNext(ctx: Context, tx: Tx, draw: Draw, after: string): Promise<Entered> {
  const waiting = await listNext(tx, draw, after);
  await enter(
    ctx,
    tx,
    draw,
    waiting.filter(({ options, notOn }) => optionsWithin(options, draw, notOn ?? []).length > 0),
  );
  return { count: waiting.length, last: waiting.length < BATCH ? undefined : waiting.at(-1)!.id };
}

async function listNext(tx: Tx, draw: Draw, after: string): Promise<(ToEnter & Entering)[]> {
  if (draw.kind === "short") return listCallable(tx, draw, await listCells(tx, draw.id), after, BATCH);
  return draw.follows === null ? listNotEntered(tx, draw, after, BATCH) : listToEnterAgain(tx, draw, after, BATCH);
}

/** The draw into which a request goes at this moment: open, and before the instant of its lock. */
export async function openDrawOf(ctx: Pick<Context, "now">, tx: Tx): Promise<Draw | undefined> {
  const open = await listDraws(tx, { states: ["open"] });
  return open.find(
    ({ kind, opensAt, locksAt }) => (kind === "weekly" || kind === "demo") && opensAt <= ctx.now && ctx.now < locksAt,
  );
}

/** The same for whoever enters or leaves it: it is not locked until the transaction ends. */
export async function keepOpenDraw(ctx: Pick<Context, "now">, tx: Tx): Promise<Draw | undefined> {
  const draw = await openDrawOf(ctx, tx);
  return draw && (await keepOpen(tx, draw.id)) ? draw : undefined;
}
