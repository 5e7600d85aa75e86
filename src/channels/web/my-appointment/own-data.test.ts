import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { getFile } from "#modules/booking/index.ts";
import { ACCOUNT_FRESH_MINUTES } from "#modules/people/index.ts";
import { aStaffId, staffContext } from "#modules/visits/visits.fixtures.ts";
import { TEST_ROLE_SECRET } from "#tests/support/cluster.ts";
import { adminQuery } from "#tests/support/cluster.ts";
import { roleUrl } from "#platform/db/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { citizen, FRESNO } from "#tests/support/fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aBookedVisitor, aMorningInFresno, newestDigits } from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const count = async (statement: string, ...values: unknown[]) =>
  Number((await web.services.adminQuery<{ n: string }>(`select count(*) as n from ${statement}`, values))[0]!.n);
const left = (id: string) =>
  Promise.all(
    [
      "bookings where id",
      "applicants where booking_id",
      "appointments where booking_id",
      "claims where booking_id",
    ].map((one) => count(`booking.${one} = $1`, id)),
  );

test("who opened the file is told by position and office, across the turn of the year, and never by name", async () => {
  const { visitor, id } = await aBookedVisitor(web, "Elvira Ficticia", "elvira@example.com");
  const staffId = await aStaffId(web.services);
  const [{ name }] = (await web.services.adminQuery<{ name: string }>("select name from people.staff where id = $1", [
    staffId,
  ])) as [{ name: string }];
  const before = await visitor.get(`/mi-cita/${id}/expediente`);
  expect(before.body).not.toContain("Personal de ventanilla");
  const opened = await getFile(staffContext(web.services, staffId), FRESNO, id as BookingId);
  expect(opened.ok).toBe(true);
  const after = await visitor.get(`/mi-cita/${id}/expediente`);
  expect(after.body).toContain("Personal de ventanilla, Fresno");
  expect(after.body).toContain("Abrió el expediente para atender");
  for (const secret of [name, staffId]) expect(after.body).not.toContain(secret);
  // The other one's file says nothing of it.
  const another = await aBookedVisitor(web, "Norma Ficticia", "norma@example.com");
  expect((await another.visitor.get(`/mi-cita/${another.id}/expediente`)).body).not.toContain("ventanilla, Fresno");
  expect((await another.visitor.get(`/mi-cita/${id}/expediente`)).statusCode).toBe(404);
  // Lines of last year are found with last year's key.
  const { clock } = web.services;
  const now = clock.now();
  clock.set(new Date("2027-01-02T18:00:00Z"));
  const [subjects] = await web.services.keyring.digestYears("subject", [id]);
  const [written] = await web.services.keyring.digest("subject", [id]);
  expect(written).toHaveLength(1);
  const [this_] = [await web.services.keyring.digestYears("subject", [id])].flat();
  expect([subjects!.length, this_!.length]).toEqual([1, 2]);
  clock.set(now);
});

test("what staff did with her telephone or e-mail is told, an answer to an authority too, and nothing else of the contact: it may be another household's", async () => {
  const { visitor, id } = await aBookedVisitor(web, "Xenia Ficticia", "xenia@example.com");
  const { services } = web;
  const [{ contactId }] = (await services.adminQuery<{ contactId: ContactId }>(
    'select contact_id as "contactId" from booking.bookings where id = $1',
    [id],
  )) as [{ contactId: ContactId }];
  const [own] = await services.keyring.digest("subject", [contactId]);
  const subject = own![0]!.digest;
  const lines = [
    [staffContext(services, await aStaffId(services)), "conversations.taken"],
    [systemContext(services, "manage"), "people.disclosed"],
    // Another household of the same telephone: its own doings.
    [citizen(services, contactId), "people.contact_verified"],
    [systemContext(services, "test"), "people.contact_joined"],
  ] as const;
  const before = (await visitor.get(`/mi-cita/${id}/expediente`)).body;
  for (const [ctx, action] of lines)
    await transaction(ctx, "worker", (tx) => insertAudit(tx, [{ ...ctx, at: ctx.now, action, subject }]));
  const after = (await visitor.get(`/mi-cita/${id}/expediente`)).body;
  const rows = (body: string) => body.split("<tr").length;
  expect(rows(after) - rows(before)).toBe(2);
  expect(after).toContain("Le atendió por mensaje o por teléfono");
  expect(after).toContain("Una autoridad preguntó por su teléfono");
});

