import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ContactId } from "#kernel/ids.ts";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { codes } from "./booking.fixtures.ts";
import { book, hold, HOLD_MINUTES } from "./index.ts";
import type { WantedTime } from "./types.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(async () => {
  expect(await brokenRules(services.adminQuery)).toEqual({});
  await services.close();
});

const key = (body = "the same") => ({ route: "holds", key: randomUUID(), body });
const holds = (
  contactId: ContactId,
  wanted: WantedTime,
  idempotency?: ReturnType<typeof key>,
  people = [1],
  server = services,
) =>
  hold(citizen(server, contactId), {
    contactId,
    wanted,
    applicants: people.map((one) => anApplicant(one)),
    idempotency,
  });
const holdIds = (outcomes: Awaited<ReturnType<typeof holds>>[]) =>
  new Set(outcomes.map((one) => (one.ok ? one.value.holdId : one.refusal.code)));
const holders = async () =>
  services.adminQuery<{ holder: string; places: number }>(
    "select holder, count(*)::int as places from schedules.places where state = 'held' group by 1",
  );

describe("a request for places that is sent again", () => {
  test("with its key has one effect, also from two servers at once, and one answer", async () => {
    const { wanted } = await aSession(services, { steps: 4, counters: 4 });
    const [contact] = await someContacts(services, 1);
    const again = key();
    const other = servicesOn(services.url);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => holds(contact!, wanted, again, [1, 2], i % 2 === 0 ? services : other)),
    );
    await other.close();
    services.clock.advance(60_000);
    outcomes.push(await holds(contact!, wanted, again, [1, 2]));
    expect(holdIds(outcomes).size).toBe(1);
    expect(new Set(outcomes.map((one) => one.ok && one.value.heldUntil.getTime())).size).toBe(1);
    expect(await holders()).toEqual([{ holder: [...holdIds(outcomes)][0], places: 2 }]);
  });

  test("without a key takes other places each time (the negative control)", async () => {
    const { wanted } = await aSession(services, { steps: 4, counters: 4 });
    const [contact] = await someContacts(services, 1);
    const outcomes = [await holds(contact!, wanted), await holds(contact!, wanted)];
    expect(holdIds(outcomes).size).toBe(2);
    expect(await holders()).toHaveLength(1);
  });

  test("late leaves alone what was held since, and tells that the first hold is over", async () => {
    const { wanted } = await aSession(services, { steps: 4, counters: 4 });
    const [contact] = await someContacts(services, 1);
    const first = key();
    await holds(contact!, wanted, first);
    const second = await holds(contact!, wanted, key());
    expect(codes([await holds(contact!, wanted, first)])).toEqual({ hold_expired: 1 });
    expect(await holders()).toEqual([{ holder: second.ok && second.value.holdId, places: 1 }]);
  });

  test("after it was confirmed, or ran out, holds nothing again", async () => {
    const { wanted } = await aSession(services, { steps: 4, counters: 4 });
    const [contact] = await someContacts(services, 1);
    const [confirmed, late] = [key(), key()];
    const held = await holds(contact!, wanted, confirmed);
    if (!held.ok) throw new Error(held.refusal.code);
    const { holdId } = held.value;
    await book(citizen(services, contact!), { contactId: contact!, wanted, applicants: [anApplicant(1)], holdId });
    expect(codes([await holds(contact!, wanted, confirmed)])).toEqual({ hold_expired: 1 });
    await holds(contact!, wanted, late, [2]);
    services.clock.advance(HOLD_MINUTES * 60_000);
    expect(codes([await holds(contact!, wanted, late, [2])])).toEqual({ hold_expired: 1 });
  });

  test("after a no is told the same no, and a new key asks anew", async () => {
    const { wanted, sessionId } = await aSession(services, { steps: 1, counters: 1 });
    const [owner, contact] = await someContacts(services, 2);
    await holds(owner!, wanted);
    const refused = key();
    expect(codes([await holds(contact!, wanted, refused)])).toEqual({ place_taken: 1 });
    await services.adminQuery(
      "update schedules.places set state = 'open', holder = null, held_until = null where session_id = $1",
      [sessionId],
    );
    await services.adminQuery("update booking.contact_counters set hold_id = null, held_until = null");
    expect(codes([await holds(contact!, wanted, refused)])).toEqual({ place_taken: 1 });
    expect((await holds(contact!, wanted, key())).ok).toBe(true);
  });

  test("with another body is refused, before and beside the first", async () => {
    const { wanted } = await aSession(services, { steps: 4, counters: 4 });
    const [contact, other] = await someContacts(services, 2);
    const own = key();
    const changed = { ...own, body: "another" };
    const beside = await Promise.all([holds(contact!, wanted, own), holds(contact!, wanted, changed)]);
    expect(codes(beside)).toEqual({ booked: 1, idempotency_mismatch: 1 });
    const late = beside[0].ok ? changed : own;
    expect(codes([await holds(contact!, wanted, late)])).toEqual({ idempotency_mismatch: 1 });
    // A key is worth nothing to anybody else.
    const foreign = await holds(other!, wanted, own);
    expect(foreign.ok && holdIds(beside).has(foreign.value.holdId)).toBe(false);
    expect(await holders()).toHaveLength(2);
  });
});
