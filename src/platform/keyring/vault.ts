import { randomBytes } from "node:crypto";
import pg from "pg";
import type { LocalDate } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import type { Clock } from "../clock.ts";
import { forgetRecordKeys, openBox, sealBox } from "./box.ts";
import { openShares, type Shares } from "./shares.ts";
import type { KeyName } from "./index.ts";

export interface Secret {
  readonly id: Buffer;
  readonly version: number;
  readonly secret: Buffer;
  readonly destroyAfter: LocalDate | null;
}

export interface VaultOptions {
  /** Of the database that holds schema `keyring`, with the credentials of a role that may read it. */
  readonly url: string;
  /** 32 bytes that stand in no database. */
  readonly rootKey: Buffer;
  readonly clock: Clock;
}

interface Row {
  readonly id: Buffer;
  readonly name: string;
  readonly version: number;
  readonly wrapped: Buffer;
  readonly wrapped_by: Buffer;
  readonly destroy_after: LocalDate | null;
}

export interface Vault {
  readonly shares: Shares;
  /** The key of that name, made and wrapped on first use. */
  named(name: KeyName): Promise<Secret>;
  /** Every key whose name begins so, of those that are there. */
  startingWith(start: string): Promise<Secret[]>;
  byIds(ids: ReadonlySet<string>): Promise<Map<string, Secret>>;
  /** Live versions of a versioned key, newest first; the first is made on first use. */
  versions(name: string): Promise<readonly Secret[]>;
  addVersion(name: string, secret: Buffer): Promise<void>;
  dropOldVersions(name: string): Promise<void>;
  destroyDue(on: LocalDate): Promise<number>;
  close(): Promise<void>;
}

const ROOT_ID = Buffer.alloc(8);
/** Other nodes learn of a rotation within this time; a rotation therefore waits as long before it relies on the new version. */
const VERSIONS_CACHE_MS = 2_000;
/** One node deletes the rows that are due, at 07:00 UTC; by the hour after that no other node may still have them in memory. */
const FORGET_AFTER_MS = 8 * HOUR_MS;

