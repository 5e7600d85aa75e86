import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { aSession, FRESNO, VISIT_DAY } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { codeFor, openLine, type Line, type Phone } from "./conversations.fixtures.ts";
import type { TalkChannel } from "./types.ts";

let services: TestServices;
let line: Line;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  await aSession(services, { steps: 16, counters: 4 });
  await aSession(services, { steps: 16, counters: 4, localDate: "2026-12-04" as LocalDate });
  line = await openLine(services);
});
afterAll(() => services.close());

/** Where a channel asks for a code it is typed; elsewhere there is nothing to type. */
async function prove(phone: Phone, channel: TalkChannel): Promise<void> {
  if (channel === "sms") await phone.say(await codeFor(services));
}

let people = 0;
const LETTERS = "bcdfgjklmnprst";
/** Another fictional person each time, in words that look like a name. */
function aName(): string {
  const n = people++;
  return `Ficticia ${LETTERS[n % 14]}a${LETTERS[Math.floor(n / 14) % 14]}o, Inventada, De Prueba`;
}

/** From the menu to the question who else comes. */
async function toFirstPerson(phone: Phone): Promise<void> {
  await phone.say("Hola");
  await phone.pick("book");
  await phone.say("Fresno");
  await phone.pick(FRESNO);
  await phone.pick("Pasaporte");
  await phone.say(aName());
  await phone.say("17/05/1990, Oaxaca, mujer");
}

async function toReview(phone: Phone, channel: TalkChannel): Promise<void> {
  await phone.pick("nobody");
  await phone.pick(VISIT_DAY);
  await prove(phone, channel);
  await phone.pick(phone.last().choices[1]!.title);
}

async function bookOne(phone: Phone, channel: TalkChannel): Promise<string> {
  await toFirstPerson(phone);
  await toReview(phone, channel);
  const { text } = await phone.pick("yes");
  return /(?:Folio|número) ([\w-]+)\./i.exec(text)?.[1] ?? "";
}

describe.each(["whatsapp", "sms"] as const)("on %s", (channel) => {
  test("a family is booked, in few messages", async () => {
    const phone = line.phone(undefined, channel);
    await toFirstPerson(phone);
    const before = phone.counts.in;
    await phone.pick("Otra: Pasaporte");
    await phone.say("Luz, Inventada, De Prueba, 3/4/2019, Yucatán, niña");
    expect(phone.last().text).toContain("Luz tiene menos de 18");
    await phone.pick("both");
    expect(phone.counts.in - before).toBeLessThanOrEqual(3);
    await toReview(phone, channel);
    expect(phone.last().text).toContain("1. Ficticia");
    expect(phone.last().text).toContain("2. Luz Inventada De Prueba");
    const { text } = await phone.pick("yes");
    expect(text).toMatch(/^Listo\. Cita: jueves 3 de diciembre, .*Fresno\. Folio /);
  });

  test("one person costs at most twelve messages each way", async () => {
    const phone = line.phone(undefined, channel);
    const folio = await bookOne(phone, channel);
    expect(folio).not.toBe("");
    expect(phone.counts.in).toBeLessThanOrEqual(channel === "sms" ? 13 : 12);
    expect(phone.counts.out).toBe(phone.counts.in);
  });
});
