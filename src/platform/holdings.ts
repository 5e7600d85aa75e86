import { rows, sql, type Tx } from "./db/index.ts";

/** How a table belongs to a contact: by a column of this name, that names it, a row of another table of its, or its digest. */
export interface Link {
  readonly column: string;
  /** A table, with its schema, whose rows have a contact of their own and are named by the column. */
  readonly through?: string;
}

/** What one table holds about a contact. */
export interface Holding {
  readonly table: string;
  /** Rows; null where this program's role for scheduled work may not look. */
  readonly rows: number | null;
  /** Columns whose comment says that they are personal: sealed, but for a few that say why not. */
  readonly personal: readonly string[];
  readonly others: readonly string[];
}

/**
 * Every table that belongs to these contacts by one of the links, in the order of their names, with how many rows it has. Read from the
 * catalogue of the database itself, so that no table is forgotten (role worker). Where a table has several links the first one counts.
 */
export async function holdings(
  tx: Tx,
  links: readonly Link[],
  { contacts, digests }: { readonly contacts: readonly string[]; readonly digests: readonly Uint8Array[] },
): Promise<Holding[]> {
  const found = await rows<Omit<Holding, "rows"> & { counted: string | null }>(
    tx,
    sql`with links as (
          select * from unnest(${links.map((one) => one.column)}::text[], ${links.map((one) => one.through ?? null)}::text[]) with ordinality as l (name, through, place)),
        linked as (
          select distinct on (c.oid) c.oid, n.nspname, c.relname, a.attname, l.through, t.typname,
                 has_column_privilege(c.oid, a.attnum, 'select') as readable
          from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
               join pg_type t on t.oid = a.atttypid join links l on l.name = a.attname
          where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' and (l.through is null or to_regclass(l.through) <> c.oid)
          order by c.oid, l.place)
        select format('%s.%s', nspname, relname) as "table",
               case when readable then query_to_xml(format('select count(*) as n from %I.%I where %I %s', nspname, relname, attname,
                 case when typname = 'bytea' then format('= any(%L::bytea[])', ${digests}::bytea[]::text)
                      when through is null then format('= any(%L::uuid[])', ${contacts}::uuid[]::text)
                      else format('in (select id from %s where contact_id = any(%L::uuid[]))', to_regclass(through), ${contacts}::uuid[]::text) end), false, true, '')::text end as counted,
               array(select attname::text from pg_attribute where attrelid = oid_ and attnum > 0 and not attisdropped and col_description(oid_, attnum) like 'Personal%' order by attnum) as personal,
               array(select attname::text from pg_attribute where attrelid = oid_ and attnum > 0 and not attisdropped and coalesce(col_description(oid_, attnum), '') not like 'Personal%' order by attnum) as others
        from (select *, oid as oid_ from linked) l order by 1`,
  );
  return found.map(({ counted, ...one }) => ({
    ...one,
    rows: counted === null ? null : Number(/<n>(\d+)<\/n>/.exec(counted)?.[1] ?? Number.NaN),
  }));
}
