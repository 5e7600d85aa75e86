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
import { listDraws } from "../store/draws.ts";
import { idsOfWishes, insertEntries } from "../store/entries.ts";
import { insertFilings, listNotEntered, listToEnterAgain, type NewFiling, type ToEnter } from "../store/requests.ts";
import type { AppId, Digest, Draw, DrawId, Entry } from "../types.ts";
import { operatorOf, signedNote } from "./notes.ts";
import { seconds } from "./open-draw.ts";

/** Hex digits of a number that is random and fresh for a draw. */
const APP_BYTES = 16;
const SALT_BYTES = 32;
const DOMAIN_DIGITS = 16;

export interface Entering {
  /** Kept when a request is changed: its promise names the leaf before. */
  readonly app?: AppId;
  readonly replaces?: Digest;
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
  const made = await Promise.all(requests.map((request) => leafOf(ctx, operator, draw, request)));
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
    options: optionsWithin(request.options, draw),
    lot: lotOf(salt),
    holds: null,
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

/** Requests of one transaction: a signature each, about half a second of work. */
const BATCH = 500;

/** Puts every standing request into the draw that is open. Returns how many were new; may stop and begin again anywhere. */
export async function enterStanding(ctx: Context): Promise<number> {
  let entered = 0;
  for (;;) {
    const some = await transaction(ctx, "worker", async (tx) => {
      const draw = await openDrawOf(ctx, tx);
      return draw ? enterNext(ctx, tx, draw) : 0;
    });
    entered += some;
    if (some < BATCH) return entered;
  }
}

/**
 * The same at the lock, in its own transaction: of a second round everybody who still waits, under the number of the
 * first and in a fresh order.
 */
export async function enterEverybody(ctx: Context, tx: Tx, draw: Draw): Promise<void> {
  while ((await enterNext(ctx, tx, draw)) === BATCH);
}

async function enterNext(ctx: Context, tx: Tx, draw: Draw): Promise<number> {
  const waiting =
    draw.follows === null
      ? await listNotEntered(tx, draw, BATCH)
      : await listToEnterAgain(tx, draw.follows, draw.id, BATCH);
  await enter(ctx, tx, draw, waiting);
  return waiting.length;
}

/** The draw into which a request goes at this moment: open, and before the instant of its lock. */
export async function openDrawOf(ctx: Pick<Context, "now">, tx: Tx): Promise<Draw | undefined> {
  const open = await listDraws(tx, { states: ["open"] });
  return open.find(
    ({ kind, opensAt, locksAt }) => kind !== "second" && kind !== "daily" && opensAt <= ctx.now && ctx.now < locksAt,
  );
}
