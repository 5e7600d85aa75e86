import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { anAnnouncedRoom, type TestRoom } from "#tests/support/rooms.ts";
import type { ContactId, ServiceSlug } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { expireHolds } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { book, enterRoom, extendHold, hold, holdInRoom, type ApplicantRequest } from "./index.ts";

let services: TestServices;
let room: TestRoom;
beforeEach(async () => {
  services = await openTestServices();
  room = await anAnnouncedRoom(services, { steps: 2, counters: 2 });
});
afterEach(() => services.close());

const MATRICULA = ["matricula-consular" as ServiceSlug];
const BOTH = ["matricula-consular", "registro-nacimiento"] as ServiceSlug[];
const startsAt = new Date("2026-12-03T16:00:00Z");
const wanted = { officeId: FRESNO, localDate: VISIT_DAY, startsAt };

async function enter(contactId: ContactId, applicants: ApplicantRequest[]): Promise<string> {
  const outcome = await enterRoom(citizen(services, contactId), { roomId: room.id, contactId, applicants });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value.token;
}
const holds = async (contactId: ContactId, token: string, applicants: ApplicantRequest[]) => {
  const ctx = citizen(services, contactId);
  const outcome = await holdInRoom(ctx, { roomId: room.id, token, contactId, wanted, applicants });
  return outcome.ok ? outcome.value : outcome.refusal.code;
};
async function letEverybodyIn(): Promise<void> {
  room.at(0);
  await room.open();
  await room.lead();
  await room.leadUntil(150_000, 15_000);
}

test("the room's places are for its ticket holders alone: no hold, booking or move of anybody else reaches them", async () => {
  const [inside, outside] = await someContacts(services, 2);
  const token = await enter(inside!, [anApplicant(1, { services: MATRICULA })]);
  await letEverybodyIn();
  const ctx = citizen(services, outside!);
  const applicants = [anApplicant(2, { services: MATRICULA })];
  expect(await hold(ctx, { contactId: outside!, wanted, applicants })).toMatchObject({
    refusal: { code: "place_taken" },
  });
  expect(await book(ctx, { contactId: outside!, wanted, applicants })).toMatchObject({
    refusal: { code: "place_taken" },
  });
  const held = await holds(inside!, token, [anApplicant(1, { services: MATRICULA })]);
  expect(held).toMatchObject({ heldUntil: new Date(services.clock.now().getTime() + 6 * MINUTE_MS) });
  await expectConsistent(services.adminQuery);
});

test("whose turn it is in one room does not reach the places of another at the same office", async () => {
  await aSession(services, { group: "registro_civil", steps: 12, counters: 2 });
  await services.adminQuery(
    "update schedules.places p set pool = 'room' from schedules.sessions s where s.id = p.session_id and s.service_group = 'registro_civil'",
  );
  const [contact] = await someContacts(services, 1);
  const family = [anApplicant(1, { services: BOTH })];
  const token = await enter(contact!, family);
  await letEverybodyIn();
  expect(await holds(contact!, token, family)).toBe("place_taken");
  // The turn was given back, and what is open to all may stand beside the room's places.
  await services.adminQuery(
    "update schedules.places p set pool = 'open' from schedules.sessions s where s.id = p.session_id and s.service_group = 'registro_civil'",
  );
  expect(await holds(contact!, token, family)).toMatchObject({ holdId: expect.any(String) as string });
});

test("a hold of the room is not lengthened, ends after six minutes, and its place goes to the next in line", async () => {
  const [first, second] = await someContacts(services, 2);
  const people = [1, 2].map((n) => [anApplicant(n, { services: MATRICULA })]);
  const tokens = [await enter(first!, people[0]!), await enter(second!, people[1]!)];
  await letEverybodyIn();
  const held = await holds(first!, tokens[0]!, people[0]!);
  if (typeof held === "string") throw new Error(held);
  expect(await extendHold(citizen(services, first!), first!, held)).toMatchObject({
    refusal: { code: "hold_expired" },
  });
  services.clock.advance(6 * MINUTE_MS);
  expect(await expireHolds(systemContext(services, "test"))).toBe(1);
  await room.lead();
  expect(await services.adminQuery("select distinct pool, state from schedules.places")).toEqual([
    { pool: "room", state: "open" },
  ]);
  expect(await holds(first!, tokens[0]!, people[0]!)).toBe("turn_taken");
  expect(await holds(second!, tokens[1]!, people[1]!)).toMatchObject({ holdId: expect.any(String) as string });
});
