import type { ContactId } from "#kernel/ids.ts";
import { oneRow, rows, run, sql, type Tx } from "#platform/db/index.ts";
import { newId } from "#platform/random.ts";
import type { CaseId } from "../types.ts";

/** Sanctions of a contact that nobody took back; what was held only while it was asked about is none. */
export async function countSanctions(tx: Tx, contactId: ContactId): Promise<number> {
  const { count } = await oneRow<{ count: number }>(
    tx,
    sql`select count(*)::int as count from integrity.sanctions where contact_id = ${contactId} and lifted_at is null and step > 0`,
  );
  return count;
}

export async function insertSanction(
  tx: Tx,
  {
    contactId,
    caseId,
    step,
    from,
    until,
  }: { contactId: ContactId; caseId: CaseId; step: number; from: Date; until: Date | null },
): Promise<void> {
  await run(
    tx,
    sql`insert into integrity.sanctions (id, contact_id, case_id, step, from_at, until_at) values (${newId<string>()}, ${contactId}, ${caseId}, ${step}, ${from}, ${until})`,
  );
}

export async function liftSanctionsOf(tx: Tx, caseId: CaseId, at: Date): Promise<void> {
  await run(tx, sql`update integrity.sanctions set lifted_at = ${at} where case_id = ${caseId} and lifted_at is null`);
}

/** Until when each of these contacts begins nothing new, of all that was decided of it and not taken back. */
export function listClosed(
  tx: Tx,
  contactIds: readonly ContactId[],
  now: Date,
): Promise<{ contactId: ContactId; until: Date | null }[]> {
  return rows(
    tx,
    sql`select c.id as "contactId", max(s.until_at) as until from unnest(${[...contactIds]}::uuid[]) as c (id)
        left join integrity.sanctions s on s.contact_id = c.id and s.lifted_at is null and s.until_at > ${now} group by 1 order by 1`,
  );
}
