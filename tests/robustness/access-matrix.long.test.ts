import { randomUUID } from "node:crypto";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { OfficeId } from "#kernel/ids.ts";
import { asksForTouch, can, type StaffAction } from "#modules/people/index.ts";
import { addDays, instantOf, MINUTE_MS } from "#kernel/time.ts";
import type { StaffRole } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession, FRESNO_ZONE, VISIT_DAY } from "#tests/support/fixtures.ts";
import { cookieOf } from "../../src/channels/api/console/console.fixtures.ts";
import { staffBody } from "../../src/channels/api/console/requests.ts";
import { aStaffId } from "../../src/modules/visits/visits.fixtures.ts";
import { CONSOLE, type ObjectKind, type Rule } from "./access-policy.ts";
import { aWorld, PNG, type Things, type World } from "./access-world.ts";
import { operationsOf, sample, type Operation } from "./bad-requests.ts";
import { openProgram, type Program } from "./program.ts";

const PREFIX = "/api/v1/console";
const OWN = "fresno" as OfficeId;
const ROLES = staffBody.shape.role.options;
/** Roles without an office of their own. */
const NETWORK: readonly StaffRole[] = ROLES.filter((role) => ["hq", "admin", "analyst", "agent"].includes(role));
/** About 2,400 requests, on a machine that other tests share. */
const WITHIN_MS = 120_000;
/** Never answered whole: a stream goes on. */
const STREAMS = ["GET /events"];
/** The door answers with a verdict, and "unknown" is one. */
const ANSWERS_ALIKE = ["POST /door", "POST /door/override"];
/** Ends what the others need, so it comes last. */
const LAST = ["POST /sign-out"];

interface Site {
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
}

let services: TestServices;
let program: Program;
let world: World;
let operations: Map<string, Operation>;
/** Routes on which something was carried out. */
const done = new Set<string>();
const cookies = new Map<StaffRole | "stranger", string | undefined>([["stranger", undefined]]);

beforeAll(async () => {
  services = await openTestServices();
  program = await openProgram(services);
  const described = operationsOf((await program.web.inject("/api/v1/openapi.json")).json());
  operations = new Map(described.map((one) => [`${one.method} ${one.path.replace(/\{(\w+)\}/g, ":$1")}`, one]));
  world = await aWorld(services, program);
});
beforeEach(async () => {
  for (const role of ROLES)
    cookies.set(
      role,
      await cookieOf(services, await aStaffId(services, role, NETWORK.includes(role) ? (null as never) : OWN)),
    );
});
afterAll(() => program.close());

test(
  "each role is answered as the table says, for its own, another office's, erased and invented things alike",
  async () => {
    const unexpected: string[] = [];
    const routes = [...Object.keys(CONSOLE).filter((one) => !LAST.includes(one)), ...LAST];
    for (const route of routes)
      for (const role of cookies.keys()) unexpected.push(...(await judge(program.web, route, CONSOLE[route]!, role)));
    expect(unexpected).toEqual([]);
  },
  WITHIN_MS,
);

test(
  "acts that reach far ask whoever may do them for her passkey once more, and nobody else",
  async () => {
    services.clock.advance(5 * MINUTE_MS);
    const askedFor: string[] = [];
    for (const [route, rule] of Object.entries(CONSOLE))
      for (const role of ROLES)
        if (!STREAMS.includes(route) && !LAST.includes(route)) {
          const answer = await program.web.inject(requestOf(route, world.nonexistent(), role));
          if (codeOf(answer) !== "touch_needed") continue;
          askedFor.push(`${role} ${route}`);
          expect([answer.statusCode, mayUse(rule, role)]).toEqual([401, true]);
        }
    const reachFar = Object.entries(CONSOLE)
      .filter(
        ([route, { may, onlyShows }]) => asksForTouch(may as StaffAction) && !onlyShows && !route.startsWith("GET"),
      )
      .flatMap(([route, rule]) => ROLES.filter((role) => mayUse(rule, role)).map((role) => `${role} ${route}`));
    expect(reachFar.length).toBeGreaterThan(4);
    expect(askedFor.sort()).toEqual([...reachFar, "office_head POST /emergencies/:id/sign"].sort());
  },
  WITHIN_MS,
);

