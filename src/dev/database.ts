import pg from "pg";
import { PATH_ROLES, roleName, roleUrl } from "#platform/db/index.ts";
import { adminQuery, withDatabase } from "./admin.ts";
import { Plain } from "./plain.ts";

/** SQLSTATE of a database, and of a table, that is not there. */
const NO_DATABASE = "3D000";
const NO_TABLE = "42P01";

/** Creates the database when it is missing, and refuses one that may hold real people before anything of it is touched. */
export async function prepareDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (name === "") throw new Plain("DATABASE_URL names no database. Add one: postgres://…/ventanilla");
  try {
    const [instance] = await adminQuery<{ kind: string }>(url, "select kind from platform.instance");
    if (instance?.kind === "live")
      throw new Plain(
        `The database "${name}" is stamped live: it may hold real people. npm start works on demo databases only.`,
      );
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === NO_DATABASE)
      await adminQuery(withDatabase(url, "postgres"), `create database ${pg.escapeIdentifier(name)}`);
    else if (code !== NO_TABLE) throw error;
  }
}

/** On somebody else's server: the login roles belong to the whole cluster, and taking over their passwords would lock another installation out. */
export async function refuseForeignRoles(url: string, roleSecret: string): Promise<void> {
  const role = roleName(PATH_ROLES[0]);
  const roles = await adminQuery(url, "select from pg_roles where rolname = $1", [role]);
  if (roles.length === 0) return;
  const client = new pg.Client({ connectionString: roleUrl(url, roleSecret, PATH_ROLES[0]) });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if ((error as { code?: string }).code !== "28P01") throw error;
    throw new Plain(
      "Another Ventanilla installation uses this PostgreSQL server. Set its DATABASE_ROLE_SECRET, or name another server in DATABASE_URL.",
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
