import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "./api.fixtures.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

test("what staff did beside the rule is told by month once it is over, and how much of it one person did alone", async () => {
  await api.services.adminQuery(
    `with staff as (
       insert into people.staff (id, office_id, role, name, created_at)
       select gen_random_uuid(), 'fresno', 'clerk', 'Persona Ficticia', now() from generate_series(1, 2) returning id),
     two as (select min(id::text)::uuid as a, max(id::text)::uuid as b from staff),
     door as (
       insert into visits.door_overrides (office_id, id, local_date, staff_id, verdict, reason, at, second_id, seconded_at)
       select 'fresno', gen_random_uuid(), '2026-11-20', a, 'later', 'weather', now(), case when n > 10 then b end, case when n > 10 then now() end
       from two, generate_series(1, 30) n)
     insert into people.presences (id, office_id, staff_id, shown, second_id, shown_at, expires_at, used_at, used_for)
     select gen_random_uuid(), 'fresno', a, case when n > 28 then 'second' else 'code' end, case when n > 28 then b end, d, d, case when n > 1 then d end, case when n > 1 then case when n > 39 then 'name' else 'date' end end
     from two, unnest('{2026-11-30T23:00Z,2026-12-02T18:00Z}'::timestamptz[]) d, generate_series(1, 40) n`,
  );
  api.services.clock.set(new Date("2026-12-05T18:00:00Z"));
  const reply = await api.app.inject("/open/v1/exceptions");
  expect([reply.statusCode, reply.headers["cache-control"]]).toEqual([200, "public, max-age=3600"]);
  // What was shown and booked nothing is no date, nor a second look at a name, and December is not over.
  const counts = { dates: 38, attested: 11, door: 30, doorAlone: 10, urgent: 0, urgentAlone: 0 };
  expect(reply.json()).toEqual({
    network: [{ month: "2026-11", ...counts }],
    offices: [{ office: "fresno", month: "2026-11", ...counts }],
  });
});