/** Wrapped keys in their own schema, unwrapped ones in memory only. */
export function openVault(options: VaultOptions): Vault {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: 2,
    application_name: "ventanilla keyring",
    allowExitOnIdle: true,
  });
  pool.on("error", () => undefined);
  const byName = new Map<string, Secret>();
  const byId = new Map<string, Secret>();
  const versioned = new Map<string, { secrets: readonly Secret[]; readAt: number }>();
  let forgottenOn = "";

  const forgetDue = (): void => {
    const today = new Date(options.clock.now().getTime() - FORGET_AFTER_MS).toISOString().slice(0, 10);
    if (today === forgottenOn) return;
    forgottenOn = today;
    forgetRecordKeys();
    for (const known of [byName, byId])
      for (const [key, { destroyAfter }] of known) if (destroyAfter !== null && destroyAfter < today) known.delete(key);
  };

  const select = async (where: string, value: unknown): Promise<Row[]> =>
    (
      await pool.query<Row>({
        name: `keys ${where}`,
        text: `select id, name, version, wrapped, wrapped_by, to_char(destroy_after, 'YYYY-MM-DD') as destroy_after from keyring.keys where ${where} order by version desc`,
        values: [value],
      })
    ).rows;

  const unwrap = async (row: Row): Promise<Secret | undefined> => {
    const known = byId.get(row.id.toString("hex"));
    if (known) return known;
    const wrapping = ROOT_ID.equals(row.wrapped_by)
      ? options.rootKey
      : (await vault.byIds(new Set([row.wrapped_by.toString("hex")]))).get(row.wrapped_by.toString("hex"))?.secret;
    const text = wrapping && openBox(wrapping, "keyring.key", row.name, row.wrapped);
    if (text === undefined) return undefined;
    const secret: Secret = {
      id: row.id,
      version: row.version,
      secret: Buffer.from(text, "base64"),
      destroyAfter: row.destroy_after,
    };
    byId.set(row.id.toString("hex"), secret);
    return secret;
  };

  const make = async (
    name: string,
    version: number,
    secret: Buffer,
    parent: Secret | undefined,
    destroyAfter: LocalDate | undefined,
  ): Promise<void> => {
    const id = randomBytes(8);
    const wrapped = sealBox(
      parent?.secret ?? options.rootKey,
      parent?.id ?? ROOT_ID,
      "keyring.key",
      name,
      secret.toString("base64"),
    );
    await pool.query({
      text: "insert into keyring.keys (id, name, version, wrapped, wrapped_by, created_at, destroy_after) values ($1, $2, $3, $4, $5, $6, $7) on conflict (name, version) do nothing",
      values: [id, name, version, wrapped, parent?.id ?? ROOT_ID, options.clock.now(), destroyAfter ?? null],
    });
  };

  /** Whoever asks while an answer is under way gets that answer: a key that is needed under load is read once, not once for each request. */
  const underWay = new Map<string, Promise<unknown>>();
  const together = <T>(what: string, ask: () => Promise<T>): Promise<T> => {
    const asked = underWay.get(what) as Promise<T> | undefined;
    if (asked) return asked;
    const answer = ask().finally(() => underWay.delete(what));
    underWay.set(what, answer);
    return answer;
  };

  const namedFromTable = async (name: KeyName): Promise<Secret> => {
    let [row] = await select("name = $1", name.name);
    if (!row) {
      await make(name.name, 1, randomBytes(32), name.parent && (await vault.named(name.parent)), name.destroyAfter);
      [row] = await select("name = $1", name.name);
    }
    const secret = row && (await unwrap(row));
    if (!secret) throw new Error("a key could not be unwrapped: the root key is not the one of this database");
    byName.set(name.name, secret);
    return secret;
  };

  const versionsFromTable = async (name: string): Promise<readonly Secret[]> => {
    const readAt = performance.now();
    let found = await select("name = $1", name);
    if (found.length === 0) {
      await make(name, 1, randomBytes(32), undefined, undefined);
      found = await select("name = $1", name);
    }
    const secrets = await Promise.all(found.map(unwrap));
    if (secrets.some((secret) => secret === undefined))
      throw new Error("a key could not be unwrapped: the root key is not the one of this database");
    versioned.set(name, { secrets: secrets as Secret[], readAt });
    return secrets as Secret[];
  };

  const shares = openShares(pool, options.clock);
  const vault: Vault = {
    shares,
    named(name) {
      forgetDue();
      const known = byName.get(name.name);
      return known ? Promise.resolve(known) : together(name.name, () => namedFromTable(name));
    },
    async startingWith(start) {
      forgetDue();
      const found = await Promise.all((await select("starts_with(name, $1)", start)).map(unwrap));
      return found.filter((one) => one !== undefined);
    },
    async byIds(ids) {
      forgetDue();
      const missing = [...ids].filter((id) => !byId.has(id));
      if (missing.length > 0) {
        for (const row of await select(
          "id = any($1)",
          missing.map((id) => Buffer.from(id, "hex")),
        ))
          await unwrap(row);
      }
      return new Map([...ids].flatMap((id) => (byId.has(id) ? [[id, byId.get(id)!] as const] : [])));
    },
    versions(name) {
      const cached = versioned.get(name);
      const isFresh = cached !== undefined && performance.now() - cached.readAt < VERSIONS_CACHE_MS;
      return isFresh ? Promise.resolve(cached.secrets) : together(`versions of ${name}`, () => versionsFromTable(name));
    },
    async addVersion(name, secret) {
      const [newest] = await vault.versions(name);
      await make(name, newest!.version + 1, secret, undefined, undefined);
      versioned.delete(name);
    },
    async dropOldVersions(name) {
      await pool.query(
        "delete from keyring.keys k where name = $1 and version < (select max(version) from keyring.keys where name = k.name)",
        [name],
      );
      versioned.delete(name);
    },
    async destroyDue(on) {
      const { rows } = await pool.query<{ id: Buffer; name: string }>(
        "delete from keyring.keys where destroy_after < $1 returning id, name",
        [on],
      );
      for (const row of rows) {
        byId.delete(row.id.toString("hex"));
        byName.delete(row.name);
      }
      await shares.destroyDue(on);
      if (rows.length > 0) forgetRecordKeys();
      return rows.length;
    },
    close: () => pool.end(),
  };
  return vault;
}
