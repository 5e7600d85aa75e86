import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anApplicant } from "#tests/support/fixtures.ts";
import { openInstallation, verifiedSessions, type Installation } from "./installation.ts";
import { makeStock } from "./load.ts";

const CLIENTS = 24;
/** Long enough for all requests to have arrived on a busy machine; shorter than a command waits for a lock. */
const ARRIVED_MS = 700;

/** When a server that is ending cuts off whoever is still connected. */
const CUTS_OFF_MS = 20_000;

let own: Installation;
let lock: pg.Client;
beforeAll(async () => {
  own = await openInstallation();
  lock = new pg.Client({ connectionString: own.url });
  await lock.connect();
}, 60_000);
afterAll(async () => {
  await lock.end();
  await own.close();
});

test("a server that is told to end answers what it accepted, takes nothing new, and ends cleanly", async () => {
  const starts = await makeStock(own.ask);
  const sessions = await verifiedSessions(own.ask, CLIENTS + 1, new Date());
  await own.startServer();
  const [port, agent] = [own.port(), new Agent({ keepAlive: true })];
  const book = (i: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${sessions[i]!.token}`,
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
      };
      const sent = request({ port, agent, method: "POST", path: "/api/v1/bookings", headers }, (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode!));
      });
      sent.once("error", reject);
      sent.end(JSON.stringify({ wanted: starts[i], applicants: [anApplicant(i)] }));
    });
  expect(await book(CLIENTS)).toBe(201);

  await lock.query("begin; lock table booking.bookings in share mode");
  const answers = Promise.all(Array.from({ length: CLIENTS }, (_, i) => book(i)));
  await wait(ARRIVED_MS);
  const told = performance.now();
  const ended = own.stopServer();
  await wait(ARRIVED_MS);
  await expect(fetch(`http://127.0.0.1:${port}/api/v1/offices`)).rejects.toThrow();
  await lock.query("commit");

  expect(await answers).toEqual(Array(CLIENTS).fill(201));
  expect(await ended).toBe(0);
  // Clients keep their connections; waiting for them to let go would take until the server cuts them off.
  expect(performance.now() - told).toBeLessThan(CUTS_OFF_MS);
  expect(await own.ask("select count(*)::int as bookings from booking.bookings")).toEqual([{ bookings: CLIENTS + 1 }]);
});
