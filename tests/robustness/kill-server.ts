import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { expireHolds } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { servicesOn } from "#tests/support/database.ts";
import { newSeed } from "./chance.ts";
import { openInstallation, verifiedSessions, type Installation } from "./installation.ts";
import { makeStock, startLoad, type Ledger } from "./load.ts";

/** Bookings acknowledged between two kills: few, to hit the start as well, and many, to have batches of every size under way. */
const MOST_BETWEEN = 100;
/** And then a moment more, so that no kill follows right upon an answer. */
const MOST_AFTER_MS = 300;
const MOST_DOWN_MS = 300;
const STANDSTILL_MS = 60_000;

/** Kills the server and the database in turns under load, and compares what the clients were told with what is there. */
export async function killUnderLoad(options: {
  kills: number;
  clients: number;
  sessions: number;
}): Promise<{ ledger: Ledger; seconds: number }> {
  const began = performance.now();
  const seed = newSeed(`${options.kills} kills under load`);
  const random = mulberry32(seed);
  const own = await openInstallation();
  try {
    const starts = await makeStock(own.ask);
    const sessions = await verifiedSessions(own.ask, options.sessions, new Date());
    await own.startServer();
    const load = startLoad({ port: own.port, clients: options.clients, sessions, starts, seed });
    for (let kill = 0; kill < options.kills; kill++) {
      const enough = load.ledger.booked.size + 1 + Math.floor(random() * MOST_BETWEEN);
      await booked(load.ledger, enough);
      await wait(random() * MOST_AFTER_MS);
      await killOne(own, kill % 2 === 0 ? "server" : "database", random);
    }
    await booked(load.ledger, load.ledger.booked.size + options.clients);
    await load.stop();
    await compare(own, load.ledger);
    return { ledger: load.ledger, seconds: (performance.now() - began) / 1000 };
  } finally {
    await own.close();
  }
}

/** Waits until so many bookings are acknowledged. A server that came back must book again, and there is room for everybody. */
async function booked(ledger: Ledger, enough: number): Promise<void> {
  const end = performance.now() + STANDSTILL_MS;
  while (ledger.booked.size < enough) {
    if (performance.now() > end) throw new Error(`nobody could book: ${JSON.stringify([...ledger.refused])}`);
    await wait(5);
  }
}

async function killOne(own: Installation, what: "server" | "database", random: () => number): Promise<void> {
  if (what === "server") {
    await own.killServer();
    await wait(random() * MOST_DOWN_MS);
    await own.startServer();
  } else {
    await own.killPostgres();
    await wait(random() * MOST_DOWN_MS);
    await own.startPostgres();
    expect(own.serverIsAlive()).toBe(true);
  }
}

async function compare(own: Installation, ledger: Ledger): Promise<void> {
  expect({ contradictions: ledger.contradictions, strange: ledger.strange }).toEqual({
    contradictions: [],
    strange: [],
  });
  const rows = await own.ask(
    "select b.id, b.state, i.key from booking.bookings b left join platform.idempotency i on i.result_id = b.id and i.outcome = 'accepted'",
  );
  const stored = new Map(rows.map((row) => [row["id"] as string, row["state"] as string]));
  const acknowledged = [...ledger.booked.values()];
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(acknowledged.filter((id) => stored.get(id) !== (ledger.cancelled.has(id) ? "cancelled" : "active"))).toEqual(
    [],
  );
  // Every request was repeated until it had an answer, so nothing is there of which nobody was told.
  expect([stored.size, new Set(acknowledged).size]).toEqual([ledger.booked.size, ledger.booked.size]);
  await expectConsistent(own.ask);

  const later = servicesOn(own.url, { now: new Date(Date.now() + HOUR_MS) });
  try {
    await expireHolds(systemContext(later, "test"));
  } finally {
    await later.close();
  }
  expect(await own.ask("select count(*)::int as held from schedules.places where state = 'held'")).toEqual([
    { held: 0 },
  ]);
  await expectConsistent(own.ask);
}
