import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, goOn, HOURS } from "#tests/support/draw-world.ts";
import { aSession } from "#tests/support/fixtures.ts";
import { folded, type Line, type Talker } from "./driver.ts";
import { DRIVERS } from "./drivers.ts";

const MONDAY = new Date("2026-11-23T18:00:00Z");
/** Sessions at which the parties of these tests find room. */
const SESSIONS = ["2026-12-03", "2026-12-04"] as LocalDate[];

let people = 0;
const LETTERS = "bcdfgjklmnprst";
/** Another fictional person each time, in words that look like a name. */
function aName(): string {
  const n = people++;
  return `Ficticia ${LETTERS[n % 14]}a${LETTERS[Math.floor(n / 14) % 14]}o, Inventada, De Prueba`;
}

async function fromMenu(talker: Talker, choice: string): Promise<void> {
  await talker.say("menú");
  await talker.choose(choice);
}

/** From the menu to the question who else comes. */
async function toFirstPerson(talker: Talker, service = "Pasaporte"): Promise<void> {
  await talker.say("Hola");
  await talker.choose("Pedir una cita");
  await talker.say("Fresno");
  await talker.choose("Fresno");
  await talker.choose(service);
  await talker.say(aName());
  await talker.say("17/05/1990, Oaxaca, mujer");
}

async function toReview(talker: Talker): Promise<void> {
  await talker.choose("Nadie más");
  await talker.choose("jueves 3 de diciembre");
  await talker.prove();
  await talker.choose(talker.last().choices.find(({ key }) => key === "1")!.title);
}

async function bookOne(talker: Talker): Promise<string> {
  await toFirstPerson(talker);
  await toReview(talker);
  const { text } = await talker.choose("Sí, confirmar");
  return folioIn(text);
}

const folioIn = (text: string): string => /(?:folio|numero) ([\w-]+)\./.exec(folded(text))?.[1]?.toUpperCase() ?? "";
const says = (talker: Talker): string => folded(talker.last().text);

