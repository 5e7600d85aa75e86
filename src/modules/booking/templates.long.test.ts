import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen, FRESNO, FRESNO_ZONE, someContacts } from "#tests/support/fixtures.ts";
import { instantOf } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { fillHorizon, type CutId, type Layout, type TemplateWish } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { aLayout } from "../schedules/schedules.fixtures.ts";
import { cutWork, planner } from "./booking.fixtures.ts";
import { book, previewTemplate, saveTemplate, undoCut } from "./index.ts";

const NOW = new Date("2026-11-20T18:00:00Z");
/** A Thursday within the horizon, and the day from which something changes. */
const VISIT = "2026-12-10" as LocalDate;
const FROM = "2026-12-01" as LocalDate;
const TEMPLATE = "11111111-1111-4111-8111-111111111111";
const AFTERNOON = "22222222-2222-4222-8222-222222222222";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices({ now: NOW });
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from)
     values ($1, 'fresno', 'documentacion', 'regular', '{1,2,3,4,5}', '08:00', '12:00', 3, 30, '2026-01-01')`,
    [TEMPLATE],
  );
  await fillHorizon(systemContext(services, "test"));
});
afterEach(() => services.close());

const layout = (own: Partial<Layout> = {}) =>
  aLayout({ opens: "08:00", closes: "12:00", counters: 3, stepMinutes: 30, ...own });
const wish = (own: Partial<TemplateWish> = {}): TemplateWish => ({
  templateId: TEMPLATE,
  from: FROM,
  kind: "regular",
  weekdays: [1, 2, 3, 4, 5],
  layout: layout(),
  ...own,
});
const preview = async (wanted: TemplateWish) => {
  const found = await previewTemplate(planner(services), FRESNO, wanted);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
};
const save = async (wanted: TemplateWish, seen?: string) =>
  saveTemplate(planner(services), FRESNO, { ...wanted, seen: seen ?? (await preview(wanted)).seen });

/** A party at that local hour of the visit's day. */
async function aParty(time: string, people: readonly number[]) {
  const [contactId] = await someContacts(services, 1);
  const booked = await book(citizen(services, contactId!), {
    contactId: contactId!,
    wanted: { officeId: FRESNO, localDate: VISIT, startsAt: instantOf(VISIT, time, FRESNO_ZONE) },
    applicants: people.map((one) => anApplicant(one)),
  });
  if (!booked.ok) throw new Error(booked.refusal.code);
  return booked.value.bookingId;
}
const count = async (where: string) =>
  (
    await services.adminQuery<{ count: number }>(
      `select count(*)::int as count from schedules.places p join schedules.sessions s on s.id = p.session_id where ${where}`,
    )
  )[0]!.count;
/** Working days of the horizon from that day on, without Christmas and New Year. */
const DAYS = 33;

describe("a template that changes from a day on", () => {
  test("with a counter less: whoever sat there has her hour at another; free places go, nobody is asked", async () => {
    await aParty("09:00", [1, 2]);
    const last = await aParty("09:00", [3]);
    const seen = await preview(wish({ layout: layout({ counters: 2 }) }));
    expect(seen).toMatchObject({ gained: 0, lost: DAYS * 8, days: DAYS, people: 1, parties: [{ bookingId: last }] });
    const saved = await save(wish({ layout: layout({ counters: 2 }) }));
    expect(saved).toMatchObject({ ok: true, value: { preview: null } });
    expect(await count("s.local_date >= '2026-12-01' and p.state = 'withdrawn'")).toBe(DAYS * 8 - 1);
    expect((await cutWork(services)).parties).toMatchObject([{ bookingId: last }]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
    // The days before, and the job that fills: as they were.
    expect(await count("s.local_date < '2026-12-01' and p.state = 'open'")).toBe(7 * 24);
    const places = await count("true");
    await fillHorizon(systemContext(services, "test"));
    expect(await count("true")).toBe(places);
  });

  test("with later hours: what is new is there, who loses her hour is asked about another on the same day", async () => {
    const early = await aParty("08:00", [1, 2]);
    const stays = await aParty("10:00", [3]);
    const wanted = wish({ layout: layout({ opens: "09:00", closes: "13:00" }) });
    const seen = await preview(wanted);
    expect(seen).toMatchObject({ gained: DAYS * 6, lost: DAYS * 6, people: 2 });
    expect(seen.parties).toMatchObject([{ bookingId: early, proposed: { localDate: VISIT }, sameHour: false }]);
    expect((await save(wanted)).ok).toBe(true);
    const work = await cutWork(services);
    expect(work.parties).toMatchObject([{ bookingId: early, answer: "asked", proposed: { localDate: VISIT } }]);
    const states = await services.adminQuery("select id, state from booking.bookings order by state, id = $1", [stays]);
    expect(states.map((one) => one.state)).toEqual(["active", "active"]);
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("with other minutes: who has a place keeps it as it is, and the new ones stand around it", async () => {
    await aParty("09:00", [1]);
    const wanted = wish({ layout: layout({ stepMinutes: 20 }) });
    expect(await preview(wanted)).toMatchObject({ gained: DAYS * 36 - 2, lost: DAYS * 24 - 1, people: 0 });
    expect((await save(wanted)).ok).toBe(true);
    const overlaps = await services.adminQuery(
      `select 1 from schedules.places a join schedules.sessions sa on sa.id = a.session_id join schedules.sessions sb on sb.local_date = sa.local_date join schedules.places b on b.session_id = sb.id
       where a.counter = b.counter and (a.session_id, a.starts_at) <> (b.session_id, b.starts_at) and a.state <> 'withdrawn' and b.state <> 'withdrawn'
         and a.starts_at < b.starts_at + make_interval(mins => sb.step_minutes) and b.starts_at < a.starts_at + make_interval(mins => sa.step_minutes)`,
    );
    expect(overlaps).toEqual([]);
    // Changed once more her hour is still known: a counter less, and hers is the last.
    const [next] = await services.adminQuery<{ id: string }>(
      "select id from schedules.templates where valid_to is null",
    );
    const again = wish({ templateId: next!.id, from: "2026-12-02" as LocalDate, layout: layout({ opens: "10:00" }) });
    expect(await preview(again)).toMatchObject({ people: 1 });
    // An afternoon beside it is no business of hers.
    const afternoon = wish({ templateId: null, layout: layout({ opens: "14:00", closes: "16:00" }) });
    expect(await preview(afternoon)).toMatchObject({ gained: DAYS * 12, lost: 0, people: 0 });
    expect(await brokenRules(services.adminQuery)).toEqual({});
  });

  test("that ends: nothing of it is left from that day on, and everybody is on the work list", async () => {
    const party = await aParty("09:00", [1]);
    expect((await save(wish({ layout: null }))).ok).toBe(true);
    expect(await count("s.local_date >= '2026-12-01' and p.state <> 'withdrawn'")).toBe(1);
    expect((await cutWork(services)).parties).toMatchObject([{ bookingId: party, proposed: null }]);
    const places = await count("true");
    await fillHorizon(systemContext(services, "test"));
    expect(await count("true")).toBe(places);
  });

  test("a day that is closed by a storm stays closed", async () => {
    await services.adminQuery("update schedules.sessions set state = 'closed' where local_date = $1", [VISIT]);
    expect((await save(wish({ layout: layout({ counters: 4 }) }))).ok).toBe(true);
    await fillHorizon(systemContext(services, "test"));
    const sessions = await services.adminQuery("select state from schedules.sessions where local_date = $1", [VISIT]);
    expect(sessions).toEqual([{ state: "closed" }]);
  });
});

describe("two who plan at once", () => {
  test("the second sees what is true now, and nothing of hers is saved", async () => {
    const wanted = wish({ layout: layout({ counters: 2 }) });
    const { seen } = await preview(wanted);
    await aParty("09:00", [1, 2, 3]);
    expect(await save(wanted, seen)).toMatchObject({ ok: true, value: { id: null, preview: { people: 3 } } });
    expect(await count("p.state = 'withdrawn'")).toBe(0);
  });

  test("at the same moment: one is saved, the other finds the template changed", async () => {
    const wanted = wish({ layout: layout({ counters: 2 }) });
    const { seen } = await preview(wanted);
    const both = await Promise.all([save(wanted, seen), save(wanted, seen)]);
    expect(both.map((one) => (one.ok ? one.value.id !== null : one.refusal.code)).sort()).toEqual([
      true,
      "unknown_template",
    ]);
    expect(await count("s.local_date >= '2026-12-01' and p.state = 'withdrawn'")).toBe(DAYS * 8);
  });
});

test("what a plan took is no closure: it is listed as none, and nobody gives it back", async () => {
  await save(wish({ layout: layout({ stepMinutes: 20 }) }));
  const [cut] = await services.adminQuery<{ id: CutId }>("select id from schedules.cuts where reason = 'plan' limit 1");
  expect((await cutWork(services)).cuts).toEqual([]);
  expect(await undoCut(planner(services), FRESNO, cut!.id)).toEqual({ ok: false, refusal: { code: "unknown_cut" } });
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("what a plan gave up can be planned again", async () => {
  const open = () => count("p.state = 'open' and s.local_date >= '2026-12-01'");
  const before = await open();
  await save(wish({ layout: layout({ closes: "11:00", counters: 2 }) }));
  expect(await open()).toBe(DAYS * 12);
  const [next] = await services.adminQuery<{ id: string }>("select id from schedules.templates where valid_to is null");
  const again = wish({ templateId: next!.id });
  expect(await preview(again)).toMatchObject({ gained: DAYS * 12, lost: 0 });
  await save(again);
  expect(await open()).toBe(before);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("one template leaves alone what people still have of another of its group", async () => {
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from)
     values ($1, 'fresno', 'documentacion', 'regular', '{1,2,3,4,5}', '13:00', '15:00', 2, 30, '2026-01-01')`,
    [AFTERNOON],
  );
  await fillHorizon(systemContext(services, "test"));
  await aParty("13:30", [1]);
  // With other minutes she keeps her place on the session of before.
  const afternoon = layout({ opens: "13:00", closes: "15:00", counters: 2, stepMinutes: 20 });
  expect(await save(wish({ templateId: AFTERNOON, layout: afternoon }))).toMatchObject({ ok: true });
  expect(await preview(wish({ layout: layout({ counters: 2 }) }))).toMatchObject({ parties: [] });
  expect(await preview(wish({ layout: null }))).toMatchObject({ parties: [] });
});

test("what cannot be is refused with the day or hours it collides with", async () => {
  const refusal = async (own: Partial<TemplateWish>) => {
    const found = await previewTemplate(planner(services), FRESNO, wish(own));
    return found.ok ? undefined : found.refusal;
  };
  expect(await refusal({ from: "2026-11-20" as LocalDate })).toMatchObject({ code: "in_the_past" });
  expect(await refusal({ templateId: null })).toMatchObject({
    code: "overlapping_sessions",
    about: { opens: "08:00", closes: "12:00" },
  });
  expect(await refusal({ weekdays: [7], layout: layout({ opens: "02:15" }) })).toMatchObject({
    code: "clock_gap",
    about: { localDate: "2027-03-14", time: "02:15" },
  });
  const clerk = await previewTemplate(planner(services, "clerk"), FRESNO, wish());
  expect(clerk).toMatchObject({ ok: false, refusal: { code: "not_allowed" } });
});
