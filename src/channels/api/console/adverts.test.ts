import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import type { AdvertList, ImportLine, OpenedAdvert } from "./advert-contract.ts";
import { ask, aConsole, cookieOf, PREFIX } from "./console.fixtures.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<"one" | "other" | "head", string>;
beforeAll(async () => {
  services = await openTestServices();
  open = await aConsole(services);
  cookies.head = await cookieOf(services, await aStaffId(services, "office_head"));
  for (const who of ["one", "other"] as const) {
    const [analyst] = await services.adminQuery<{ id: string }>(
      "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), 'analyst', 'Persona Ficticia', now()) returning id",
    );
    cookies[who] = await cookieOf(services, analyst!.id);
  }
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const get = (who: keyof typeof cookies, path: string) => ask(open.app, "GET", path, cookies[who]);
const post = (who: keyof typeof cookies, path: string, body: object = {}) =>
  ask(open.app, "POST", path, cookies[who], body);
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];

test("an analyst files, another confirms, the platform is asked, two see a purchase; an older picture and the same person are refused", async () => {
  const filed = await post("one", "/adverts", {
    platform: "tiktok",
    link: "https://www.tiktok.com/@citas.ya/video/1",
    words: "Citas <img src=x onerror=alert(1)> 559 555 0143",
  });
  const path = `/adverts/${(filed.body as { id: string }).id}`;
  const opened = (await post("one", `${path}/open`)).body as OpenedAdvert;
  expect(opened).toMatchObject({
    state: "new",
    mine: true,
    takedown: null,
    points: [{ kind: "phone", match: null }, {}],
  });
  expect(codeOf(await post("one", `${path}/judge`, { version: 1, state: "confirmed" }))).toEqual([
    409,
    "needs_another_person",
  ]);
  expect((await post("other", `${path}/judge`, { version: 1, state: "confirmed" })).body).toMatchObject({
    state: "confirmed",
    version: 2,
    mine: false,
  });
  expect(codeOf(await post("other", `${path}/judge`, { version: 1, state: "dismissed" }))).toEqual([
    409,
    "changed_meanwhile",
  ]);
  await post("one", `${path}/takedown`);
  expect((await post("one", `${path}/takedown/move`, { version: 1, to: "sent" })).body).toMatchObject({
    takedown: { state: "sent", next: ["answered", "removed", "refused"] },
  });
  const purchase = { id: randomUUID(), boughtAt: services.clock.now().toISOString(), priceCents: 4_000 };
  expect(codeOf(await post("one", `${path}/purchases`, { ...purchase, folio: "7K3M" }))).toEqual([
    422,
    "invalid_folio",
  ]);
  const { purchases } = (await post("one", `${path}/purchases`, purchase)).body as OpenedAdvert;
  const witness = `${path}/purchases/${purchases[0]!.id}/witness`;
  expect(codeOf(await post("one", witness))).toEqual([409, "needs_another_person"]);
  expect((await post("other", witness)).body).toMatchObject({ purchases: [{ witnessed: true, folioTail: null }] });
  expect((await get("one", "/adverts?state=confirmed&takedown=sent")).body).toMatchObject({
    adverts: [{ platform: "tiktok", matches: 0 }],
  });
  expect((await get("one", "/adverts/months")).body).toEqual({ months: [], line: null });
});

test("an export is answered line by line while it is filed, and whoever may not is refused before it is read", async () => {
  const rows = Array.from({ length: 450 }, (_, i) => `facebook,https://facebook.com/vende/posts/${i},x`);
  const send = (who: keyof typeof cookies, type = "text/csv") =>
    open.app.inject({
      method: "POST",
      url: `${PREFIX}/adverts/import?format=csv`,
      headers: { "sec-fetch-site": "same-origin", "content-type": type },
      cookies: { staff: cookies[who] },
      payload: ["platform,link,words", ...rows, "facebook"].join("\n"),
    });
  const answer = await send("one");
  const told = answer.body
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ImportLine);
  expect(told.map(({ rows: read, filed }) => [read, filed])).toEqual([
    [200, 200],
    [400, 400],
    [451, 450],
  ]);
  expect(told.at(-1)!.errors).toEqual([{ row: 451, error: "unreadable" }]);
  expect((await send("head")).statusCode).toBe(403);
  expect((await send("one", "text/html")).statusCode).toBe(415);
  expect(((await get("one", "/adverts?platform=facebook")).body as AdvertList).adverts).toHaveLength(100);
});

test("who runs an office reaches none of it", async () => {
  const id = "00000000-0000-4000-8000-000000000000";
  const answers = await Promise.all([
    get("head", "/adverts"),
    get("head", "/adverts/months"),
    post("head", "/adverts", { platform: "x", words: "x" }),
    post("head", `/adverts/${id}/open`),
    post("head", `/adverts/${id}/judge`, { version: 1, state: "confirmed" }),
    post("head", `/adverts/${id}/takedown`),
    get("head", `/adverts/${id}/screenshots/${id}`),
  ]);
  expect(answers.map(codeOf)).toEqual(Array.from({ length: 7 }, () => [403, "not_allowed"]));
});