describe.each(DRIVERS)("on $name", (driver) => {
  let services: TestServices;
  let line: Line;
  beforeAll(async () => {
    services = await openTestServices({ now: MONDAY });
    for (const localDate of SESSIONS) await aSession(services, { steps: 16, counters: 4, localDate });
    line = await driver.open(services);
  });
  afterAll(async () => {
    await line.close();
    await services.close();
  });
  const tasks = (reason: string) =>
    services.adminQuery("select 1 from conversations.tasks where reason = $1", [reason]);

  test("1 a family is booked; each further person costs few messages", async () => {
    const talker = line.talker();
    await toFirstPerson(talker);
    const before = talker.counts.in;
    await talker.choose("Otra: Pasaporte");
    await talker.say("Luz, Inventada, De Prueba, 3/4/2019, Yucatán, niña");
    expect(says(talker)).toContain("luz tiene menos de 18");
    await talker.choose("Mamá y papá");
    expect(talker.counts.in - before).toBeLessThanOrEqual(driver.most.further);
    await toReview(talker);
    expect(says(talker)).toMatch(/1\. ficticia[^]*2\. luz inventada de prueba/);
    await talker.choose("Sí, confirmar");
    expect(says(talker)).toMatch(/^listo\. cita: jueves 3 de diciembre, .*fresno\. folio /);
  });

  test("one person costs few messages each way, and is answered once for each", async () => {
    const talker = line.talker();
    expect(await bookOne(talker)).not.toBe("");
    expect(talker.counts.in).toBeLessThanOrEqual(driver.most.one);
    expect(talker.counts.out).toBe(talker.counts.in);
  });

  test("4, 5 a booking is changed, confirmed and cancelled with its folio", async () => {
    const talker = line.talker();
    const folio = await bookOne(talker);
    await fromMenu(talker, "Mi cita");
    await talker.say(folio);
    expect(says(talker)).toContain("jueves 3 de diciembre");
    await talker.choose("Sí voy");
    expect(says(talker)).toContain("sigue en pie");
    await fromMenu(talker, "Mi cita");
    await talker.say("17 de mayo de 1990");
    await talker.choose("Cambiar");
    await talker.say("el viernes 4 de diciembre");
    await talker.choose(talker.last().choices.find(({ key }) => key === "1")!.title);
    await talker.choose("Sí, confirmar");
    expect(says(talker)).toMatch(/^listo\. su cita cambio: viernes 4 de diciembre/);
    await fromMenu(talker, "Mi cita");
    await talker.say(folio);
    await talker.choose("Cancelar");
    await talker.choose("Sí, cancelar");
    expect(says(talker)).toContain("cita cancelada");
    await fromMenu(talker, "Mi cita");
    await talker.say(folio);
    expect(says(talker)).toContain("no podemos abrir nada");
  });

  test("6, 7 the mobile consulate, and what a minor's passport needs", async () => {
    const talker = line.talker();
    await talker.say("hola");
    await talker.choose("Requisitos");
    await talker.choose("Pasaporte");
    expect(says(talker)).toContain("pasaporte, de 3 a 17 anos");
    await fromMenu(talker, "Buscar un consulado");
    await talker.say("93701");
    expect(says(talker)).toMatch(/consulado en fresno[^]*consulado movil/);
  });

  test("8 a person is called, once, and the place is kept", async () => {
    const talker = line.talker();
    await talker.say("Hola");
    await talker.choose("Pedir una cita");
    const before = (await tasks("asked")).length;
    await talker.say("persona");
    expect(says(talker)).toMatch(/una persona le escribe[^]*en que ciudad vive/);
    expect(await tasks("asked")).toHaveLength(before + 1);
  });

  test("9 six answers that are not understood reach a person, and the question stays", async () => {
    const talker = line.talker();
    await talker.say("Hola");
    await talker.choose("Pedir una cita");
    for (const wrong of ["😀", "qwzx", "¿¿??", "-", "zzzz zzzz"]) await talker.say(wrong);
    expect(says(talker)).toMatch(/(escriba|diga) persona/);
    expect(await tasks("not_understood")).toEqual([]);
    await talker.say("xkcdqq");
    expect(says(talker)).toMatch(/una persona le escribe[^]*en que ciudad vive/);
    expect(await tasks("not_understood")).toHaveLength(1);
  });

  test("danger is answered at every question, without a name, and nothing is lost", async () => {
    const talker = line.talker();
    for (const step of ["Hola", "1", "Fresno", "1", "1"]) {
      await talker.say(step);
      await talker.say("0");
      expect(says(talker)).toMatch(/911[^]*desde mexico[^]*no pedimos su nombre/);
    }
    await talker.say("detuvieron a mi esposo");
    expect(says(talker)).toContain("911");
    await talker.say(aName());
    expect(says(talker)).toContain("curp");
  });

  test("an emergency is in the office's queue after two questions, once, and nobody proves anything for it", async () => {
    const talker = line.talker();
    const asked = () =>
      services.adminQuery("select office_id, state from emergencies.requests where channel = $1", [driver.channel]);
    const before = await asked();
    await talker.say("Hola");
    for (const time of ["first", "again"]) {
      await talker.say("tengo una emergencia");
      await talker.choose("Muerte");
      await talker.choose("En dos");
      await talker.say("Fresno");
      await talker.choose("Fresno");
      // Whoever asks again hears the same: anybody can claim a number.
      expect(says(talker), time).toMatch(/^listo\. una persona le contesta a este numero/);
      expect(says(talker), time).not.toMatch(/emergencia|muerte/);
      expect((await asked()).slice(before.length)).toEqual([{ office_id: "fresno", state: "asked" }]);
    }
  });

  test("10 who comes back the next day goes on where it stood", async () => {
    const talker = line.talker();
    await toFirstPerson(talker);
    await talker.choose("Nadie más");
    services.clock.set(new Date(services.clock.now().getTime() + 20 * HOUR_MS));
    await talker.say("hola");
    expect(says(talker)).toMatch(/^estabamos eligiendo un dia\. ¿seguimos\?/);
    await talker.choose("Sí, seguir");
    expect(says(talker)).toContain("que dia puede ir?");
    await talker.say("atrás");
    expect(says(talker)).toContain("viene alguien mas?");
  });
});

describe.each(DRIVERS)("where places are drawn, on $name", (driver) => {
  let services: TestServices;
  let line: Line;
  beforeAll(async () => {
    services = await openTestServices();
    await aDrawWorld(services);
    line = await driver.open(services);
  });
  afterAll(async () => {
    await line.close();
    await services.close();
  });

  test("2, 3 a place is asked for, falls to her, and is hers by answering 1", async () => {
    const talker = line.talker();
    await toFirstPerson(talker, "Matrícula");
    await talker.choose("Nadie más");
    await talker.choose("Pedir y que me pregunten");
    await talker.choose("Sí, confirmar");
    if (says(talker).includes("codigo")) await talker.prove();
    const number = folioIn(talker.last().text);
    expect(number).not.toBe("");
    await goOn(services, HOURS.lock);
    await goOn(services, HOURS.round);
    const states = () =>
      services
        .adminQuery<{ state: string }>("select state from allocation.requests")
        .then((all) => all.map((one) => one.state));
    expect(await states()).toEqual(["offered"]);
    await talker.say("menú");
    await talker.choose("Mi cita");
    await talker.say(number);
    if (says(talker).includes("codigo")) await talker.prove();
    expect(says(talker)).toMatch(/le toco lugar: lunes 14 de diciembre[^]*lo acepta\?/);
    await talker.say("1");
    expect(says(talker)).toContain("el lugar es suyo");
    await goOn(services, HOURS.round);
    expect(await services.adminQuery("select 1 from booking.bookings where state = 'active'")).toHaveLength(1);
  });
});
