import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { disclose } from "#modules/people/index.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { CountsFile, EndedReleases, ReleaseList } from "./release-contract.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<"one" | "other" | "third" | "head", string>;
const ids = {} as Record<"one" | "other" | "third", string>;
const MONTH = "2026-09-01";

beforeAll(async () => {
  services = await openTestServices();
  open = await aConsole(services);
  await services.adminQuery(
    `insert into visits.day_counts (office_id, local_date, service_group, served, unserved, missed, cancelled, moved)
     select office_id, day::date, 'passport', served, unserved, missed, cancelled, 0
     from (values ('chicago', '2026-09-03', 400, 30, 3, 20), ('dallas', '2026-09-04', 700, 45, 60, 25), ('dallas', '2026-09-30', 100, 0, 0, 0), ('fresno', '2026-10-01', 1, 1, 1, 1))
       as t (office_id, day, served, unserved, missed, cancelled)`,
  );
});
beforeEach(async () => {
  cookies.head = await cookieOf(services, await aStaffId(services, "office_head"));
  for (const who of ["one", "other", "third"] as const) {
    const [staff] = await services.adminQuery<{ id: string }>(
      "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), $1, 'Persona Ficticia', now()) returning id",
      [who === "other" ? "admin" : "hq"],
    );
    ids[who] = staff!.id;
    cookies[who] = await cookieOf(services, staff!.id);
  }
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const post = (who: keyof typeof cookies, path: string, body?: object) =>
  ask(open.app, "POST", path, cookies[who], body);
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];
/** Asks for the month and says which release it is. */
async function asked(): Promise<string> {
  const answer = await post("one", "/releases", { month: MONTH, reason: "planning" });
  expect(answer.status).toBe(200);
  return (answer.body as ReleaseList).releases[0]!.id;
}
const actions = async () =>
  (
    await services.adminQuery<{ action: string }>(
      "select action from audit.entries where action like 'people.%ed' order by at, id",
    )
  ).map((one) => one.action);

test("a month of counts leaves with two people, once, without small counts and what would give them away", async () => {
  const id = await asked();
  expect(codeOf(await post("one", `/releases/${id}/counts`))).toEqual([409, "needs_another_person"]);
  expect(codeOf(await post("one", `/releases/${id}/sign`))).toEqual([409, "needs_another_person"]);
  expect(codeOf(await post("head", `/releases/${id}/sign`))).toEqual([403, "not_allowed"]);
  const signed = await post("other", `/releases/${id}/sign`);
  expect((signed.body as ReleaseList).releases[0]).toMatchObject({ id, signed: 2, mine: true, month: MONTH });
  expect(codeOf(await post("third", `/releases/${id}/sign`))).toEqual([409, "not_possible"]);
  const file = await post("third", `/releases/${id}/counts`);
  expect(file.body as CountsFile).toEqual({
    name: "conteos-2026-09.csv",
    csv: [
      "office,served,unserved,missed,cancelled,total",
      "chicago,400,30,,,453",
      "dallas,800,45,,,930",
      "total,1200,75,63,45,1383",
      "",
    ].join("\r\n"),
  });
  expect(codeOf(await post("one", `/releases/${id}/counts`))).toEqual([409, "not_possible"]);
  expect(await actions()).toEqual(expect.arrayContaining(["people.counts_asked", "people.counts_signed"]));
});

test("of ten who take it at once one has it; whoever was dismissed or demoted since has signed nothing; after a day it is over", async () => {
  const id = await asked();
  await post("other", `/releases/${id}/sign`);
  await services.adminQuery("update people.staff set role = 'analyst' where id = $1", [ids.other]);
  expect(codeOf(await post("one", `/releases/${id}/counts`))).toEqual([409, "needs_another_person"]);
  await services.adminQuery("update people.staff set role = 'admin', active = false where id = $1", [ids.other]);
  expect(codeOf(await post("one", `/releases/${id}/counts`))).toEqual([409, "needs_another_person"]);
  await services.adminQuery("update people.staff set active = true where id = $1", [ids.other]);
  const answers = await Promise.all(Array.from({ length: 10 }, () => post("one", `/releases/${id}/counts`)));
  expect(answers.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, ...Array(9).fill(409)]);

  const late = await asked();
  await services.adminQuery("update people.releases set expires_at = $2 where id = $1", [late, services.clock.now()]);
  expect(codeOf(await post("other", `/releases/${late}/sign`))).toEqual([404, "unknown_release"]);
});

