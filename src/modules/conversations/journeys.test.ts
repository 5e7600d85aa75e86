import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { systemContext } from "#platform/context.ts";
import { aSession, FRESNO, VISIT_DAY } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { codeFor, openLine, type Line, type Phone } from "./conversations.fixtures.ts";
import { conversationTasks } from "./jobs.ts";
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

async function fromMenu(phone: Phone, choice: string): Promise<void> {
  await phone.say("menú");
  await phone.pick(choice);
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

  test("a booking is changed, confirmed and cancelled with its folio", async () => {
    const phone = line.phone(undefined, channel);
    const folio = await bookOne(phone, channel);
    await fromMenu(phone, "own");
    await phone.say(folio);
    expect(phone.last().text).toContain("jueves 3 de diciembre");
    await phone.pick("confirm");
    expect(phone.last().text).toContain("sigue en pie");
    await fromMenu(phone, "own");
    await phone.say("17 de mayo de 1990");
    await phone.pick("change");
    await phone.say("el viernes 4 de diciembre");
    await phone.pick(phone.last().choices[1]!.title);
    expect((await phone.pick("yes")).text).toMatch(/^Listo\. Su cita cambió: viernes 4 de diciembre/);
    await fromMenu(phone, "own");
    await phone.say(folio);
    await phone.pick("cancel");
    expect((await phone.pick("yes")).text).toContain("Cita cancelada");
    await fromMenu(phone, "own");
    expect((await phone.say(folio)).text).toContain("no podemos abrir nada");
  });

  test("requirements, office, releases and a person", async () => {
    const phone = line.phone(undefined, channel);
    await phone.say("hola");
    await phone.pick("requirements");
    expect((await phone.pick("Pasaporte")).text).toContain("Pasaporte, de 3 a 17 años");
    await fromMenu(phone, "find");
    expect((await phone.say("93701")).text).toMatch(/Consulado en Fresno[^]*Consulado móvil/);
    await fromMenu(phone, "releases");
    await phone.say("Fresno, CA");
    expect((await phone.pick(FRESNO)).text).toContain("Próximas citas en Fresno");
    await phone.say("persona");
    const tasks = "select t.reason from conversations.tasks t where t.channel = $1 and t.reason = 'asked'";
    expect(await services.adminQuery(tasks, [channel])).toHaveLength(1);
  });

  test("six answers that are not understood reach a person, and the question stays", async () => {
    const phone = line.phone(undefined, channel);
    await phone.say("Hola");
    await phone.pick("book");
    for (const wrong of ["😀", "qwzx", "¿¿??", "-", "zzzz zzzz"]) await phone.say(wrong);
    expect(phone.last().text).toContain("escriba persona");
    expect((await phone.say("xkcdqq")).text).toMatch(/Una persona le escribe[^]*¿En qué ciudad vive\?/);
  });

  test("who comes back the next day goes on where it stood", async () => {
    const phone = line.phone(undefined, channel);
    await toFirstPerson(phone);
    await phone.pick("nobody");
    services.clock.set(new Date(services.clock.now().getTime() + 20 * 3_600_000));
    expect((await phone.say("hola")).text).toBe("Estábamos eligiendo un día. ¿Seguimos?");
    expect((await phone.pick("Sí, seguir")).text).toContain("¿Qué día puede ir?");
    expect((await phone.say("atrás")).text).toContain("¿Viene alguien más?");
  });

  test("danger is answered at every question, without a name, and nothing is lost", async () => {
    const phone = line.phone(undefined, channel);
    for (const step of ["Hola", "1", "Fresno", "1", "1"]) {
      const { choices } = await phone.say(step);
      if (choices.length > 0) expect(choices[0]).toMatchObject({ key: "0", value: "danger" });
      expect((await phone.say("0")).text).toMatch(/911[^]*Desde México[^]*No pedimos su nombre/);
    }
    expect((await phone.say("se llevaron detuvieron a mi esposo")).text).toContain("911");
    expect((await phone.say(aName())).text).toContain("CURP");
  });
});

test("silence of three days leaves nothing: neither state nor what was said", async () => {
  services.clock.set(new Date(services.clock.now().getTime() + 80 * 3_600_000));
  const [task] = conversationTasks({ availability: line.availability, carriers: [] }).filter(({ name }) =>
    name.endsWith("erase"),
  );
  await task!.run(systemContext(services, "erase"));
  for (const table of ["threads", "inbox", "replies"])
    expect(await services.adminQuery(`select 1 from conversations.${table}`), table).toEqual([]);
});
