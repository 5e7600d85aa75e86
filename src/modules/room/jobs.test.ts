import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { citizen, someContacts } from "#tests/support/fixtures.ts";
import { anAnnouncedRoom, type TestRoom } from "#tests/support/rooms.ts";
import { joinRoom } from "./commands/join.ts";
import { forgetRooms, startRooms, type RoomLeader } from "./jobs.ts";
import { lookAgain } from "./queries/rooms.ts";
import type { RoomId } from "./types.ts";

let services: TestServices;
let leader: RoomLeader;
beforeEach(async () => {
  services = await openTestServices();
  leader = startRooms(services, { automatic: false });
});
afterEach(async () => {
  await leader.stop();
  await services.close();
});

const count = async (table: string): Promise<number> =>
  (await services.adminQuery<{ n: number }>(`select count(*)::int as n from room.${table}`))[0]!.n;
/** The last tick that the documents know, and when the last document was published, in milliseconds after the opening. */
const published = async (): Promise<number[]> => {
  const [last] = await services.adminQuery<{ tick: number; at: number }>(
    `select (body::json -> 'log' ->> 0)::int as tick, (body::json ->> 'at')::float8 - (body::json ->> 'opens_at')::float8 as at
     from room.statuses order by seq desc limit 1`,
  );
  return [last!.tick, last!.at];
};
const moment = () => new Promise((resolve) => setTimeout(resolve, 20));

/** The room, and others that open at the same tick; in each of them waits somebody. */
async function roomsOfOneTick(room: TestRoom, groups: readonly string[]): Promise<RoomId[]> {
  const copies = await services.adminQuery<{ id: RoomId }>(
    `insert into room.rooms (id, office_id, service_group, opens_at, closes_at, source, announced_at, freed)
     select r.id || '-' || g, r.office_id, g, r.opens_at, r.closes_at, r.source, r.announced_at, r.freed
     from room.rooms r, unnest($1::text[]) g returning id`,
    [groups],
  );
  lookAgain(services);
  const ids = [room.id, ...copies.map((one) => one.id)];
  for (const roomId of ids) {
    const [contactId] = await someContacts(services, 1);
    const joined = await joinRoom(citizen(services, contactId!), { roomId, contactId: contactId!, persons: ["one"] });
    if (!joined.ok) throw new Error(joined.refusal.code);
  }
  return ids;
}

/** Puts the opening behind us, with the round of those who came before it due. */
async function openAll(room: TestRoom): Promise<void> {
  await leader.step();
  room.at(0);
  await room.open();
  await services.adminQuery("update room.rooms set state = 'open'");
  lookAgain(services);
  room.at(31_000);
}

/** Counts what is asked of the beacon; `answers` says when an answer comes. */
function countRounds(answers: Promise<unknown>): number[] {
  const asked: number[] = [];
  const { source, fetchRound } = services.beacon;
  const counting = async (round: number) => {
    asked.push(round);
    await answers;
    return fetchRound(round);
  };
  (services as { beacon: unknown }).beacon = { source, fetchRound: counting };
  return asked;
}