test("a route without its check, and one that forgets the office, are each complained of: the negative control", async () => {
  const instead = (who: (route: string, url: string) => StaffRole | "elsewhere" | undefined): Site => ({
    inject: (options) => {
      const stand = who(`${options.method} ${(options.url as string).replace(PREFIX, "")}`, JSON.stringify(options));
      const cookie = stand === "elsewhere" ? elsewhere : stand && cookies.get(stand);
      return program.web.inject(cookie ? { ...options, cookies: { staff: cookie } } : options);
    },
  });
  const head = await aStaffId(services, "office_head", "los-angeles" as OfficeId);
  const elsewhere = await cookieOf(services, head);
  const unchecked = instead((route) => (route === "GET /cuts?on=2026-12-03" ? "office_head" : undefined));
  expect(await judge(unchecked, "GET /cuts", CONSOLE["GET /cuts"]!, "clerk")).toEqual([
    "clerk GET /cuts own: 200 , not not_allowed",
  ]);
  const forgetful = instead((_route, asked) => (asked.includes(world.other.booking) ? "elsewhere" : undefined));
  expect(await judge(forgetful, "POST /files", CONSOLE["POST /files"]!, "supervisor")).toEqual([
    "supervisor POST /files other: 200 , not refused",
    "supervisor POST /files other: 200 , not the bytes of nothing, 404 unknown_booking",
  ]);
  // The same two routes as they are.
  for (const [route, role] of [
    ["GET /cuts", "clerk"],
    ["POST /files", "supervisor"],
  ] as const)
    expect(await judge(program.web, route, CONSOLE[route]!, role)).toEqual([]);
});

test(
  "no hour that the public may not book yet is told to anybody who works here; one of the desk's own reserve is: the negative control",
  async () => {
    const day = addDays(VISIT_DAY, 1);
    const { sessionId } = await aSession(services, { localDate: day, steps: 12, counters: 1, stepMinutes: 60 });
    await services.adminQuery("delete from schedules.places where session_id = $1", [sessionId]);
    for (const [localTime, state, pool] of NOT_PUBLIC)
      await services.adminQuery(
        `insert into schedules.places (office_id, session_id, starts_at, counter, band, state, pool) values ($1, $2, $3, 1, 'morning', $4, $5)`,
        [OWN, sessionId, instantOf(day, localTime, FRESNO_ZONE), state, pool],
      );
    const told = async (localTime: string): Promise<string[]> => {
      const words = [localTime, instantOf(day, localTime, FRESNO_ZONE).toISOString().slice(0, 16)];
      const found: string[] = [];
      for (const [route, rule] of Object.entries(CONSOLE))
        for (const role of ROLES)
          if (READS(route) && mayUse(rule, role)) {
            const request = requestOf(route, world.own, role);
            const urls = new Set([request.url as string, ...WIDER.map((wider) => wider(request.url as string, day))]);
            for (const url of urls) {
              const { body } = await program.web.inject({ ...request, url });
              if (words.some((word) => body.includes(word))) found.push(`${role} ${route}`);
            }
          }
      return [...new Set(found)];
    };
    for (const [localTime] of NOT_PUBLIC) expect(await told(localTime)).toEqual([]);

    const [freed] = NOT_PUBLIC;
    const keepFor = (pool: string) =>
      services.adminQuery(
        "update schedules.places set state = 'planned', pool = $2 where session_id = $1 and starts_at = $3",
        [sessionId, pool, instantOf(day, freed[0], FRESNO_ZONE)],
      );
    const AT_DESK = ["clerk", "supervisor", "office_head"];
    await keepFor("assisted");
    expect(await told(freed[0])).toEqual(AT_DESK.map((role) => `${role} POST /walk-ins/dates`));
    await keepFor("urgent");
    const both = ["POST /walk-ins/dates", "GET /emergencies/times"].flatMap((route) =>
      AT_DESK.map((role) => `${role} ${route}`),
    );
    expect((await told(freed[0])).sort()).toEqual(both.sort());
  },
  WITHIN_MS,
);

