import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { StaffRole } from "#platform/context.ts";
import { aDrawWorld, goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { aMonthOfWaits } from "#tests/support/waits.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { DrawMonitor, Draws } from "./draw-contract.ts";

type Who = StaffRole | "elsewhere";
const ROLES = ["clerk", "supervisor", "office_head", "hq", "admin"] as const;

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const staff = {} as Record<Who, string>;
let drawId: string;

beforeAll(async () => {
  services = await openTestServices();
  open = await aConsole(services);
  const addStaff = async (role: StaffRole, officeId: string | null): Promise<string> => {
    const [added] = await services.adminQuery<{ id: string }>(
      "insert into people.staff (id, office_id, role, name, created_at) values (gen_random_uuid(), $1, $2, 'Persona Ficticia', now()) returning id",
      [officeId, role],
    );
    return added!.id;
  };
  for (const role of ROLES)
    staff[role] = role === "hq" || role === "admin" ? await addStaff(role, null) : await aStaffId(services, role);
  staff.elsewhere = await addStaff("office_head", "los-angeles");
  drawId = await aDrawWorld(services, { hours: 1, counters: 3 });
  await someRequests(services, 16);
});
afterAll(async () => {
  await open.close();
  await services.close();
});

// Signed in anew each time: the tests move the clock by days.
const get = async (path: string, who: Who) => ask(open.app, "GET", path, await cookieOf(services, staff[who]));
const decide = async (who: Who, body: object) =>
  ask(open.app, "POST", "/regimes", await cookieOf(services, staff[who]), body);
const monitor = async (who: Who) => (await get(`/draws/${drawId}`, who)).body as DrawMonitor;

test("heads of offices and headquarters see draws; only headquarters turns the switch", async () => {
  const statuses = await Promise.all(ROLES.map(async (role) => (await get("/draws", role)).status));
  expect(statuses).toEqual([403, 403, 200, 200, 403]);
  expect(await Promise.all(ROLES.map(async (role) => (await get(`/draws/${drawId}`, role)).status))).toEqual(statuses);
  const wanted = { officeId: FRESNO, serviceGroup: "visas", wish: "immediate" };
  const allowed = await Promise.all(ROLES.map(async (role) => (await decide(role, wanted)).status));
  expect(allowed).toEqual([403, 403, 403, 200, 403]);
  expect((await decide("hq", { ...wanted, officeId: "atlantida" })).body.code).toBe("unknown_office");
  expect((await decide("hq", { ...wanted, wish: "never" })).status).toBe(400);
  // Help in an emergency is never drawn.
  expect((await decide("hq", { ...wanted, serviceGroup: "proteccion" })).status).toBe(400);
  expect((await get(`/draws/${randomUUID()}`, "hq")).body.code).toBe("unknown_draw");
});

test("an open draw tells its hours and nothing of who has asked", async () => {
  const { draws, regimes, maySet } = (await get("/draws", "hq")).body as Draws;
  expect(draws.map(({ kind, state }) => [kind, state])).toEqual(
    expect.arrayContaining([
      ["weekly", "open"],
      ["second", "open"],
    ]),
  );
  expect(maySet).toBe(true);
  expect(regimes.find((one) => one.serviceGroup === "documentacion")).toMatchObject({
    regime: "draw",
    officeId: FRESNO,
  });
  expect(await monitor("hq")).toMatchObject({ manifest: null, result: null, supply: [], days: [], offers: [] });
});

test("after the lock demand stands beside supply, and after the draw what became of the offers", async () => {
  await goOn(services, HOURS.lock);
  const locked = await monitor("office_head");
  expect(locked.manifest).toMatchObject({ entries: 16, people: 16 });
  expect(locked.supply).toEqual([
    { officeId: FRESNO, serviceGroup: "documentacion", places: 12, entries: 16, people: 16, asked: 16 },
  ]);
  expect(locked.days).toEqual([
    { officeId: FRESNO, serviceGroup: "documentacion", localDate: "2026-12-14", places: 12 },
  ]);
  await goOn(services, HOURS.round);
  const drawn = await monitor("office_head");
  expect(drawn.result).toEqual({ served: 12, waiting: 4 });
  expect(drawn.places).toEqual([{ officeId: FRESNO, places: 12, given: 12 }]);
  expect(drawn.offers).toEqual([{ officeId: FRESNO, open: 0, accepted: 12, silent: 0, declined: 0 }]);
});

test("the head of another office sees nothing of this one", async () => {
  expect(await monitor("elsewhere")).toMatchObject({ supply: [], days: [], places: [], households: [], offers: [] });
  expect(((await get("/draws", "elsewhere")).body as Draws).regimes).toEqual([]);
});

test("headquarters is proposed the places that would mend an office past the ceiling; another office is told nothing of it", async () => {
  const waiting = Array.from({ length: 9 }, (_, week): [number, number] => [100 - 5 * week, 5]);
  await services.adminQuery("update allocation.draws set state = 'void' where state = 'open'");
  await aMonthOfWaits(services, waiting);
  services.clock.advance(MINUTE_MS);
  const told = async (who: Who) => ((await get("/draws", who)).body as Draws).waits;
  // 720 stand and 45 are served: 675 are left, with the newcomers 775. At 0.312 the 45 places serve 144.
  const row = {
    officeId: FRESNO,
    serviceGroup: "documentacion",
    weeks: 9,
    more: true,
    past: true,
    // In one draw, in two, in three or four, in five and more.
    waiting: [95, 90, 85 + 80, 75 + 70 + 65 + 60 + 55],
    proposal: { places: 631, weekly: 55 },
  };
  expect(await told("hq")).toEqual([row]);
  expect(await told("office_head")).toEqual([row]);
  expect(await told("elsewhere")).toEqual([]);
});
