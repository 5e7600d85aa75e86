import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { expireHolds, placeStore, type LockedPlace, type PlaceStore } from "#modules/schedules/index.ts";
import type { Context } from "#platform/context.ts";
import { rows, run, sql, type Database, type Tx } from "#platform/db/index.ts";
import { codes, prepared } from "./booking.fixtures.ts";
import { bookMany } from "./commands/book-many.ts";
import { book, hold, HOLD_MINUTES } from "./index.ts";

// Hold expiry against confirmation, step by step, each order with its negative control.

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

/** The only place, held by one contact and wanted by another, and the moment at which the hold has run out. */
async function aHeldPlace() {
  const { wanted, sessionId } = await aSession(services, { steps: 1, counters: 1 });
  const [contact, other] = await someContacts(services, 2);
  const asked = { contactId: contact!, wanted, applicants: [anApplicant(1)] };
  const held = await hold(citizen(services, contact!), asked);
  if (!held.ok) throw new Error("expected a hold");
  const runOut = new Date(services.clock.now().getTime() + HOLD_MINUTES * 60_000);
  return { sessionId, runOut, request: { ...asked, holdId: held.value.holdId }, wanted, other: other! };
}
type HeldPlace = Awaited<ReturnType<typeof aHeldPlace>>;

const confirmWith = (input: Awaited<ReturnType<typeof prepared>>, places: PlaceStore) =>
  services.database.transaction("citizen_writer", {}, (tx) => bookMany(tx, [input], places));
const lateContext = ({ request, runOut }: HeldPlace, database: Database = services.database): Context => ({
  ...citizen(services, request.contactId),
  database,
  now: runOut,
});

describe("the hold is expired, and its place asked for, while the confirmation has it in its hands", () => {
  async function race(places: PlaceStore) {
    const one = await aHeldPlace();
    let expired = 0;
    let next: Awaited<ReturnType<typeof hold>> | undefined;
    const [confirmed] = await confirmWith(await prepared(services, one.request), {
      ...places,
      async lockHeldPlaces(tx, holdIds, now) {
        const found = await places.lockHeldPlaces(tx, holdIds, now);
        expired = await expireHolds(lateContext(one));
        const { wanted, other } = one;
        next = await hold(citizen(services, other), { contactId: other, wanted, applicants: [anApplicant(2)] });
        return found;
      },
    });
    return { expired, confirmed: codes([confirmed!]), next: codes([next!]) };
  }

  test("it is confirmed, and nobody else is promised it", async () => {
    expect(await race(placeStore)).toEqual({ expired: 0, confirmed: { booked: 1 }, next: { place_taken: 1 } });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("a confirmation that reads without locking promises the one place to two: the negative control", async () => {
    const lockHeldPlaces = (tx: Tx, holdIds: readonly string[]) =>
      rows<LockedPlace>(
        tx,
        sql`select 0 as "window", s.office_id as "officeId", s.id as "sessionId", s.service_group as "serviceGroup", s.step_minutes as "stepMinutes",
              extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter
            from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
            where p.holder = any(${holdIds}::uuid[]) and p.state = 'held'`,
      );
    expect(await race({ ...placeStore, lockHeldPlaces })).toEqual({
      expired: 1,
      confirmed: { booked: 1 },
      next: { booked: 1 },
    });
  });
});

describe("the confirmation comes while the expiry has the place in its hands", () => {
  async function race(expire: (one: HeldPlace, between: () => Promise<unknown>) => Promise<unknown>, waits: boolean) {
    const one = await aHeldPlace();
    let confirmation: ReturnType<typeof book> | undefined;
    await expire(one, () => {
      confirmation = book(citizen(services, one.request.contactId), one.request);
      // Behind a lock it cannot end before the expiry does: time enough to come up against it.
      return waits ? wait(100) : confirmation;
    });
    const confirmed = codes([await confirmation!]);
    const [place] = await services.adminQuery("select state from schedules.places where session_id = $1", [
      one.sessionId,
    ]);
    return { confirmed, place: place!["state"], broken: Object.keys(await brokenRules(services.adminQuery)) };
  }

  test("its place is open and the confirmation is refused", async () => {
    const guarded = (one: HeldPlace, between: () => Promise<unknown>) => {
      const slowToCommit: Database = {
        ...services.database,
        transaction: (role, scope, work, options) =>
          services.database.transaction(
            role,
            scope,
            async (tx) => {
              const done = await work(tx);
              await between();
              return done;
            },
            options,
          ),
      };
      return expireHolds(lateContext(one, slowToCommit));
    };
    expect(await race(guarded, true)).toEqual({ confirmed: { hold_expired: 1 }, place: "open", broken: [] });
  });

  test("an expiry that reads without locking opens a place that was just confirmed: the negative control", async () => {
    const unguarded = ({ runOut }: HeldPlace, between: () => Promise<unknown>) =>
      services.database.transaction("worker", {}, async (tx) => {
        const ended = await rows<{ sessionId: string }>(
          tx,
          sql`select session_id as "sessionId" from schedules.places where state = 'held' and held_until <= ${runOut}`,
        );
        await between();
        for (const { sessionId } of ended)
          await run(
            tx,
            sql`update schedules.places set state = 'open', held_until = null, holder = null where session_id = ${sessionId}`,
          );
      });
    expect(await race(unguarded, false)).toEqual({
      confirmed: { booked: 1 },
      place: "open",
      broken: ["a place that is booked belongs to an appointment, step by step"],
    });
  });
});

describe("the confirmation comes after the hold ran out, and before any expiry", () => {
  async function confirmLate(places: PlaceStore) {
    const one = await aHeldPlace();
    services.clock.advance(HOLD_MINUTES * 60_000);
    return codes(await confirmWith(await prepared(services, one.request), places));
  }

  test("it is refused", async () => {
    expect(await confirmLate(placeStore)).toEqual({ hold_expired: 1 });
  });

  test("a confirmation that does not look at the hold's time takes the place all the same: the negative control", async () => {
    const lockHeldPlaces: PlaceStore["lockHeldPlaces"] = (tx, holdIds) =>
      placeStore.lockHeldPlaces(tx, holdIds, new Date(0));
    expect(await confirmLate({ ...placeStore, lockHeldPlaces })).toEqual({ booked: 1 });
  });
});
