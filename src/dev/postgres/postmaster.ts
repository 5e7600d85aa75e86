import { readFile, realpath } from "node:fs/promises";
import { connect } from "node:net";
import pg from "pg";
import { anyWorksIn, isAlive, signal, waitUntil, worksIn } from "./processes.ts";

export type Postmaster =
  | { readonly state: "none" }
  /** A pid file stays, and its process is gone or, when the number was given out again, somebody else's. */
  | { readonly state: "stale"; readonly numberReused: boolean }
  | { readonly state: "live"; readonly pid: number; readonly port: number; readonly ready: boolean };

export interface Credentials {
  readonly password: string;
  readonly instance: string;
}

const PROBE_MS = 3_000;
/** After this long without a fast shutdown the server is told to drop everything; recovery repairs the rest. */
export const FAST_STOP_MS = 10_000;

/** The pid file holds: pid, data directory, start time, port, socket directory, address, memory key, status. */
export async function findPostmaster(data: string): Promise<Postmaster> {
  const text = await readFile(`${data}/postmaster.pid`, "utf8").catch(() => undefined);
  if (text === undefined) return { state: "none" };
  const lines = text.split("\n");
  const pid = Number.parseInt(lines[0] ?? "", 10);
  const port = Number.parseInt(lines[3] ?? "", 10);
  if (!(pid > 0) || !isAlive(pid)) return { state: "stale", numberReused: false };
  // The directory may be on its way out, removed by another process.
  const works = await worksIn(pid, await realpath(data).catch(() => data));
  if (works === false || (works === undefined && !(await answers(port)))) return { state: "stale", numberReused: true };
  return { state: "live", pid, port, ready: (lines[7] ?? "").trim() === "ready" };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: PROBE_MS });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}

export function serverUrl(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

export function instanceComment(instance: string): string {
  return `ventanilla-instance:${instance}`;
}

/** SQLSTATE of a refused login (28P01, 28000) and of a missing database (3D000): ours accepts the one and has the other. */
const CONTRADICTIONS: ReadonlySet<string | undefined> = new Set(["28P01", "28000", "3D000"]);

/** `silent` covers a server that is starting, stopping or full; only an answer that contradicts ours makes a stranger. */
export async function recognise(
  data: string,
  port: number,
  ours: Credentials,
): Promise<"ours" | "stranger" | "silent"> {
  const client = new pg.Client({
    connectionString: serverUrl(port, ours.password),
    connectionTimeoutMillis: PROBE_MS,
    query_timeout: PROBE_MS,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ directory: string; comment: string | null }>(
      `select current_setting('data_directory') as directory, shobj_description(oid, 'pg_database') as comment
         from pg_database where datname = 'postgres'`,
    );
    const ourOwn = rows[0]?.comment === instanceComment(ours.instance) && rows[0].directory === data;
    return ourOwn ? "ours" : "stranger";
  } catch (error) {
    return CONTRADICTIONS.has((error as { code?: string }).code) ? "stranger" : "silent";
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Fast shutdown, then the immediate one. Resolves when no process of that server is left. */
export async function endPostmaster(pid: number, data: string, patienceMs: number = FAST_STOP_MS): Promise<void> {
  const gone = async () => (await findPostmaster(data)).state !== "live" && !(await anyWorksIn(data));
  signal(pid, "SIGINT");
  if (await waitUntil(gone, patienceMs)) return;
  signal(pid, "SIGQUIT");
  if (!(await waitUntil(gone, FAST_STOP_MS))) throw new Error(`The PostgreSQL process ${pid} does not stop.`);
}
