import type { LocalDate } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { deleteNameless } from "./filings.ts";

/** Most filings of one transaction. */
export const AT_ONCE = 500;

/** Deletes filings whose day has passed, and the persons whom none names after that. */
export async function deleteFilingsToErase(tx: Tx, today: LocalDate): Promise<number> {
  const gone = await rows<{ personId: string }>(
    tx,
    sql`delete from integrity.filings where id in (select id from integrity.filings where erase_after < ${today} order by erase_after, id limit ${AT_ONCE} for update skip locked)
        returning person_id as "personId"`,
  );
  await deleteNameless(tx, [...new Set(gone.map((one) => one.personId))]);
  return gone.length;
}
