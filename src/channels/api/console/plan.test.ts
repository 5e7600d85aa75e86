import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession, VISIT_DAY } from "#tests/support/fixtures.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { PlanMonth, PlanPreview, PlanSaved, PlanWeek, Resource, SpecialDayDone, Venue } from "./plan-contract.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<"clerk" | "supervisor" | "office_head" | "hq", string>;

beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-20T18:00:00Z") });
  open = await aConsole(services);
  for (const role of ["clerk", "supervisor", "office_head"] as const)
    cookies[role] = await cookieOf(services, await aStaffId(services, role));
  const [hq] = await services.adminQuery<{ id: string }>(
    "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), 'hq', 'Persona Ficticia', now()) returning id",
  );
  cookies.hq = await cookieOf(services, hq!.id);
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const call = async <T>(
  method: "GET" | "POST" | "PUT",
  path: string,
  body?: object,
  role: keyof typeof cookies = "supervisor",
) => {
  const { status, body: answer } = await ask(open.app, method, `/plan${path}`, cookies[role], body);
  return { status, body: answer as T & { code?: string; about?: Record<string, string> } };
};

const HALL = {
  name: "Salón de Ejemplo",
  street: "100 Calle Ficticia",
  city: "Visalia",
  region: "CA",
  latitude: 36.33,
  longitude: -119.29,
  wayIn: "Puerta del estacionamiento.",
};
const opening = { serviceGroup: "documentacion", opens: "09:00", closes: "12:00", counters: 2, stepMinutes: 30 };

/** What the calendar tells of a special day, to be sent back. */
async function storedOf(id: string) {
  const [found] = await services.adminQuery<{ day: string }>(
    "select local_date::text as day from schedules.special_days where id = $1",
    [id],
  );
  const { body } = await call<PlanWeek>("GET", `/week?from=${found!.day}`);
  return { stored: body.days.flatMap((one) => one.specialDays).find((one) => one.id === id)!.stored };
}

test("whoever runs an office plans it, and nobody else", async () => {
  for (const path of ["/week", "/month", "/venues", "/resources"]) {
    const roles = ["clerk", "hq", "supervisor", "office_head"] as const;
    const statuses = await Promise.all(roles.map(async (role) => (await call("GET", path, undefined, role)).status));
    expect(statuses).toEqual([403, 403, 200, 200]);
  }
  expect((await call("POST", "/venues", HALL, "clerk")).status).toBe(403);
});

test("a mobile consulate is planned from nothing to published, with venue, picture and kit, and stands in the week", async () => {
  const { body: venue } = await call<Venue>("POST", "/venues", HALL);
  expect(venue).toMatchObject({ ...HALL, photo: null, retired: false });
  const jpeg = Buffer.from("ffd8ffe000044a46ffe1000a4578696647505321ffda00021122ffd9", "hex");
  const shown = await call<Venue>("PUT", `/venues/${venue.id}/photo`, { data: jpeg.toString("base64") });
  expect(shown.body.photo).toBe(`/api/v1/console/plan/venues/${venue.id}/photo`);
  const [stored] = await services.adminQuery<{ photo: Buffer }>("select photo from schedules.venues");
  expect(stored!.photo.includes("Exif")).toBe(false);
  expect((await call("PUT", `/venues/${venue.id}/photo`, { data: "aGVsbG8=" })).body.code).toBe("not_a_photo");

  const { body: made } = await call<{ resources: Resource[] }>("POST", "/resources", { kind: "kit", name: "Equipo 7" });
  expect((await call("POST", "/resources", { kind: "kit", name: "Equipo 7" })).body.code).toBe("name_taken");
  const wish = {
    kind: "mobile",
    localDate: "2026-12-26",
    venueId: venue.id,
    resources: [made.resources[0]!.id],
    sessions: [opening],
  };
  const { body: seen } = await call<PlanPreview>("POST", "/special-days/preview", wish);
  expect(seen).toMatchObject({
    gained: 12,
    lost: 0,
    people: 0,
    parties: [],
    sessions: [{ places: 12, givenOut: "open" }],
  });
  const stale = await call<PlanSaved>("POST", "/special-days", { ...wish, seen: "0".repeat(64) });
  expect(stale.body).toMatchObject({ saved: false, id: null, preview: { gained: 12 } });
  const { body: saved } = await call<PlanSaved>("POST", "/special-days", { ...wish, seen: seen.seen });
  expect(saved.saved).toBe(true);
  expect(await call("POST", "/special-days", { ...wish, seen: seen.seen })).toMatchObject({
    status: 409,
    body: { code: "overlapping_sessions", about: { opens: "09:00", closes: "12:00" } },
  });
  const { body: done } = await call<SpecialDayDone>(
    "POST",
    `/special-days/${saved.id}/publish`,
    await storedOf(saved.id!),
  );
  expect(done.specialDay).toMatchObject({
    state: "published",
    venue: { city: "Visalia" },
    resources: [{ kind: "kit", name: "Equipo 7" }],
    givenOut: "open",
  });

  const { body: week } = await call<PlanWeek>("GET", "/week?from=2026-12-21");
  const saturday = week.days.find((one) => one.localDate === "2026-12-26")!;
  expect(saturday.specialDays).toHaveLength(1);
  expect(saturday.sessions).toMatchObject([
    { opens: "09:00", closes: "12:00", places: { all: 12, free: 12, taken: 0, cut: 0 }, specialDayId: saved.id },
  ]);
  expect(saturday.sessions[0]!.byCounter.map((one) => [one.counter, one.all])).toEqual([
    [1, 6],
    [2, 6],
  ]);
  await services.adminQuery("insert into schedules.closures values ('fresno', '2026-12-25', 'navidad', 'mx_lft74')");
  const { body: month } = await call<PlanMonth>("GET", "/month?month=2026-12");
  expect(month.days).toHaveLength(31);
  expect(month.days[24]).toMatchObject({ localDate: "2026-12-25", closed: "navidad" });
  expect(month.days[25]).toMatchObject({ places: { all: 12 }, specialDays: [{ city: "Visalia", state: "published" }] });
  const { body: list } = await call<{ resources: Resource[] }>("GET", "/resources");
  expect(list.resources[0]!.days).toEqual([{ localDate: "2026-12-26", officeId: "fresno", town: "Visalia" }]);
});