/** Hours at no full quarter, so that no other text holds them: a place that came back, one before its release, and those of a draw and of a line. */
const NOT_PUBLIC = [
  ["09:07", "freed", "open"],
  ["11:13", "planned", "open"],
  ["13:11", "planned", "draw"],
  ["15:07", "planned", "room"],
  ["17:13", "freed", "waitlist"],
] as const;
/** What only shows; acts are of no use to whoever looks for an hour. */
const READS = (route: string) =>
  (route.startsWith("GET") && !STREAMS.includes(route)) ||
  /preview|\/dates$|\/find$|\/files$|\/waiting$|\/times$|\/cash\/party$/.test(route);
const WIDER: readonly ((url: string, day: string) => string)[] = [
  (url) => url.replace("2026-11-29", "2026-12-13").replace("2026-11-23", "2026-11-30"),
  (url, day) => url.replace(VISIT_DAY, day),
];

/** What a role gets from a route for each state of what it names, and what of it is not as the table says. */
async function judge(site: Site, route: string, rule: Rule, role: StaffRole | "stranger"): Promise<string[]> {
  if (STREAMS.includes(route) && mayUse(rule, role) && role !== "stranger") return [];
  const nothing = world.nonexistent();
  const answers = rule.names
    ? { own: world.own, other: world.other, deleted: world.deleted, nonexistent: nothing }
    : { own: world.own };
  const seen: Record<string, LightMyRequestResponse> = {};
  const texts: Record<string, string> = {};
  const refusal =
    rule.may === "nobody"
      ? undefined
      : role === "stranger"
        ? "not_signed_in"
        : mayUse(rule, role)
          ? undefined
          : "not_allowed";
  const look = async ([state, things]: [string, Things]): Promise<void> => {
    seen[state] = await site.inject(requestOf(route, things, role));
    texts[state] = masked(seen[state], things);
  };
  // What is carried out is so one after the other; who is refused changes nothing.
  if (refusal !== undefined) await Promise.all(Object.entries(answers).map(look));
  else for (const one of Object.entries(answers)) await look(one);
  const complain = (state: string, wanted: string) =>
    `${role} ${route} ${state}: ${toldIn(seen[state]!)}, not ${wanted}`;
  const wrong: string[] = [];
  for (const state of Object.keys(answers)) {
    const code = codeOf(seen[state]!);
    const isThere = state === "own" || (rule.names === "office" && state === "deleted");
    const reaches = isThere || (state === "other" && reachesAll(rule, role));
    if (refusal !== undefined) {
      if (code !== refusal) wrong.push(complain(state, refusal));
      else if (texts[state] !== texts["own"]) wrong.push(complain(state, "the bytes of every other refusal"));
    } else if (seen[state]!.statusCode >= 500) wrong.push(complain(state, "an answer"));
    else if (reaches && rule.names !== "draw") {
      if (code === "not_signed_in" || code === "not_allowed") wrong.push(complain(state, "let in"));
      // What a colleague of an earlier role took away is nothing now.
      if (rule.names && texts[state] === texts["nonexistent"] && !done.has(route))
        wrong.push(complain(state, "another answer than for nothing"));
    } else if (rule.names) {
      if (seen[state]!.statusCode < 400 && !ANSWERS_ALIKE.includes(route)) wrong.push(complain(state, "refused"));
      if (texts[state] !== texts["nonexistent"])
        wrong.push(complain(state, `the bytes of nothing, ${toldIn(seen["nonexistent"]!)}`));
    }
  }
  if (refusal === undefined && seen["own"]!.statusCode < 300) done.add(route);
  return wrong;
}

function mayUse({ may, atOffice, network, whole }: Rule, role: StaffRole | "stranger"): boolean {
  if (role === "stranger") return may === "nobody";
  const officeId = NETWORK.includes(role) ? undefined : OWN;
  if (officeId === undefined ? atOffice : whole) return false;
  if (officeId === undefined && network) return network.includes(role);
  return may === "nobody" || may === "anybody" || can({ kind: "staff", staffId: "x", officeId, role }, may, officeId);
}

/** Whether another office's things are hers too. */
function reachesAll(rule: Rule, role: StaffRole | "stranger"): boolean {
  if (rule.shared) return true;
  return role !== "stranger" && NETWORK.includes(role) && mayUse(rule, role);
}

