import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY_MS } from "#kernel/time.ts";
import type { TestServices } from "#tests/support/database.ts";
import { advanceDraws, hurryDemo, openNextDraw, type DrawId } from "#modules/allocation/index.ts";
import { systemContext } from "#platform/context.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { codeDigits, issueCard } from "#modules/people/index.ts";
import { aDrawnDemo, fresnoDraws } from "#tests/support/draws.ts";
import { aStaffId, staffContext } from "../../modules/visits/visits.fixtures.ts";
import { openTestApi, type TestApi } from "./api.fixtures.ts";
import { cookieOf } from "./console/console.fixtures.ts";

let api: TestApi;
let services: TestServices;
let app: FastifyInstance;
let draw: DrawId;
beforeAll(async () => {
  api = await openTestApi();
  ({ services, app } = api);
  draw = await aDrawnDemo(services);
});
afterAll(() => api.close());

interface Operation {
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}
async function operations() {
  const description = (await app.inject("/api/v1/openapi.json")).json<{
    openapi: string;
    components: { schemas: { Problem: { required: string[] } } };
    paths: Record<string, Record<string, Operation>>;
  }>();
  const all = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ name: `${method.toUpperCase()} ${path}`, ...one })),
  );
  return { ...description, all };
}

test("the description is OpenAPI 3.1 and names every route with what it does", async () => {
  const { openapi, all } = await operations();
  expect(openapi).toBe("3.1.0");
  expect(all.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "POST /api/v1/bookings",
      "POST /api/v1/offices/{id}/times",
      "GET /api/v1/console/today",
      "POST /api/v1/console/visits/{id}/outcomes",
    ]),
  );
  expect(all.filter(({ summary }) => !summary)).toEqual([]);
});

test("it says of every route how it succeeds and how it refuses, by one document for all refusals", async () => {
  const { all, components } = await operations();
  expect(components.schemas.Problem.required).toEqual(["type", "title", "status", "code"]);
  for (const { name, responses, security = [], requestBody } of all) {
    const statuses = Object.keys(responses);
    const good = statuses.filter((one) => one.startsWith("2"));
    expect([name, good.length, statuses.includes("4XX"), statuses.includes("503")]).toEqual([name, 1, true, true]);
    expect([name, responses[good[0]!]!.content !== undefined]).toEqual([name, good[0] !== "204"]);
    expect([name, statuses.includes("401")]).toEqual([name, security.length > 0]);
    if (requestBody) expect([name, statuses]).toEqual([name, expect.arrayContaining(["400", "403"])]);
    for (const status of statuses.filter((one) => /^[45]/.test(one)))
      expect([name, responses[status]!.content]).toEqual([
        name,
        { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      ]);
  }
  const of = (name: string) => Object.keys(all.find((one) => one.name === name)!.responses);
  expect(of("POST /api/v1/bookings")).toEqual(["201", "400", "401", "403", "404", "409", "422", "503", "4XX"]);
  expect(of("POST /api/v1/sessions/code")).toEqual(expect.arrayContaining(["202", "422"]));
  for (const [name, statuses] of [
    ["POST /names", ["404", "409"]],
    ["POST /permissions", ["404", "409", "422"]],
    ["POST /permissions/undo", ["404", "409", "422"]],
    ["GET /office-file", ["403", "404"]],
    ["PUT /office-file", ["404", "422"]],
    ["GET /cuts", ["403"]],
    ["POST /cuts", ["409", "422"]],
    ["POST /cuts/{id}/undo", ["404"]],
    ["POST /proposals", ["404", "409"]],
    ["GET /staff", ["403"]],
    ["POST /staff", ["404", "422"]],
    ["POST /staff/{id}/enrolment", ["404"]],
    ["POST /staff/{id}/deactivate", ["404"]],
    ["POST /enrol/options", ["404"]],
    ["POST /enrol/verify", ["404", "422"]],
  ] as const)
    expect([name, of(name.replace(" ", " /api/v1/console"))]).toEqual([name, expect.arrayContaining([...statuses])]);
  expect(of("GET /api/v1/offices/{id}/availability")).toEqual(expect.arrayContaining(["200", "304", "404"]));
});

test("its examples lie in the future whenever it is read, but for birthdays", async () => {
  const examples = async () => {
    const found: string[] = [];
    JSON.stringify((await app.inject("/api/v1/openapi.json")).json(), (key, value: unknown) => {
      if (key === "example" && /^\d{4}-\d\d-\d\d/.test(String(value))) found.push(String(value));
      return value;
    });
    return [...new Set(found)].sort();
  };
  const now = services.clock.now();
  const [birthday, ...days] = await examples();
  expect(birthday).toBe("1990-05-17");
  expect(days.length).toBeGreaterThanOrEqual(3);
  services.clock.advance(5 * 365 * DAY_MS);
  const later = (await examples()).slice(1);
  services.clock.set(now);
  for (const [i, read] of [days, later].entries())
    for (const day of read) expect(Date.parse(day)).toBeGreaterThan(now.getTime() + (i * 5 * 365 - 1) * DAY_MS);
});

/** Does what a shell and curl would: fills in the variables and sends the request. */
function run(command: string, variables: Readonly<Record<string, string>>) {
  const filled = command
    .replaceAll("$(uuidgen)", randomUUID())
    .replace(/'"\$([A-Z_]+)"'|\$([A-Z_]+)/g, (text, quoted?: string, plain?: string) => {
      const value = variables[quoted ?? plain!];
      if (value === undefined) throw new Error(`${text} has no value in: ${command}`);
      return value;
    });
  const headers = [...filled.matchAll(/-H "([^:"]+): ([^"]*)"/g)].map(([, name, value]) => [name!, value!] as const);
  const cookie = /-b "([^"]+)"/.exec(filled)?.[1];
  const payload = /-d '([\s\S]+)'$/.exec(filled)?.[1];
  return app.inject({
    method: (/-X (\w+)/.exec(filled)?.[1] ?? "GET") as "GET" | "POST" | "PUT",
    url: /"([^"]*\/(?:api|open)\/v1[^"]*)"/.exec(filled)![1]!.replace(services.publicOrigin, ""),
    headers: { ...Object.fromEntries(headers), ...(cookie ? { cookie } : {}) },
    ...(payload === undefined ? {} : { payload }),
  });
}

