import { expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { fixedClock } from "./clock.ts";
import type { Database } from "./db/index.ts";
import { lookEach } from "./look.ts";

const AT_HALF_A_MINUTE = new Date("2026-11-22T18:00:30Z");

/** Finds whatever stands in `now`, and counts how often it looked. */
function aLook() {
  const world = { now: { places: 3 } as { places: number } | Error, looks: 0 };
  const services = { database: {} as Database, clock: fixedClock(AT_HALF_A_MINUTE) };
  const get = lookEach(MINUTE_MS, async (_services: typeof services) => {
    world.looks += 1;
    await Promise.resolve();
    if (world.now instanceof Error) throw world.now;
    return { ...world.now };
  });
  return { world, services, get };
}

test("all who ask in one minute of the clock have one look, and the full minute has the next", async () => {
  const { world, services, get } = aLook();
  const [first, ...others] = await Promise.all(Array.from({ length: 20 }, () => get(services)));
  for (const other of others) expect(other).toBe(first);
  world.now = { places: 2 };
  services.clock.advance(MINUTE_MS / 2 - 1);
  expect(await get(services)).toBe(first);
  expect(world.looks).toBe(1);
  services.clock.advance(1);
  expect(await get(services)).toEqual({ places: 2 });
  // A clock that is moved back is followed too.
  services.clock.advance(-MINUTE_MS);
  await get(services);
  expect(world.looks).toBe(3);
});

test("it is the same object while nothing changed", async () => {
  const { world, services, get } = aLook();
  const first = await get(services);
  services.clock.advance(MINUTE_MS);
  expect(await get(services)).toBe(first);
  expect(world.looks).toBe(2);
  world.now = { places: 4 };
  services.clock.advance(MINUTE_MS);
  expect(await get(services)).not.toBe(first);
});

test("a look that fails fails for those who wait for it, and the next who asks looks again", async () => {
  const { world, services, get } = aLook();
  world.now = new Error("away");
  const asked = await Promise.allSettled([get(services), get(services)]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(world.looks).toBe(1);
  world.now = { places: 1 };
  expect(await get(services)).toEqual({ places: 1 });
  expect(world.looks).toBe(2);
});

test("an old look that fails late does not take away what is known since", async () => {
  const services = { database: {} as Database, clock: fixedClock(AT_HALF_A_MINUTE) };
  const gates: { pass: (places: number) => void; fail: (error: Error) => void }[] = [];
  const get = lookEach(
    MINUTE_MS,
    (_services: typeof services) => new Promise<number>((pass, fail) => void gates.push({ pass, fail })),
  );
  const old = get(services);
  services.clock.advance(MINUTE_MS);
  const next = get(services);
  await Promise.resolve();
  gates[0]!.fail(new Error("late"));
  await expect(old).rejects.toThrow("late");
  await expect.poll(() => gates.length).toBe(2);
  gates[1]!.pass(7);
  expect(await next).toBe(7);
  expect(await get(services)).toBe(7);
  expect(gates).toHaveLength(2);
});

test("a look may answer with what was told last, and each database is looked at by itself", async () => {
  const services = { database: {} as Database, clock: fixedClock(AT_HALF_A_MINUTE) };
  let isAway = false;
  const get = lookEach(MINUTE_MS, (_services: typeof services, last: number | undefined, more: number) =>
    Promise.resolve(isAway ? (last ?? -1) : more),
  );
  expect(await get(services, 5)).toBe(5);
  isAway = true;
  services.clock.advance(MINUTE_MS);
  expect(await get(services, 6)).toBe(5);
  expect(await get({ ...services, database: {} as Database }, 6)).toBe(-1);
});
