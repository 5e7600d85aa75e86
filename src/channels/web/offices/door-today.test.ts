import { afterAll, beforeAll, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { aStaffId, staffContext, worker, aBooking } from "#modules/visits/visits.fixtures.ts";
import { checkIn, drawDoorLots } from "#modules/visits/index.ts";
import { anApplicant, aSession, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";

let web: TestWeb;
let opensAt: Date;
beforeAll(async () => {
  web = await openTestWeb(async (services) => ({ startsAt: opensAt } = await aSession(services, { counters: 9 })));
});
afterAll(() => web.close());

const at = (minutes: number) => web.services.clock.set(new Date(opensAt.getTime() + minutes * MINUTE_MS));
const page = async (url = "/oficinas/fresno/hoy") => (await web.get(url)).body;

test("an office's page of today tells the rule before the opening, the order after it, and no name", async () => {
  const { services } = web;
  at(-60);
  expect(await page()).toContain("Hoy abre a las 8:00");
  const clerk = staffContext(services, await aStaffId(services));
  const turns: number[] = [];
  for (const [i, contact] of (await someContacts(services, 3)).entries()) {
    const wanted = { officeId: FRESNO, localDate: VISIT_DAY, startsAt: opensAt };
    const bookingId = await aBooking(services, contact, wanted, [anApplicant(i)]);
    const outcome = await checkIn(clerk, { bookingId });
    if (outcome.ok) turns.push(outcome.value.turnNo!);
  }
  await services.adminQuery("update visits.visits set line = 'walk_in', due_at = null");
  at(1);
  expect(await page()).toContain("el orden sale en unos minutos.");
  const signature = "00".repeat(48);
  const beacon = {
    source: "drand" as const,
    fetchRound: (round: number) => Promise.resolve({ round, signature, randomness: "ab".repeat(32) }),
  };
  expect(await drawDoorLots({ ...worker(services), beacon })).toBe(1);
  at(2);
  const drawn = await page();
  expect(drawn).toContain("esperaban 3 turnos sin cita.");
  expect(drawn).toContain("ab".repeat(32));
  expect(await htmlProblems(drawn)).toEqual([]);
  expect(drawn).not.toMatch(/Ficticia|Inventada/);
  const shown = [...drawn.matchAll(/<li>[A-ZÁ-Úa-zá-ú]+ (\d+)<\/li>/g)].map((one) => Number(one[1]));
  const order = await services.adminQuery<{ turn: number }>(
    "select turn_no::int as turn from visits.visits order by lot",
  );
  expect(shown).toEqual(order.map((one) => one.turn));
  expect([...shown].sort()).toEqual(turns);
  expect(await page("/en/oficinas/fresno/hoy")).toContain("It opened at 8");
});

test("a number that nobody can check says so, and an office that there is not has no such page", async () => {
  await web.services.adminQuery("update visits.door_lots set source = 'operator'");
  at(3);
  expect(await page()).toContain("nadie puede comprobarlo");
  expect((await web.get("/oficinas/atlantis/hoy")).statusCode).toBe(404);
  expect(await page("/oficinas/fresno")).toContain('href="/oficinas/fresno/hoy"');
});
