import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import * as esbuild from "esbuild";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { joinMany, joinRoom } from "#modules/room/commands/join.ts";
import { leadRoom } from "#modules/room/commands/lead.ts";
import { auditStatuses } from "#modules/room/rules/audit.ts";
import { rootOf } from "#modules/room/rules/log.ts";
import { parseStatus } from "#modules/room/rules/status.ts";
import { insertTickets, listLeaves, listTicks } from "#modules/room/store/log.ts";
import { findRoom } from "#modules/room/store/rooms.ts";
import type { RankId, RoomId, TicketId } from "#modules/room/types.ts";
import { systemContext, type Tx } from "#platform/context.ts";
import { adminQuery, TEST_ROLE_SECRET, TEST_ROOT_KEY, withDatabaseName } from "#tests/support/cluster.ts";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import { citizen, someContacts } from "#tests/support/fixtures.ts";
import { anAnnouncedRoom, type TestRoom } from "#tests/support/rooms.ts";

let services: TestServices;
let other: TestServices;
beforeEach(async () => {
  services = await openTestServices();
  other = servicesOn(services.url);
});
afterEach(async () => {
  await other.close();
  await services.close();
});

const BUNDLE = "node_modules/.cache/ventanilla-robustness/room-node.js";
const LOCKED =
  "select l.objid from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database()";
const published = (room: TestRoom, ask = services.adminQuery) =>
  ask<{ seq: number; body: string; signature: string }>(
    "select seq, body, signature from room.statuses where room_id = $1 order by seq, body",
    [room.id],
  );

async function join(node: TestServices, room: TestRoom, count: number, from: number): Promise<string[]> {
  const contacts = await someContacts(services, count);
  const outcomes = await Promise.all(
    contacts.map((contactId, i) =>
      joinRoom(citizen(node, contactId), { roomId: room.id, contactId, persons: [`person ${from + i}`] }),
    ),
  );
  return outcomes.map((one) => {
    if (!one.ok) throw new Error(one.refusal.code);
    return one.value.token;
  });
}

/** Whether every closed tick's count and root are those of the log as it stands. */
async function logAgrees(room: TestRoom): Promise<boolean> {
  return services.database.transaction("worker", {}, async (tx) => {
    for (const closed of await listTicks(tx, room.id)) {
      const { tickets, rings } = await listLeaves(tx, room.id, closed.tick);
      if (rootOf([...tickets, ...rings]) !== closed.root || tickets.length !== closed.tickets) return false;
    }
    return true;
  });
}

describe("two nodes that lead one room at the same time", () => {
  test("write one log and one chain of documents, while people come in at both", async () => {
    const room = await anAnnouncedRoom(services, { steps: 8 });
    other.clock.set(services.clock.now());
    await Promise.all([join(services, room, 20, 0), join(other, room, 20, 20)]);
    room.at(0);
    await room.open();
    for (let second = 0; second <= 2 * 60; second += 5) {
      room.at(second * 1000);
      other.clock.set(services.clock.now());
      const coming = second < 60 ? [join(services, room, 3, 100 + second), join(other, room, 3, 200 + second)] : [];
      await Promise.all([...coming, room.lead(), room.lead(other)]);
    }
    const documents = (await published(room)).map((one) => parseStatus(one.body));
    const stored = await services.database.transaction("worker", {}, (tx) => findRoom(tx, room.id));
    expect(documents.map((one) => one.seq)).toEqual(documents.map((_, i) => i));
    expect(auditStatuses(stored!, documents)).toEqual([]);
    expect(documents.at(-1)!.log!.tickets).toBe(40 + 12 * 6);
    expect(await logAgrees(room)).toBe(true);
  }, 60_000);

  test("publish two documents of one number when neither asks who leads (the negative control)", async () => {
    const room = await anAnnouncedRoom(services);
    await join(services, room, 2, 0);
    await services.adminQuery("alter table room.statuses drop constraint statuses_pkey");
    other.clock.set(services.clock.now());
    // Nothing is written before both have read what there is.
    const gate = new pg.Client({ connectionString: services.url });
    await gate.connect();
    await gate.query("begin; lock table room.statuses in share row exclusive mode");
    const nobodyAsks = () => Promise.resolve(true);
    const led = Promise.all(
      [services, other].map((node) => leadRoom(systemContext(node, "test"), room.id, nobodyAsks)),
    );
    const waiting = "select 1 from pg_locks where relation = 'room.statuses'::regclass and not granted";
    await expect.poll(async () => (await services.adminQuery(waiting)).length, { timeout: 4_000 }).toBe(2);
    await gate.end();
    await led;
    expect((await published(room)).map((one) => one.seq)).toEqual([0, 0]);
  });
});

