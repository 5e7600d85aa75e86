import { rows, run, sql, type Tx } from "#platform/db/index.ts";

/** A booking whose people are to be looked at; `asked` is another one each time it is asked for. */
export interface DueSource {
  readonly sourceId: string;
  readonly asked: string;
}

export async function askFor(tx: Tx, sourceIds: readonly string[], now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into integrity.due (source_id, due_at) select distinct id, ${now}::timestamptz from unnest(${sourceIds}::uuid[]) id order by id
        on conflict (source_id) do update set asked = default`,
  );
}

export async function listDue(tx: Tx, most: number): Promise<DueSource[]> {
  return rows(tx, sql`select source_id as "sourceId", asked from integrity.due order by asked limit ${most}`);
}

/** Whether it is still due as it was listed; then nobody else takes it until the transaction ends. */
export async function isDue(tx: Tx, { sourceId, asked }: DueSource): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from integrity.due where source_id = ${sourceId} and asked = ${asked} for update`,
  );
  return found.length === 1;
}

/** Takes one out of the list. False when somebody else did, or when it was asked for anew. */
export async function takeDue(tx: Tx, { sourceId, asked }: DueSource): Promise<boolean> {
  return (await run(tx, sql`delete from integrity.due where source_id = ${sourceId} and asked = ${asked}`)) === 1;
}

/** During a rotation: every booking of which something is known. */
export async function askForAll(tx: Tx, now: Date): Promise<number> {
  return run(
    tx,
    sql`insert into integrity.due (source_id, due_at) select distinct source_id, ${now}::timestamptz from integrity.filings order by 1
        on conflict (source_id) do update set asked = default`,
  );
}