test("the path of citizens reads no line of the log but of the pseudonyms that it was told", async () => {
  const url = roleUrl(web.services.url, TEST_ROLE_SECRET, "citizen_reader");
  expect(await adminQuery(url, "select action from audit.entries")).toEqual([]);
  expect(await count("audit.entries where subject is not null")).toBeGreaterThan(0);
  await expect(adminQuery(url, "select name from people.staff")).rejects.toThrow("permission denied");
});

test("everything that is held is one page and one file, without ids of ours, and each look at them is written down", async () => {
  const { visitor, id, folio } = await aBookedVisitor(web, "Irene Ficticia", "irene@example.com");
  const page = await visitor.get(`/mi-cita/${id}/mis-datos`);
  for (const held of ["Irene Ficticia", folio, "irene@example.com", "17 de mayo de 1990"])
    expect(page.body.replace(/<wbr\/?>/g, "")).toContain(held);
  const file = await visitor.get(`/mi-cita/${id}/mis-datos.json`);
  expect(file.headers["content-disposition"]).toContain("mis-datos.json");
  const document = file.json();
  expect(document.booking.applicants[0].givenNames).toBe("Irene Ficticia");
  expect([document.booking.folio, document.contact.address, document.looksAreAll]).toEqual([
    folio,
    "irene@example.com",
    true,
  ]);
  expect(file.body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  expect(document.looks.find((one: { what: string }) => one.what === "exported").times).toBe(2);
});

test("erasing asks for the folio and a fresh code, cancels what is to come, leaves nothing that can be read, and is the same when it is sent twice", async () => {
  const { visitor, id, folio } = await aBookedVisitor(web, "Olga Ficticia", "olga@example.com");
  const form = `/mi-cita/${id}/borrar`;
  expect((await visitor.get(form)).body).toContain("Cancelar la cita y borrar todo");
  const wrong = await visitor.post(form, { folio: "7K3M-9QXA-2B4CD" });
  expect([wrong.statusCode, await left(id)]).toEqual([422, [1, 1, 1, 1]]);

  web.services.clock.advance(ACCOUNT_FRESH_MINUTES * MINUTE_MS + 1);
  expect((await visitor.post(form, { folio })).body).toContain("Primero confirme que es usted");
  expect(await left(id)).toEqual([1, 1, 1, 1]);
  await visitor.post("/mi-cita", { forma: "email", correo: "olga@example.com" });
  await visitor.post(visitor.at, { codigo: await newestDigits(web.services) });

  const places = "schedules.places where holder = $1";
  expect(await count(places, id)).toBeGreaterThan(0);
  await visitor.post(form, { folio });
  expect(visitor.at).toBe("/mi-cita/borrada");
  expect([await left(id), await count(places, id)]).toEqual([[0, 0, 0, 0], 0]);
  expect(await count("audit.entries where action = 'booking.erase'")).toBe(1);

  // Whoever holds something of it forgets it too.
  expect(await count("platform.outbox where name = 'booking.erased' and subject_id = $1", id)).toBe(1);

  // Sent once more it is told once more; the page itself is what it is to everybody: not there.
  await visitor.post(form, { folio });
  expect(visitor.at).toBe("/mi-cita/borrada");
  expect((await visitor.get(form)).statusCode).toBe(404);
  expect(await count("audit.entries where action = 'booking.erase'")).toBe(1);
  expect((await visitor.get("/mi-cita")).body).not.toContain("Olga");
});

test("somebody who did not open the booking erases nothing", async () => {
  const { id, folio } = await aBookedVisitor(web, "Petra Ficticia", "petra@example.com");
  const { visitor } = await aBookedVisitor(web, "Queta Ficticia", "queta@example.com");
  expect((await visitor.post(`/mi-cita/${id}/borrar`, { folio })).statusCode).toBe(404);
  expect(await left(id)).toEqual([1, 1, 1, 1]);
});