describe("leading", () => {
  test("goes on after a read that failed", async () => {
    await anAnnouncedRoom(services);
    await services.adminQuery("alter table room.rooms rename to gone");
    await leader.step();
    await services.adminQuery("alter table room.gone rename to rooms");
    expect(await count("statuses")).toBe(0);
    await leader.step();
    expect(await count("statuses")).toBe(1);
  });

  test("asks for a round once in a step, however many rooms it orders", async () => {
    const room = await anAnnouncedRoom(services);
    await roomsOfOneTick(room, ["one", "two", "three"]);
    await openAll(room);
    const asked = countRounds(Promise.resolve());
    await leader.step();
    expect(await count("seeds")).toBeGreaterThanOrEqual(4);
    expect(asked).toEqual([...new Set(asked)]);
    expect(asked.length).toBeGreaterThan(0);
  });

  test("shuts the doors of every room while a round is waited for, queues one step and no more, and ends at once", async () => {
    const room = await anAnnouncedRoom(services);
    // More than go through the gate at once.
    const ids = await roomsOfOneTick(room, ["one", "two", "three", "four", "five", "six", "seven"]);
    await openAll(room);
    const asked = countRounds(new Promise(() => undefined));
    const first = leader.step();
    await expect.poll(() => count("ticks where tick = 0")).toBe(ids.length);
    await expect.poll(() => asked.length).toBe(1);
    const queued = [leader.step(), leader.step(), leader.step()];
    expect(new Set([first, ...queued]).size).toBe(2);
    await moment();
    expect(asked.length).toBe(1);
    await leader.stop();
    await Promise.all([first, ...queued]);
    expect([asked.length, await count("seeds")]).toEqual([1, 0]);
  });

  test("shuts and publishes the next ticks while a mirror is silent, asks it once, and takes its answer when it comes", async () => {
    const room = await anAnnouncedRoom(services);
    await roomsOfOneTick(room, []);
    await openAll(room);
    let answer = (): void => undefined;
    const asked = countRounds(new Promise<void>((resolve) => (answer = resolve)));
    await leader.stop();
    leader = startRooms(services, { automatic: false, waitMs: 50 });
    await leader.step();
    expect(await published()).toEqual([3, 31_000]);
    room.at(41_000);
    await leader.step();
    expect(await published()).toEqual([4, 41_000]);
    expect([asked.length, await count("seeds")]).toEqual([1, 0]);
    answer();
    await leader.step();
    expect(asked).toEqual([...new Set(asked)]);
    expect(await count("seeds")).toBeGreaterThan(0);
  });

  test("publishes a tick before its round is asked for, and each document under its own instant", async () => {
    const room = await anAnnouncedRoom(services);
    await roomsOfOneTick(room, []);
    await openAll(room);
    const { source, fetchRound } = services.beacon;
    const before: unknown[] = [];
    const slow = async (round: number) => {
      if (before.length === 0) before.push(await published());
      services.clock.advance(1_000);
      return fetchRound(round);
    };
    (services as { beacon: unknown }).beacon = { source, fetchRound: slow };
    await leader.step();
    expect(before).toEqual([[3, 31_000]]);
    const [, at] = await published();
    expect(at).toBe(services.clock.now().getTime() - room.opensAt);
    expect(at).toBeGreaterThan(31_000);
  });
});

test("a log of thousands is forgotten in batches, and its calls after its tickets", async () => {
  const room = await anAnnouncedRoom(services);
  await services.adminQuery("create table public.batches (n int)");
  await services.adminQuery(
    "create function public.note() returns trigger language plpgsql security definer as 'begin insert into public.batches select count(*) from gone; return null; end'",
  );
  for (const table of ["tickets", "rings", "turns"])
    await services.adminQuery(
      `create trigger note after delete on room.${table} referencing old table as gone for each statement execute function public.note()`,
    );
  const rows = "generate_series(1, 4500) i";
  await services.adminQuery(`insert into room.rings select '${room.id}', i::text, now(), 0, '2026-01-01' from ${rows}`);
  await services.adminQuery(
    `insert into room.tickets select '${room.id}', int4send(i), int4send(i), 0, 0, i::text, '2026-01-01' from ${rows}`,
  );
  await services.adminQuery(
    `insert into room.turns select '${room.id}', int4send(i), gen_random_uuid(), gen_random_uuid(), now(), '2026-01-01' from ${rows}`,
  );
  expect(await forgetRooms(systemContext(services, "test"))).toBe(3 * 4500);
  const batches = await services.adminQuery<{ n: number }>("select n from public.batches");
  expect(batches.map((one) => one.n)).toEqual([2000, 2000, 500, 2000, 2000, 500, 2000, 2000, 500]);
  expect([await count("tickets"), await count("rings"), await count("turns")]).toEqual([0, 0, 0]);
});
