import pg from "pg";
import { adminQuery, withDatabase } from "./admin.ts";
import { Plain } from "./plain.ts";

/** SQLSTATE of a database that is not there; of a table, and of a column, that is not there. */
const NO_DATABASE = "3D000";
const NO_STAMP = ["42P01", "42703"];

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
    else if (!NO_STAMP.includes(code ?? "")) throw error;
  }
}
