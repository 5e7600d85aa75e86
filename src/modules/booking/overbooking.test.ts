import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen, FRESNO, FRESNO_ZONE, someContacts } from "#tests/support/fixtures.ts";
import { instantOf } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { fillHorizon, type TemplateWish } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { aLayout } from "../schedules/schedules.fixtures.ts";
import { planner } from "./booking.fixtures.ts";
import { book, previewTemplate, saveTemplate } from "./index.ts";

const NOW = new Date("2026-11-20T18:00:00Z");
const VISIT = "2026-12-10" as LocalDate;
const TEMPLATE = "11111111-1111-4111-8111-111111111111";

let services: TestServices;
let people = 0;
/** Each save makes another of it. */
let templateId: string | null = TEMPLATE;
beforeAll(async () => {
  services = await openTestServices({ now: NOW });
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from)
     values ($1, 'fresno', 'documentacion', 'regular', '{1,2,3,4,5}', '08:00', '12:00', 3, 30, '2026-01-01')`,
    [TEMPLATE],
  );
  await fillHorizon(systemContext(services, "test"));
});
afterAll(() => services.close());

const wish = (overbook: number): TemplateWish => ({
  templateId,
  from: "2026-12-01" as LocalDate,
  kind: "regular",
  weekdays: [1, 2, 3, 4, 5],
  layout: aLayout({ opens: "08:00", closes: "12:00", counters: 3, stepMinutes: 30, overbook }),
});
const preview = (overbook: number) => previewTemplate(planner(services), FRESNO, wish(overbook));
const shows = (localDate: string, came: number, missed: number) =>
  services.adminQuery(
    `insert into visits.day_counts (office_id, local_date, service_group, served, unserved, missed, cancelled, moved)
     values ('fresno', $1, 'documentacion', $2, 0, $3, 0, 0)`,
    [localDate, came, missed],
  );

test("nothing is added before enough was seen, nor more than half of who was measured to stay away", async () => {
  const refused = async (overbook: number) => {
    const found = await preview(overbook);
    return found.ok ? "ok" : found.refusal;
  };
  expect(await refused(1)).toMatchObject({ code: "overbooked_too_much", about: { most: "0", people: "0" } });
  // Of ten weeks ago, and of another group: neither is measured.
  await shows("2026-09-01", 0, 1_000);
  await shows("2026-11-10", 180, 10);
  expect(await refused(2)).toMatchObject({ about: { most: "0", people: "190" } });
  await shows("2026-11-11", 180, 30);
  expect(await refused(6)).toMatchObject({ about: { most: "5", away: "10", people: "400" } });
  expect(await refused(5)).toBe("ok");
  expect(await refused(0)).toBe("ok");
});

test("what is added is shown before it is saved, booked like any place, and filled once", async () => {
  const seen = await preview(5);
  if (!seen.ok) throw new Error(seen.refusal.code);
  // Eight steps of three counters: twenty-four places a day, and one more.
  expect(seen.value.sessions).toMatchObject([{ places: 25, open: 25, overbooked: 1, counters: 3 }]);
  expect(seen.value).toMatchObject({ gained: seen.value.days, lost: 0 });
  const saved = await saveTemplate(planner(services), FRESNO, { ...wish(5), seen: seen.value.seen });
  if (!saved.ok) throw new Error(saved.refusal.code);
  expect((templateId = saved.value.id)).not.toBeNull();
  const added = await services.adminQuery<{ counter: number; startsAt: Date }>(
    `select p.counter, p.starts_at as "startsAt" from schedules.places p join schedules.sessions s on s.id = p.session_id where p.overbook and s.local_date = $1`,
    [VISIT],
  );
  expect(added).toHaveLength(1);
  const count = () => services.adminQuery("select count(*)::int from schedules.places");
  const before = await count();
  await fillHorizon(systemContext(services, "test"));
  expect(await count()).toEqual(before);

  // At that hour four parties have a place where three counters work, and a fifth has none.
  const { startsAt } = added[0]!;
  const outcomes: string[] = [];
  for (const contactId of await someContacts(services, 5)) {
    const booked = await book(citizen(services, contactId), {
      contactId,
      wanted: { officeId: FRESNO, localDate: VISIT, startsAt },
      applicants: [anApplicant(++people)],
    });
    outcomes.push(booked.ok ? "booked" : booked.refusal.code);
  }
  expect(outcomes).toEqual(["booked", "booked", "booked", "booked", "place_taken"]);
  expect(startsAt.getTime()).toBeGreaterThanOrEqual(instantOf(VISIT, "08:00", FRESNO_ZONE).getTime());
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("what is given back is taken away like any place: whoever sat there has her hour, or is asked", async () => {
  const seen = await preview(0);
  if (!seen.ok) throw new Error(seen.refusal.code);
  expect(seen.value).toMatchObject({ gained: 0, lost: seen.value.days, people: 1 });
  expect(await saveTemplate(planner(services), FRESNO, { ...wish(0), seen: seen.value.seen })).toMatchObject({
    ok: true,
  });
  expect(await brokenRules(services.adminQuery)).toEqual({});
  expect(await services.adminQuery("select 1 from booking.bookings where state <> 'active'")).toEqual([]);
});
