import pg from "pg";
import { rows, type Tx } from "./database.ts";
import type { Stamp } from "./migrate.ts";
import { sql } from "./sql.ts";

/**
 * One transaction as the owner of the schema, on a connection of its own at `url`, which must be an
 * administrator's. For loading reference data at start and nothing else: no path of the running program owns a table.
 */
export async function asOwner<T>(url: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("begin; set local role ventanilla_owner");
    const value = await work(client as unknown as Tx);
    await client.query("commit");
    return value;
  } finally {
    await client.end();
  }
}

/** Whether this database holds invented or real people. */
export async function readStamp(tx: Tx): Promise<Stamp | undefined> {
  const [instance] = await rows<{ kind: Stamp }>(tx, sql`select kind from platform.instance`);
  return instance?.kind;
}
