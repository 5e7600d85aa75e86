import { randomUUID } from "node:crypto";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContactId, OfficeId } from "#kernel/ids.ts";
import { book, rememberOpened, requestPlaces, writeDraft } from "#modules/booking/index.ts";
import { askEmergency } from "#modules/emergencies/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { ANY_MORNING, aDrawWorld } from "#tests/support/draw-world.ts";
import { anApplicant, aSession, citizen } from "#tests/support/fixtures.ts";
import { cookieOf } from "../../src/channels/api/console/console.fixtures.ts";
import { aStaffId } from "../../src/modules/visits/visits.fixtures.ts";
import { ownKindOf, type OwnKind } from "./access-policy.ts";
import { operationsOf, sample, type Operation } from "./bad-requests.ts";
import { verifiedSessions } from "./installation.ts";
import { openProgram, type Program } from "./program.ts";
import { routesOf } from "./routes.ts";

type Caller = "stranger" | "unverified" | "staff" | "somebody" | "owner";
interface Site {
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
}

let services: TestServices;
let program: Program;
let operations: Map<string, Operation>;
/** Routes that name something of one contact, in both languages. */
let routes: string[];
const hers = {} as Record<OwnKind, string>;
const erased = {} as Record<OwnKind, string>;
const callers = new Map<Caller, Record<string, string>>([["stranger", {}]]);

beforeAll(async () => {
  services = await openTestServices();
  const officeId = "los-angeles" as OfficeId;
  const { wanted } = await aSession(services, { officeId, steps: 8, counters: 4 });
  await aDrawWorld(services);
  program = await openProgram(services);
  // Hers is erased at the end: whatever is asked after it is nobody's.
  const erases = (route: string) => Number(/^POST .*\/borrar$/.test(route));
  routes = routesOf(program.web)
    .filter((one) => ownKindOf(one) !== undefined)
    .toSorted((one, other) => erases(one) - erases(other));
  operations = new Map(
    operationsOf((await program.web.inject("/api/v1/openapi.json")).json()).map((one) => [
      `${one.method} ${one.path.replace(/\{(\w+)\}/g, ":$1")}`,
      one,
    ]),
  );
  const [owner, somebody] = await verifiedSessions(services.adminQuery, 2, services.clock.now());
  const contactId = owner!.contactId as ContactId;
  const ctx = citizen(services, contactId);
  // What is to be erased comes first: a contact has one open request.
  for (const [number, kept] of [erased, hers].entries()) {
    const booked = await book(ctx, { contactId, wanted, applicants: [anApplicant(number)] });
    const asked = await requestPlaces(ctx, {
      contactId,
      applicants: [anApplicant(10 + number)],
      wish: ANY_MORNING,
      autoConfirm: true,
    });
    if (!booked.ok) throw new Error(booked.refusal.code);
    if (!asked.ok) throw new Error(asked.refusal.code);
    Object.assign(kept, { booking: booked.value.bookingId, request: asked.value.requestId, emergency: randomUUID() });
    if (kept === erased) await erase(erased);
  }
  const emergency = await askEmergency(ctx, { officeId, kind: "death_or_illness", neededBy: "two_days" });
  if (!emergency.ok) throw new Error(emergency.refusal.code);
  hers.emergency = emergency.value.id;
  // Each says that she has seen it already: whose it is, is asked all the same.
  for (const { contactId: who } of [owner!, somebody!]) {
    const [session] = await services.adminQuery<{ id: string }>(
      "select id from people.sessions where contact_id = $1",
      [who],
    );
    const seen = { opened: [hers.booking, erased.booking], openedRequests: [hers.request, erased.request] };
    const ctx = citizen(services, who as ContactId);
    await writeDraft(ctx, session!.id, seen);
    const ids = [erased, hers].flatMap((kept) => Object.values(kept));
    await rememberOpened({ ...ctx, actor: { kind: "citizen", sessionId: session!.id, contactId: who } }, ids);
  }
  const open = (await program.web.inject({ method: "POST", url: "/api/v1/sessions", payload: {} })).json<{
    token: string;
  }>();
  const session = (token: string) => ({ authorization: `Bearer ${token}`, cookie: `visita=${token}` });
  callers.set("unverified", session(open.token));
  callers.set("staff", { cookie: `staff=${await cookieOf(services, await aStaffId(services, "clerk", officeId))}` });
  callers.set("somebody", session(somebody!.token));
  callers.set("owner", session(owner!.token));
});
afterAll(() => program.close());

