import { afterAll, beforeAll, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import { rememberTold } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { aSpecialDay, VENUE, type MadeDay } from "#tests/support/special-days.ts";
import { aStaffId } from "../../modules/visits/visits.fixtures.ts";
import { openTestApi, type TestApi } from "./api.fixtures.ts";
import { ask, cookieOf } from "./console/console.fixtures.ts";
import type { Publications } from "./console/publication-contract.ts";

let api: TestApi;
let day: MadeDay;
beforeAll(async () => {
  api = await openTestApi();
  day = await aSpecialDay(api.services);
  await rememberTold(systemContext(api.services, "test"));
  await api.services.adminQuery("update schedules.special_days set revision = 2 where id = $1", [day.id]);
  await api.services.adminQuery("update schedules.venues set street = '12 Calle Nueva' where id = $1", [day.venueId]);
});
afterAll(() => api.close());

const later = () => api.services.clock.advance(MINUTE_MS);

test("special days are open data, with what changed, and without a place while they have none", async () => {
  const read = async () =>
    (await api.app.inject("/open/v1/special-days")).json<{ specialDays: Record<string, unknown>[] }>().specialDays;
  const was = `${VENUE.name}, ${VENUE.street}, Reno, NV`;
  expect(await read()).toEqual([
    {
      id: day.id,
      office: "fresno",
      kind: "mobile",
      state: "published",
      revision: 2,
      localDate: "2026-12-05",
      startsAt: "2026-12-05T16:00:00.000Z",
      endsAt: "2026-12-05T19:00:00.000Z",
      venue: {
        name: VENUE.name,
        street: "12 Calle Nueva",
        city: "Reno",
        region: "NV",
        lat: VENUE.latitude,
        lng: VENUE.longitude,
        wayIn: VENUE.wayIn,
      },
      serviceGroups: ["documentacion"],
      places: 24,
      givenOut: "open",
      changes: [`Lugar: ${was} → ${VENUE.name}, 12 Calle Nueva, Reno, NV`],
      page: `/jornadas/${day.id}`,
    },
  ]);
  await api.services.adminQuery("update schedules.special_days set state = 'suspended' where id = $1", [day.id]);
  later();
  expect(await read()).toMatchObject([
    { state: "suspended", localDate: null, startsAt: null, venue: null, places: null, changes: [] },
  ]);
  await api.services.adminQuery("update schedules.special_days set state = 'published' where id = $1", [day.id]);
  later();
});

test("what was planned is told, whoever has it; what was cut whole is told not to take place, until it is given back", async () => {
  const { adminQuery } = api.services;
  const read = async () => {
    later();
    const { specialDays } = (await api.app.inject("/open/v1/special-days")).json<{ specialDays: object[] }>();
    return specialDays;
  };
  await adminQuery("update schedules.places set state = 'withdrawn' where session_id = $1 and counter = 1", [
    day.sessionId,
  ]);
  expect(await read()).toMatchObject([{ state: "published", places: 24 }]);
  await adminQuery("update schedules.sessions set state = 'closed' where id = $1", [day.sessionId]);
  expect(await read()).toMatchObject([
    {
      state: "closed",
      revision: 3,
      localDate: "2026-12-05",
      places: null,
      changes: ["Día: sábado 5 de diciembre → no se llevará a cabo"],
    },
  ]);
  await adminQuery("update schedules.sessions set state = 'open' where id = $1", [day.sessionId]);
  await adminQuery("update schedules.places set state = 'open' where session_id = $1", [day.sessionId]);
  expect(await read()).toMatchObject([{ state: "published", revision: 2, places: 24 }]);
});

test("a supervisor has its texts ready, in both languages; a clerk plans nothing and has none", async () => {
  const { app, services } = api;
  const cookie = async (role: "supervisor" | "clerk") => cookieOf(services, await aStaffId(services, role));
  const { status, body } = await ask(app, "GET", "/publications", await cookie("supervisor"));
  expect(status).toBe(200);
  const { days } = body as Publications;
  expect(days).toMatchObject([
    {
      id: day.id,
      state: "published",
      revision: 2,
      es: { headline: "Consulado móvil en Reno", image: `/jornadas/${day.id}/imagen.png` },
      en: { headline: "Mobile consulate in Reno", poster: `/en/jornadas/${day.id}/cartel.pdf` },
    },
  ]);
  expect(days[0]!.es.text).toMatch(/^\*CORRECCIÓN\*\nLugar: /);
  expect(days[0]!.es.radioWords).toBeLessThanOrEqual(75);
  expect(days[0]!.en.text).toMatch(/^\*CORRECTION\*/);
  expect((await ask(app, "GET", "/publications", await cookie("clerk"))).status).toBe(403);
});
