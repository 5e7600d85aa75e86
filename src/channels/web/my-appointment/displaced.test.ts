import { afterAll, beforeAll, expect, test } from "vitest";
import { VISIT_DAY } from "#tests/support/fixtures.ts";
import { cutFresno } from "../../../modules/booking/booking.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import {
  aMorningInFresno,
  answerUpToDay,
  aVisitor,
  bookFirstHour,
  bookingIdOf,
  PERSONS,
} from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

async function booked(name: string, address: string) {
  const visitor = aVisitor(web);
  await answerUpToDay(visitor, [{ person: { ...PERSONS.rosa, nombre: name }, services: ["matricula-consular"] }]);
  await bookFirstHour(visitor, web.services, address);
  return { visitor, id: bookingIdOf(visitor) };
}
const dayOf = async (id: string) =>
  (
    await web.services.adminQuery<{ day: string }>(
      "select local_date::text as day from booking.bookings where id = $1 and state = 'active'",
      [id],
    )
  )[0]?.day;

test("whose hour the office closed is told not to come, and says yes, no, or another day", async () => {
  const [yes, no, other] = [
    await booked("Nora Ficticia", "nora@example.com"),
    await booked("Olga Ficticia", "olga@example.com"),
    await booked("Petra Ficticia", "petra@example.com"),
  ];
  expect((await yes.visitor.get(`/mi-cita/${yes.id}`)).body).not.toContain("No venga");
  await cutFresno(web.services, { localDate: VISIT_DAY });

  const page = await yes.visitor.get(`/mi-cita/${yes.id}`);
  expect(page.body).toContain("No venga a la hora que dice abajo");
  expect(page.body).toMatch(/Le guardamos este lugar: .*4 de diciembre/);
  // Whoever only opens the address changes nothing.
  await yes.visitor.get(`/mi-cita/${yes.id}/otro-lugar`);
  expect(await dayOf(yes.id)).toBe(VISIT_DAY);
  const moved = await yes.visitor.post(`/mi-cita/${yes.id}/otro-lugar`, { respuesta: "si" });
  expect(moved.body).toContain("su cita cambió");
  expect(moved.body).not.toContain("No venga");
  expect(await dayOf(yes.id)).toBe("2026-12-04");
  expect((await yes.visitor.post(`/mi-cita/${yes.id}/otro-lugar`, { respuesta: "si" })).statusCode).toBe(409);

  const called = await no.visitor.post(`/mi-cita/${no.id}/otro-lugar`, { respuesta: "no" });
  expect(called.body).toContain("ya no le guardamos ese lugar");
  expect(called.body).toContain("Si no encuentra, llame y le ayudamos");
  expect(await dayOf(no.id)).toBe(VISIT_DAY);

  const days = await other.visitor.get(`/mi-cita/${other.id}/cambiar/dia?oficina=fresno`);
  expect(days.statusCode).toBe(200);
  expect((await other.visitor.send(`/mi-cita/${yes.id}/otro-lugar`, { respuesta: "si" })).statusCode).toBe(404);
});
