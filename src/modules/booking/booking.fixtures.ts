import { randomUUID } from "node:crypto";
import { brokenRules } from "#tests/support/consistency.ts";
import type { TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { Outcome } from "#kernel/outcome.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { CutId } from "#modules/schedules/index.ts";
import { coalesce } from "#platform/coalesce.ts";
import { contextFor, type Context } from "#platform/context.ts";
import type { Database } from "#platform/db/index.ts";
import { bookMany, type BookOutcome, type PreparedBooking } from "./commands/book-many.ts";
import { prepare, type BookRequest } from "./commands/prepare.ts";
import { book, cutCapacity, listCutWork, type CutWish } from "./index.ts";

/** How often each answer was given: `booked`, or the code of a refusal. */
export function codes(outcomes: readonly Outcome<unknown, { readonly code: string }>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of outcomes)
    counts[one.ok ? "booked" : one.refusal.code] = (counts[one.ok ? "booked" : one.refusal.code] ?? 0) + 1;
  return counts;
}

/** A request as it stands before `bookMany`, for tests that choose the transaction themselves. */
export async function prepared(services: TestServices, request: BookRequest): Promise<PreparedBooking> {
  const { serviceBySlug } = await getNetwork(services);
  return prepare(citizen(services, request.contactId), request, (slug) => serviceBySlug.get(slug));
}

/** People alone and families of four, in turn as long as there are some of both, all for one hour. */
export async function familiesAgainstSingles(
  services: TestServices,
  { singles, families, ...room }: { steps: number; counters: number; singles: number; families: number },
) {
  const { wanted } = await aSession(services, room);
  const people = await someContacts(services, singles + families);
  const isAlone = (i: number) => (i < 2 * Math.min(singles, families) ? i % 2 === 0 : singles > families);
  const outcomes = await Promise.all(
    people.map((contactId, i) =>
      book(citizen(services, contactId), {
        contactId,
        wanted,
        applicants: isAlone(i) ? [anApplicant(i)] : [1, 2, 3, 4].map((n) => anApplicant(1000 * i + n)),
      }),
    ),
  );
  const [left] = await services.adminQuery<{ open: number }>(
    "select count(*)::int as open from schedules.places where state = 'open' and starts_at = $1",
    [wanted.startsAt],
  );
  return { booked: codes(outcomes)["booked"] ?? 0, open: left!.open, broken: await brokenRules(services.adminQuery) };
}

/**
 * A room for seven. Whatever the order in which they come, one family and both people alone find places
 * and the next family finds too few: three people alone would be needed to fill what one family leaves.
 */
export const TOO_FEW_FOR_THE_SECOND_FAMILY = { steps: 1, counters: 7, singles: 2, families: 20 };

/** How two contacts may come to file for the same person. */
export const COMINGS = ["one after the other", "at one server at once", "at two servers at once"] as const;
/** So many people are filed for, each by two contacts. */
export const FILED_TWICE = 8;

export async function samePersonFromTwoContacts(
  services: TestServices,
  otherServer: TestServices,
  coming: (typeof COMINGS)[number],
) {
  const { wanted } = await aSession(services, { counters: 2 * FILED_TWICE });
  const contacts = await someContacts(services, 2 * FILED_TWICE);
  const asks = contacts.map((contactId, i) => () => {
    const server = coming === "at two servers at once" && i % 2 === 1 ? otherServer : services;
    return book(citizen(server, contactId), { contactId, wanted, applicants: [anApplicant(Math.floor(i / 2))] });
  });
  const outcomes: BookOutcome[] = [];
  if (coming === "one after the other") for (const ask of asks) outcomes.push(await ask());
  else outcomes.push(...(await Promise.all(asks.map((ask) => ask()))));
  return {
    codes: codes(outcomes),
    answers: new Set(outcomes.map((one) => Object.keys(one.ok ? one.value : one.refusal).join(" "))),
    standings: await services.adminQuery(
      `select distinct count(*) filter (where standing = 'counting')::int as counting, count(*) filter (where standing = 'contested')::int as contested
       from booking.claims group by key, scope`,
    ),
    broken: await brokenRules(services.adminQuery),
  };
}

/** One batch of 64 bookings of which the 31st makes the database fail: how many are booked. */
export async function poisonInOneBatch(services: TestServices, database: Database): Promise<number> {
  const { wanted } = await aSession(services, { steps: 1, counters: 80 });
  const poison = { route: "bo\u0000ok", key: randomUUID(), body: "" };
  const inputs = await Promise.all(
    (await someContacts(services, 64)).map((contactId, i) =>
      prepared(services, {
        contactId,
        wanted,
        applicants: [anApplicant(i)],
        idempotency: i === 30 ? poison : undefined,
      }),
    ),
  );
  const batches: number[] = [];
  const submit = coalesce<PreparedBooking, BookOutcome>({
    database,
    role: "citizen_writer",
    many: (tx, batch) => {
      batches.push(batch.length);
      return bookMany(tx, batch);
    },
  });
  const outcomes = await Promise.allSettled(inputs.map(submit));
  if (batches[0] !== 64) throw new Error(`the first batch had ${batches[0]} commands`);
  return outcomes.filter((one) => one.status === "fulfilled" && one.value.ok).length;
}

/** Somebody who plans the sessions of an office, or does not. */
export function planner(
  services: TestServices,
  role: "supervisor" | "clerk" = "supervisor",
  officeId: string = FRESNO,
): Context {
  return contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId, role },
    channel: "console",
    purpose: "office",
    requestId: "test",
    language: "es",
  });
}

export async function cutFresno(services: TestServices, wish: CutWish): Promise<CutId> {
  const done = await cutCapacity(planner(services), FRESNO, { reason: "storm", ...wish });
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value.cutId;
}

export async function cutWork(services: TestServices) {
  const found = await listCutWork(planner(services), FRESNO, VISIT_DAY);
  if (!found.ok) throw new Error(found.refusal.code);
  return found.value;
}

/** Places by state. */
export async function placeStates(services: TestServices): Promise<Record<string, number>> {
  const found = await services.adminQuery<{ state: string; count: number }>(
    "select state, count(*)::int from schedules.places group by 1 order by 1",
  );
  return Object.fromEntries(found.map((one) => [one.state, one.count]));
}
