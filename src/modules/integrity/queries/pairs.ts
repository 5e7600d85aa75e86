import { refuse, accept, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, run, sql } from "#platform/db/index.ts";
import type { SealedFiling } from "../commands/prepare.ts";
import type { Bits, Verdict } from "../types.ts";

/** A doubt as the list shows it: no name and nothing by which one could be looked for. */
export interface PairOfList {
  readonly id: string;
  /** `clash`: two contacts filed for one person for days to come. */
  readonly kind: "clash" | "near";
  readonly bits: number;
  readonly terms: Bits;
  readonly foundAt: Date;
  /** All that is known of both was filed by one contact: only then does "same" make them one. */
  readonly oneContact: boolean;
}

/** One side of a doubt. Personal. */
export interface SideOfPair {
  readonly names: readonly [given: string, first: string, second: string];
  readonly bornOn: string;
  readonly bornIn: string;
  readonly sex: string;
  readonly curp: string;
  /** Whether a clerk had her document in hand. */
  readonly seen: boolean;
  readonly active: boolean;
  readonly filedAt: Date;
  /** 1, 2 and so on in the order in which the contacts first filed: who they are is not told. */
  readonly contact: number;
  /** 0 for the first person, 1 for the second. */
  readonly person: 0 | 1;
}

export interface PairView extends PairOfList {
  readonly verdict: Verdict | null;
  readonly sides: readonly SideOfPair[];
}

export type PairRefusal = { readonly code: "not_allowed" } | { readonly code: "unknown_pair" };

const PAGE = 100;

/** What waits for a decision, the oldest first. */
export async function listPairs(ctx: Context): Promise<Outcome<PairOfList[], { code: "not_allowed" }>> {
  if (!can(ctx.actor, "see_integrity")) return refuse({ code: "not_allowed" });
  return accept(
    await transaction(ctx, "console", (tx) =>
      rows<PairOfList>(
        tx,
        sql`select id, case when person_a = person_b then 'clash' else 'near' end as kind, bits, terms, found_at as "foundAt", one_contact as "oneContact"
            from integrity.pairs where verdict is null order by found_at, id limit ${PAGE}`,
      ),
    ),
  );
}

/** One doubt with the names, and a line in the audit log that says who looked. Whoever may only count sees none. */
export async function getPair(ctx: Context, id: string): Promise<Outcome<PairView, PairRefusal>> {
  if (!can(ctx.actor, "decide_integrity")) return refuse({ code: "not_allowed" });
  const found = await transaction(ctx, "console", async (tx) => {
    await run(tx, sql`select set_config('app.doubt', ${id}, true)`);
    const [pair] = await rows<PairOfList & { verdict: Verdict | null; personA: string }>(
      tx,
      sql`select id, case when person_a = person_b then 'clash' else 'near' end as kind, bits, terms, found_at as "foundAt", one_contact as "oneContact", verdict, person_a as "personA"
          from integrity.pairs where id = ${id}`,
    );
    if (!pair) return undefined;
    const filings = await rows<{
      id: string;
      sourceId: string;
      personId: string;
      contactId: string;
      sealed: Buffer;
      seen: boolean;
      active: boolean;
      filedAt: Date;
    }>(
      tx,
      sql`select f.id, f.source_id as "sourceId", f.person_id as "personId", f.contact_id as "contactId", f.sealed, f.seen, f.active, f.filed_at as "filedAt"
          from integrity.filings f join integrity.pairs p on p.id = ${id} and f.person_id in (p.person_a, p.person_b) order by f.filed_at, f.id limit ${PAGE}`,
    );
    return { pair, filings };
  });
  if (!found) return refuse({ code: "unknown_pair" });
  // Each of them may read who looked, so each has a line of her own, before anything is opened.
  const subjects = await ctx.keyring.digest("subject", [...new Set(found.filings.map((one) => one.sourceId))]);
  const { actor, channel, purpose, now: at } = ctx;
  await transaction(ctx, "console", (tx) =>
    insertAudit(
      tx,
      subjects.map(([one]) => ({ at, actor, channel, action: "file.read", purpose, subject: one!.digest })),
    ),
  );
  const { personA, ...pair } = found.pair;
  const opened = await ctx.keyring.open(
    found.filings.map((one) => ({ field: "integrity.filing" as const, row: one.id, sealed: one.sealed })),
  );
  const contacts = [...new Set(found.filings.map((one) => one.contactId))];
  const sides = found.filings.flatMap(({ personId, contactId, seen, active, filedAt }, i): SideOfPair[] => {
    const plain = opened[i];
    if (plain === undefined) return [];
    const { names, profile } = JSON.parse(plain) as SealedFiling;
    const { bornOn, bornIn, sex, curp } = profile;
    const contact = contacts.indexOf(contactId) + 1;
    return [{ names, bornOn, bornIn, sex, curp, seen, active, filedAt, contact, person: personId === personA ? 0 : 1 }];
  });
  return accept({ ...pair, sides });
}
