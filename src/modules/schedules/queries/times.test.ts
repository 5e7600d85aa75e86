import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { localTimeAt } from "#kernel/time.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { contextFor, systemContext, type Actor } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { fillHorizon } from "../commands/fill-horizon.ts";
import { aTemplate, openSchedules } from "../schedules.fixtures.ts";
import type { Need } from "../types.ts";
import { listTimes } from "./times.ts";

const zone = "America/Phoenix";
const officeId = "testville" as OfficeId;
const citizen: Actor = { kind: "citizen", sessionId: randomUUID(), contactId: randomUUID() };
let services: TestServices;

beforeAll(async () => {
  const template = aTemplate({ counters: 2, opens: "08:00", closes: "10:00" });
  services = await openSchedules({ [officeId]: { zone, templates: [template] } }, new Date("2026-10-26T14:00:00Z"));
  await fillHorizon(systemContext(services, "test"), { weeks: 1 });
  await services.adminQuery(
    "update schedules.places set state = 'booked', holder = gen_random_uuid() where starts_at = '2026-10-28T16:00:00Z' and counter = 2",
  );
});
afterAll(() => services.close());

const ask = (actor: Actor, date: string, needs: readonly Need[]) =>
  listTimes(contextFor(services, { actor, channel: "web", purpose: "booking", requestId: "test", language: "es" }), {
    officeId,
    localDate: date as LocalDate,
    needs,
  });
const times = async (date: string, ...minutes: number[]) => {
  const needs = minutes.map((each, i): Need => ({ ordinal: i + 1, group: "documentacion", minutes: each }));
  return (await ask(citizen, date, needs)).map((offer) => localTimeAt(offer.startsAt, zone));
};

test("offers each start at which one person's steps fit before closing", async () => {
  expect(await times("2026-10-28", 30)).toEqual(["08:00", "08:30", "09:00", "09:30"]);
  expect(await times("2026-10-28", 60)).toEqual(["08:00", "08:30", "09:00"]);
});

test("offers a party only starts at which all of it fits", async () => {
  expect(await times("2026-10-28", 60, 60)).not.toContain("09:00");
  expect(await times("2026-10-29", 60, 60)).toContain("09:00");
  expect(await times("2026-10-29", 120, 120, 120)).toEqual([]);
});

test("offers nothing that begins within two hours, on a closed day or for nobody", async () => {
  services.clock.set(new Date("2026-10-26T14:00:00Z"));
  expect(await times("2026-10-26", 30)).toEqual(["09:00", "09:30"]);
  expect(await times("2026-12-25", 30)).toEqual([]);
  expect(await ask(citizen, "2026-10-28", [])).toEqual([]);
});

test("says when the party has done", async () => {
  const [offer] = await ask(citizen, "2026-10-29", [{ ordinal: 1, group: "documentacion", minutes: 45 }]);
  expect(localTimeAt(offer!.endsAt, zone)).toBe("09:00");
});

test("tells exact times to no visitor", async () => {
  await expect(
    ask({ kind: "visitor", sessionId: randomUUID() }, "2026-10-28", [
      { ordinal: 1, group: "documentacion", minutes: 30 },
    ]),
  ).rejects.toThrow("verified");
});
