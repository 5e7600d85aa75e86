import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aSession, someContacts } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { holdMany } from "#modules/booking/commands/hold-many.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { placeStore } from "#modules/schedules/index.ts";
import { coalesce } from "#platform/coalesce.ts";
import type { Tx } from "#platform/context.ts";
import { issueTicket, rankIdsOf, readTicket } from "#modules/room/commands/tickets.ts";
import { aContact, aLog, aRoom, aSeed, join } from "#modules/room/room.fixtures.ts";
import { ROOM_HOLD_MS } from "#modules/room/rules/admission.ts";
import { ticketLeaf } from "#modules/room/rules/log.ts";
import { judgeTurn } from "#modules/room/rules/tickets.ts";
import { forgetTurns, giveTurnsBack, takeTurns } from "#modules/room/store/turns.ts";
import type { Rank, RankId, Room, Ticket, Turn } from "#modules/room/types.ts";

let services: TestServices;
let room: Room;
let wanted: WantedTime;
beforeEach(async () => {
  services = await openTestServices();
  const opensAt = services.clock.now().getTime() - MINUTE_MS;
  room = aRoom({ opensAt, closesAt: opensAt + 60 * MINUTE_MS });
});
afterEach(() => services.close());

const ERASE_AFTER = "2027-01-06" as LocalDate;
const EVERYBODY = "00000000ffffffffffffffff" as Rank;
const counts = async () =>
  (
    await services.adminQuery<{ turns: number; held: number; held_by: number }>(
      `select (select count(*)::int from room.turns) as turns, count(*)::int as held, count(distinct holder)::int as held_by from schedules.places where state = 'held'`,
    )
  )[0];

