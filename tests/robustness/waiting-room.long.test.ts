import { afterEach, beforeEach, expect, test } from "vitest";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { enterRoom, holdInRoom, releaseHold } from "#modules/booking/index.ts";
import { auditStatuses, auditTurns, type TurnTaken } from "#modules/room/rules/audit.ts";
import { parseStatus } from "#modules/room/rules/status.ts";
import { listLeaves, listTicks } from "#modules/room/store/log.ts";
import { listSeeds } from "#modules/room/store/published.ts";
import { findRoom } from "#modules/room/store/rooms.ts";
import type { Ticket } from "#modules/room/types.ts";
import { expireHolds } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import { anAnnouncedRoom } from "#tests/support/rooms.ts";
import { newSeed } from "./chance.ts";

const PLACES = { steps: 12, counters: 5 };
const EARLY = 400;
const LATE = 100;
/** Of those whose turn it is: so many choose an hour at each look, and so many of the holds are given up. */
const CHOOSES = 0.5;
const GIVES_UP = 0.3;
const STEP_MS = 5_000;

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

interface Waiting {
  readonly contactId: Awaited<ReturnType<typeof someContacts>>[number];
  readonly person: number;
  readonly token: string;
  readonly ticket: Ticket;
  held: boolean;
}

test("500 come for 60 places, hold, give up and come back: nobody is served out of turn, and the auditors say so", async () => {
  const random = mulberry32(newSeed("waiting room"));
  const room = await anAnnouncedRoom(services, PLACES);
  const contacts = await someContacts(services, EARLY + LATE);
  const waiting: Waiting[] = [];
  const enter = async (from: number, count: number): Promise<void> => {
    const came = await Promise.all(
      contacts.slice(from, from + count).map(async (contactId, i): Promise<Waiting> => {
        const applicants = [anApplicant(from + i)];
        const outcome = await enterRoom(citizen(services, contactId), { roomId: room.id, contactId, applicants });
        if (!outcome.ok) throw new Error(outcome.refusal.code);
        const { token, ticket } = outcome.value;
        return { contactId, person: from + i, token, ticket, held: false };
      }),
    );
    waiting.push(...came);
  };
  await enter(0, EARLY);
  room.at(0);
  await room.open();

  const refusals = new Map<string, number>();
  const turns: TurnTaken[] = [];
  const tryOne = async (one: Waiting): Promise<void> => {
    const ctx = citizen(services, one.contactId);
    const startsAt = new Date(
      Date.parse("2026-12-03T16:00:00Z") + Math.floor(random() * PLACES.steps) * 15 * MINUTE_MS,
    );
    const outcome = await holdInRoom(ctx, {
      roomId: room.id,
      token: one.token,
      contactId: one.contactId,
      wanted: { officeId: FRESNO, localDate: room.localDate, startsAt },
      applicants: [anApplicant(one.person)],
    });
    if (!outcome.ok) return void refusals.set(outcome.refusal.code, (refusals.get(outcome.refusal.code) ?? 0) + 1);
    one.held = true;
    turns.push({ ticket: one.ticket, at: ctx.now.getTime() });
    if (random() < GIVES_UP) await releaseHold(ctx, one.contactId);
  };
  for (let ms = 0; ms <= 31 * MINUTE_MS; ms += STEP_MS) {
    room.at(ms);
    if (ms < LATE * 1_000 && ms > 0) await enter(EARLY + ms / 1_000 - 5, 5);
    await expireHolds(systemContext(services, "test"));
    await room.lead();
    // Everybody presses the button at any time; the room alone says whose turn it is.
    if (ms % 30_000 === 0) await Promise.all(waiting.filter((one) => !one.held && random() < CHOOSES).map(tryOne));
  }

  const record = await services.database.transaction("worker", {}, async (tx) => {
    const closed = await listTicks(tx, room.id);
    const leaves = [];
    for (const { tick } of closed) {
      const { tickets, rings } = await listLeaves(tx, room.id, tick);
      leaves.push({ tick, leaves: [...tickets, ...rings] });
    }
    return { room: (await findRoom(tx, room.id))!, closed, leaves, seeds: await listSeeds(tx, room.id) };
  });
  const bodies = await services.adminQuery<{ body: string }>(
    "select body from room.statuses where room_id = $1 order by seq",
    [room.id],
  );
  const documents = bodies.map((one) => parseStatus(one.body));
  process.stdout.write(
    `${turns.length} turns of ${waiting.length}, ${documents.length} documents, ${JSON.stringify([...refusals])}\n`,
  );
  expect(auditStatuses(record.room, documents)).toEqual([]);
  expect(auditTurns({ ...record, documents, turns })).toEqual([]);
  expect(turns.length).toBeGreaterThan(PLACES.steps * PLACES.counters);
  expect(refusals.get("not_your_turn")).toBeGreaterThan(100);
  await expectConsistent(services.adminQuery);
  // The control: the same turns a minute before they were taken would be named, most of them.
  const early = turns.map(({ ticket, at }) => ({ ticket, at: at - 60_000 }));
  const named = auditTurns({ ...record, documents, turns: early }).filter((one) => one.fault === "before_its_turn");
  expect(named.length).toBeGreaterThan(0);
}, 300_000);
