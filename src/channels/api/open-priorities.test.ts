import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "./api.fixtures.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test("turns that staff let go first are told by month once it is over, without what fewer than ten were", async () => {
  await api.services.adminQuery(
    `with staff as (insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), 'hq', 'Persona Ficticia', now()) returning id),
     turns as (
       insert into visits.visits (office_id, id, booking_id, local_date, state, arrived_at, turn_no, version)
       select o, gen_random_uuid(), gen_random_uuid(), d::date, 'done', d, n, 1
       from unnest('{fresno,dallas,boston}'::text[]) o, unnest('{2026-11-23,2026-12-01}'::timestamptz[]) d, generate_series(1, 40) n
       returning office_id, id, local_date, turn_no)
     insert into visits.priorities (office_id, visit_id, priority, local_date, staff_id, marked_at, needs_second)
     select office_id, turns.id, 'far', local_date, staff.id, now(), false from turns, staff
     where turn_no <= case office_id when 'fresno' then 12 when 'dallas' then 11 else 4 end`,
  );
  api.services.clock.set(new Date("2026-12-05T18:00:00Z"));
  const reply = await api.app.inject("/open/v1/priorities");
  expect([reply.statusCode, reply.headers["cache-control"]]).toEqual([200, "public, max-age=3600"]);
  // Of four nothing is told, nor of the eleven by which the sum would tell them.
  expect(reply.json()).toEqual({
    months: [
      { office: "boston", month: "2026-11", turns: 40, first: null },
      { office: "dallas", month: "2026-11", turns: 40, first: null },
      { office: "fresno", month: "2026-11", turns: 40, first: 12 },
    ],
  });
});
