import type { Socket } from "node:net";
import pg from "pg";
import { arrayLiteral } from "./arrays.ts";
import type { Sql } from "./sql.ts";
import { type PathRole, rolePassword, roleName } from "./roles.ts";

/** Row level security knows who asks by these; an absent one opens nothing. */
export interface Scope {
  readonly contactId?: string | undefined;
  readonly officeId?: string | undefined;
  readonly staffId?: string | undefined;
}

declare const opaque: unique symbol;
/** A transaction under way. Only `rows`, `run` and `batch` can use it, and only stores and queries call those. */
export interface Tx {
  readonly [opaque]: true;
}

export interface TransactionOptions {
  /** A command that is run by itself has nobody behind it and may wait for its turn. */
  readonly patient?: boolean;
  /**
   * Its commit is not waited for on the disk: whole or not at all, but when the machine dies the last half second of
   * these may be gone. Only for what is then done again or was worth no more than that.
   */
  readonly mayBeLost?: boolean;
}

export interface Database {
  /** Runs `work` in one READ COMMITTED transaction as the login role of that path. Throws what `work` throws, after rolling back, or CommitUnknown. */
  transaction<T>(role: PathRole, scope: Scope, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** For single reads that need no scope: each statement stands by itself, which saves two thirds of the way. */
  reading<T>(role: PathRole, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One connection outside any pool, for LISTEN. The caller ends it. */
  connect(role: PathRole): Promise<pg.Client>;
  stats(): Record<PathRole, { total: number; waiting: number }>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly roleSecret: string;
  /** Connections of each path: small, so that one path cannot starve another. */
  readonly poolSizes?: Partial<Record<PathRole, number>>;
  readonly onError?: (role: PathRole, error: Error) => void;
}

const POOL_SIZES: Record<PathRole, number> = { citizen_writer: 4, citizen_reader: 4, console: 4, worker: 3, report: 1, keyring: 2 };
/** A statement that takes longer than this on these paths is a fault, not work. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** A batch that waits longer for a lock is rolled back and its commands run one by one (engineering 2). */
const LOCK_TIMEOUT_MS = 250;
const PATIENT_LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

/**
 * On the writing path every statement finds its rows by a key. Its plan is made once per connection, and
 * never by the size that a table had at that moment: planning anew was a fifth of what a batch costs the
 * database, and a plan made for an empty table reads the whole of a full one.
 */
const PLANS_BY_KEY =
  "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

/** A day made from an instant is the day in UTC, wherever the database was set up. */
const DAYS_IN_UTC = "-c timezone=UTC";
/** And wherever this process stands: the driver would write an instant by the wall clock of its machine. */
pg.defaults.parseInputDatesAsUTC = true;

export function openDatabase(options: DatabaseOptions): Database {
  const pools = new Map<PathRole, pg.Pool>();
  const pool = (role: PathRole): pg.Pool => {
    let existing = pools.get(role);
    if (!existing) {
      existing = new pg.Pool({
        ...clientOptions(options, role),
        max: options.poolSizes?.[role] ?? POOL_SIZES[role],
        pipeline: true,
        idleTimeoutMillis: 0,
      });
      existing.on("error", (error) => options.onError?.(role, error));
      // Between two statements of a transaction nothing else would catch a lost connection, and the process would end.
      existing.on("connect", (client) => client.on("error", () => undefined));
      pools.set(role, existing);
    }
    return existing;
  };

  return {
    async transaction(role, scope, work, options = {}) {
      const client = await pool(role).connect();
      let broken: Error | undefined;
      try {
        const opened = begin(client, scope, options);
        try {
          const [value] = await Promise.all([work(client as unknown as Tx), opened]);
          sendTogether(client);
          const [ended, last] = await Promise.allSettled([client.query("commit"), lastStatements.get(client)]);
          if (ended.status === "rejected") throw isRolledBack(ended.reason) ? ended.reason : new CommitUnknown(ended.reason);
          if (last.status === "rejected") throw last.reason;
          if (ended.value.command !== "COMMIT") throw new Error("a statement failed and its error was swallowed: nothing was committed");
          return value;
        } catch (error) {
          await Promise.allSettled([opened, lastStatements.get(client)]);
          if (error instanceof CommitUnknown) broken = error;
          else await client.query("rollback").catch((lost: Error) => (broken = lost));
          throw error;
        }
      } finally {
        lastStatements.delete(client);
        client.release(broken);
      }
    },
    async reading(role, work) {
      const client = await pool(role).connect();
      try {
        return await work(client as unknown as Tx);
      } finally {
        client.release();
      }
    },
    async connect(role) {
      const client = new pg.Client(clientOptions(options, role));
      client.on("error", (error) => options.onError?.(role, error));
      await client.connect();
      return client;
    },
    stats() {
      const stats = {} as Record<PathRole, { total: number; waiting: number }>;
      for (const [role, { totalCount, waitingCount }] of pools) stats[role] = { total: totalCount, waiting: waitingCount };
      return stats;
    },
    async close() {
      await Promise.all([...pools.values()].map((one) => one.end()));
    },
  };
}

/** The rows of one statement. The cast is the store's promise that its columns have this shape. */
export async function rows<Row>(tx: Tx, statement: Sql): Promise<Row[]> {
  return (await send(tx, statement)).rows as Row[];
}

/** Runs a statement for its effect and says how many rows it touched. */
export async function run(tx: Tx, statement: Sql): Promise<number> {
  return (await send(tx, statement)).rowCount ?? 0;
}

/** The only row of a statement that must have one. */
export async function oneRow<Row>(tx: Tx, statement: Sql): Promise<Row> {
  const [row] = await rows<Row>(tx, statement);
  if (row === undefined) throw new Error("a row was expected");
  return row;
}

/** The connection died or the server broke down after `commit` was sent: it may or may not have happened, and only the rows can tell. */
export class CommitUnknown extends Error {
  constructor(cause: unknown) {
    super("the connection was lost while committing", { cause });
    this.name = "CommitUnknown";
  }
}

/** True for an answer of the server (a constraint, a timeout), false for a lost connection or a bug. */
export function isDatabaseError(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError;
}

/** SQLSTATE classes by which a commit says that it rolled back: a deferred constraint, the transaction's state, a conflict. */
const ROLLED_BACK = /^(23|25|40)/;

/** Whether nothing was committed for certain. A server that panics because its log cannot be forced to the disk may find the commit again when it recovers. */
function isRolledBack(error: unknown): boolean {
  return isDatabaseError(error) && ROLLED_BACK.test(error.code ?? "");
}

const lastStatements = new WeakMap<object, Promise<unknown>>();

/**
 * Says that nothing will be decided by these statements but whether they succeed. The commit then
 * leaves right behind them; if one fails the server rolls back, and the transaction throws its error.
 */
export function settleAtCommit(tx: Tx, statements: Promise<unknown>): void {
  statements.catch(() => undefined);
  lastStatements.set(tx, statements);
}

function send(tx: Tx, statement: Sql): Promise<pg.QueryResult> {
  const client = tx as unknown as pg.PoolClient;
  sendTogether(client);
  const { name, text, values } = statement;
  return client.query({ name, text, values: values.map((value) => (Array.isArray(value) ? arrayLiteral(value) : value)) });
}

/**
 * Statements that are asked for in one turn of the event loop leave in one write: a system call for
 * each of them was the largest part of the server's work under load.
 */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function beginOf({ patient, mayBeLost }: TransactionOptions): string {
  const waits = patient ? `; set local lock_timeout = ${PATIENT_LOCK_TIMEOUT_MS}` : "";
  return `begin${waits}${mayBeLost ? "; set local synchronous_commit = off" : ""}`;
}

function begin(client: pg.PoolClient, scope: Scope, options: TransactionOptions): Promise<unknown> {
  sendTogether(client);
  const begun = client.query(beginOf(options));
  if (!scope.contactId && !scope.officeId && !scope.staffId) return begun;
  const scoped = client.query({
    name: "scope",
    text: "select set_config('app.contact_id', $1, true), set_config('app.office_id', $2, true), set_config('app.staff_id', $3, true)",
    values: [scope.contactId ?? "", scope.officeId ?? "", scope.staffId ?? ""],
  });
  return Promise.all([begun, scoped]);
}

/** Whoever asks for TLS in any of its modes gets it with the certificate checked. */
const TLS_MODES = new Set(["require", "verify-ca", "verify-full"]);

function clientOptions(options: DatabaseOptions, role: PathRole): pg.ClientConfig {
  const url = new URL(options.url);
  return {
    host: decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: roleName(role),
    password: rolePassword(options.roleSecret, role),
    ssl: TLS_MODES.has(url.searchParams.get("sslmode") ?? "") ? { rejectUnauthorized: true } : undefined,
    options: role === "citizen_writer" ? `${DAYS_IN_UTC} ${PLANS_BY_KEY}` : DAYS_IN_UTC,
    application_name: `ventanilla ${role}`,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
    lock_timeout: role === "citizen_writer" ? LOCK_TIMEOUT_MS : PATIENT_LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectionTimeoutMillis: 5_000,
  };
}
