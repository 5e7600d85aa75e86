import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { PATH_ROLES, roleName, rolePassword } from "./roles.ts";

/** What a database was made for. It is stamped once, and each entry refuses the other kind (hardening 12). */
export type Stamp = "demo" | "live";

/** Two migrations at once would race for the same tables; this number is the queue they stand in. */
const MIGRATION_LOCK = 7_260_112;

/**
 * Brings the database at `url` to the newest migration as its owner and stamps it when it is new.
 * Returns the names that ran. Throws when a migration that already ran was edited, or when the
 * database carries the other stamp.
 */
export async function migrate(options: { url: string; roleSecret: string; stamp: Stamp; directory: string }): Promise<string[]> {
  const client = new pg.Client({ connectionString: options.url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await prepareRoles(client, options.roleSecret);
    await client.query(`create schema if not exists platform authorization ventanilla_owner;
      create table if not exists platform.migrations (name text primary key, hash text not null, applied_at timestamptz not null default now());
      alter table platform.migrations owner to ventanilla_owner`);
    const ran = await applyAll(client, options.directory);
    await stamp(client, options.stamp);
    return ran;
  } finally {
    await client.end();
  }
}

async function applyAll(client: pg.Client, directory: string): Promise<string[]> {
  const known = new Map((await client.query<{ name: string; hash: string }>("select name, hash from platform.migrations")).rows.map((row) => [row.name, row.hash]));
  const ran: string[] = [];
  for (const name of (await readdir(directory)).filter((file) => file.endsWith(".sql")).sort()) {
    const text = await readFile(join(directory, name), "utf8");
    const hash = createHash("sha256").update(text).digest("hex");
    if (known.has(name)) {
      if (known.get(name) !== hash) throw new Error(`migration ${name} was edited after it ran; write a new one`);
      continue;
    }
    await client.query("begin; set local role ventanilla_owner");
    try {
      await client.query(text);
      await client.query("insert into platform.migrations (name, hash) values ($1, $2)", [name, hash]);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
    }
    ran.push(name);
  }
  return ran;
}

async function prepareRoles(client: pg.Client, secret: string): Promise<void> {
  await ensureRole(client, "ventanilla_owner", "nologin");
  await client.query("grant ventanilla_owner to current_user");
  const { rows } = await client.query<{ database: string }>("select quote_ident(current_database()) as database");
  await client.query(`grant create on database ${rows[0]!.database} to ventanilla_owner; revoke all on schema public from public`);
  for (const role of PATH_ROLES) {
    await ensureRole(client, roleName(role), "login nosuperuser nocreatedb nocreaterole nobypassrls");
    await client.query(`alter role ${roleName(role)} password ${pg.escapeLiteral(rolePassword(secret, role))}`);
  }
}

async function ensureRole(client: pg.Client, name: string, options: string): Promise<void> {
  await client.query(`do $$ begin create role ${name} ${options}; exception when duplicate_object or unique_violation then null; end $$`);
}

async function stamp(client: pg.Client, wanted: Stamp): Promise<void> {
  await client.query("insert into platform.instance (kind) select $1 where not exists (select from platform.instance)", [wanted]);
  const { rows } = await client.query<{ kind: Stamp }>("select kind from platform.instance");
  if (rows[0]?.kind !== wanted) {
    throw new Error(`this database is stamped "${rows[0]?.kind}" and this command is for "${wanted}" databases: name another database`);
  }
}
