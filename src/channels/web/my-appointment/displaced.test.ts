import { afterAll, beforeAll, expect, test } from "vitest";
import { VISIT_DAY } from "#tests/support/fixtures.ts";
import { cutFresno } from "../../../modules/booking/booking.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aBookedVisitor, aMorningInFresno } from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const booked = (name: string, address: string) => aBookedVisitor(web, name, address);
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
  const asked = (await other.visitor.get(`/mi-cita/${other.id}/cancelar`)).body;
  expect(asked).toContain("Reservó hace menos de 15 minutos");
  expect(asked).not.toContain("72 horas");
  const home = `/mi-cita/${other.id}/cambiar/lugar?mude=1`;
  expect((await other.visitor.get(home)).body).toContain("último cambio");
  await cutFresno(web.services, { localDate: VISIT_DAY });

  const page = await yes.visitor.get(`/mi-cita/${yes.id}`);
  expect(page.body).toContain("No venga a la hora que dice abajo");
  expect(page.body).toMatch(/Le guardamos este lugar: .*4 de diciembre/);
  expect(page.body).toMatch(/Es suyo si dice que sí antes de: .*3 de diciembre, 8:00 a\.m\./);
  // Whoever only opens the address, or sends neither yes nor no, changes nothing.
  await yes.visitor.get(`/mi-cita/${yes.id}/otro-lugar`);
  const neither = await yes.visitor.post(`/mi-cita/${yes.id}/otro-lugar`);
  expect(neither.body).toContain("Le guardamos este lugar");
  expect(await dayOf(yes.id)).toBe(VISIT_DAY);
  const moved = await yes.visitor.post(`/mi-cita/${yes.id}/otro-lugar`, { respuesta: "si" });
  expect(moved.body).toContain("su cita cambió");
  expect(moved.body).not.toContain("No venga");
  expect(await dayOf(yes.id)).toBe("2026-12-04");
  // Pressed twice it is one yes.
  const twice = await yes.visitor.post(`/mi-cita/${yes.id}/otro-lugar`, { respuesta: "si" });
  expect([twice.statusCode, twice.body.includes("su cita cambió")]).toEqual([200, true]);

  const called = await no.visitor.post(`/mi-cita/${no.id}/otro-lugar`, { respuesta: "no" });
  expect(called.body).toContain("ya no le guardamos ese lugar");
  expect(called.body).toContain("Si no encuentra, llame y le ayudamos");
  expect(await dayOf(no.id)).toBe(VISIT_DAY);

  // Whoever is displaced is threatened with no wait, told no number, and not that her place stands or is anybody's.
  const sure = (await other.visitor.get(`/mi-cita/${other.id}/cancelar`)).body;
  expect(sure).toContain("Se cancela para todas las personas.");
  expect(sure).not.toMatch(/72 horas|15 minutos|Otra familia/);
  const change = (await other.visitor.get(`/mi-cita/${other.id}/cambiar`)).body;
  expect(change).toContain("Este cambio no cuenta");
  expect(change).not.toMatch(/dos veces|sigue en pie/);
  expect((await other.visitor.get(home)).body).not.toContain("último cambio");
  // Another day can be chosen at the lost hour and after it; cancelling keeps its rule.
  const lost = new Date(web.services.clock.now().getTime() - 60_000);
  await web.services.adminQuery("update booking.bookings set starts_at = $1 where id = $2", [lost, other.id]);
  expect((await other.visitor.get(`/mi-cita/${other.id}/cancelar`)).statusCode).toBe(409);
  const days = await other.visitor.get(`/mi-cita/${other.id}/cambiar/dia?oficina=fresno`);
  expect(days.statusCode).toBe(200);
  expect((await other.visitor.send(`/mi-cita/${yes.id}/otro-lugar`, { respuesta: "si" })).statusCode).toBe(404);
});
