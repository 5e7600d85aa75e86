import { rows, run, settleAtCommit, sql, type Tx } from "../db/index.ts";
import { take, type Taken } from "./gcra.ts";
import { LIMITS, type LimitName } from "./table.ts";

export interface Ask {
  readonly limit: LimitName;
  /** The id of whose budget it is. */
  readonly key: string;
  readonly now: Date;
}

/** Takes from budgets, for many at once in the order in which they ask. A budget is one row, which two nodes take in turn. */
export async function takeMany(tx: Tx, asks: readonly Ask[]): Promise<Taken[]> {
  const own = new Map(asks.map((one) => [nameOf(one), one]));
  // By one order, so that two batches never wait for each other.
  const budgets = [...own.keys()].sort().map((name) => own.get(name)!);
  const found = await rows<{ limit: LimitName; key: string; tat: Date | null }>(
    tx,
    sql`insert into platform.limits as l (rule, key) select * from unnest(${budgets.map((one) => one.limit)}::text[], ${budgets.map((one) => one.key)}::uuid[])
        on conflict (rule, key) do update set tat = l.tat returning rule as limit, key, tat`,
  );
  const tats = new Map(found.map((one) => [nameOf(one), one.tat?.getTime()]));
  const taken = asks.map((ask) => {
    const told = take(tats.get(nameOf(ask)), ask.now.getTime(), LIMITS[ask.limit]);
    if (told.ok) tats.set(nameOf(ask), told.tat);
    return told;
  });
  const full = budgets.map((one) => tats.get(nameOf(one)));
  const written = run(
    tx,
    sql`update platform.limits l set tat = t.tat
        from unnest(${budgets.map((one) => one.limit)}::text[], ${budgets.map((one) => one.key)}::uuid[], ${full.map((one) => (one === undefined ? null : new Date(one)))}::timestamptz[]) as t (rule, key, tat)
        where l.rule = t.rule and l.key = t.key`,
  );
  settleAtCommit(tx, written);
  return taken;
}

/** Budgets that are full again say nothing of anybody. */
export function forgetLimits(tx: Tx, now: Date): Promise<number> {
  return run(tx, sql`delete from platform.limits where tat is null or tat < ${now}`);
}

function nameOf({ limit, key }: Pick<Ask, "limit" | "key">): string {
  return `${limit} ${key}`;
}
