import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import type { BookingId } from "#kernel/ids.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import type { Context } from "#platform/context.ts";
import { signId } from "#platform/keyring/signed-id.ts";
import { getSurveys } from "../queries/survey.ts";
import type { SurveyTally } from "../rules/survey.ts";
import { aBooking, allOf, aStaffId, goToVisit, staffContext, visitOf, worker } from "../visits.fixtures.ts";
import { recordOutcomes } from "./outcomes.ts";
import { checkIn } from "./reception.ts";
import {
  answerSurvey,
  enterSurveySheet,
  forgetSurveyMarks,
  listSurveySheets,
  surveyState,
  undoSurveySheet,
} from "./survey.ts";

const PEOPLE = 12;
let services: TestServices;
let bookings: BookingId[];
let head: () => Context;
/** Whoever holds the link: nobody in particular. */
const anybody = (): Context => ({
  ...citizen(services, randomUUID() as never),
  actor: { kind: "visitor", sessionId: undefined },
});
const tokenOf = (bookingId: BookingId) => signId(services.keyring, "survey", bookingId);
const rowsOf = (table: string) => services.adminQuery(`select * from visits.${table}`);
const tally = (good: number, bad = 0): SurveyTally => {
  const none = { good: 0, fair: 0, bad: 0 };
  return { visit: { good, fair: 0, bad }, punctual: none, time_taken: none, courtesy: none };
};

beforeAll(async () => {
  services = await openTestServices();
  const { wanted } = await aSession(services, { counters: PEOPLE + 1 });
  const contacts = await someContacts(services, PEOPLE + 1);
  bookings = await Promise.all(contacts.map((contact, i) => aBooking(services, contact, wanted, [anApplicant(i)])));
  goToVisit(services, wanted);
  const staffId = await aStaffId(services, "office_head");
  head = () => staffContext(services, staffId, "office_head");
  for (const bookingId of bookings.slice(0, PEOPLE)) {
    await checkIn(head(), { bookingId });
    const { id, version } = await visitOf(services, bookingId);
    const recorded = await recordOutcomes(head(), { visitId: id, version, outcomes: await allOf(services, bookingId) });
    if (!recorded.ok) throw new Error(recorded.refusal.code);
  }
  services.clock.advance(2 * MINUTE_MS);
});
afterAll(() => services.close());

test("a link answers once, however often and at how many nodes it is pressed", async () => {
  const token = await tokenOf(bookings[0]!);
  expect(await surveyState(anybody(), token)).toBe("open");
  const said = await Promise.all(
    Array.from({ length: 6 }, () => answerSurvey(anybody(), token, { visit: "good", courtesy: "bad" })),
  );
  expect(said.sort()).toEqual([...Array.from({ length: 5 }, () => "answered"), "open"]);
  expect(await surveyState(anybody(), token)).toBe("answered");
  expect((await rowsOf("survey_counts")).map((row) => row["counts"])).toEqual([[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]]);
});

test("without the mark's own key presses at once would count more than once: the negative control", async () => {
  await services.adminQuery("begin; alter table visits.survey_marks drop constraint survey_marks_pkey; commit");
  const said = [];
  // Not every round meets; twenty rounds of twelve presses do.
  for (let round = 0; round < 20 && said.filter((one) => one === "open").length < 2; round++) {
    await services.adminQuery("truncate visits.survey_marks, visits.survey_counts");
    const token = await tokenOf(bookings[0]!);
    said.splice(0);
    said.push(
      ...(await Promise.all(Array.from({ length: 12 }, () => answerSurvey(anybody(), token, { visit: "good" })))),
    );
  }
  expect(said.filter((one) => one === "open").length).toBeGreaterThan(1);
  await services.adminQuery("truncate visits.survey_marks, visits.survey_counts");
  await services.adminQuery("alter table visits.survey_marks add primary key (digest)");
  expect(await answerSurvey(anybody(), await tokenOf(bookings[0]!), { visit: "good", courtesy: "bad" })).toBe("open");
});

test("who did not come, an invented link and one of another purpose answer nothing", async () => {
  const absent = await tokenOf(bookings[PEOPLE]!);
  const other = await signId(services.keyring, "link", bookings[1]!);
  for (const token of [absent, other, "nada", "A".repeat(46)]) {
    expect(await surveyState(anybody(), token)).toBe("closed");
    expect(await answerSurvey(anybody(), token, { visit: "bad" })).toBe("closed");
  }
});

