import { rows, sql, type Tx } from "#platform/db/index.ts";

/** Rows of a table that this transaction has read up to now, by whatever way. */
export async function rowsRead(tx: Tx, schema: string, table: string): Promise<number> {
  const [row] = await rows<{ n: number }>(
    tx,
    sql`select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n from pg_stat_xact_user_tables where schemaname = ${schema} and relname = ${table}`,
  );
  return row!.n;
}