async function examples(): Promise<string[]> {
  const page = (await app.inject("/api/v1/")).body.replace(/&#(\d+);/g, (_, code: string) =>
    String.fromCharCode(Number(code)),
  );
  return [...page.matchAll(/<pre tabindex="0"><code>([\s\S]*?)<\/code><\/pre>/g)].map(([, text]) => text!);
}

/** What the examples of earlier routes gave, for those that need it. */
const known: Record<string, string> = {};

/** Runs an example and keeps what later ones need of its answer. */
async function runs(command: string): Promise<void> {
  const answer = await run(command, known);
  expect([command, answer.statusCode < 300 ? "ran" : answer.body]).toEqual([command, "ran"]);
  const isJson = String(answer.headers["content-type"]).startsWith("application/json");
  const { token, id, holdId, heldUntil } = isJson ? answer.json<Partial<Record<string, string>>>() : {};
  if (token) known["TOKEN"] = token;
  if (command.includes(" -X POST") && (id ?? holdId)) known["ID"] = (id ?? holdId)!;
  if (heldUntil) known["HELD_UNTIL"] = heldUntil;
}

test("every example of the open routes, of a session and of bookings runs as it stands", async () => {
  const all = await examples();
  expect(all.length).toBe((await operations()).all.length);
  const open = all.filter((text) => !/\/(console|requests)\b|\/api\/v1\/emergencies/.test(text));
  // A verified session comes before what needs one.
  const inOrder = [
    ...open.filter((one) => one.includes("/sessions")),
    ...open.filter((one) => !one.includes("/sessions")),
  ];
  const card = await issueCard(staffContext(services, await aStaffId(services)));
  if (!card.ok) throw new Error(card.refusal.code);
  Object.assign(known, {
    ORIGIN: services.publicOrigin,
    FOLIO: card.value.folio,
    PIN: card.value.pin,
    ADDRESS: "ejemplo@example.org",
    DRAW: draw,
  });
  for (const command of inOrder) {
    if (command.includes("$CODE")) {
      const [code] = await services.adminQuery<{ id: string }>("select id from people.codes where used_at is null");
      known["CODE"] = await codeDigits({ ...services, now: services.clock.now() } as never, code!.id);
    }
    await runs(command);
  }
  expect(inOrder.length).toBe(34);
});

