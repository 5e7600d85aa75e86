import { afterAll, beforeAll, expect, test } from "vitest";
import { codeFor } from "#modules/conversations/conversations.fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { folded } from "./driver.ts";
import { aNumber } from "./gateway.ts";
import { aSwitchboard, type Switchboard } from "./voice.ts";

/** What the family said that nobody else may hear. */
const NAME = "Xochitlalli";
let services: TestServices;
let board: Switchboard;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  await aSession(services, { steps: 4, counters: 2 });
  board = await aSwitchboard(services);
});
afterAll(async () => {
  await board.close();
  await services.close();
});

/** A call of the family, as far as the days that it may choose from; the number is proved in it. */
async function familyCalls(From: string) {
  const call = board.call(From);
  await call.keys("1");
  await call.choose("Pedir una cita");
  for (const words of ["Fresno", "1", "1", `${NAME}, Inventada, De Prueba`, "17/05/1990, Oaxaca, mujer"])
    await call.says(words);
  await call.choose("Nadie más");
  return call;
}

test("whoever claims a number by telephone hears nothing of its calls and chats, and is told the same where there were none", async () => {
  const number = aNumber();
  await familyCalls(number);
  const heard: string[] = [];
  const stranger = async (From: string) => {
    const lines: string[] = [];
    for (const first of ["1", "2", "3"]) {
      const call = board.call(From);
      lines.push(await call.keys(first));
      for (const words of ["seguir", "000000", "hola", "menú", "seguir", "123456", "atrás", "revisar", "1"])
        lines.push(await call.says(words));
    }
    return lines;
  };
  heard.push(...(await stranger(number)));
  expect(heard.map(folded).filter((line) => line.includes(NAME.toLowerCase()))).toEqual([]);
  // A number that never called is answered by the same words.
  expect(await stranger(aNumber())).toEqual(heard);
});

test("the one who holds the number goes on with its code; the call that goes on needs none", async () => {
  const number = aNumber();
  const later = () => services.clock.set(new Date(services.clock.now().getTime() + 60_000));
  later();
  const first = await familyCalls(number);
  await first.choose("jueves 3 de diciembre");
  await first.says(await codeFor(services));
  expect(folded(await first.says("1"))).toContain(NAME.toLowerCase());
  later();
  // Proved in one call is not proved in the next.
  const next = board.call(number);
  expect(folded(await next.keys("3"))).toContain("codigo");
  await next.says(await codeFor(services));
  expect(folded(await next.says("1"))).toContain(NAME.toLowerCase());
});

test("whoever claims a number does not learn that it asked for urgent attention", async () => {
  const asks = async (From: string) => {
    const call = board.call(From);
    await call.keys("1");
    const lines = [];
    for (const words of ["emergencia", "2", "1", "Fresno", "1"]) lines.push(await call.says(words));
    return lines;
  };
  const number = aNumber();
  const first = await asks(number);
  expect(folded(first.at(-1)!)).toContain("una persona le contesta a este numero");
  const queued = await services.adminQuery("select 1 from emergencies.requests");
  expect(await asks(number)).toEqual(first);
  expect(await services.adminQuery("select 1 from emergencies.requests")).toEqual(queued);
  expect(await asks(aNumber())).toEqual(first);
  // Whoever hides her number cannot be called, and hears where somebody answers now.
  const hidden = await asks("anonymous");
  expect(folded(hidden.at(-1)!)).toContain("no vemos su numero");
});
