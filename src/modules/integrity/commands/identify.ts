import { transaction, type Context, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { afterTheRush } from "#platform/rush.ts";
import { resolve } from "../rules/resolve.ts";
import { askFor, askForAll, isDue, listDue, takeDue } from "../store/due.ts";
import {
  deleteFilings,
  deleteNameless,
  findEqual,
  insertPerson,
  lockFilings,
  lockKeys,
  saveFiling,
  type EqualFiling,
} from "../store/filings.ts";
import { savePairs } from "../store/pairs.ts";
import type { ReadParties } from "../types.ts";
import { findDoubts } from "./doubts.ts";
import { openFilings, prepare, type PreparedParty, type PreparedPerson } from "./prepare.ts";

/** Bookings whose people are read together. */
const PARTIES_AT_ONCE = 50;

/** Asks that the people of these bookings be looked at, in the transaction that tells of them. */
export function identifyLater(ctx: Pick<Context, "now">, tx: Tx, sourceIds: readonly string[]): Promise<void> {
  return askFor(tx, sourceIds, ctx.now);
}

/** During a rotation of the digest `identity`: all filings get their keys and marks under every live version. */
export async function rekeyIdentity(ctx: Context, read: ReadParties): Promise<number> {
  await transaction(ctx, "worker", (tx) => askForAll(tx, ctx.now));
  return identify(ctx, read);
}

/**
 * Looks at the people of every booking of which something changed: which person each is, and then who may be the same.
 * It runs after the commit, in the worker; nothing that anybody waits for depends on it. Returns how many bookings.
 */
export async function identify(ctx: Context, read: ReadParties, stopping?: AbortSignal): Promise<number> {
  let done = 0;
  for (;;) {
    const due = await transaction(ctx, "worker", (tx) => listDue(tx, PARTIES_AT_ONCE));
    const prepared = await prepare(ctx, due, read);
    const all = due.map((source, i) => ({ source, prepared: prepared[i] }));
    for (const { source, prepared: one } of all)
      await transaction(ctx, "worker", async (tx) => {
        if (await isDue(tx, source)) await write(ctx, tx, source.sourceId, one);
      });
    // Only when all of them say what is so now: a cancelled booking clashes with none that was made after it.
    for (const { source, prepared: one } of all)
      await transaction(ctx, "worker", async (tx) => {
        if ((await takeDue(tx, source)) && one) await doubt(ctx, tx, one);
      });
    done += due.length;
    if (due.length < PARTIES_AT_ONCE || stopping?.aborted) return done;
    await afterTheRush(stopping);
  }
}

/** Writes what a booking says now; what it said before and says no more is deleted. */
async function write(ctx: Context, tx: Tx, sourceId: string, prepared: PreparedParty | undefined): Promise<void> {
  const people = prepared?.people ?? [];
  await lockKeys(
    tx,
    people.flatMap((one) => one.keys),
  );
  const before = await lockFilings(tx, sourceId);
  for (const one of people) {
    const { contactId, active, filedAt, eraseAfter } = prepared!.party;
    const { ordinal, seen, differs = false } = one.person;
    const filing = { ...one, sourceId, ordinal, seen, differs, contactId, active, filedAt, eraseAfter };
    const old = before.find((other) => other.ordinal === ordinal);
    const personId = await personOf(ctx, tx, one, { contactId, old, equal: await findEqual(tx, filing) });
    await saveFiling(tx, { ...filing, personId });
  }
  await deleteFilings(
    tx,
    sourceId,
    people.map((one) => one.person.ordinal),
  );
  await deleteNameless(
    tx,
    before.map((one) => one.personId),
  );
}

/** The person of a filing. Whoever is named by nothing else stays who she was, also when her name is put right. */
async function personOf(
  ctx: Context,
  tx: Tx,
  { profile }: PreparedPerson,
  {
    contactId,
    old,
    equal,
  }: {
    readonly contactId: string;
    readonly old: { readonly personId: string; readonly sole: boolean } | undefined;
    readonly equal: readonly EqualFiling[];
  },
): Promise<string> {
  const known = (await openFilings(ctx, equal)).map(({ filing, profile: other }) => ({ ...filing, profile: other }));
  const same = resolve({ contactId, profile, current: old?.personId }, known);
  if (same !== undefined) return same;
  if (old?.sole) return old.personId;
  const id = newId<string>();
  await insertPerson(tx, id, ctx.now);
  return id;
}

/** Writes who may be one with the people of a booking. */
async function doubt(ctx: Context, tx: Tx, prepared: PreparedParty): Promise<void> {
  const { sourceId, contactId } = prepared.party;
  const filed = await lockFilings(tx, sourceId);
  for (const one of prepared.people) {
    const { ordinal } = one.person;
    const personId = filed.find((other) => other.ordinal === ordinal)?.personId;
    if (personId === undefined) continue;
    const equal = await findEqual(tx, { ...one, sourceId, ordinal, contactId });
    await savePairs(tx, await findDoubts(ctx, tx, { ...prepared, one }, { personId, equal }), ctx.now);
  }
}
