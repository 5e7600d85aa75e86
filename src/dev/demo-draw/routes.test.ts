import { afterAll, beforeAll, expect, test } from "vitest";
import { cookieOf } from "#channels/api/console/console.fixtures.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { PLAY_URL, PLAYED_URL, registerPlay } from "./routes.ts";

let services: TestServices;
let web: ReturnType<typeof createHttpServer>;
beforeAll(async () => {
  services = await openTestServices();
  web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
  registerPlay(web, services);
  await web.ready();
});
afterAll(async () => {
  await web.close();
  await services.close();
});

const press = async (role?: "clerk" | "hq") => {
  const headers = { origin: services.publicOrigin };
  if (role === undefined) return web.inject({ method: "POST", url: PLAYED_URL, headers });
  const [staff] = await services.adminQuery<{ id: string }>(
    "insert into people.staff (id, office_id, role, name, created_at) values (gen_random_uuid(), $1, $2, 'Persona Ficticia', now()) returning id",
    [role === "hq" ? null : "fresno", role],
  );
  return web.inject({
    method: "POST",
    url: PLAYED_URL,
    headers,
    cookies: { staff: await cookieOf(services, staff!.id) },
  });
};

test("the button of the console is headquarters' alone", async () => {
  expect((await press()).statusCode).toBe(401);
  expect((await press("clerk")).statusCode).toBe(403);
  expect((await press("hq")).json()).toMatchObject({ playing: true, steps: [] });
  await expect
    .poll(async () => (await web.inject(PLAYED_URL)).json<object>(), { timeout: 5_000 })
    .toEqual({ playing: false, steps: [], refusal: "no_draw", failed: false });
});

test("the command hears why there is nothing to play", async () => {
  const answer = await web.inject({ method: "POST", url: PLAY_URL, headers: { origin: services.publicOrigin } });
  expect(answer.body).toBe("No office draws its places here, so that there is nothing to draw.\n");
});
