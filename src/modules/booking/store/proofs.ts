import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** Counts one more try of the contact on that day and returns how many there were with it. */
export async function countProofTry(tx: Tx, contactId: ContactId, on: LocalDate): Promise<number> {
  const [counted] = await rows<{ tries: number }>(
    tx,
    sql`insert into booking.contact_counters as c (contact_id, people, proof_tries, proof_on) values (${contactId}, 0, 1, ${on})
        on conflict (contact_id) do update set proof_on = excluded.proof_on,
          proof_tries = least(1000, case when c.proof_on = excluded.proof_on then c.proof_tries + 1 else 1 end)
        returning proof_tries as tries`,
  );
  return counted!.tries;
}
