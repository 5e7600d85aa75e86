import { afterAll, beforeAll, expect, test } from "vitest";
import { formatFolio } from "#kernel/folio.ts";
import type { LocalDate, SessionId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { asSpecialDay, VENUE } from "#tests/support/special-days.ts";
import { goOn, HOURS, someRequests } from "#tests/support/draw-world.ts";
import { requestNumber } from "#modules/booking/index.ts";
import { requestToken } from "#modules/messaging/index.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aVisitor, PERSONS, verifyByEmail, type Visitor } from "../visit/visitor.fixtures.ts";
import { askUpToReview, send, twoOfficesThatDraw } from "./request.fixtures.ts";

const NAMES = ["Ana", "Bruno", "Celia", "Darío", "Elena", "Fermín", "Gloria", "Hugo"];
/** So many others ask that some of the named get no place of the eight, and so few that some do, whatever the round. */
const RIVALS = 4;

interface Asked {
  readonly id: string;
  readonly address: string;
}

let web: TestWeb;
let asked: Asked[];
beforeAll(async () => {
  web = await openTestWeb(twoOfficesThatDraw);
  asked = [];
  for (const name of NAMES) {
    const visitor = aVisitor(web);
    const address = `${name.normalize("NFD").replace(/\P{ASCII}/gu, "")}@ejemplo.invalid`.toLowerCase();
    const person = { ...PERSONS.juan, nombre: `Juan Ficticio ${name}` };
    await askUpToReview(visitor, web.services, [{ person, services: ["matricula-consular"] }], address);
    asked.push({ id: await send(visitor, false), address });
  }
  await someRequests(web.services, RIVALS, {}, 100);
});
afterAll(() => web.close());

const stateOf = async (id: string) =>
  (await web.services.adminQuery<{ state: string }>("select state from allocation.requests where id = $1", [id]))[0]!
    .state;
const bookings = async () => (await web.services.adminQuery("select 1 from booking.bookings")).length;
const textOf = ({ body }: { body: string }) => /<main.*<\/main>/s.exec(body)![0].replaceAll(/<[^>]*>/g, " ");

/** A later visit, after days: the code, then the number. Ends in front of the request. */
async function comesBack({ id, address }: Asked): Promise<Visitor> {
  const visitor = aVisitor(web);
  web.services.clock.advance(MINUTE_MS);
  await verifyByEmail(visitor, web.services, address, "/mi-cita");
  await visitor.post("/mi-cita/abrir", { folio: formatFolio(requestNumber(id as RequestId)) });
  expect(visitor.at).toBe(`/mi-solicitud/${id}`);
  return visitor;
}

async function oneThat(state: string): Promise<Asked> {
  const states = await Promise.all(asked.map(({ id }) => stateOf(id)));
  expect(states).toContain(state);
  return asked[states.indexOf(state)]!;
}

test("between lock and result the page says that places are being shared out", async () => {
  await goOn(web.services, HOURS.lock);
  const visitor = await comesBack(asked[0]!);
  const text = textOf(await visitor.get(visitor.at));
  expect(text).toContain("Se está repartiendo");
  expect(text).not.toContain("Cambiar mi solicitud");
  await goOn(web.services, HOURS.round);
});

test("where it was not the first wish she may say yes and wait for a better one; its page says what happens then", async () => {
  const { id, address } = await oneThat("offered");
  const visitor = await comesBack({ id, address });
  expect(textOf(await visitor.get(visitor.at))).not.toContain("¿Prefiere otro");
  const rank = (option: number) =>
    web.services.adminQuery(
      `update allocation.outcomes o set option = ${option} from allocation.filings f where f.app_id = o.app_id and f.request_id = $1`,
      [id],
    );
  await rank(1);
  expect(textOf(await visitor.get(visitor.at))).toContain("¿Prefiere otro de los que pidió?");
  await visitor.get(`/mi-solicitud/${id}/mejor`);
  expect(textOf(await visitor.get(visitor.at))).toContain("¿Prefiere otro de los que pidió?");
  const kept = textOf(await visitor.post(`/mi-solicitud/${id}/mejor`));
  expect(kept).toContain("Su lugar está guardado");
  expect(kept).toMatch(
    /Los lugares que regresan se reparten el miércoles, 2 de diciembre, 6:05\sp\.m\., hora de Fresno\./,
  );
  expect(kept).toContain("este sigue siendo suyo");
  expect(await stateOf(id)).toBe("offered");
  await web.services.adminQuery("update allocation.filings set upgrade = false where request_id = $1", [id]);
  await rank(0);
});

test("a place is shown with its hour and deadline; a link opens a page, and only its form confirms", async () => {
  const { id, address } = await oneThat("offered");
  const visitor = await comesBack({ id, address });
  const link = `/s/${await requestToken(web.services, id as RequestId)}`;
  const text = textOf(await visitor.get(link));
  expect(visitor.at).toBe(`/mi-solicitud/${id}`);
  expect(text).toContain("Le tocó lugar");
  expect(text).toContain("lunes, 14 de diciembre");
  expect(text).toMatch(/Conteste antes del miércoles, 2 de diciembre, 6:00\sp\.m\., hora de Fresno\./);
  expect(text).toContain("su lugar sigue siendo suyo");
  // It is in another town: the page says so before a yes, and the appointment after it.
  const [offered] = await web.services.adminQuery<{ session: SessionId; date: LocalDate }>(
    "select s.id as session, s.local_date::text as date from schedules.places p join schedules.sessions s on s.id = p.session_id where p.holder = $1",
    [id],
  );
  await asSpecialDay(web.services, offered!.session, { localDate: offered!.date, givenOut: "draw" });
  web.services.clock.advance(MINUTE_MS);
  for (const told of [VENUE.street, "No es en el edificio del consulado."])
    expect(textOf(await visitor.get(visitor.at))).toContain(told);
  for (const path of [link, `/mi-solicitud/${id}/confirmar`, `/mi-solicitud/${id}/no-puedo`]) {
    await visitor.get(path);
    await aVisitor(web).get(path);
  }
  expect(await stateOf(id)).toBe("offered");
  const stranger = await aVisitor(web).get(link);
  expect(stranger.body).not.toContain("Juan");
  expect(stranger.body).toBe((await aVisitor(web).get("/s/nada")).body);

  const before = await bookings();
  expect(textOf(await visitor.post(`/mi-solicitud/${id}/confirmar`))).toContain("Su cita está lista");
  expect(textOf(await visitor.get(visitor.at))).toContain(VENUE.street);
  expect(await stateOf(id)).toBe("confirmed");
  await visitor.post(`/mi-solicitud/${id}/confirmar`);
  expect(textOf(await visitor.get(`/mi-solicitud/${id}`))).toContain("su cita está confirmada");
  expect(await bookings()).toBe(before + 1);
});

test("a no costs nothing, and says so", async () => {
  const { id, address } = await oneThat("offered");
  const visitor = await comesBack({ id, address });
  const text = textOf(await visitor.post(`/mi-solicitud/${id}/no-puedo`));
  expect(text).toContain("No perdió nada.");
  expect(text).toContain("Ese lugar no quedó confirmado");
  expect(await stateOf(id)).toBe("standing");
});

test("without a place: kind words, no position, the next result, and papers to check it", async () => {
  const waiting = await web.services.adminQuery<{ id: string }>(
    "select request_id as id from allocation.filings where answer = 'waiting'",
  );
  const mine = asked.find(({ id }) => waiting.some((one) => one.id === id))!;
  const visitor = await comesBack(mine);
  const page = await visitor.get(visitor.at);
  expect(textOf(page)).toContain("Esta vez no le tocó lugar");
  expect(textOf(page)).toContain("El resultado siguiente sale el miércoles, 2 de diciembre");
  expect(textOf(page)).toContain("Cómo les fue a otras familias");
  expect(page.body).not.toMatch(/posici[oó]n|sorteo|gan(ó|ador)|suerte|premio/i);
  const file = /href="([^"]+\.jsonl)"/.exec(page.body)![1]!;
  const lines = (await visitor.get(file)).body.trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(["household", "promise"]);
});
