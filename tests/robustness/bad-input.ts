import type { FastifyInstance } from "fastify";
import type { TestServices } from "#tests/support/database.ts";
import { verifiedSessions } from "./installation.ts";
import { badRequest, operationsOf, type BadRequest } from "./bad-requests.ts";
import { seeded, pick } from "./chance.ts";

/** Requests under way at once. */
const AT_ONCE = 32;

/** Sends `cases` bad requests over all routes of the description and says which answers were no good. */
export async function sendBadRequests(app: FastifyInstance, services: TestServices, cookies: readonly string[], cases: number, seed: number): Promise<{ complaints: string[]; byStatus: Record<number, number> }> {
  const random = seeded(seed);
  const operations = operationsOf((await app.inject("/api/v1/openapi.json")).json()).filter((one) => !one.path.endsWith("/events"));
  const [session] = await verifiedSessions(services.adminQuery, 1);
  const complaints: string[] = [];
  const byStatus: Record<number, number> = {};
  for (let sent = 0; sent < cases && complaints.length < 20; sent += AT_ONCE) {
    const requests = Array.from({ length: Math.min(AT_ONCE, cases - sent) }, () => {
      const operation = pick(operations, random);
      const isConsole = operation.path.includes("/console/");
      const known = isConsole ? { cookie: `staff=${pick(cookies, random)}`, "sec-fetch-site": "same-origin" } : { authorization: `Bearer ${session!.token}` };
      return badRequest(operation, random() < 0.9 ? known : {}, random);
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

async function complain(app: FastifyInstance, { what, options, mayAnswer }: BadRequest, byStatus: Record<number, number>): Promise<string | undefined> {
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
  for (const member of ["type", "title", "code", "detail"]) if (typeof problem[member] !== "string" || problem[member] === "") return `without ${member}`;
  if (/<script|drop table|alert\(|pg_sleep|passwd|postgres|select /i.test(body)) return "repeats what was sent";
  return undefined;
}

/** How many rows each table has. */
export async function rowCounts(services: TestServices): Promise<Record<string, number>> {
  const tables = await services.adminQuery<{ name: string }>("select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1");
  const [row] = await services.adminQuery(`select ${tables.map(({ name }) => `(select count(*) from ${name})::int as "${name}"`).join(", ")}`);
  return row as Record<string, number>;
}

