import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { folioFrom, formatFolio } from "#kernel/folio.ts";
import type { ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { mulberry32 } from "#kernel/mulberry32.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { ANY_MORNING, aDrawWorld } from "#tests/support/draw-world.ts";
import { anApplicant, aSession } from "#tests/support/fixtures.ts";
import { newSeed, shuffled } from "./chance.ts";
import { isTold, tellingBy, unequal, type Answered } from "./existence.ts";
import { masked } from "./family-attempts.ts";
import { verifiedSessions } from "./installation.ts";
import { openProgram, type Program } from "./program.ts";

/** Answers for each class and kind of object (issue 6); of cards fewer, for each try costs as much as a PIN must. */
export const EACH = 2_000;
export const CARDS = 40;
/** Of somebody who is there so many things are there, each asked for many times. */
export const THERE = 40;
/** Requests under way at once; of both classes, in one order. */
export const AT_ONCE = 4;
export const random = mulberry32(newSeed("existence"));

export let services: TestServices;
export let program: Program;
let pool: { token: string; contactId: string }[];
let next = 0;

export interface Ask {
  readonly route: string;
  readonly exists: boolean;
  readonly options: InjectOptions;
}
export type Site = (options: InjectOptions) => Promise<LightMyRequestResponse>;
export const asIs: Site = (options) => program.web.inject(options);

/** Opens the world of one test file; both classes of all objects are asked for in it. */
export async function openWorld(): Promise<void> {
  services = await openTestServices();
  for (let day = 1; day <= 9; day++)
    await aSession(services, { localDate: `2026-12-0${day}` as LocalDate, opens: "08:00", steps: 16, counters: 60 });
  await aDrawWorld(services, { counters: 4 });
  program = await openProgram(services);
  pool = await verifiedSessions(services.adminQuery, 7 * EACH, services.clock.now());
}

/** Somebody who asks for the first time: of one who asks often it would be seen that she did. */
export const somebody = () => pool[next++]!;
export const page = (
  url: string,
  fields: Readonly<Record<string, string>>,
  token = somebody().token,
): InjectOptions => ({
  method: "POST",
  url,
  headers: { accept: "text/html", cookie: `visita=${token}`, "content-type": "application/x-www-form-urlencoded" },
  payload: new URLSearchParams(fields).toString(),
});
export const api = (path: string, payload: object, token = somebody().token): InjectOptions => ({
  method: "POST",
  url: `/api/v1${path}`,
  headers: { authorization: `Bearer ${token}`, "idempotency-key": randomUUID() },
  payload,
});

/** Sends all in one order of chance, a few at once, and keeps what each was answered. */
export async function answersTo(asks: readonly Ask[], site: Site = asIs): Promise<Answered[]> {
  const order = shuffled(asks, random);
  const answers: Answered[] = [];
  const worker = async () => {
    for (let ask = order.pop(); ask; ask = order.pop()) {
      const from = performance.now();
      const answer = await site(ask.options);
      const ms = performance.now() - from;
      const text = masked(answer);
      answers.push({ route: ask.route, exists: ask.exists, text, size: answer.body.length, ms });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
}

/** Byte equality, size and time of one kind of object; the figures are printed. */
export function judge(kind: string, answers: readonly Answered[]): string[] {
  const [size, time] = [tellingBy(answers, (one) => one.size), tellingBy(answers, (one) => one.ms)];
  const count = answers.filter((one) => one.exists).length;
  process.stdout.write(
    `existence of a ${kind}: ${count} each, AUC of size ${size.auc.toFixed(3)}, of time ${time.auc.toFixed(3)} ± ${time.error.toFixed(3)}\n`,
  );
  return [
    ...unequal(answers),
    ...(isTold(size) ? [`${kind}: size tells`] : []),
    ...(isTold(time) ? [`${kind}: time tells`] : []),
  ];
}

/** Both classes by one recipe: what is there is one of `there`, what is not is new each time. */
export function both<T>(
  count: number,
  there: readonly T[],
  unknown: (n: number) => T,
  ask: (one: T) => { route: string; options: InjectOptions },
): Ask[] {
  return Array.from({ length: count }, (_, n) => [
    { exists: true, ...ask(there[n % there.length]!) },
    { exists: false, ...ask(unknown(n)) },
  ]).flat();
}

export const FIRST_HOUR = {
  officeId: "fresno" as OfficeId,
  localDate: "2026-12-01" as LocalDate,
  startsAt: new Date("2026-12-01T16:00:00Z"),
};
export const SECOND_DAY = new Date("2026-12-02T16:00:00Z");
export const unknownFolio = (_: number) => formatFolio(folioFrom(Buffer.from(randomUUID().replaceAll("-", ""), "hex")));
export const wishOf = (contactId: ContactId, number: number) => ({
  contactId,
  applicants: [anApplicant(number)],
  wish: ANY_MORNING,
  autoConfirm: true,
});

export function withoutParents(number: number): object {
  const { parents: _, ...person } = anApplicant(number);
  return person;
}

/** Sessions that have proved nothing. */
export async function openSessions(count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString("base64url"));
  await services.adminQuery(
    `insert into people.sessions (token_digest, id, language, channel, created_at, expires_at)
     select d, gen_random_uuid(), 'es', 'web', $2::timestamptz, $2::timestamptz + interval '12 hours' from unnest($1::bytea[]) d`,
    [tokens.map((one) => createHash("sha256").update(one).digest()), services.clock.now()],
  );
  return tokens;
}
