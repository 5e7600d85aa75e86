import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { citizen } from "#tests/support/fixtures.ts";
import type { BookingId } from "#kernel/ids.ts";
import { householdLines, listDrawLines, openShortDraw, openUndrawn, type DrawId } from "#modules/allocation/index.ts";
import { readPublished } from "../../verify/published.ts";
import { verify } from "../../verify/verify.ts";
import { aDrawWorld, goOn, HOURS, someRequests, type AskingHousehold } from "#tests/support/draw-world.ts";
import { at, shortDraws, shortWorld, SOON } from "#tests/support/short-draws.ts";
import { acceptOffer, cancelBooking, decline } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const { system, own, places, asked, hour, drawn, freed } = shortWorld(() => services);

async function verdictOf(drawId: DrawId, more: readonly string[]) {
  const reader = readPublished();
  for (const file of ["documents", "replay"] as const)
    for await (const line of listDrawLines(system(), drawId, file)) reader.line(line);
  more.forEach(reader.line);
  return verify(reader.end());
}
test("a place that comes back thirty hours ahead is offered to one, then to the next, and booked; nobody sees it meanwhile", async () => {
  await aDrawWorld(services, { counters: 2 });
  const households = await someRequests(services, 10, SOON);
  for (const to of Object.values(HOURS)) await goOn(services, to);
  const requests = await Promise.all(households.map(own));
  const booked = requests.findIndex((one) => one.state === "confirmed");
  const waiting = households.filter((_, i) => requests[i]!.state === "standing");
  expect(waiting).toHaveLength(2);
  services.clock.set(at("11:00"));
  const { contactId } = households[booked]!;
  const bookingId = requests[booked]!.bookingId as BookingId;
  expect(await cancelBooking(citizen(services, contactId), { bookingId, contactId })).toMatchObject({ ok: true });
  expect(await places()).toEqual(["freed draw"]);

  const first = (await hour("16:00"))!;
  expect(await openShortDraw(system())).toBeUndefined();
  expect(await places()).toEqual(["freed draw"]);
  await goOn(services, at("16:05"));
  expect(await places()).toEqual(["committed draw"]);
  await goOn(services, at("16:15"));
  expect(await places()).toEqual(["assigned draw"]);
  expect(await brokenRules(services.adminQuery)).toEqual({});
  const [silent] = await withState(waiting, "offered");
  const [next] = await withState(waiting, "standing");

  // While one is asked nobody else is, and an hour has no draw.
  expect(await hour("17:00")).toBeUndefined();
  await goOn(services, at("18:14"));
  expect(await places()).toEqual(["assigned draw"]);
  await goOn(services, at("18:15"));
  expect(await places()).toEqual(["freed draw"]);
  expect((await own(silent!)).draws[0]).toMatchObject({ kind: "short", answer: "passed" });
  expect(await brokenRules(services.adminQuery)).toEqual({});

  const second = (await drawn("19:00"))!;
  expect((await own(silent!)).state).toBe("standing");
  expect((await own(next!)).draws[0]).toMatchObject({ kind: "short", answer: "offered", answersBy: at("21:15") });
  expect(await acceptOffer(...asked(next!))).toMatchObject({ ok: true });
  expect(await places()).toEqual([]);
  await goOn(services, at("21:15"));
  expect(await brokenRules(services.adminQuery)).toEqual({});
  expect(await shortDraws(services)).toEqual(["settled", "settled"]);
  for (const draw of [first, second]) {
    const papers = await Promise.all(
      waiting.map((one) => householdLines(citizen(services, one.contactId), one.requestId, draw)),
    );
    expect(await verdictOf(draw, papers.flat())).toMatchObject({ verdict: "not_publicly_verifiable", faults: [] });
  }
});

async function withState(households: readonly AskingHousehold[], state: string): Promise<AskingHousehold[]> {
  const states = await Promise.all(households.map(async (one) => (await own(one)).state));
  return households.filter((_, i) => states[i] === state);
}

describe("somebody who may be called at short notice", () => {
  test("and wants no question has it at once", async () => {
    const [one] = await freed(1, [{ ...SOON, autoConfirm: true }]);
    await drawn("16:00");
    expect(await own(one!)).toMatchObject({ state: "confirmed" });
    await goOn(services, at("18:16"));
    expect(await places()).toEqual([]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });
  test("and says no is not asked for that day again; the place goes on", async () => {
    const [one] = await freed(1, [SOON]);
    await drawn("16:00");
    expect(await decline(...asked(one!))).toMatchObject({ ok: true });
    expect(await brokenRules(services.adminQuery)).toEqual({});
    expect(await places()).toEqual(["freed draw"]);
    // Nobody else may be asked: it is everybody's at the next tick.
    expect(await hour("17:00")).toBeUndefined();
    expect(await places()).toEqual(["planned waitlist"]);
    expect((await own(one!)).state).toBe("standing");
  });
  test("and answers in the instant in which the place passes on has it or has not, and nobody has it twice", async () => {
    const [one] = await freed(1, [SOON]);
    await drawn("16:00");
    services.clock.set(at("18:15"));
    const [answer] = await Promise.all([acceptOffer(...asked(one!)), goOn(services, at("18:15"))]);
    expect((await own(one!)).state).toBe(answer.ok ? "confirmed" : "standing");
    expect(await places()).toEqual(answer.ok ? [] : ["freed draw"]);
    await goOn(services, at("18:16"));
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });
});

test("nobody is asked by night: a place that came back in the evening waits for the morning of its office", async () => {
  await freed(1, [SOON]);
  // Seven in the evening, when two hours would end after nine, and seven in the morning.
  expect(await hour("03:00")).toBeUndefined();
  expect(await hour("15:00")).toBeUndefined();
  expect(await places()).toEqual(["freed draw"]);
  expect(await hour("16:00")).toBeDefined();
});

test("what a short draw had and nobody wanted opens at the next tick, while the other is still offered", async () => {
  const [one] = await freed(2, [SOON]);
  await drawn("15:00").then(() => drawn("16:00"));
  expect(await places()).toEqual(["assigned draw", "planned waitlist"]);
  expect(await brokenRules(services.adminQuery)).toEqual({});
  services.clock.set(at("22:00"));
  await openUndrawn(system());
  expect((await own(one!)).state).toBe("offered");
  expect(await places()).toEqual(["assigned draw", "open open"]);
});
