import type { ContactId } from "#kernel/ids.ts";
import { oneRow, run, sql, type Tx } from "#platform/db/index.ts";
import { newId } from "#platform/random.ts";
import type { CaseId } from "../types.ts";

/** Sanctions of a contact that nobody took back. */
export async function countSanctions(tx: Tx, contactId: ContactId): Promise<number> {
  const { count } = await oneRow<{ count: number }>(
    tx,
    sql`select count(*)::int as count from integrity.sanctions where contact_id = ${contactId} and lifted_at is null`,
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