describe("whoever comes in while her tick is closed", () => {
  const arrival = (room: TestRoom) => ({
    roomId: room.id,
    ticketId: "ab".repeat(16) as TicketId,
    rankId: "cd".repeat(16) as RankId,
    tick: 0,
    loggedIn: 0,
    ringId: null,
    eraseAfter: "2027-01-01" as never,
  });
  /** An arrival whose transaction is still under way when the tick is closed. */
  async function closeUnder(come: (tx: Tx, room: TestRoom) => Promise<unknown>): Promise<boolean> {
    const room = await anAnnouncedRoom(services);
    await join(services, room, 3, 0);
    room.at(0);
    await room.open();
    let written: () => void;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const coming = services.database.transaction("citizen_writer", {}, async (tx) => {
      await come(tx, room);
      written();
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    await isWritten;
    await Promise.all([room.lead(), coming]);
    return logAgrees(room);
  }

  test("is waited for, and stands in its root", async () => {
    expect(await closeUnder((tx, room) => joinMany(tx, [arrival(room)]))).toBe(true);
  });

  test("is missing in it without the door (the negative control)", async () => {
    expect(await closeUnder((tx, room) => insertTickets(tx, [arrival(room)]))).toBe(false);
  });
});

test(
  "a node that is killed between the closing of a tick and its document is followed by one that writes the same",
  async () => {
    const before = await openTestServices();
    const room = await anAnnouncedRoom(before);
    await room.lead();
    const [contactId] = await someContacts(before, 1);
    await joinRoom(citizen(before, contactId!), { roomId: room.id, contactId: contactId!, persons: ["one"] });
    room.at(0);
    await room.open();
    const now = before.clock.now();
    // Every key is made now: two copies of the database then sign and draw alike.
    await before.beacon.fetchRound(1);
    await Promise.all([before.database.close(), before.keyring.close()]);

    const server = inject("databaseUrl");
    const drop = (name: string) => ({ now, drop: () => adminQuery(server, `drop database ${name} with (force)`) });
    const [own, copy] = [new URL(before.url).pathname.slice(1), `test_${randomUUID().replaceAll("-", "")}`];
    await adminQuery(server, `create database ${copy} template ${own}`);
    const undisturbed = servicesOn(withDatabaseName(server, copy), drop(copy));
    const after = servicesOn(before.url, drop(own));
    try {
      await esbuild.build({
        entryPoints: ["tests/robustness/room-node.ts"],
        outfile: BUNDLE,
        bundle: true,
        platform: "node",
        format: "esm",
        packages: "external",
      });
      for (let step = 0; step < 8; step++) {
        const at = new Date(now.getTime() + step * 5_000);
        undisturbed.clock.set(at);
        await room.lead(undisturbed);
        const ended = await leadAndDie(after.url, at, room.id);
        if (step === 0) {
          expect(ended).toBe("SIGKILL");
          expect(await after.adminQuery("select tick from room.ticks")).toEqual([{ tick: 0 }]);
          expect((await published(room, after.adminQuery)).map((one) => one.seq)).toEqual([0]);
        }
        // The database finds out a moment later that its client is dead; until then its lock stands, and others pass over.
        await expect.poll(() => after.adminQuery(LOCKED), { timeout: 10_000 }).toEqual([]);
        after.clock.set(at);
        await room.lead(after);
      }
      const documents = await published(room, undisturbed.adminQuery);
      expect(documents.length).toBeGreaterThan(4);
      expect(await published(room, after.adminQuery)).toEqual(documents);
      const log = "select tick, tickets, rings, root, head from room.ticks order by tick";
      expect(await after.adminQuery(log)).toEqual(await undisturbed.adminQuery(log));
    } finally {
      await after.close();
      await undisturbed.close();
    }
  },
  2 * MINUTE_MS,
);

/** The signal by which a node of its own ended; null when it had no document to sign. */
async function leadAndDie(url: string, now: Date, room: RoomId): Promise<NodeJS.Signals | null> {
  const rootKey = TEST_ROOT_KEY.toString("base64");
  const given = JSON.stringify({ url, roleSecret: TEST_ROLE_SECRET, rootKey, now: now.toISOString(), room });
  const child = spawn(process.execPath, [BUNDLE, given], { stdio: "inherit" });
  const giveUp = setTimeout(() => child.kill("SIGTERM"), 20_000);
  const [, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  clearTimeout(giveUp);
  return signal;
}
