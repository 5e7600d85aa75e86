import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aDrawWorld, ANY_MORNING, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { anAnnouncedRoom } from "#tests/support/rooms.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import type { BookingId, ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { addDays, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { systemContext, type Tx } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { closeBookings, endOpenBookings } from "./commands/outcomes.ts";
import { eraseBookings } from "./commands/retention.ts";
import {
  book,
  cancelBooking,
  COOL_DOWN_HOURS,
  decline,
  enterRoom,
  hold,
  MISTAKE_MINUTES,
  moveBookingTo,
  requestPlaces,
  type WantedTime,
} from "./index.ts";
import { forgetCancels } from "./store/cool-down.ts";
import { AT_ONCE } from "./store/retention.ts";

const START = new Date("2026-11-24T18:00:00Z");
let services: TestServices;
let wanted: WantedTime;
/** Of each test another contact and another person on another day, so that they share one database. */
let contactId: ContactId;
let person = 0;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());
beforeEach(async () => {
  services.clock.set(START);
  contactId = (await someContacts(services, 1))[0]!;
  person += 100;
  const localDate = addDays("2026-12-07" as LocalDate, person / 100);
  ({ wanted } = await aSession(services, { localDate, steps: 12, counters: 4 }));
});

const later = (steps: number, officeId = wanted.officeId): WantedTime => ({
  ...wanted,
  officeId,
  startsAt: new Date(wanted.startsAt.getTime() + steps * 15 * MINUTE_MS),
});
const pass = (minutes: number) => services.clock.advance(minutes * MINUTE_MS);
const somebody = (n: number, change = {}) => anApplicant(person + n, change);
const asks = (n: number, by = contactId, more = {}) =>
  book(citizen(services, by), { contactId: by, wanted, applicants: [somebody(n)], ...more });
async function aBooking(n = 1): Promise<BookingId> {
  const booked = await asks(n);
  if (!booked.ok) throw new Error(booked.refusal.code);
  return booked.value.bookingId;
}
async function code(outcome: Promise<{ ok: boolean; refusal?: { code: string } }>): Promise<string> {
  return (await outcome).refusal?.code ?? "done";
}
const moves = (bookingId: BookingId, to: WantedTime, movedHome?: boolean) =>
  code(moveBookingTo(citizen(services, contactId), { contactId, bookingId, wanted: to, movedHome }));
const cancels = (bookingId: BookingId, by = contactId) =>
  code(cancelBooking(citizen(services, by), { contactId: by, bookingId }));

describe("a booking is moved", () => {
  test("twice; a mistake just made is put right besides, and it stands as it is after that", async () => {
    const booking = await aBooking();
    expect(await moves(booking, later(1))).toBe("done");
    pass(1);
    expect(await moves(booking, later(2))).toBe("done");
    pass(MISTAKE_MINUTES + 1);
    expect(await moves(booking, later(3))).toBe("done");
    pass(MISTAKE_MINUTES + 1);
    expect(await moves(booking, later(4))).toBe("too_many_moves");
    const [kept] = await services.adminQuery("select starts_at, moves from booking.bookings where id = $1", [booking]);
    expect(kept).toEqual({ starts_at: later(3).startsAt, moves: 2 });
    await expectConsistent(services.adminQuery);
  });

  test("to one of the nearest offices; farther only by who says that she has moved, once", async () => {
    const [near, far] = ["san-jose", "houston"] as OfficeId[];
    for (const officeId of [near!, far!])
      await aSession(services, { officeId, localDate: wanted.localDate, steps: 12, counters: 1 });
    const booking = await aBooking();
    expect(await moves(booking, later(0, far))).toBe("too_far");
    expect(await moves(booking, later(0, near))).toBe("done");
    pass(MISTAKE_MINUTES + 1);
    expect(await moves(booking, later(1, far), true)).toBe("done");
    pass(MISTAKE_MINUTES + 1);
    expect(await moves(booking, later(2, far), true)).toBe("too_many_moves");
  });
});