async function ticketFor(
  contactId: ContactId,
  persons: readonly string[] = ["one"],
): Promise<{ ticket: Ticket; token: string }> {
  const outcome = await issueTicket(services.keyring, { room, contactId, persons, arrival: { at: room.opensAt - 1 } });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

/** What a hold asks before it queues: everything that needs no lock. */
async function judge(
  token: string,
  contactId: ContactId,
  log: readonly Ticket[],
  change: { persons?: readonly string[]; now?: number; admitted?: Rank | "" } = {},
) {
  const ticket = await readTicket(services.keyring, token, contactId);
  const logged = ticket !== undefined && aLog(room, log).leaves[ticket.loggedIn]!.leaves.includes(ticketLeaf(ticket));
  return judgeTurn({
    room,
    now: change.now ?? services.clock.now().getTime(),
    ticket,
    logged,
    seed: aSeed(room, 0).seed,
    admitted: change.admitted ?? EVERYBODY,
    party: await rankIdsOf(services.keyring, room.id, change.persons ?? ["one"]),
  });
}

interface RoomHold extends Turn {
  readonly holdId: string;
}

/** The hold's own transaction with the room in it: turns first, then places; who gets no place keeps the turn. */
async function holdInRoom(tx: Tx, inputs: readonly RoomHold[]): Promise<string[]> {
  const at = services.clock.now();
  const taken = await takeTurns(
    tx,
    inputs.map((one) => ({ ...one, at, eraseAfter: ERASE_AFTER })),
  );
  const going = inputs.filter((_, i) => taken[i]);
  const outcomes = await holdMany(
    tx,
    going.map(({ contactId, holdId }) => ({
      contactId,
      holdId,
      wanted,
      needs: [{ ordinal: 1, group: "documentacion" as const, minutes: 15 }],
      people: 1,
      now: at,
      until: new Date(at.getTime() + ROOM_HOLD_MS),
    })),
    placeStore,
  );
  const refused = going.filter((_, i) => !outcomes[i]!.ok);
  await giveTurnsBack(
    tx,
    refused.map((one) => one.holdId),
  );
  const codes = new Map(going.map((one, i) => [one, outcomes[i]!]));
  return inputs.map((one) => {
    const outcome = codes.get(one);
    return outcome === undefined ? "turn_taken" : outcome.ok ? "held" : outcome.refusal.code;
  });
}

const queue = () =>
  coalesce<RoomHold, string>({ database: services.database, role: "citizen_writer", many: holdInRoom });
const tally = (answers: readonly string[]) =>
  Object.fromEntries([...new Set(answers)].sort().map((code) => [code, answers.filter((one) => one === code).length]));

async function turnOf(contactId: ContactId, persons?: readonly string[]): Promise<Turn> {
  const { ticket, token } = await ticketFor(contactId, persons);
  const judged = await judge(token, contactId, [ticket], persons ? { persons } : {});
  if (!judged.ok) throw new Error(judged.refusal.code);
  return { roomId: room.id, rankId: judged.value.rankId, contactId };
}

describe("a turn is taken once:", () => {
  test("one ticket sent 64 times at once holds one place", async () => {
    ({ wanted } = await aSession(services, { steps: 1, counters: 64 }));
    const [contact] = await someContacts(services, 1);
    const turn = await turnOf(contact!);
    const hold = queue();
    const answers = await Promise.all(Array.from({ length: 64 }, () => hold({ ...turn, holdId: randomUUID() })));
    expect(tally(answers)).toEqual({ held: 1, turn_taken: 63 });
    expect(await counts()).toEqual({ turns: 1, held: 1, held_by: 1 });
    expect(await hold({ ...turn, holdId: randomUUID() })).toBe("turn_taken");
  });

  test("without the turn's key the same ticket holds again (the negative control)", async () => {
    ({ wanted } = await aSession(services, { steps: 1, counters: 64 }));
    const [contact] = await someContacts(services, 1);
    const turn = await turnOf(contact!);
    await services.adminQuery("alter table room.turns drop constraint turns_pkey");
    const hold = queue();
    const answers = await Promise.all(Array.from({ length: 64 }, () => hold({ ...turn, holdId: randomUUID() })));
    expect(tally(answers)["held"]).toBeGreaterThan(1);
  });

  test("two contacts that came for one person have a turn each, and are told nothing of the other", async () => {
    ({ wanted } = await aSession(services, { steps: 1, counters: 4 }));
    const turns = await Promise.all((await someContacts(services, 2)).map((contact) => turnOf(contact)));
    expect(new Set(turns.map((one) => one.rankId)).size).toBe(1);
    const hold = queue();
    expect(await Promise.all(turns.map((one) => hold({ ...one, holdId: randomUUID() })))).toEqual(["held", "held"]);
  });

  test("whoever found the place gone keeps the turn and takes another", async () => {
    ({ wanted } = await aSession(services, { steps: 1, counters: 1 }));
    const contacts = await someContacts(services, 20);
    const turns = await Promise.all(contacts.map((contact, i) => turnOf(contact, [`person ${i}`])));
    const hold = queue();
    const answers = await Promise.all(turns.map((one) => hold({ ...one, holdId: randomUUID() })));
    expect(tally(answers)).toEqual({ held: 1, place_taken: 19 });
    expect(await counts()).toEqual({ turns: 1, held: 1, held_by: 1 });
    ({ wanted } = await aSession(services, { steps: 1, counters: 19, opens: "11:00" }));
    const again = await Promise.all(turns.map((one) => hold({ ...one, holdId: randomUUID() })));
    expect(tally(again)).toEqual({ held: 19, turn_taken: 1 });
  });

  test("a transaction that is rolled back took no turn", async () => {
    const [contact] = await someContacts(services, 1);
    const turn = {
      ...(await turnOf(contact!)),
      holdId: randomUUID(),
      at: services.clock.now(),
      eraseAfter: ERASE_AFTER,
    };
    const failing = services.database.transaction("citizen_writer", {}, async (tx) => {
      expect(await takeTurns(tx, [turn])).toEqual([true]);
      throw new Error("the places could not be taken");
    });
    await expect(failing).rejects.toThrow("could not be taken");
    await services.database.transaction("citizen_writer", {}, async (tx) =>
      expect(await takeTurns(tx, [turn])).toEqual([true]),
    );
  });
});

test("forged, early, expired, shared and unlogged tickets, and others' persons, never come to write", async () => {
  ({ wanted } = await aSession(services, { steps: 1, counters: 8 }));
  const [owner, stranger] = await someContacts(services, 2);
  const { ticket, token } = await ticketFor(owner!);
  const forged = (await join(room, ["one"], room.opensAt - 1, { contactId: owner! })).token;
  const ended = room.closesAt;
  const answers = await Promise.all([
    judge(forged, owner!, [ticket]),
    judge(token, stranger!, [ticket]),
    judge(token, aContact(), [ticket]),
    judge(token, owner!, []),
    judge(token, owner!, [ticket], { now: ended }),
    judge(token, owner!, [ticket], { now: room.opensAt - 1 }),
    judge(token, owner!, [ticket], { admitted: "" }),
    judge(token, owner!, [ticket], { persons: ["one", "two"] }),
  ]);
  expect(answers.map((one) => (one.ok ? "written" : one.refusal.code))).toEqual([
    "ticket_not_valid",
    "ticket_not_valid",
    "ticket_not_valid",
    "ticket_not_valid",
    "room_over",
    "room_not_open",
    "not_your_turn",
    "ticket_for_others",
  ]);
  expect(await counts()).toEqual({ turns: 0, held: 0, held_by: 0 });
  expect((await judge(token, owner!, [ticket])).ok).toBe(true);
});

test("a ticket lives through the rotation of the room's key", async () => {
  const [contact] = await someContacts(services, 1);
  const { ticket, token } = await ticketFor(contact!);
  await services.keyring.rotate("room");
  expect((await judge(token, contact!, [ticket])).ok).toBe(true);
  expect((await ticketFor(contact!)).token).toBe(token);
});

test("turns are forgotten after their day, and by nobody but the worker's path", async () => {
  const turn = (eraseAfter: string) => ({
    roomId: room.id,
    rankId: "ab".repeat(16) as RankId,
    contactId: aContact(),
    holdId: randomUUID(),
    at: services.clock.now(),
    eraseAfter: eraseAfter as LocalDate,
  });
  await services.database.transaction("citizen_writer", {}, (tx) =>
    takeTurns(tx, [turn("2027-01-05"), turn("2027-01-06")]),
  );
  const forget = (role: "worker" | "console") =>
    services.database.transaction(role, {}, (tx) => forgetTurns(tx, "2027-01-06" as LocalDate));
  await expect(forget("console")).rejects.toThrow("permission denied");
  expect(await forget("worker")).toBe(1);
  expect(await counts()).toMatchObject({ turns: 1 });
});
