import { afterAll, beforeAll, expect, test } from "vitest";
import { FRESNO_ZONE, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { ServiceSlug } from "#kernel/ids.ts";
import { addDays, instantOf } from "#kernel/time.ts";
import { resumeServices, suspendServices } from "#modules/visits/index.ts";
import { aStaffId, staffContext } from "../../../modules/visits/visits.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aBookedVisitor, aMorningInFresno } from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

test("whoever is told to stay at home, or another hour, reads on her page what is so now", async () => {
  const { services } = web;
  // Two hours and more before the first places of that day.
  services.clock.set(instantOf(VISIT_DAY, "05:45", FRESNO_ZONE));
  const { visitor, id } = await aBookedVisitor(web, "Nora Ficticia", "nora@example.com");
  const page = async () => (await visitor.get(`/mi-cita/${id}`)).body;
  const told = async () =>
    /No salga de casa|Hoy venga a esta hora|Puede venir sin cita hasta/.exec(await page())?.[0] ?? "nothing";
  const [own] = await services.adminQuery<{ service: ServiceSlug; startsAt: Date }>(
    `select services[1] as service, starts_at as "startsAt" from booking.appointments where booking_id = $1`,
    [id],
  );
  const staffId = await aStaffId(services, "supervisor");
  const desk = () => staffContext(services, staffId, "supervisor");
  expect(await told()).toBe("nothing");

  await services.adminQuery(
    "insert into visits.expected_hours (office_id, booking_id, local_date, expected_at, told_for) values ('fresno', $1, $2, $3, $3)",
    [id, VISIT_DAY, new Date(own!.startsAt.getTime() + 30 * 60_000)],
  );
  expect(await told()).toBe("Hoy venga a esta hora");

  const suspended = await suspendServices(desk(), {
    services: [own!.service],
    reason: "power",
    newsAt: "12:00",
  });
  expect(suspended).toEqual({ ok: true, value: { told: 1, inside: 0 } });
  const stay = await page();
  expect(stay).toContain("No salga de casa todavía");
  expect(stay).toContain("Próxima noticia: 12:00 p.m.");
  expect(stay).toMatch(/Puede venir sin cita hasta el .* de diciembre/);
  expect(stay).not.toContain("Hoy venga a esta hora");

  await resumeServices(desk(), { services: [own!.service] });
  expect(await page()).not.toContain("No salga de casa");
  // Her browser is known for as long as that.
  await services.adminQuery(
    "update people.sessions set verified_until = verified_until + interval '2 days', expires_at = expires_at + interval '2 days'",
  );
  services.clock.set(instantOf(addDays(VISIT_DAY, 1), "10:00", FRESNO_ZONE));
  expect(await told()).toBe("Puede venir sin cita hasta");
});