test("what is kept has no way back to who said it", async () => {
  await Promise.all(
    bookings
      .slice(1, PEOPLE)
      .map(async (one, i) => answerSurvey(anybody(), await tokenOf(one), { visit: i === 0 ? "bad" : "good" })),
  );
  const [counts] = await rowsOf("survey_counts");
  expect(counts).toEqual({
    office_id: FRESNO,
    month: expect.anything(),
    counts: [11, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1],
  });
  const marks = await rowsOf("survey_marks");
  expect(marks).toHaveLength(PEOPLE);
  // All of one day look alike but for a digest that needs the key, and no line of the audit log tells of an answer.
  for (const mark of marks) expect(Object.keys(mark).sort()).toEqual(["digest", "forget_after"]);
  expect(new Set(marks.map((mark) => String(mark["forget_after"]))).size).toBe(1);
  const stored = JSON.stringify(marks);
  for (const id of bookings) expect(stored).not.toContain(Buffer.from(id.replaceAll("-", ""), "hex").toString("hex"));
  expect(await services.adminQuery("select 1 from audit.entries where action like 'survey%'")).toEqual([]);
});

test("an office types papers in, once each, never more than people who came, and takes a slip back", async () => {
  const id = randomUUID();
  const typed = await enterSurveySheet(head(), { id, tally: tally(8, 2) });
  expect(typed).toMatchObject({ ok: true, value: { month: "2026-12-01", sheets: [{ id, people: 10 }] } });
  expect(await enterSurveySheet(head(), { id, tally: tally(8, 2) })).toEqual(typed);
  expect(await enterSurveySheet(head(), { id: randomUUID(), tally: tally(3) })).toMatchObject({
    refusal: { code: "more_than_came" },
  });
  expect(await enterSurveySheet(head(), { id: randomUUID(), tally: tally(0) })).toMatchObject({
    refusal: { code: "wrong_tally" },
  });
  const clerk = staffContext(services, await aStaffId(services));
  expect(await enterSurveySheet(clerk, { id: randomUUID(), tally: tally(1) })).toMatchObject({ ok: false });
  const slip = randomUUID();
  expect(await enterSurveySheet(head(), { id: slip, tally: tally(2) })).toMatchObject({ ok: true });
  expect(await undoSurveySheet(head(), slip)).toMatchObject({ ok: true, value: { sheets: [{ id, people: 10 }] } });
  expect(await undoSurveySheet(head(), slip)).toMatchObject({ refusal: { code: "nothing_to_undo" } });
  expect(await listSurveySheets(head())).toMatchObject({ ok: true, value: { sheets: [{ id }] } });
});

test("a month is told when it is over, page and paper together, and what a handful said is not", async () => {
  expect(await getSurveys(services)).toEqual([]);
  services.clock.set(new Date("2027-01-01T12:00:00Z"));
  expect(await getSurveys(services)).toEqual([]);
  services.clock.set(new Date("2027-01-02T12:00:00Z"));
  const [fresno] = await getSurveys(services);
  expect(fresno).toMatchObject({ officeId: FRESNO, months: [{ month: "2026-12", people: 22 }] });
  // Nineteen were content; three were not, and the sum would tell how many.
  expect(fresno!.months[0]!.questions.visit).toEqual({ good: null, fair: 0, bad: null });
});

test("a link is closed after two weeks, and that it was used is forgotten with its month", async () => {
  services.clock.set(new Date("2026-12-17T20:00:00Z"));
  expect(await surveyState(anybody(), await tokenOf(bookings[0]!))).toBe("answered");
  services.clock.advance(DAY_MS);
  expect(await surveyState(anybody(), await tokenOf(bookings[0]!))).toBe("closed");
  await forgetSurveyMarks(worker(services));
  expect(await rowsOf("survey_marks")).toHaveLength(PEOPLE);
  services.clock.set(new Date("2027-01-01T12:00:00Z"));
  await forgetSurveyMarks(worker(services));
  expect(await rowsOf("survey_marks")).toEqual([]);
});
