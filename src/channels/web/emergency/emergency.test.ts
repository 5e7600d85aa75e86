import { afterAll, beforeAll, expect, test } from "vitest";
import type { EmergencyAnswer, EmergencyId } from "#modules/emergencies/index.ts";
import { proposeAnswer, signAnswer } from "#modules/emergencies/index.ts";
import { aStaffId, staffContext } from "#modules/visits/visits.fixtures.ts";
import { aNo, anOpenOffice, aPlace, at } from "../../../modules/emergencies/emergencies.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aVisitor, newestDigits, PERSONS, type Visitor } from "../visit/visitor.fixtures.ts";

let web: TestWeb;
let staff: string[];
beforeAll(async () => {
  web = await openTestWeb(anOpenOffice);
  staff = await Promise.all([aStaffId(web.services), aStaffId(web.services)]);
});
afterAll(() => web.close());

const question = { que: "violence", cuando: "two_days", oficina: "fresno" };
const idOf = ({ at: url }: Visitor) => /\/aviso\/([0-9a-f-]{36})/.exec(url)![1] as EmergencyId;

/** What two clerks sign. */
async function answered(id: EmergencyId, answer: EmergencyAnswer): Promise<void> {
  for (const [i, member] of staff.entries()) {
    const ctx = staffContext(web.services, member);
    const [row] = await web.services.adminQuery<{ version: number }>(
      "select version from emergencies.requests where id = $1",
      [id],
    );
    const meant = { id, version: row!.version };
    const outcome = await (i === 0 ? proposeAnswer(ctx, meant, answer) : signAnswer(ctx, meant));
    if (!outcome.ok) throw new Error(outcome.refusal.code);
  }
}

test("a form that lacks an answer comes back with each that is missing, and asks nothing", async () => {
  const visitor = aVisitor(web);
  const page = await visitor.send("/emergencia/pedir", { oficina: "atlantis" });
  expect(page.statusCode).toBe(422);
  for (const text of [
    "Diga qué pasó.",
    "Diga para cuándo lo necesita.",
    "Elija un consulado.",
    "Diga cómo le contestamos.",
  ])
    expect(page.body).toContain(text);
  const bad = await visitor.send("/emergencia/pedir", { ...question, forma: "llamada", telefono: "911" });
  expect([bad.statusCode, bad.body.includes("Revise el teléfono")]).toEqual([422, true]);
  expect(bad.body).toMatch(/checked=""[^>]*value="violence"/);
  expect(await web.services.adminQuery("select from emergencies.requests")).toEqual([]);
  expect((await aVisitor(web).get("/emergencia/pedir?oficina=fresno")).body).toMatch(/<option value="fresno" selected/);
});

test("whoever gives a telephone sees by when she is called, in this visit alone and without what happened", async () => {
  const visitor = aVisitor(web);
  const page = await visitor.post("/emergencia/pedir", { ...question, forma: "llamada", telefono: "(559) 233-4500" });
  expect(page.body).toContain("Recibimos su petición");
  expect(page.body).toContain("11:00 a.m., hora de Fresno");
  expect(page.body).toContain("Le llamamos al teléfono");
  expect(page.body).not.toMatch(/hace daño|amenaza|233.?4500/);
  expect(page.body).not.toContain("está cerrado ahora");
  // Asked again it is the same one; to anybody else the address opens nothing.
  const mine = visitor.at;
  await visitor.post("/emergencia/pedir", { ...question, forma: "llamada", telefono: "559 233 4501" });
  expect(visitor.at).toBe(mine);
  const other = aVisitor(web);
  await other.get(mine);
  expect(other.at).toBe("/aviso/contacto");

  await answered(idOf(visitor), { ...aNo, reason: "not_consular" } as EmergencyAnswer);
  const no = await visitor.get("/aviso");
  expect(no.body).toContain("Esta vez no podemos darle un lugar urgente");
  expect(no.body).toContain("El jueves hay lugares para todos.");
  const review = await visitor.post(`/aviso/${idOf(visitor)}/titular`);
  expect(review.body).toContain("Recibimos su petición");
});

test("outside its hours the line on duty stands large on the receipt", async () => {
  web.services.clock.set(at("20:00"));
  const visitor = aVisitor(web);
  const page = await visitor.post("/en/emergencia/pedir", { ...question, forma: "llamada", telefono: "559 233 4600" });
  expect(page.body).toContain("The consulate is closed now");
  expect(page.body).toMatch(/class="sum-strong".*href="tel:/s);
  web.services.clock.set(at("09:00"));
});

test("with a proved contact: code, place, who comes on the pages of the booking, and the appointment", async () => {
  const visitor = aVisitor(web);
  await visitor.post("/emergencia/pedir", { ...question, forma: "aviso" });
  expect(visitor.at).toBe("/aviso/contacto");
  await visitor.post("/aviso/contacto", { forma: "email", correo: "urgente@example.org" });
  const asked = await visitor.post("/aviso/codigo", { codigo: await newestDigits(web.services) });
  expect(asked.body).toContain("Le mandamos un aviso a su contacto");
  const id = idOf(visitor);

  await answered(id, { ...aPlace("09:30"), words: "Pregunte por la licenciada en la puerta." });
  const granted = await visitor.get("/aviso");
  expect(granted.body).toContain("Hay un lugar para usted");
  expect(granted.body).toContain("Pregunte por la licenciada en la puerta.");
  await visitor.post(`/aviso/${id}/quien`);
  expect(visitor.at).toBe("/cita/persona/1");
  await visitor.post("/cita/persona/1", PERSONS.rosa);
  expect(visitor.at).toBe("/cita/revisar");
  const review = await visitor.get("/cita/revisar");
  expect(review.body).not.toMatch(/hold-timer|http-equiv="refresh"/);
  expect(review.body).toContain("9:30 a.m.");
  await visitor.post("/cita/revisar", {});
  expect(visitor.at).toMatch(/^\/cita\/lista\//);
  expect((await visitor.get(`/aviso/${id}`)).body).toContain("Ya tiene su cita");

  // On another day with the same contact: behind the message's link stands the same door.
  const later = aVisitor(web);
  await later.get("/aviso");
  expect(later.at).toBe("/aviso/contacto");
});

test("a place that the office cut is told as not answered yet, and nobody loses her turn to speak", async () => {
  const visitor = aVisitor(web);
  await visitor.post("/emergencia/pedir", { ...question, forma: "aviso" });
  await visitor.post("/aviso/contacto", { forma: "email", correo: "cortada@example.org" });
  await visitor.post("/aviso/codigo", { codigo: await newestDigits(web.services) });
  const id = idOf(visitor);
  await answered(id, aPlace("09:45"));
  await web.services.adminQuery(
    "update schedules.places set state = 'withdrawn', holder = null, held_until = null where holder = $1",
    [id],
  );
  await visitor.post(`/aviso/${id}/quien`);
  await visitor.post("/cita/persona/1", { ...PERSONS.rosa, nombre: "Otra Ficticia" });
  const page = await visitor.post("/cita/revisar", {});
  expect(visitor.at).toBe(`/aviso/${id}`);
  expect(page.body).toContain("Recibimos su petición");
  const withdrawn = await visitor.post(`/aviso/${id}/ya-no`);
  expect(withdrawn.body).toContain("Retiró su petición");
});

test("the figures say what is promised, and nothing while there is nothing to tell", async () => {
  const page = await aVisitor(web).get("/emergencia/cifras");
  expect(page.body).toContain("Todavía no hay cifras");
});