describe("a contact that cancelled", () => {
  beforeEach(async () => {
    const booking = await aBooking();
    pass(MISTAKE_MINUTES + 1);
    expect(await cancels(booking)).toBe("done");
  });

  test("books and keeps nothing at once for three days, whoever comes and for whatever", async () => {
    const until = new Date(services.clock.now().getTime() + COOL_DOWN_HOURS * HOUR_MS);
    expect(await asks(2)).toEqual({ ok: false, refusal: { code: "wait_after_cancel", until } });
    const others = [somebody(3, { services: ["pasaporte-adulto" as ServiceSlug] })];
    const keeps = () => code(hold(citizen(services, contactId), { contactId, wanted, applicants: others }));
    expect(await keeps()).toBe("wait_after_cancel");
    pass(COOL_DOWN_HOURS * 60 - 1);
    expect(await keeps()).toBe("wait_after_cancel");
    pass(1);
    expect(await keeps()).toBe("done");
  });

  test("is told the same when it repeats its request", async () => {
    const idempotency = { route: "bookings", key: randomUUID(), body: "the same" };
    const first = await asks(2, contactId, { idempotency });
    expect(first).toMatchObject({ refusal: { code: "wait_after_cancel" } });
    expect(await asks(2, contactId, { idempotency })).toEqual(first);
  });

  test("waits for no turn that would end in a no", async () => {
    const room = await anAnnouncedRoom(services, { steps: 2, counters: 2 });
    const enters = (by: ContactId) =>
      code(enterRoom(citizen(services, by), { roomId: room.id, contactId: by, applicants: [somebody(2)] }));
    expect(await enters(contactId)).toBe("wait_after_cancel");
    expect(await enters((await someContacts(services, 1))[0]!)).toBe("done");
  });

  test("asks in the draw like anybody, and books what it is given there", async () => {
    await aDrawWorld(services);
    const asked = await requestPlaces(citizen(services, contactId), {
      contactId,
      applicants: [somebody(1)],
      wish: ANY_MORNING,
      autoConfirm: true,
    });
    expect(asked).toMatchObject({ ok: true });
    await services.adminQuery("update booking.contact_counters set cooling_until = $1 where contact_id = $2", [
      HOURS.over,
      contactId,
    ]);
    const [household] = await someRequests(services, 1, { autoConfirm: false }, 5000);
    for (const hour of [HOURS.lock, HOURS.round]) await goOn(services, hour);
    const [row] = await services.adminQuery(
      "select count(*)::int as booked from booking.bookings where state = 'active' and contact_id = $1",
      [contactId],
    );
    expect(row).toEqual({ booked: 1 });
    expect(await asks(2)).toMatchObject({ refusal: { code: "wait_after_cancel" } });
    // Who says no to a place that a draw gave has cancelled nothing.
    const { contactId: by, requestId } = household!;
    expect(await code(decline(citizen(services, by), requestId, by))).toBe("done");
    expect(await code(asks(3, by))).toBe("done");
  });

  test("is the only one that waits: whoever else files for that person is answered like anybody", async () => {
    const [other, another] = await someContacts(services, 2);
    const same = await asks(1, other);
    const stranger = await asks(7, another);
    expect([same.ok, stranger.ok]).toEqual([true, true]);
    expect(Object.keys(same)).toEqual(Object.keys(stranger));
  });

  test("is forgotten to have cancelled once it means nothing", async () => {
    const remembered = () =>
      services.adminQuery(
        "select count(*)::int as n from booking.contact_counters where cancelled_at is not null and contact_id = $1",
        [contactId],
      );
    await eraseBookings(systemContext(services, "test"));
    expect(await remembered()).toEqual([{ n: 1 }]);
    pass(COOL_DOWN_HOURS * 60 + 1);
    await eraseBookings(systemContext(services, "test"));
    expect(await remembered()).toEqual([{ n: 0 }]);
  });

  test("is forgotten in pages, and who is booking meanwhile is not waited for", async () => {
    const meaningless = new Date(services.clock.now().getTime() - COOL_DOWN_HOURS * HOUR_MS);
    await services.adminQuery(
      "insert into booking.contact_counters (contact_id, people, cancelled_at) select gen_random_uuid(), 0, $1::timestamptz - n * interval '1 minute' from generate_series(1, $2) n",
      [meaningless, 2 * AT_ONCE + 2],
    );
    const aPage = (tx: Tx) => forgetCancels(tx, meaningless);
    expect(await services.database.transaction("worker", {}, aPage)).toBe(AT_ONCE);
    await services.database.transaction("citizen_writer", {}, async (tx) => {
      await rows(tx, sql`select 1 from booking.contact_counters order by cancelled_at limit 1 for update`);
      await eraseBookings(systemContext(services, "test"));
    });
    expect(
      await services.adminQuery("select 1 from booking.contact_counters where cancelled_at < $1", [meaningless]),
    ).toHaveLength(1);
  });
});

test("what was booked some minutes ago was a mistake: once, and then it is waited for", async () => {
  expect(await cancels(await aBooking(1))).toBe("done");
  const again = await aBooking(2);
  expect(await cancels(again)).toBe("done");
  expect(await asks(3)).toMatchObject({ refusal: { code: "wait_after_cancel" } });
});

test("a booking that ends at the office's own hand makes nobody wait", async () => {
  const ended = await aBooking(1);
  const ctx = systemContext(services, "test");
  await services.database.transaction("worker", {}, async (tx) => {
    await endOpenBookings(tx, new Map([[ended, "unserved"]]), ctx.now);
    await closeBookings(ctx, tx, [ended]);
  });
  expect(await code(asks(1))).toBe("done");
});
