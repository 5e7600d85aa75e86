import { afterAll, beforeAll, expect, it } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aMorningInFresno, answerUpToDay, aVisitor, PERSONS, verifyByEmail } from "../visit/visitor.fixtures.ts";
import { daysToTry, firstDayKey } from "./first-days.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const day = (date: number, level: "none" | "few" | "some") => ({ date: `2026-12-0${date}` as LocalDate, level });
const days = [day(1, "none"), day(2, "few"), day(3, "some"), day(4, "few"), day(5, "some")];
const tried = (...asked: Parameters<typeof daysToTry>) => daysToTry(...asked).map((one) => Number(one.date.slice(8)));

it("names one person the first day with a place, and several the first with plenty", () => {
  expect(tried(days, 1)).toEqual([2, 3, 4, 5]);
  expect(tried(days, 2)).toEqual([3, 5]);
  expect(tried([day(2, "few"), day(4, "few")], 4)).toEqual([2, 4]);
  expect([1, 2].map((people) => firstDayKey(day(3, "some"), people))).toEqual(["firstFree", "firstPlenty"]);
  expect(firstDayKey(day(2, "few"), 2)).toBe("firstFree");
});

it("leads on from a day that was seen to be empty, and never to it again", () => {
  expect(tried(days, 4, "2026-12-03")).toEqual([5]);
  expect(tried(days, 1, "2026-12-02")).toEqual([3, 4, 5]);
  expect(tried(days, 4, "2026-12-05")).toEqual([3]);
  expect(tried([day(3, "some")], 4, "2026-12-03")).toEqual([]);
});

it("leads a couple past a day on which only one of them fits", async () => {
  await web.services.adminQuery(
    `update schedules.places p set state = 'withdrawn' from schedules.sessions s
     where s.id = p.session_id and s.local_date = '2026-12-03' and (p.counter > 1 or p.starts_at >= s.starts_at + interval '15 minutes')`,
  );
  await web.snapshot.refresh();
  const visitor = aVisitor(web);
  const services = ["matricula-consular"];
  const calendar = await answerUpToDay(visitor, [
    { person: PERSONS.rosa, services },
    { person: PERSONS.juan, services },
  ]);
  expect(calendar.body).toContain("Primer día con bastantes lugares: viernes, 4 de diciembre");
  const offices = (await visitor.get("/cita/lugar?lugar=93701")).body;
  expect(offices).toContain("Primer día con bastantes lugares: viernes, 4 de diciembre");

  await visitor.get("/cita/hora?dia=2026-12-03");
  const empty = await verifyByEmail(visitor, web.services, "pareja@example.com");
  expect(empty.body).toContain("no hay lugar para todas las personas juntas");
  expect(empty.body).toContain('<a href="/cita/hora?dia=2026-12-04">viernes, 4 de diciembre</a>');
  expect(empty.body).not.toContain("/cita/hora?dia=2026-12-03");
  expect(empty.body).toMatch(/href="\/cita\/dia\?sin=2026-12-03"[^>]*>Elegir otro día/);
  const other = (await visitor.get("/cita/dia?sin=2026-12-03")).body;
  expect(other).toContain('<a href="/cita/hora?dia=2026-12-04">Otro día con lugares: viernes, 4 de diciembre</a>');
  expect((await visitor.get("/cita/hora?dia=2026-12-04")).body).toContain('name="hora"');
});
