import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { PATH_ROLES, roleName, rolePassword, type PathRole } from "./roles.ts";
import { isOurs, NotOurs, othersRun, refuseForeignRoles, refuseForeignTables, withClient } from "./strangers.ts";

/** What a database was made for. It is stamped once, and each entry refuses the other kind (hardening 12). */
export type Stamp = "demo" | "live";

/** Two migrations at once would race for the same tables; this number is the queue they stand in. */
const MIGRATION_LOCK = 7_260_112;

/**
 * Brings the database at `url` to the newest migration as its owner and stamps it when it is new; the
 * keyring likewise, at `keyringUrl` when it has a database of its own. Returns the names that ran. Throws
 * when a migration that already ran was edited, and NotOurs, before anything is touched, when the database
 * carries the other stamp, or is new here while it or its server belongs to somebody else.
 */
export async function migrate(options: {
  url: string;
  keyringUrl?: string | undefined;
  roleSecret: string;
  stamp: Stamp;
  directory: string;
}): Promise<string[]> {
  const { url, keyringUrl = url, roleSecret, directory } = options;
  await refuseStrangers(url, keyringUrl, roleSecret, options.stamp);
  const ran = await asMigrator(url, async (client) => {
    await prepareRoles(client, roleSecret, PATH_ROLES);
    const applied = await applyAll(client, "platform", directory);
    await stamp(client, options.stamp);
    return applied;
  });
  const keys = await asMigrator(keyringUrl, async (client) => {
    if (keyringUrl !== url) await prepareRoles(client, roleSecret, ["keyring"]);
    return applyAll(client, "keyring", join(directory, "keyring"));
  });
  return [...ran, ...keys.map((name) => `keyring/${name}`)];
}

function asMigrator<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(url, async (client) => {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return work(client);
  });
}

/** A database that is ours already may get a new role secret, unless another installation runs on its server; a new one must find the roles there under this secret. */
async function refuseStrangers(url: string, keyringUrl: string, secret: string, wanted: Stamp): Promise<void> {
  const databases = [url, keyringUrl];
  const known = await asMigrator(url, async (client) => {
    const ours = await isOurs(client, "platform.instance");
    if (ours) await refuseOtherStamp(client, wanted);
    else await refuseForeignTables(client, "DATABASE_URL");
    if (!ours || (await othersRun(client, databases))) await refuseForeignRoles(url, secret);
    return ours;
  });
  if (keyringUrl === url) return;
  await asMigrator(keyringUrl, async (client) => {
    const setting = "KEYRING_DATABASE_URL";
    const ours = await isOurs(client, "keyring.migrations");
    if (!ours) await refuseForeignTables(client, setting);
    if (!ours || !known || (await othersRun(client, databases)))
      await refuseForeignRoles(keyringUrl, secret, { roles: ["keyring"], setting });
  });
}

/** Runs what is new in the directory; what ran is kept in the table `migrations` of that schema. */
async function applyAll(client: pg.Client, schema: "platform" | "keyring", directory: string): Promise<string[]> {
  await client.query(`create schema if not exists ${schema} authorization ventanilla_owner;
    create table if not exists ${schema}.migrations (name text primary key, hash text not null, applied_at timestamptz not null default now());
    alter table ${schema}.migrations owner to ventanilla_owner`);
  const known = new Map(
    (await client.query<{ name: string; hash: string }>(`select name, hash from ${schema}.migrations`)).rows.map(
      (row) => [row.name, row.hash],
    ),
  );
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
      await client.query(`insert into ${schema}.migrations (name, hash) values ($1, $2)`, [name, hash]);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
    }
    ran.push(name);
  }
  return ran;
}

async function prepareRoles(client: pg.Client, secret: string, roles: readonly PathRole[]): Promise<void> {
  await ensureRole(client, "ventanilla_owner", "nologin");
  await client.query("grant ventanilla_owner to current_user");
  const { rows } = await client.query<{ database: string }>("select quote_ident(current_database()) as database");
  await client.query(`grant create on database ${rows[0]!.database} to ventanilla_owner`);
  for (const role of roles) {
    await ensureRole(client, roleName(role), "login nosuperuser nocreatedb nocreaterole nobypassrls");
    await client.query(`alter role ${roleName(role)} password ${pg.escapeLiteral(rolePassword(secret, role))}`);
  }
}

async function ensureRole(client: pg.Client, name: string, options: string): Promise<void> {
  await client.query(
    `do $$ begin create role ${name} ${options}; exception when duplicate_object or unique_violation then null; end $$`,
  );
}

async function stamp(client: pg.Client, wanted: Stamp): Promise<void> {
  await client.query("insert into platform.instance (kind) select $1 where not exists (select from platform.instance)", [wanted]);
  await refuseOtherStamp(client, wanted);
}

async function refuseOtherStamp(client: pg.Client, wanted: Stamp): Promise<void> {
  const { rows } = await client.query<{ kind: Stamp }>("select kind from platform.instance");
  if (rows[0] !== undefined && rows[0].kind !== wanted) {
    throw new NotOurs(`this database is stamped "${rows[0].kind}" and this command is for "${wanted}" databases: name another database`);
  }
}
