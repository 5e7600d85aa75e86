import type pg from "pg";

/** The schemas that are ours; `demo` exists only where the demo world is and belongs to no migration. */
export const SCHEMAS = [
  "platform",
  "keyring",
  "audit",
  "offices",
  "people",
  "schedules",
  "booking",
  "integrity",
  "emergencies",
  "visits",
  "issuing",
  "messaging",
  "room",
  "allocation",
  "adverts",
  "helpers",
  "conversations",
] as const;

export interface Table {
  readonly oid: number;
  /** With its schema. */
  readonly name: string;
  readonly options: string | null;
  /** Written to no log, and empty after a crash. */
  readonly unlogged: boolean;
  readonly rls: boolean;
  readonly forced: boolean;
}
export interface Column {
  readonly table: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly fallback: string | null;
  /** `a` always, `d` by default, empty for none. */
  readonly identity: string;
  readonly comment: string | null;
}
/** A statement that makes one thing, or its definition. */
export interface Definition {
  readonly table: number;
  readonly name: string;
  readonly definition: string;
}
export interface Constraint extends Definition {
  readonly isForeignKey: boolean;
}
export interface Grant {
  /** What `grant … on` names: a schema, table or function. */
  readonly on: string;
  readonly grantee: string;
  readonly privilege: string;
  /** Empty for the whole table. */
  readonly column: string;
}
export interface Comment {
  readonly on: string;
  readonly comment: string;
}

export interface Catalogue {
  readonly tables: readonly Table[];
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Definition[];
  readonly triggers: readonly Definition[];
  readonly policies: readonly Definition[];
  readonly functions: readonly { readonly definition: string }[];
  readonly grants: readonly Grant[];
  readonly comments: readonly Comment[];
}

/** Reads everything that the migrations made, in an order that depends on names alone. */
export async function readCatalogue(client: pg.Client): Promise<Catalogue> {
  // With an empty path every name is written with its schema.
  await client.query("select set_config('search_path', '', false)");
  const list = async <Row extends object>(text: string): Promise<Row[]> =>
    (await client.query<Row>({ text, values: [SCHEMAS] })).rows;
  return {
    tables: await list(`
      select c.oid::int8::int as oid, format('%I.%I', n.nspname, c.relname) as name, array_to_string(c.reloptions, ', ') as options, c.relpersistence = 'u' as unlogged, c.relrowsecurity as rls, c.relforcerowsecurity as forced
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1) and c.relkind in ('r', 'p')
      order by array_position($1, n.nspname::text), c.relname`),
    columns: await list(`
      select a.attrelid::int8::int as "table", quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
        pg_get_expr(d.adbin, d.adrelid) as fallback, a.attidentity as identity, col_description(a.attrelid, a.attnum) as comment
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where n.nspname = any($1) and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum`),
    constraints: await list(`
      select k.conrelid::int8::int as "table", quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition, k.contype = 'f' as "isForeignKey"
      from pg_constraint k join pg_namespace n on n.oid = k.connamespace
      where n.nspname = any($1) and k.contype in ('p', 'u', 'c', 'x', 'f') order by array_position('{p,u,x,c,f}', k.contype::text), k.conname`),
    indexes: await list(`
      select i.indrelid::int8::int as "table", c.relname as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) order by c.relname`),
    triggers: await list(`
      select t.tgrelid::int8::int as "table", t.tgname as name, pg_get_triggerdef(t.oid) as definition
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1) and not t.tgisinternal order by t.tgname`),
    policies: await list(`
      select p.polrelid::int8::int as "table", p.polname as name,
        format('create policy %I on %s%s for %s to %s%s%s', p.polname, p.polrelid::regclass, case when p.polpermissive then '' else ' as restrictive' end,
          case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
          (select string_agg(quote_ident(r.rolname), ', ' order by r.rolname) from pg_roles r where r.oid = any(p.polroles)),
          ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') as definition
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1) order by p.polname`),
    functions: await list(`
      select pg_get_functiondef(p.oid) as definition from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = any($1) order by array_position($1, n.nspname::text), p.proname, pg_get_function_identity_arguments(p.oid)`),
    grants: await list(GRANTS),
    comments: await list(`
      select 'schema ' || quote_ident(n.nspname) as on, obj_description(n.oid, 'pg_namespace') as comment from pg_namespace n
        where n.nspname = any($1) and obj_description(n.oid, 'pg_namespace') is not null
      union all
      select format('table %I.%I', n.nspname, c.relname), obj_description(c.oid, 'pg_class') from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any($1) and c.relkind in ('r', 'p') and obj_description(c.oid, 'pg_class') is not null`),
  };
}

/** What the owner may do is not written: it may do everything with its own. */
const GRANTS = `
  with acls as (
    select format('schema %I', nspname) as on, '' as column, nspowner as owner, nspacl as acl from pg_namespace where nspname = any($1)
    union all
    select format('%I.%I', n.nspname, c.relname), '', c.relowner, c.relacl from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind in ('r', 'p')
    union all
    select format('%I.%I', n.nspname, c.relname), quote_ident(a.attname), c.relowner, a.attacl
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1) and a.attacl is not null
    union all
    select format('function %s', p.oid::regprocedure), '', p.proowner, p.proacl from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any($1)
  )
  select acls.on, acls.column, lower(one.privilege_type) as privilege, coalesce(quote_ident(r.rolname), 'public') as grantee
  from acls, aclexplode(acls.acl) as one left join pg_roles r on r.oid = one.grantee
  where one.grantee <> acls.owner order by 1, 4, array_position('{usage,create,execute,select,insert,update,delete}', lower(one.privilege_type)), 2`;
