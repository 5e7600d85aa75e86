import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "./api.fixtures.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test("what people said is told by month once it is over, without what fewer than ten said", async () => {
  await api.services.adminQuery(
    `insert into visits.survey_counts (office_id, month, counts)
     values ('fresno', '2026-11-01', '{40,20,10,0,0,0,0,0,0,30,3,1}'), ('dallas', '2026-11-01', '{4,1,1,0,0,0,0,0,0,0,0,0}'), ('fresno', '2026-12-01', '{90,0,0,0,0,0,0,0,0,0,0,0}')`,
  );
  api.services.clock.set(new Date("2026-12-05T18:00:00Z"));
  const reply = await api.app.inject("/open/v1/surveys");
  expect([reply.statusCode, reply.headers["cache-control"]]).toEqual([200, "public, max-age=60"]);
  const none = { good: 0, fair: 0, bad: 0 };
  const hidden = { good: null, fair: null, bad: null };
  expect(reply.json()).toEqual({
    months: [
      {
        office: "dallas",
        month: "2026-11",
        people: null,
        visit: hidden,
        punctual: hidden,
        timeTaken: hidden,
        courtesy: hidden,
      },
      {
        office: "fresno",
        month: "2026-11",
        people: 70,
        visit: { good: 40, fair: 20, bad: 10 },
        punctual: none,
        timeTaken: none,
        courtesy: hidden,
      },
    ],
  });
});