/** The rows themselves; what hangs on them stays behind, as after a retention that was cut off. */
async function erase({ booking, request }: Record<OwnKind, string>): Promise<void> {
  await services.adminQuery(
    `begin; set local session_replication_role = replica; delete from booking.bookings where id = '${booking}'; delete from allocation.requests where id = '${request}'; commit`,
  );
}

test("what is somebody's own looks to everybody else like what was erased and like what never was", async () => {
  const unexpected: string[] = [];
  for (const route of routes)
    for (const caller of callers.keys()) unexpected.push(...(await judge(program.web, route, caller)));
  expect(unexpected).toEqual([]);
}, 120_000);

test("a server that opens what is hers to whoever has its address is complained of: the negative control", async () => {
  const leaky: Site = {
    inject: (options) =>
      program.web.inject(
        JSON.stringify(options.url).includes(hers.booking)
          ? { ...options, headers: { ...options.headers, ...callers.get("owner")! } }
          : options,
      ),
  };
  for (const route of ["GET /mi-cita/:id", "GET /api/v1/bookings/:id"])
    for (const caller of ["stranger", "somebody"] as const)
      expect(await judge(leaky, route, caller)).toEqual([`${caller} ${route} hers: 200`]);
});

async function judge(site: Site, route: string, caller: Caller): Promise<string[]> {
  const kind = ownKindOf(route)!;
  const ask = async (id: string) => {
    const answer = await site.inject(requestOf(route, id, caller));
    return { status: answer.statusCode, text: masked(answer, id) };
  };
  const nothing = await ask(randomUUID());
  const found = { hers: await ask(hers[kind]), erased: await ask(erased[kind]) };
  const wrong = Object.entries(found).filter(
    ([state, { text }]) => text !== nothing.text && !(caller === "owner" && state === "hers"),
  );
  // The owner is answered: what is compared above is there. A form may want to be filled in before it is looked up.
  const isMissing = caller === "owner" && route.startsWith("GET") && found.hers.text === nothing.text;
  return [
    ...wrong.map(([state, { status }]) => `${caller} ${route} ${state}: ${status}`),
    ...(isMissing ? [`owner ${route}: not there`] : []),
  ];
}

function requestOf(route: string, id: string, caller: Caller): InjectOptions {
  const [method, path] = route.split(" ") as [Operation["method"], string];
  const operation = operations.get(route);
  const isPage = !path.startsWith("/api/");
  return {
    method,
    url: path.replace(":id", id).replace(/:\w+/g, "1"),
    headers: {
      ...callers.get(caller),
      ...(isPage ? { accept: "text/html" } : { "idempotency-key": `key-for-${id}` }),
      ...(isPage && method === "POST" ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      "sec-fetch-site": "same-origin",
    },
    ...(operation?.body ? { payload: JSON.parse(JSON.stringify(sample(operation.body)), withoutSheet) as object } : {}),
    ...(isPage && method === "POST" ? { payload: "" } : {}),
  };
}

/** The description only words what an address is: without one the body is right. */
function withoutSheet(key: string, value: unknown): unknown {
  return key === "sheetTo" ? undefined : value;
}

/** All of an answer but the day's date, this request's number, a cookie's value and the id that was asked for. */
function masked(answer: LightMyRequestResponse, id: string): string {
  const { date: _, "x-request-id": __, ...headers } = answer.headers;
  return `${answer.statusCode} ${JSON.stringify(headers)} ${answer.body}`
    .replaceAll(id, "(asked)")
    .replace(/visita=[\w-]+/g, "visita=(value)");
}
