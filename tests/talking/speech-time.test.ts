import { afterAll, beforeAll, expect, test } from "vitest";
import { VOICE_TEXTS } from "#channels/voice/texts.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { codeFor } from "#modules/conversations/conversations.fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { folded } from "./driver.ts";
import { aNumber } from "./gateway.ts";
import { aSwitchboard, type Switchboard } from "./voice.ts";

const DANGER = VOICE_TEXTS.es.dangerFirst;
/** Words a minute of a calm voice. Own: measure it with the voice that is bought. */
const WORDS_A_MINUTE = 150;
/** Seconds in which somebody finds the key, or says a place. Own. */
const ANSWER_SECONDS = 3;
/** Seconds until the code is there, read and keyed. Own. */
const CODE_SECONDS = 20;
/** Minutes that a booking may take by telephone, without what is a name (issue of the channels). */
const MOST_MINUTES = 4;

let services: TestServices;
let board: Switchboard;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  await aSession(services, { steps: 16, counters: 4, localDate: "2026-12-03" as LocalDate });
  board = await aSwitchboard(services);
});
afterAll(async () => {
  await board.close();
  await services.close();
});

test("one person books by telephone in four minutes, hearing every prompt to its end", async () => {
  const call = board.call(aNumber());
  let seconds = 0;
  const hears = (answer: number): void => {
    // The answers stand in the text with their digits; danger is said before it.
    const said = `${DANGER} ${call.last().text}`;
    seconds += (said.split(/\s+/).length / WORDS_A_MINUTE) * 60 + answer;
  };
  await call.keys("1");
  hears(2 * ANSWER_SECONDS);
  const answer = async (words: string, takes = ANSWER_SECONDS): Promise<void> => {
    const choice = call.last().choices.find(({ title }) => folded(title).startsWith(folded(words)));
    await call.says(choice?.key ?? words);
    hears(takes);
  };
  for (const words of ["Pedir una cita", "Fresno", "1", "Pasaporte"]) await answer(words);
  // Names and birth are what takes as long as it takes.
  await call.says("Ficticia, Inventada, De Prueba");
  await call.says("17/05/1990, Oaxaca, mujer");
  hears(0);
  await answer("Nadie más");
  await answer("jueves 3 de diciembre");
  await answer(await codeFor(services), CODE_SECONDS);
  await answer("1");
  await answer("Sí, confirmar");
  expect(folded(call.last().text)).toMatch(/^listo\. cita: jueves 3 de diciembre/);
  expect(seconds / 60).toBeLessThanOrEqual(MOST_MINUTES);
  console.info(`A booking of one person takes ${(seconds / 60).toFixed(1)} minutes of speech without names.`);
});
