import { findContactsByAddress } from "#modules/people/index.ts";
import { DAY_MS } from "#kernel/time.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { ADVERT_MATCHED, advertMatched } from "../events.ts";
import { pointsOf } from "../rules/extract.ts";
import { listConfirmed, listUnmatched, saveMatches } from "../store/adverts.ts";
import type { SealedAdvert } from "../types.ts";
import { pointDigests } from "./filing.ts";

/**
 * Looks for the telephones and addresses of confirmed adverts among the contacts that somebody proved; each new match is
 * announced. A reaction (role worker): nobody who files or reads adverts waits for it. Returns how many matches are new.
 */
export async function matchAdverts(ctx: Context, tx: Tx, ids: readonly string[]): Promise<number> {
  const confirmed = await listConfirmed(tx, ids);
  const opened = await ctx.keyring.open(
    confirmed.map(({ id, sealed }) => ({ field: "adverts.advert", row: id, sealed })),
  );
  const points = opened.map((plain) => {
    if (plain === undefined) return [];
    const { link, words } = JSON.parse(plain) as SealedAdvert;
    return pointsOf(`${link}\n${words}`).filter((point) => point.kind !== "account");
  });
  const keyed = await pointDigests(ctx, points);
  const asked = points.flatMap((some, i) =>
    some.map((point, k) => ({ advertId: confirmed[i]!.id, ...keyed[i]![k]!, typed: point.value })),
  );
  const contacts = await findContactsByAddress(
    ctx,
    tx,
    asked.map(({ kind, typed }) => ({ kind: kind === "email" ? ("email" as const) : ("phone" as const), typed })),
  );
  const matches = asked.flatMap(({ advertId, kind, digest }, i) => {
    const contactId = contacts[i];
    return contactId === undefined ? [] : [{ advertId, kind, digest, contactId }];
  });
  const found = await saveMatches(tx, matches, ctx.now);
  await insertEvents(
    tx,
    found.map(({ advertId, contactId }) => advertMatched(ADVERT_MATCHED, advertId, contactId, ctx.now)),
  );
  return found.length;
}

/** Days after its last report in which an advert is looked for again: who sells may prove a contact later. */
const AGAIN_DAYS = 90;
const AT_ONCE = 200;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Once a day, for contacts that came after the advert. Returns how many matches are new. */
export async function matchAgain(ctx: Context): Promise<number> {
  const since = new Date(ctx.now.getTime() - AGAIN_DAYS * DAY_MS);
  let found = 0;
  let after = BEFORE_ALL;
  for (;;) {
    const from = after;
    const ids = await transaction(ctx, "worker", (tx) => listUnmatched(tx, since, from, AT_ONCE));
    found += await transaction(ctx, "worker", (tx) => matchAdverts(ctx, tx, ids));
    after = ids.at(-1) ?? after;
    if (ids.length < AT_ONCE) return found;
  }
}
