import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId } from "#kernel/ids.ts";
import { linkToken, surveyToken } from "#modules/messaging/index.ts";
import { checkIn, recordOutcomes } from "#modules/visits/index.ts";
import { aStaffId, allOf, staffContext } from "#modules/visits/visits.fixtures.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import { aBookedVisitor, aMorningInFresno, aVisitor, verifyByEmail, type Visitor } from "../visit/visitor.fixtures.ts";
import { htmlProblems, openTestWeb, type TestWeb } from "../web.fixtures.ts";

let web: TestWeb;
let rosa: { readonly visitor: Visitor; readonly id: string; readonly folio: string };
let link: string;
const counts = async () =>
  (await web.services.adminQuery<{ counts: number[] }>("select counts from visits.survey_counts"))[0]?.counts;

beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
  rosa = await aBookedVisitor(web, "Rosa Ficticia", "rosa@example.com");
  link = `/e/${await surveyToken(web.services, rosa.id as BookingId)}`;
});
afterAll(() => web.close());

/** She comes on her day and is served. */
async function serve(): Promise<void> {
  const bookingId = rosa.id as BookingId;
  const [{ at }] = (await web.services.adminQuery<{ at: Date }>(
    "select starts_at as at from booking.bookings where id = $1",
    [bookingId],
  )) as [{ at: Date }];
  web.services.clock.set(at);
  const clerk = staffContext(web.services, await aStaffId(web.services));
  const came = await checkIn(clerk, { bookingId });
  if (!came.ok) throw new Error(came.refusal.code);
  const { id: visitId, version } = came.value;
  const done = await recordOutcomes(clerk, { visitId, version, outcomes: await allOf(web.services, bookingId) });
  if (!done.ok) throw new Error(done.refusal.code);
}

test("a visit that is still to come, an invented link and one of another kind look alike", async () => {
  const other = `/e/${await linkToken(web.services, rosa.id as BookingId)}`;
  const answers = await Promise.all([link, other, "/e/nada"].map((url) => web.get(url)));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([410, 410, 410]);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(await htmlProblems(answers[0]!.body)).toEqual([]);
});

test("after the visit the link asks in both languages, without a script and without saying whose it is", async () => {
  expect((await rosa.visitor.get(`/mi-cita/${rosa.id}`)).body).not.toContain(link);
  await serve();
  const later = aVisitor(web);
  await verifyByEmail(later, web.services, "rosa@example.com", "/mi-cita");
  expect((await later.post("/mi-cita/abrir", { folio: rosa.folio })).body).toContain(link);
  for (const [url, words] of [
    [link, "Escoja una carita"],
    [`/en${link}`, "Choose a face"],
  ] as const) {
    const page = await web.get(url);
    expect([page.statusCode, page.headers["cache-control"], page.headers["set-cookie"]]).toEqual([
      200,
      "no-store",
      undefined,
    ]);
    expect(page.body).toContain(words);
    expect(page.body).not.toMatch(/Rosa|Fresno|matr[ií]cula|folio/i);
    expect(await htmlProblems(page.body)).toEqual([]);
  }
});

test("without a face it says what is missing and keeps the rest; with one it thanks, and a second answer changes nothing", async () => {
  const stranger = aVisitor(web);
  for (const visit of ["", "excelente"]) {
    const missing = await stranger.send(link, { visit, courtesy: "bad", punctual: "<b>" });
    expect(missing.statusCode).toBe(422);
    expect(missing.body).toContain("Escoja una de las tres caritas.");
    expect(missing.body).toMatch(/<details[^>]* open/);
    expect(await htmlProblems(missing.body)).toEqual([]);
  }
  expect(await counts()).toBeUndefined();
  const thanks = await stranger.post(link, { visit: "good", courtesy: "fair", time_taken: "" });
  expect(thanks.body).toContain("Gracias, ya tenemos su respuesta");
  expect(await htmlProblems(thanks.body)).toEqual([]);
  const again = await stranger.post(link, { visit: "bad" });
  expect(again.body).toContain("Gracias, ya tenemos su respuesta");
  expect(await counts()).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
});

test("an office's page and the open data tell a month that is over, and nothing of fewer than ten", async () => {
  await web.services.adminQuery(
    "update visits.survey_counts set counts = '{41,12,15,30,4,11,0,0,0,20,20,20}' where office_id = $1",
    [FRESNO],
  );
  const month = async () => (await web.get("/oficinas/fresno")).body;
  expect(await month()).not.toContain("Lo que dicen las personas");
  web.services.clock.set(new Date("2027-01-03T12:00:00Z"));
  const page = await month();
  expect(page).toContain("Respuestas de diciembre de 2026: 68 personas.");
  expect(page).toMatch(/Su visita<\/th><td[^>]*>41<\/td><td[^>]*>12<\/td><td[^>]*>15</);
  expect(page).toMatch(/A su hora<\/th><td[^>]*>30<\/td><td[^>]*>no se dice/);
  expect(await htmlProblems(page)).toEqual([]);
  expect((await web.get("/oficinas/dallas")).body).not.toContain("Lo que dicen las personas");
});
