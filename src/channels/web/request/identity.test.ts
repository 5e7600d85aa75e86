import { afterAll, beforeAll, expect, test } from "vitest";
import { formatFolio } from "#kernel/folio.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { requestNumber } from "#modules/booking/index.ts";
import { goOn, HOURS } from "#tests/support/draw-world.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aVisitor, PERSONS, verifyByEmail } from "../visit/visitor.fixtures.ts";
import { askUpToReview, send, twoOfficesThatDraw } from "./request.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(twoOfficesThatDraw);
});
afterAll(() => web.close());

test("whoever is drawn and cannot be booked is told that she stands, and promised nothing that nobody can keep", async () => {
  // Two contacts for one person, and room for both.
  const addressOf = new Map<string, string>();
  for (const address of ["una@ejemplo.invalid", "otra@ejemplo.invalid"]) {
    const visitor = aVisitor(web);
    await askUpToReview(visitor, web.services, [{ person: PERSONS.juan, services: ["matricula-consular"] }], address);
    addressOf.set(await send(visitor, false), address);
    web.services.clock.advance(MINUTE_MS);
  }
  await goOn(web.services, HOURS.lock);
  await goOn(web.services, HOURS.round);
  const [told, ...others] = await web.services.adminQuery<{ id: string }>(
    "select request_id as id from allocation.filings where answer = 'not_live'",
  );
  expect(others).toEqual([]);
  const visitor = aVisitor(web);
  web.services.clock.advance(MINUTE_MS);
  await verifyByEmail(visitor, web.services, addressOf.get(told!.id)!, "/mi-cita");
  const page = await visitor.post("/mi-cita/abrir", { folio: formatFolio(requestNumber(told!.id as RequestId)) });
  expect(visitor.at).toBe(`/mi-solicitud/${told!.id}`);
  const text = /<main.*<\/main>/s.exec(page.body)![0].replaceAll(/<[^>]*>/g, " ");
  expect(text).toContain("Falta comprobar quién es usted");
  expect(text).toContain("Su solicitud sigue en el reparto siguiente por sí sola.");
  expect(text).toContain("El resultado siguiente sale el miércoles, 2 de diciembre");
  expect(text).not.toMatch(/antes de confirmar|mostrador|le tocó|otr[ao] (persona|contacto|familia)/i);
});
