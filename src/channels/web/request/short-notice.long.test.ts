import { afterAll, beforeAll, expect, test } from "vitest";
import { formatFolio } from "#kernel/folio.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { requestNumber } from "#modules/booking/index.ts";
import { goOn } from "#tests/support/draw-world.ts";
import { at, drawnAt, freedPlaces } from "#tests/support/short-draws.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aVisitor, PERSONS, verifyByEmail } from "../visit/visitor.fixtures.ts";
import { askUpToReview, twoOfficesThatDraw } from "./request.fixtures.ts";

const ADDRESS = "ana@ejemplo.invalid";
let web: TestWeb;
let id: RequestId;
beforeAll(async () => {
  web = await openTestWeb(
    async (services) => void (await freedPlaces(services, 1, [], () => twoOfficesThatDraw(services))),
  );
  const visitor = aVisitor(web);
  await askUpToReview(visitor, web.services, [{ person: PERSONS.juan, services: ["matricula-consular"] }], ADDRESS);
  await visitor.post("/cita/pedir/revisar", { pronto: "1" });
  id = /\/mi-solicitud\/([0-9a-f-]{36})\?/.exec(visitor.at)![1] as RequestId;
});
afterAll(() => web.close());

async function ownPage(): Promise<string> {
  const visitor = aVisitor(web);
  await verifyByEmail(visitor, web.services, ADDRESS, "/mi-cita");
  const page = await visitor.post("/mi-cita/abrir", { folio: formatFolio(requestNumber(id)) });
  return /<main.*<\/main>/s.exec(page.body)![0].replaceAll(/<[^>]*>/g, " ");
}
async function publicPage(url: string): Promise<string> {
  const reply = await web.get(url);
  expect([url, reply.statusCode, await htmlProblems(reply.body)]).toEqual([url, 200, []]);
  return reply.body;
}

test("a place of tomorrow is shown with its two hours and what silence means; afterwards that it went on and nothing is lost", async () => {
  const draw = await drawnAt(web.services, "16:00");
  const offered = await ownPage();
  expect(offered).toContain("Le tocó lugar");
  expect(offered).toMatch(/Conteste antes del domingo, 13 de diciembre, 10:15\sa\.m\., hora de Fresno\./);
  expect(offered).toContain("si no contesta antes, pasa a otra familia");
  expect(offered).not.toContain("sigue siendo suyo");

  const list = await publicPage("/repartos");
  expect(list).toMatch(/<summary>De un día para otro<\/summary>/);
  expect(list).toContain(`<a href="/repartos/${draw}">domingo, 13 de diciembre, 10:15`);
  // Not among the weekly ones.
  expect(list.slice(list.indexOf('id="past"'), list.indexOf("De un día para otro"))).not.toContain(draw);
  const page = await publicPage(`/repartos/${draw}`);
  expect(page).toContain("Lugares de un día para otro, 13 de diciembre de 2026");
  expect(page).toContain("Quien no contesta en dos horas deja su lugar a otra familia.");
  expect(page).toContain("Último momento para contestar");
  expect(await publicPage(`/en/repartos/${draw}`)).toContain("Next-day places");

  await goOn(web.services, at("18:15"));
  const passed = await ownPage();
  expect(passed).toContain("Terminó el tiempo para contestar");
  expect(passed).toContain("No perdió nada.");
  expect(passed).toContain("El resultado siguiente sale el");
});
