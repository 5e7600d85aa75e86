import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "#platform/db/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anAnnouncedRoom } from "#tests/support/rooms.ts";
import { getRooms, lookAgain } from "./rooms.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
  await anAnnouncedRoom(services);
});
afterEach(() => services.close());

function withResolver() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

/** The same database, whose first answer is read at once and arrives only after `arrives`. */
function slowAtFirst(database: Database, arrives: Promise<unknown>, read: () => void): Database {
  let asked = 0;
  return {
    ...database,
    async reading(role, work) {
      const first = asked++ === 0;
      const answer = await database.reading(role, work);
      if (first) {
        read();
        await arrives;
      }
      return answer;
    },
  };
}

test("a look that was under way when something was opened does not bring the time before back", async () => {
  const [arrives, read] = [withResolver(), withResolver()];
  const node = { clock: services.clock, database: slowAtFirst(services.database, arrives.promise, read.resolve) };
  const states = async () => (await getRooms(node)).map((room) => room.state);

  const before = states();
  const same = states();
  await read.promise;
  await services.adminQuery("update room.rooms set state = 'open'");
  lookAgain(node);
  expect(await states()).toEqual(["open"]);
  arrives.resolve();
  expect([await before, await same]).toEqual([["announced"], ["announced"]]);
  expect(await states()).toEqual(["open"]);
});

test("many that ask at once are told by one look", async () => {
  let asked = 0;
  const database: Database = {
    ...services.database,
    reading: (role, work) => ((asked += 1), services.database.reading(role, work)),
  };
  await Promise.all(Array.from({ length: 50 }, () => getRooms({ clock: services.clock, database })));
  expect(asked).toBe(1);
});