test("a published day is suspended, moved and cancelled by whoever runs the office, each once", async () => {
  const wish = {
    kind: "extraordinary",
    localDate: "2027-01-08",
    sessions: [{ ...opening, opens: "15:00", closes: "18:00" }],
  };
  const { body: seen } = await call<PlanPreview>("POST", "/special-days/preview", wish);
  const { body: saved } = await call<PlanSaved>("POST", "/special-days", { ...wish, seen: seen.seen });
  const change = (name: string, body?: object) =>
    call<SpecialDayDone>("POST", `/special-days/${saved.id}/${name}`, body);
  expect((await change("suspend")).body.code).toBe("wrong_state");
  expect((await change("publish", { stored: "0".repeat(64) })).body.code).toBe("changed_meanwhile");
  await change("publish", await storedOf(saved.id!));
  expect((await call("POST", `/special-days/${saved.id}/suspend`, undefined, "clerk")).status).toBe(403);
  expect((await change("suspend")).body).toMatchObject({ specialDay: { state: "suspended" }, told: 0 });
  const moved = await change("move", { localDate: "2027-01-15", opens: "14:00" });
  expect(moved.body.specialDay).toMatchObject({
    state: "published",
    localDate: "2027-01-15",
    sessions: [{ closes: "17:00" }],
  });
  expect((await change("move", { localDate: "2026-11-01" })).body.code).toBe("in_the_past");
  expect((await change("cancel")).body.specialDay.state).toBe("cancelled");
  expect((await change("cancel")).status).toBe(200);
  expect((await change("move", { localDate: "2027-01-15" })).body.code).toBe("wrong_state");
});

test("a template is made from a day on, as it was seen", async () => {
  const body = {
    templateId: null,
    from: "2026-12-01",
    weekdays: [2],
    layout: { ...opening, serviceGroup: "fe_publica" },
  };
  const { body: seen } = await call<PlanPreview>("POST", "/templates/preview", body);
  expect(seen).toMatchObject({ lost: 0, people: 0, sessions: [{ places: 12 }] });
  expect((await call<PlanSaved>("POST", "/templates", { ...body, seen: seen.seen })).body).toMatchObject({
    saved: true,
  });
  expect((await call("POST", "/templates", { ...body, seen: seen.seen })).body).toMatchObject({
    code: "overlapping_sessions",
    about: { serviceGroup: "fe_publica", opens: "09:00" },
  });
  const { body: week } = await call<PlanWeek>("GET", "/week?from=2026-12-01");
  expect(week.templates).toMatchObject([{ weekdays: [2], serviceGroup: "fe_publica", validFrom: "2026-12-01" }]);
  expect(week.days[0]!.sessions).toHaveLength(1);
});

test("the week of a day says who has what", async () => {
  await aSession(services, { counters: 1, steps: 4 });
  const { body } = await call<PlanWeek>("GET", `/week?from=${VISIT_DAY}`);
  expect(body.days[0]!.sessions).toMatchObject([{ places: { all: 4, free: 4, kept: 0, taken: 0, cut: 0 } }]);
});

test.each<[string, object]>([
  ["minutes of no step", { sessions: [{ ...opening, stepMinutes: -15 }] }],
  ["an opening that closes before it opens", { sessions: [{ ...opening, closes: "08:00" }] }],
  ["more reserves than places", { sessions: [{ ...opening, reserves: { urgent: 50, walkIn: 50 } }] }],
  ["no opening at all", { sessions: [] }],
])("%s are refused", async (_, own) => {
  const wish = { kind: "saturday", localDate: "2026-12-19", sessions: [opening], ...own };
  expect((await call("POST", "/special-days/preview", wish)).status).toBe(400);
});
