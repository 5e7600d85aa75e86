import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { OfficeId } from "#kernel/ids.ts";
import type { FactField, FactLevel } from "../types.ts";

export interface FactRow {
  readonly officeId: string;
  readonly field: string;
  readonly value: unknown;
  readonly level: FactLevel;
  readonly source: string;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly dueAt: Date | null;
}

export async function officeExists(tx: Tx, officeId: string): Promise<boolean> {
  return (await rows(tx, sql`select 1 from offices.offices where id = ${officeId}`)).length > 0;
}

export async function listFacts(tx: Tx, officeId: string): Promise<FactRow[]> {
  return rows(
    tx,
    sql`select office_id as "officeId", field, value, level, source, confirmed_by as "confirmedBy",
          confirmed_at as "confirmedAt", due_at as "dueAt"
        from offices.facts where office_id = ${officeId}`,
  );
}

/** Writes what staff vouch for, over whatever stood there. */
export async function confirmFactRows(
  tx: Tx,
  officeId: OfficeId,
  fields: readonly { readonly field: FactField; readonly value: unknown }[],
  by: { readonly staffId: string; readonly at: Date; readonly dueAt: Date },
): Promise<void> {
  await run(
    tx,
    sql`insert into offices.facts (office_id, field, value, level, source, confirmed_by, confirmed_at, due_at)
        select ${officeId}::text, field, value, 'confirmed', 'staff of the network', ${by.staffId}::uuid, ${by.at}::timestamptz, ${by.dueAt}::timestamptz
        from unnest(${fields.map((one) => one.field)}::text[], ${fields.map((one) => JSON.stringify(one.value))}::jsonb[]) as given (field, value)
        on conflict (office_id, field) do update set value = excluded.value, level = excluded.level, source = excluded.source,
          confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at, due_at = excluded.due_at`,
  );
}
