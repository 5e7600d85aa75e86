import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { THRESHOLDS, type Thresholds } from "../rules/levels.ts";

export async function readThresholds(tx: Tx): Promise<Thresholds> {
  const [row] = await rows<Thresholds>(
    tx,
    sql`select yellow, orange, red from integrity.thresholds order by set_at desc limit 1`,
  );
  return row ?? THRESHOLDS;
}

export async function saveThresholds(
  tx: Tx,
  { id, yellow, orange, red, by, at }: Thresholds & { readonly id: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await run(
    tx,
    sql`insert into integrity.thresholds (id, yellow, orange, red, set_by, set_at) values (${id}, ${yellow}, ${orange}, ${red}, ${by}, ${at})`,
  );
}
