import { afterAll, beforeAll, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { requestNumber } from "#modules/booking/index.ts";
import { eraseRequest } from "#modules/booking/index.ts";
import { ACCOUNT_FRESH_MINUTES } from "#modules/people/index.ts";
import type { ContactId } from "#kernel/ids.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { citizen } from "#tests/support/fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aVisitor, newestDigits, PERSONS } from "../visit/visitor.fixtures.ts";
import { askUpToReview, send, twoOfficesThatDraw } from "./request.fixtures.ts";

const juan = { person: PERSONS.juan, services: ["matricula-consular"] };

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(twoOfficesThatDraw);
});
afterAll(() => web.close());

const stateOf = async (id: string) =>
  (
    await web.services.adminQuery<{ state: string; bytes: number; people: number; contact: ContactId }>(
      `select state, octet_length(sealed) as bytes, contact_id as contact,
              (select count(*)::int from allocation.request_people p where p.request_id = r.id) as people
         from allocation.requests r where id = $1`,
      [id],
    )
  )[0]!;

test("a request is seen, taken along and erased by its household: number and fresh code, withdrawn first, twice is once, and nobody else's", async () => {
  const visitor = aVisitor(web);
  await askUpToReview(visitor, web.services, [juan], "rufina@example.com");
  const id = await send(visitor, false);
  const number = requestNumber(id as RequestId);
  const own = await visitor.get(`/mi-solicitud/${id}`);
  for (const link of ["expediente", "mis-datos.json", "borrar"])
    expect(own.body).toContain(`/mi-solicitud/${id}/${link}`);

  const file = await visitor.get(`/mi-solicitud/${id}/mis-datos.json`);
  const document = file.json();
  expect([document.request.applicants[0].givenNames, document.contact.address, document.request.state]).toEqual([
    PERSONS.juan.nombre,
    "rufina@example.com",
    "standing",
  ]);
  expect(file.body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  const looks = await visitor.get(`/mi-solicitud/${id}/expediente`);
  expect(looks.body).toContain("Ver o llevarse los datos");

  // Another household finds none of it.
  const stranger = aVisitor(web);
  await askUpToReview(stranger, web.services, [{ person: PERSONS.rosa, services: juan.services }], "otra@example.com");
  for (const page of ["expediente", "mis-datos.json", "borrar"])
    expect((await stranger.get(`/mi-solicitud/${id}/${page}`)).statusCode).toBe(404);
  expect((await stranger.post(`/mi-solicitud/${id}/borrar`, { numero: number })).statusCode).toBe(404);

  const form = `/mi-solicitud/${id}/borrar`;
  expect((await visitor.get(form)).body).toContain("ya no participa");
  expect((await visitor.post(form, { numero: "7K3M-9QXA-2B4CD" })).statusCode).toBe(422);
  web.services.clock.advance(ACCOUNT_FRESH_MINUTES * MINUTE_MS + 1);
  expect((await visitor.post(form, { numero: number })).body).toContain("Primero confirme que es usted");
  const before = await stateOf(id);
  expect([before.state, before.bytes > 0, before.people]).toEqual(["standing", true, 1]);
  await visitor.post("/mi-cita", { forma: "email", correo: "rufina@example.com" });
  await visitor.post(visitor.at, { codigo: await newestDigits(web.services) });

  await visitor.post(form, { numero: number });
  expect(visitor.at).toBe("/mi-cita/borrada");
  expect(await stateOf(id)).toMatchObject({ state: "withdrawn", bytes: 0 });
  const log = () =>
    web.services.adminQuery("select from audit.entries where action in ('allocation.erase', 'allocation.withdraw')");
  expect(await log()).toHaveLength(2);
  await visitor.post(form, { numero: number });
  expect(visitor.at).toBe("/mi-cita/borrada");
  expect((await visitor.get(form)).statusCode).toBe(404);
  expect(await log()).toHaveLength(2);
  const again = await eraseRequest(citizen(web.services, before.contact), id as RequestId, before.contact);
  expect(again.ok).toBe(false);
});

test("an offered place is answered before its request is erased", async () => {
  const visitor = aVisitor(web);
  await askUpToReview(visitor, web.services, [juan], "rosa@example.com");
  const id = await send(visitor, false);
  await web.services.adminQuery("update allocation.requests set state = 'offered' where id = $1", [id]);
  expect((await visitor.get(`/mi-solicitud/${id}/borrar`)).statusCode).toBe(409);
  const number = requestNumber(id as RequestId);
  expect((await visitor.post(`/mi-solicitud/${id}/borrar`, { numero: number })).statusCode).toBe(409);
  expect((await stateOf(id)).bytes).toBeGreaterThan(0);
});