test("examples of emergencies run: asked, read and taken back, and after a no to the head of office", async () => {
  const asked = (await examples()).filter((text) => text.includes("/api/v1/emergencies"));
  expect(asked.length).toBe(6);
  const example = (path: RegExp): string => asked.find((one) => path.test(one))!;
  await runs(example(/-X POST.*emergencies"/s));
  await runs(asked.find((one) => !one.includes("-X") && /emergencies"/.test(one))!);
  await runs(example(/emergencies\/"?'?"?\$ID[^/]*$/));
  await services.adminQuery(
    "update emergencies.requests set state = 'refused', proposal = 'no', reason = 'solved', proposed_by = gen_random_uuid(), proposed_at = now(), signed_by = gen_random_uuid(), signed_at = now(), signed_how = 'two'",
  );
  await runs(example(/\/review/));
  await runs(example(/\/withdraw/));
});

test("examples of requests run while a draw is open, and those of an offer after it", async () => {
  const context = () => systemContext(services, "test");
  await fresnoDraws(services, "2026-12-21" as LocalDate);
  const asked = (await examples()).filter((text) => /\/requests\b/.test(text));
  expect(asked.length).toBe(8);
  const example = (method: string, path: RegExp): string =>
    asked.find((one) => (/-X (\w+)/.exec(one)?.[1] ?? "GET") === method && path.test(one))!;
  const ask = example("POST", /requests"/);
  await openNextDraw(context(), "demo");
  for (const one of [ask, example("GET", /requests"/), example("GET", /ID"/), example("PUT", /ID"/)]) await runs(one);
  await offered();
  // Nobody waits for a better place than her first wish: as if it were not.
  await services.adminQuery("update allocation.outcomes set option = 1 where office_id is not null");
  await runs(example("POST", /keep"/));
  await services.adminQuery("update allocation.filings set upgrade = false");
  await runs(example("POST", /decline"/));
  await runs(example("DELETE", /ID"/));
  // The places of the first day wait for its second round.
  await fresnoDraws(services, "2026-12-28" as LocalDate);
  await openNextDraw(context(), "demo");
  await runs(ask);
  await offered();
  await runs(example("POST", /accept"/));

  /** Lock, round and result of the draw that is open, but not yet the booking that follows by itself. */
  async function offered(): Promise<void> {
    services.clock.advance(1_000);
    await hurryDemo(context());
    for (let step = 0; step < 6; step++) {
      await advanceDraws(context());
      services.clock.advance(2_000);
    }
  }
});

test("examples of the console run with the staff cookie, and writes name their origin", async () => {
  const ofConsole = (await examples()).filter((text) => text.includes("/console/"));
  const origin = { ORIGIN: services.publicOrigin };
  const clerk = await cookieOf(services, await aStaffId(services));
  const head = await cookieOf(services, await aStaffId(services, "office_head"));
  const admin = await cookieOf(services, await aStaffId(services, "admin"));
  const analyst = await cookieOf(services, await aStaffId(services, "analyst", null as never));
  const agent = await cookieOf(services, await aStaffId(services, "agent", null as never));
  const [member] = await services.adminQuery<{ id: string }>(
    "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), 'hq', 'Persona Ficticia', now()) returning id",
  );
  const hq = await cookieOf(services, member!.id);
  // The stream has no end, and nobody has made a group to look at; both are tested beside their code.
  const reading = ofConsole.filter((text) => !text.includes(" -X ") && !/\/(events|clusters)/.test(text));
  const writing = ofConsole.filter((text) => /\/(cards|sign-in\/options)"/.test(text));
  expect(reading.length).toBeGreaterThan(12);
  expect(writing).toHaveLength(2);
  for (const command of [...reading, ...writing]) {
    const ofOffice = /\/(devices|draws|cuts|plan|publications|day|survey|reports\/(office|week|care|priorities))/.test(
      command,
    )
      ? head
      : clerk;
    const ofNetwork = /\/(closings|agent-alarms|releases|reports\/network)/.test(command)
      ? hq
      : /\/(integrity|adverts|helpers)/.test(command)
        ? analyst
        : command.includes('/talks"')
          ? agent
          : ofOffice;
    const STAFF = command.includes('/staff"') ? admin : ofNetwork;
    const answer = await run(command, { ...origin, STAFF, ID: draw });
    expect([command, answer.statusCode]).toEqual([command, 200]);
  }
  const nameless = ofConsole.filter((text) => text.includes(" -X ") && !text.includes('-H "Origin: $ORIGIN"'));
  expect(nameless).toEqual([]);
  expect(ofConsole.find((text) => text.includes('/find"'))).toContain(`-d '{"folio":"'"$FOLIO"'"}'`);
});
