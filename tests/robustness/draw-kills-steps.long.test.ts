import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptOffer } from "#modules/booking/index.ts";
import { goOn, HOURS } from "#tests/support/draw-world.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import type { TestServices } from "#tests/support/database.ts";
import { citizen } from "#tests/support/fixtures.ts";
import type { Death } from "./draw-node.ts";
import { fingerprint, openDrawWorld, type DrawWorld, type Moment } from "./draw-world.ts";

let world: DrawWorld;
beforeAll(async () => {
  world = await openDrawWorld();
});
afterAll(() => world.close());

async function on<T>(moment: Moment, work: (services: TestServices) => Promise<T>): Promise<T> {
  const services = await world.copy(moment);
  try {
    return await work(services);
  } finally {
    await services.close();
  }
}

test("an undisturbed draw gives out all of its places, and more was asked for", async () => {
  const { places, requests, draws, witnesses } = await world.undisturbed("round");
  expect(draws).toMatchObject([{ state: "drawn" }]);
  expect(witnesses).toEqual([{ witness: "witness.example/a" }]);
  expect(places.filter((one) => one["state"] === "committed")).toEqual([]);
  expect(places.filter((one) => one["state"] === "assigned").length).toBeGreaterThan(3);
  expect(places.filter((one) => one["state"] === "booked").length).toBeGreaterThan(10);
  expect(requests.filter((one) => one["state"] === "standing").length).toBeGreaterThan(3);
});

// prettier-ignore
const KILLS: readonly [step: string, moment: Moment, death: Death][] = [
  ["when places are committed", "lock", { matching: "set state = 'committed'", when: "after" }],
  ["when the manifest is written", "lock", { matching: "insert into allocation.documents", when: "after" }],
  ["when the lock was committed, and no witness was asked", "lock", { matching: "from allocation.cosignatures", when: "before" }],
  ["when the witness has signed, and its signature is not kept", "lock", { matching: "insert into allocation.cosignatures", when: "before" }],
  ["before the outcomes", "round", { matching: "insert into allocation.outcomes", when: "before" }],
  ["when the outcomes are written", "round", { matching: "insert into allocation.outcomes", when: "after" }],
  ["when the draw was committed", "round", { since: "set state = $1", matching: "commit", when: "after" }],
  ["between two offices", "round", { matching: "set state = 'assigned'", nth: 2, when: "before" }],
  ["while those who wait are told", "round", { matching: "set answer = 'waiting'", when: "after" }],
  ["while offers are booked", "round", { matching: "insert into booking.bookings", when: "before" }],
  ["when the offers were booked, before it heard so", "round", { since: "insert into booking.bookings", matching: "commit", when: "after" }],
];

describe("a node that is killed", () => {
  test.each(KILLS)("%s is followed by one that comes to the same", async (_, moment, death) => {
    const expected = await world.undisturbed(moment);
    await on(moment, async (services) => {
      expect(await world.node(services, moment, { death })).toBeUndefined();
      // What was committed last of all may have been the last there was to do.
      if (death.matching !== "commit") expect(await fingerprint(services)).not.toEqual(expected);
      await goOn(services, HOURS[moment]);
      expect(await fingerprint(services)).toEqual(expected);
      await expectConsistent(services.adminQuery);
    });
  });

  // prettier-ignore
  test.each<[step: string, moment: Moment, death: Death]>([
    ["while silence is taken for a yes", "answers", { matching: "insert into booking.bookings", when: "before" }],
    ["when what is left was passed on", "secondRound", { matching: "update schedules.places p set draw_id", when: "after" }],
    ["when the second round's outcomes are written", "secondRound", { matching: "insert into allocation.outcomes", when: "after" }],
    ["when what nobody wanted goes back", "over", { matching: "set state = 'planned'", when: "after" }],
  ])("%s is followed by one that loses nothing and gives nothing twice", async (_, moment, death) => {
    await on(moment, async (services) => {
      expect(await world.node(services, moment, { death })).toBeUndefined();
      for (const later of moments.slice(moments.indexOf(moment))) await goOn(services, HOURS[later]);
      const { draws, requests, places } = await fingerprint(services);
      expect(draws).toMatchObject([{ state: "settled" }]);
      expect(requests.filter((one) => one["state"] === "offered")).toEqual([]);
      expect(places.filter((one) => one["state"] === "assigned" || one["state"] === "committed")).toEqual([]);
      await expectConsistent(services.adminQuery);
    });
  });

  test.each<[step: string, death: Death]>([
    ["before the booking is committed", { matching: "insert into booking.bookings", when: "before" }],
    ["when it was", { since: "insert into booking.bookings", matching: "commit", when: "after" }],
  ])("while it accepts an offer, %s, has given nothing twice when she presses again", async (_, death) => {
    await on("answers", async (services) => {
      const offered = await services.adminQuery<{ id: string }>(
        "select id from allocation.requests where state = 'offered'",
      );
      const accept = world.offers.find((one) => one.requestId === offered[0]!.id);
      const { requestId: id, contactId } = accept!;
      expect(await world.node(services, "round", { death, accept: { id, contactId } })).toBeUndefined();
      services.clock.set(HOURS.round);
      await acceptOffer(citizen(services, contactId), id, contactId);
      expect(
        await services.adminQuery("select state from booking.bookings where contact_id = $1", [contactId]),
      ).toEqual([{ state: "active" }]);
      expect(await services.adminQuery("select state from allocation.requests where id = $1", [id])).toEqual([
        { state: "confirmed" },
      ]);
      await expectConsistent(services.adminQuery);
    });
  });
});
const moments = Object.keys(HOURS) as Moment[];
