import pg from "pg";
import { PATH_ROLES, roleName, roleUrl, type PathRole } from "./roles.ts";
import { sql } from "./sql.ts";

/** SQLSTATE class of a login that the server turned down. */
const LOGIN_REFUSED = /^28/;

/** A database or server that belongs to somebody else. Its message is all that the administrator needs; nothing was touched. */
export class NotOurs extends Error {}

/** The tables by which a database, or the keyring's own one, shows that this program made it. */
export type Mark = "platform.instance" | "keyring.migrations";

/** Another program may have a table of the same name, but not one of this owner. */
export async function isOurs(client: pg.Client, mark: Mark): Promise<boolean> {
  const { rows } = await client.query(
    "select from pg_class join pg_roles on pg_roles.oid = relowner where pg_class.oid = to_regclass($1) and rolname = 'ventanilla_owner'",
    [mark],
  );
  return rows.length > 0;
}

/** What an extension brought is nobody's data, and `platform.migrations` alone is a first migration that was cut off. */
export async function refuseForeignTables(client: pg.Client, setting: string): Promise<void> {
  const { rows } = await client.query<{ database: string; found: string }>(
    sql`select current_database() as database, format('%I.%I', nspname, relname) as found
       from pg_class join pg_namespace on pg_namespace.oid = relnamespace join pg_roles on pg_roles.oid = relowner
      where relkind in ('r', 'p', 'f', 'v', 'm') and nspname not in ('pg_catalog', 'information_schema')
        and nspname !~ '^pg_(toast|temp_)'
        and not (nspname = 'platform' and relname = 'migrations' and rolname = 'ventanilla_owner')
        and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
      order by 2 limit 1`,
  );
  if (rows[0] === undefined) return;
  const { database, found } = rows[0];
  throw new NotOurs(
    `The database "${database}" holds tables that are not Ventanilla's (${found}); nothing was changed. Make an empty database and name it in ${setting}.`,
  );
}

/** The login roles belong to the whole server: to set their passwords anew would lock another installation out. */
export async function refuseForeignRoles(
  url: string,
  roleSecret: string,
  { roles = PATH_ROLES, setting = "DATABASE_URL" }: { roles?: readonly PathRole[]; setting?: string } = {},
): Promise<void> {
  const present = await withClient(url, (client) =>
    client.query<{ name: string }>("select rolname as name from pg_roles where rolname = any($1)", [
      roles.map(roleName),
    ]),
  );
  const names = new Set(present.rows.map((row) => row.name));
  for (const role of roles.filter((one) => names.has(roleName(one)))) {
    try {
      await withClient(roleUrl(url, roleSecret, role), () => Promise.resolve());
    } catch (error) {
      if (!LOGIN_REFUSED.test((error as { code?: string }).code ?? "")) throw error;
      throw new NotOurs(
        `Another Ventanilla installation uses this PostgreSQL server; nothing was changed. Set its DATABASE_ROLE_SECRET, or name another server in ${setting}.`,
      );
    }
  }
}

/** Whether programs are connected under our roles to databases of this server other than those of `urls`: a new secret would end them. */
export async function othersRun(client: pg.Client, urls: readonly string[]): Promise<boolean> {
  const { rows } = await client.query(
    "select from pg_stat_activity where usename = any($1) and datname <> all($2) limit 1",
    [PATH_ROLES.map(roleName), urls.map((url) => decodeURIComponent(new URL(url).pathname.slice(1)))],
  );
  return rows.length > 0;
}

/** Work on a connection of its own, which ends with it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
