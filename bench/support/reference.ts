import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const exec = promisify(execFile);
export const REFERENCE_SQL = readFileSync("bench/booking-reference.sql", "utf8");

/** Guarded place update and an appointment, and nothing else: printed without an aim. */
export const BARE_SQL = `\\set n random(1, :starts)
with start as (select office_id, session_id, local_date, starts_at from bench.starts where n = :n),
place as (select p.office_id, p.session_id, p.starts_at, p.counter, s.local_date from schedules.places p join start s using (office_id, session_id, starts_at) where p.state = 'open' order by p.counter limit 1 for update of p skip locked),
taken as (update schedules.places p set state = 'booked', holder = gen_random_uuid() from place where p.office_id = place.office_id and p.session_id = place.session_id and p.starts_at = place.starts_at and p.counter = place.counter returning p.*)
insert into booking.appointments (office_id, id, booking_id, session_id, ordinal, service_group, services, local_date, starts_at, counter, steps, state)
select office_id, gen_random_uuid(), holder, session_id, 1, 'documentacion', array['matricula-consular'], current_date, starts_at, counter, 1, 'booked' from taken;
`;

/** Transactions a second of pgbench with prepared statements, or null where there is no pgbench. */
export async function pgbench(options: {
  url: string;
  sql: string;
  clients: number;
  seconds: number;
  starts: number;
}): Promise<number | null> {
  const file = join(await mkdtemp(join(tmpdir(), "ventanilla-bench-")), "reference.sql");
  await writeFile(file, options.sql);
  const url = new URL(options.url);
  try {
    const { stdout } = await exec(
      "pgbench",
      [
        "-n",
        "-M",
        "prepared",
        "-c",
        String(options.clients),
        "-j",
        "2",
        "-T",
        String(options.seconds),
        "-D",
        `starts=${options.starts}`,
        "-f",
        file,
        "-h",
        url.hostname,
        "-p",
        url.port,
        "-U",
        url.username,
        url.pathname.slice(1),
      ],
      { env: { ...process.env, PGPASSWORD: decodeURIComponent(url.password) } },
    );
    return Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1] ?? NaN);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw error;
  }
}

/** The same statement from Node, each client with one prepared statement in flight. */
export async function nodeDriver(options: {
  url: string;
  sql: string;
  clients: number;
  seconds: number;
  starts: number;
}): Promise<number> {
  const text = options.sql
    .replace(/^--.*$/gm, "")
    .replace(/^\\set.*$/m, "")
    .replace(/:n\b/g, "$1")
    .trim();
  const clients = await Promise.all(
    Array.from({ length: options.clients }, async () => {
      const client = new pg.Client({ connectionString: options.url });
      await client.connect();
      return client;
    }),
  );
  let done = 0;
  const until = performance.now() + options.seconds * 1000;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        await client.query({ name: "reference", text, values: [1 + Math.floor(Math.random() * options.starts)] });
        done += 1;
      }
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  return done / options.seconds;
}
