import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type * as Schedules from "#modules/schedules/index.ts";
import { placeStore } from "#modules/schedules/index.ts";
import type { Database } from "#platform/db/index.ts";
import { bookMany } from "./commands/book-many.ts";
import { codes, cutWork, planner, prepared } from "./booking.fixtures.ts";
import { cutCapacity, hold } from "./index.ts";

// A cut against whoever books at that moment; the negative control takes the cut's lock away.
const worse = vi.hoisted(() => ({ reads: false }));
vi.mock("#modules/schedules/index.ts", async (original) => {
  const real = await original<typeof Schedules>();
  const lockArea: typeof real.lockArea = (...args) => (worse.reads ? Promise.resolve() : real.lockArea(...args));
  return { ...real, lockArea };
});

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(async () => {
  worse.reads = false;
  await services.close();
});

/** Long enough to come up against a lock. */
const MEANWHILE_MS = 150;
const STORM = { localDate: VISIT_DAY, reason: "storm" } as const;

describe("the day is closed while a booking has its place in its hands", () => {
  async function race() {
    const { wanted } = await aSession(services, { steps: 1, counters: 1 });
    const [contactId] = await someContacts(services, 1);
    const input = await prepared(services, { contactId: contactId!, wanted, applicants: [anApplicant(1)] });
    let cutting: ReturnType<typeof cutCapacity> | undefined;
    const [booked] = await services.database.transaction("citizen_writer", {}, (tx) =>
      bookMany(tx, [input], {
        ...placeStore,
        async lockOpenPlaces(inTx, windows) {
          const found = await placeStore.lockOpenPlaces(inTx, windows);
          cutting = cutCapacity(planner(services), FRESNO, STORM);
          await wait(MEANWHILE_MS);
          return found;
        },
      }),
    );
    const cut = await cutting!;
    const told = await services.adminQuery("select 1 from platform.outbox where name = 'booking.displaced'");
    const { parties } = await cutWork(services);
    return { booked: codes([booked!]), cut: cut.ok, told: told.length, stranded: parties.length };
  }

  test("it is booked first, and the family hears of the cut", async () => {
    expect(await race()).toEqual({ booked: { booked: 1 }, cut: true, told: 1, stranded: 1 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("a cut that reads without locking tells that family nothing: the negative control", async () => {
    worse.reads = true;
    expect(await race()).toEqual({ booked: { booked: 1 }, cut: true, told: 0, stranded: 1 });
  });
});

test("a hold that comes while the cut has the place in its hands waits for it, and finds none", async () => {
  const { wanted } = await aSession(services, { steps: 1, counters: 1 });
  const [contactId] = await someContacts(services, 1);
  let holding: ReturnType<typeof hold> | undefined;
  const slowToCommit: Database = {
    ...services.database,
    transaction: (role, scope, work, options) =>
      services.database.transaction(
        role,
        scope,
        async (tx) => {
          const done = await work(tx);
          if (role !== "console") return done;
          holding ??= hold(citizen(services, contactId!), {
            contactId: contactId!,
            wanted,
            applicants: [anApplicant(1)],
          });
          await wait(MEANWHILE_MS);
          return done;
        },
        options,
      ),
  };
  const cut = await cutCapacity({ ...planner(services), database: slowToCommit }, FRESNO, STORM);
  expect(cut).toMatchObject({ ok: true });
  expect(codes([await holding!])).toEqual({ place_taken: 1 });
  expect(await brokenRules(services.adminQuery)).toEqual({});
});