test("two who sign at once are two people, and one who signs twice at once is one", async () => {
  const phone = "(559) 555-0177";
  const nobody = () => Promise.resolve(undefined);
  const answer = () =>
    disclose(systemContext(services, "test"), { phone, reason: "court_order" }, () => Promise.resolve("all"), nobody);
  expect(await answer()).toMatchObject({ signed: 0 });
  const [release] = ((await ask(open.app, "GET", "/releases", cookies.one)).body as ReleaseList).releases;
  const once = await Promise.all([1, 2, 3].map(() => post("one", `/releases/${release!.id}/sign`)));
  expect(once.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  expect(await answer()).toMatchObject({ signed: 1 });
  await post("other", `/releases/${release!.id}/sign`);
  expect(codeOf(await post("third", `/releases/${release!.id}/counts`))).toEqual([409, "not_possible"]);
  expect(await answer()).toEqual({ answer: "all" });
  // It serves once: the next answer needs two people again.
  expect(await answer()).toMatchObject({ signed: 0 });
});

test("a month that does not stand yet is refused, and a touch that is old asks for another", async () => {
  const now = services.clock.now().toISOString().slice(0, 7);
  expect(codeOf(await post("one", "/releases", { month: `${now}-01`, reason: "planning" }))).toEqual([
    409,
    "month_not_over",
  ]);
  expect((await post("one", "/releases", { month: "2026-09-02", reason: "planning" })).status).toBe(400);
  services.clock.advance(HOUR_MS);
  expect(codeOf(await post("one", "/releases", { month: MONTH, reason: "planning" }))).toEqual([401, "touch_needed"]);
});

test("who asked and why stands with it for the second person and in the log; what is over is told page by page, the newest first", async () => {
  expect((await post("one", "/releases", { month: MONTH })).status).toBe(400);
  expect((await post("one", "/releases", { month: MONTH, reason: "court_order" })).status).toBe(400);
  const id = await asked();
  const list = (await ask(open.app, "GET", "/releases", cookies.other)).body as ReleaseList;
  expect(list.releases.find((one) => one.id === id)).toMatchObject({
    reason: "planning",
    askedBy: "Persona Ficticia",
    takenAt: null,
    mine: false,
  });
  await post("other", `/releases/${id}/sign`);
  await post("third", `/releases/${id}/counts`);
  const log = await services.adminQuery<{ action: string; purpose: string }>(
    "select distinct action, purpose from audit.entries where actor_id = any($1::uuid[]) and action like 'people.counts_%' order by 1",
    [Object.values(ids)],
  );
  expect(log).toEqual(
    ["asked", "signed", "taken"].map((step) => ({ action: `people.counts_${step}`, purpose: "planning" })),
  );
  const now = services.clock.now();
  await services.adminQuery(
    `insert into people.releases (id, kind, month, asked_at, expires_at, reason)
     select gen_random_uuid(), 'counts', '2026-08-01', $1::timestamptz - n * interval '1 day', $1::timestamptz - n * interval '1 day' + interval '1 hour', 'audit' from generate_series(1, 45) n`,
    [now],
  );
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let before = ""; ; before = `?before=${seen.at(-1)}`) {
    const page = (await ask(open.app, "GET", `/releases/ended${before}`, cookies.third)).body as EndedReleases;
    seen.push(...page.releases.map((one) => one.id));
    sizes.push(page.releases.length);
    if (!page.more) break;
  }
  const [{ n }] = (await services.adminQuery<{ n: number }>(
    "select count(*)::int as n from people.releases where used_at is not null or expires_at <= $1",
    [now],
  )) as [{ n: number }];
  expect([new Set(seen).size, seen.length, sizes.slice(0, 2)]).toEqual([n, n, [20, 20]]);
  expect(seen.includes(id)).toBe(true);
  expect((await ask(open.app, "GET", "/releases/ended", cookies.head)).status).toBe(403);
});
