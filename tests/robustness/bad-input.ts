import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { cookieOf } from "../../src/channels/api/console/console.fixtures.ts";
import { aMorningInFresno } from "../../src/channels/web/visit/visitor.fixtures.ts";
import { aStaffId } from "../../src/modules/visits/visits.fixtures.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { DIGESTS } from "#platform/keyring/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { sendBadForms, type Site } from "./bad-forms.ts";
import { badRequest, operationsOf, type BadRequest } from "./bad-requests.ts";
import { pick } from "./chance.ts";
import { verifiedSessions } from "./installation.ts";
import { losAngelesDraws, openForms } from "./open-forms.ts";
import { openProgram } from "./program.ts";

/** Requests under way at once. */
const AT_ONCE = 32;
/** What may be written when nothing was carried out: that somebody looked, that a visitor came, and that a form waits or was tried. */
const READS = new Set([
  "booking.read",
  "allocation.read",
  "day.list",
  "file.read",
  "cut.preview",
  "cut.work",
  "helpers.listed",
]);
const OF_VISITORS = new Set(["people.sessions", "booking.drafts", "people.card_tries"]);

export interface Answers {
  /** Requests whose answer was no good, each with what was sent. */
  readonly complaints: readonly string[];
  readonly byStatus: Readonly<Record<number, number>>;
  /** Tables that have more or fewer rows than before, by how many. */
  readonly grown: Readonly<Record<string, number>>;
}
export interface BadInput {
  requests(cases: number, seed: number): Promise<Answers>;
  forms(cases: number, seed: number): Promise<Answers>;
  /** The same forms, sent to something else. */
  formsAt(site: Site, cases: number): Promise<Omit<Answers, "grown">>;
  /** A request of the verified contact, as it is. */
  ask(method: "GET" | "POST", path: string, body?: object): Promise<{ status: number; body: string }>;
  /** What keys were made for. */
  keyNames(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openBadInput(): Promise<BadInput> {
  // One visit sends all of it: a budget would answer in place of the page.
  const services = { ...(await openTestServices()), unlimited: true };
  // Before the program takes its first picture of what is free.
  await aMorningInFresno(services);
  await losAngelesDraws(services);
  const program = await openProgram(services);
  const cookies = [
    await cookieOf(services, await aStaffId(services)),
    await cookieOf(services, await aStaffId(services, "office_head")),
  ];
  const [session] = await verifiedSessions(services.adminQuery, 1, services.clock.now());
  const forms = await openForms(program.web, services);
  // Keys are made on first use, which may be a request that is then refused.
  for (const kind of DIGESTS) if (kind !== "beacon") await services.keyring.digest(kind, [""]);
  await services.keyring.publicKey("audit");

  const compared = async (
    work: () => Promise<Omit<Answers, "grown">>,
    ignored: ReadonlySet<string>,
  ): Promise<Answers> => {
    const before = await rowCounts(services);
    const answers = await work();
    const after = await rowCounts(services);
    return {
      ...answers,
      grown: Object.fromEntries(
        Object.entries(after)
          .map(([table, rows]) => [table, rows - before[table]!] as const)
          .filter(([table, more]) => more !== 0 && !ignored.has(table)),
      ),
    };
  };
  return {
    requests: (cases, seed) =>
      compared(() => sendBadRequests(program.web, { cookies, token: session!.token }, cases, seed), new Set()),
    forms: (cases, seed) => compared(() => sendBadForms(program.web, forms, cases, seed), OF_VISITORS),
    formsAt: (site, cases) => sendBadForms(site, forms, cases, cases),
    async ask(method, path, body) {
      const headers = { authorization: `Bearer ${session!.token}`, "idempotency-key": randomUUID() };
      const answer = await program.web.inject({
        method,
        url: `/api/v1${path}`,
        headers,
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: answer.statusCode, body: answer.body };
    },
    keyNames: async () =>
      (await services.adminQuery<{ name: string }>("select name from keyring.keys")).map((row) => row.name),
    close: () => program.close(),
  };
}

/** Sends `cases` bad requests over all routes of the description and says which answers were no good. */
async function sendBadRequests(
  app: FastifyInstance,
  known: { cookies: readonly string[]; token: string },
  cases: number,
  seed: number,
): Promise<Omit<Answers, "grown">> {
  const random = mulberry32(seed);
  const operations = operationsOf((await app.inject("/api/v1/openapi.json")).json()).filter(
    (one) => !one.path.endsWith("/events"),
  );
  const complaints: string[] = [];
  const byStatus: Record<number, number> = {};
  for (let sent = 0; sent < cases && complaints.length < 20; sent += AT_ONCE) {
    const requests = Array.from({ length: Math.min(AT_ONCE, cases - sent) }, () => {
      const operation = pick(operations, random);
      const isConsole = operation.path.includes("/console/");
      const headers: Record<string, string> = isConsole
        ? { cookie: `staff=${pick(known.cookies, random)}`, "sec-fetch-site": "same-origin" }
        : { authorization: `Bearer ${known.token}` };
      // Some come without a session: then the answer may be about that instead.
      return badRequest(operation, random() < 0.9 ? headers : {}, random);
    });
    await Promise.all(
      requests.map(async (one) => {
        const complaint = await complain(app, one, byStatus);
        if (complaint !== undefined) complaints.push(complaint);
      }),
    );
  }
  return { complaints, byStatus };
}

async function complain(
  app: FastifyInstance,
  { what, options, mayAnswer }: BadRequest,
  byStatus: Record<number, number>,
): Promise<string | undefined> {
  const answer = await app.inject(options);
  const { statusCode: status } = answer;
  byStatus[status] = (byStatus[status] ?? 0) + 1;
  if (status < 400) return mayAnswer ? undefined : `${what}: answered ${status} ${answer.body.slice(0, 200)}`;
  if (status >= 500) return `${what}: ${status} ${answer.body.slice(0, 200)}`;
  const problem = whatIsWrongWithProblem(status, String(answer.headers["content-type"]), answer.body);
  return problem && `${what}: ${status} ${problem}: ${answer.body.slice(0, 300)}`;
}

/** A refusal is a problem document that says what to do and repeats nothing of what was sent. */
export function whatIsWrongWithProblem(status: number, type: string, body: string): string | undefined {
  if (type !== "application/problem+json; charset=utf-8") return `of type ${type}`;
  const problem = JSON.parse(body) as Record<string, unknown>;
  if (problem["status"] !== status) return "with another status inside";
  for (const member of ["type", "title", "code", "detail"])
    if (typeof problem[member] !== "string" || problem[member] === "") return `without ${member}`;
  if (/<script|drop table|alert\(|pg_sleep|passwd|postgres|select /i.test(body)) return "repeats what was sent";
  return undefined;
}

/** How many rows each table has; of the audit log, those that record more than a look. */
export async function rowCounts(services: TestServices): Promise<Record<string, number>> {
  const tables = await services.adminQuery<{ name: string }>(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1",
  );
  const [row] = await services.adminQuery(
    `select ${tables.map(({ name }) => `(select count(*) from ${name} ${name === "audit.entries" ? `where action <> all('{${[...READS].join()}}')` : ""})::int as "${name}"`).join(", ")}`,
  );
  return row as Record<string, number>;
}