/** A request that would be carried out if everything it names were there: the description's sample, with names put in. */
function requestOf(route: string, things: Things, role: StaffRole | "stranger"): InjectOptions {
  const [method, path] = route.split(" ") as [Operation["method"], string];
  const rule = CONSOLE[route]!;
  const operation = operations.get(`${method} ${PREFIX}${path}`);
  const id = rule.names === undefined ? "" : things[rule.names];
  const query = (operation?.parameters ?? [])
    .filter((one) => one.in === "query" && QUERY[one.name] !== undefined)
    .map((one) => `${one.name}=${QUERY[one.name]!(things)}`);
  const cookie = cookies.get(role);
  return {
    method,
    url: `${PREFIX}${path.replace(/:\w+/, id).replace(/:\w+/, NOTHING)}${query.length > 0 ? `?${query.join("&")}` : ""}`,
    headers: { "sec-fetch-site": "same-origin" },
    cookies: cookie === undefined ? {} : { staff: cookie },
    ...(operation?.body && { payload: withThings(sample(operation.body), rule.names, things) as object }),
    ...STREAMED[route],
  };
}

/** A part of what is named, of which none is there. */
const NOTHING = "00000000-0000-4000-8000-000000000000";
/** What is sent as it is, and so is not in the description. */
const STREAMED: Readonly<Record<string, InjectOptions>> = {
  "POST /adverts/import": {
    url: `${PREFIX}/adverts/import?format=csv`,
    headers: { "sec-fetch-site": "same-origin", "content-type": "text/csv" },
    payload: "found_at,platform,link,text\n",
  },
};

const QUERY: Readonly<Record<string, (things: Things) => string>> = {
  officeId: (things) => things.office,
  from: () => "2026-11-23",
  to: () => "2026-11-29",
  on: () => "2026-12-03",
  service: () => "matricula-consular",
  people: () => "1",
};
const MEMBERS: Readonly<Record<string, ObjectKind>> = {
  bookingId: "booking",
  visitId: "visit",
  paymentId: "payment",
  sessionId: "session",
  folio: "folio",
  officeId: "office",
};
const UUID = /^[0-9a-f]{8}-/;
const DAY = /^\d{4}-\d\d-\d\d$/;
/** Text whose shape the description only words; null leaves a member out. */
const WORDED: Readonly<Record<string, string | null>> = {
  language: "nahuatl",
  role: "clerk",
  sheetTo: null,
  receipt: "A-1",
  number: "A-1",
  newsAt: "14:00",
  startsAt: "2026-12-03T16:00:00.000Z",
  region: "NV",
  opens: "08:00",
  closes: "12:00",
  from: "08:00",
  until: "09:00",
  breaks: null,
  data: PNG,
  screenshot: null,
  phone: "none",
  secret: "x".repeat(43),
  digest: "0".repeat(64),
  field: "payment_means",
};

function withThings(body: unknown, names: ObjectKind | undefined, things: Things): unknown {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) => {
    const kind = MEMBERS[key];
    if (kind !== undefined && typeof value === "string") return things[kind];
    if (key === "id" && (names === "document" || names === "case")) return things[names];
    if (key === "id") return UUID.test(String(value)) ? value : randomUUID();
    if (key === "localDate") return VISIT_DAY;
    if (key === "value") return ["cash"];
    if (WORDED[key] === null) return undefined;
    // The days of a closing are called like the hours of a session.
    return typeof value === "string" && !DAY.test(value) ? (WORDED[key] ?? value) : value;
  });
}

function toldIn(answer: LightMyRequestResponse): string {
  return `${answer.statusCode} ${codeOf(answer)}${/"fields":(\[.*?\])/.exec(answer.body)?.[1] ?? ""}`;
}

function codeOf(answer: LightMyRequestResponse): string {
  return /"code":"(\w+)"/.exec(answer.body)?.[1] ?? "";
}

/** All of an answer but the day's date, this request's number and what was asked for. */
function masked(answer: LightMyRequestResponse, things: Things): string {
  const { date: _, "x-request-id": __, ...headers } = answer.headers;
  let text = `${answer.statusCode} ${JSON.stringify(headers)} ${answer.body}`;
  for (const one of Object.values(things)) text = text.replaceAll(one, "(asked)");
  return text;
}
