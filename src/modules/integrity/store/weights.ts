import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { LabelledTerms, Points } from "../rules/refit.ts";
import { POINTS } from "../rules/score.ts";

/** The weights that hold: the last that were set, else those of the rule. */
export async function readWeights(tx: Tx): Promise<Points> {
  const [row] = await rows<{ points: Partial<Points> }>(
    tx,
    sql`select points from integrity.weights order by set_at desc limit 1`,
  );
  return { ...POINTS, ...row?.points };
}

export async function saveWeights(
  tx: Tx,
  {
    id,
    points,
    labelled,
    by,
    at,
  }: {
    readonly id: string;
    readonly points: Points;
    readonly labelled: number;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into integrity.weights (id, points, labelled, set_by, set_at) values (${id}, ${JSON.stringify(points)}::jsonb, ${labelled}, ${by}, ${at})`,
  );
}

/** Cases that a person signed, with what spoke for them since the weights that hold were set: other points are of other weights. */
export function listLabelled(tx: Tx): Promise<(LabelledTerms & { readonly points: number; readonly kinds: number })[]> {
  return rows(
    tx,
    sql`select terms, points, kinds, state = 'refuted' as middleman from integrity.cases
        where state in ('validated', 'refuted') and settled_by is not null and challenged_at is not null
          and flagged_at > coalesce((select max(set_at) from integrity.weights), '-infinity')`,
  );
}
