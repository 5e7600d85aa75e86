import type { ContactId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** How these contacts are reached and since when they are known; an erased one is not in the answer. */
export function listContacts(
  tx: Tx,
  ids: readonly ContactId[],
): Promise<{ id: ContactId; kind: string; createdAt: Date }[]> {
  return rows(
    tx,
    sql`select id, kind, created_at as "createdAt" from people.contacts where id = any(${[...ids]}::uuid[])`,
  );
}
