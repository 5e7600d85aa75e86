import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { advanceDraws } from "#modules/allocation/index.ts";
import { book, requestPlaces } from "#modules/booking/index.ts";
import { systemContext } from "#platform/context.ts";
import { ANY_MORNING, HOURS } from "#tests/support/draw-world.ts";
import { anApplicant, citizen, someContacts } from "#tests/support/fixtures.ts";
import { isTold, tellingBy, unequal } from "./existence.ts";
import {
  answersTo,
  api,
  asIs,
  both,
  EACH,
  FIRST_HOUR,
  judge,
  openWorld,
  program,
  SECOND_DAY,
  services,
  somebody,
  wishOf,
  withoutParents,
  type Site,
} from "./existence-world.ts";
import { masked } from "./family-attempts.ts";

beforeAll(openWorld, 120_000);
afterAll(() => program.close());

/** Somebody else has filed these; is it told? */
const PERSONS = 240;
const ASKING = 60;
beforeAll(async () => {
  const contacts = await someContacts(services, PERSONS);
  const kept = contacts.map(async (contactId, n) => {
    const ctx = citizen(services, contactId);
    const wanted = { ...FIRST_HOUR, startsAt: new Date(FIRST_HOUR.startsAt.getTime() + (8 + (n % 8)) * 900_000) };
    const booked = await book(ctx, { contactId, wanted, applicants: [anApplicant(n)] });
    const asked = n < ASKING ? await requestPlaces(ctx, wishOf(contactId, PERSONS + n)) : { ok: true };
    if (!booked.ok || !asked.ok) throw new Error("nobody is filed");
  });
  await Promise.all(kept);
}, 60_000);
const filed = Array.from({ length: PERSONS }, (_, n) => n);
let slot = 0;
/** A place of its own for each: what is short tells nothing of persons. */
const bookingOf = (number: number): InjectOptions => {
  const at = slot++;
  const startsAt = new Date(
    SECOND_DAY.getTime() + Math.floor(at / 960) * 86_400_000 + (Math.floor(at / 60) % 16) * 900_000,
  );
  const wanted = {
    officeId: "fresno",
    localDate: startsAt.toISOString().slice(0, 10),
    startsAt: startsAt.toISOString(),
  };
  return api("/bookings", { wanted, applicants: [withoutParents(number)] });
};
const recipes = {
  booking: (number: number) => ({ route: "POST /api/v1/bookings", options: bookingOf(number) }),
  request: (number: number) => ({
    route: "POST /api/v1/requests",
    options: api("/requests", { applicants: [withoutParents(number)], wish: ANY_MORNING, autoConfirm: true }),
  }),
};
const REQUESTS = 500;

test("a person whom somebody else has filed is filed again like anybody", async () => {
  const asks = [
    ...both(EACH - REQUESTS, filed, (n) => 1_000 + n, recipes.booking),
    ...both(
      REQUESTS,
      filed.slice(0, ASKING).map((n) => PERSONS + n),
      (n) => 10_000 + n,
      recipes.request,
    ),
  ];
  const answers = await answersTo(asks);
  expect(judge("person", answers)).toEqual([]);
  expect(answers.every((one) => one.text.startsWith("201"))).toBe(true);
}, 300_000);

test("a build that answers 409 is caught, by its bytes and by its size: the control", async () => {
  const names = new Set(filed.map((n) => anApplicant(n).givenNames));
  const telling: Site = async (options) => {
    const { applicants } = options.payload as { applicants: { givenNames: string }[] };
    const known = names.has(applicants[0]!.givenNames);
    return known ? { ...(await asIs(options)), statusCode: 409, body: '{"code":"already_booked"}' } : asIs(options);
  };
  const answers = await answersTo(
    both(60, filed, (n) => 20_000 + n, recipes.booking),
    telling,
  );
  expect(unequal(answers)).toHaveLength(1);
  expect(isTold(tellingBy(answers, (one) => one.size))).toBe(true);
  // And a build that takes a fifth of a millisecond longer for whoever is there.
  expect(
    isTold(
      tellingBy(
        answers.map((one) => ({ ...one, ms: one.exists ? 1.2 : 1 })),
        (one) => one.ms,
      ),
    ),
  ).toBe(true);
}, 60_000);

test("a build that drops the duplicate's leaf is caught after the lock: the control", async () => {
  const [twice, once, dropped] = [somebody(), somebody(), somebody()];
  const file = async (by: { token: string }, number: number) => {
    const payload = { applicants: [withoutParents(number)], wish: ANY_MORNING, autoConfirm: true };
    const answer = await asIs(api("/requests", payload, by.token));
    return { by, id: answer.json<{ id: string }>().id };
  };
  const requests = [await file(twice, PERSONS), await file(once, 30_000), await file(dropped, PERSONS + 1)];
  services.clock.set(HOURS.lock);
  // Days have passed; what is asked here is what the contact sees, and not how it proves itself again.
  await services.adminQuery(
    "update people.sessions set verified_until = $1, expires_at = $1 where contact_id is not null",
    [new Date(HOURS.lock.getTime() + 3_600_000)],
  );
  for (let step = 0; step < 3; step++) await advanceDraws(systemContext(services, "test"));
  await services.adminQuery("delete from allocation.filings where request_id = $1", [requests[2]!.id]);
  const seen = await Promise.all(
    requests.map(async ({ by, id }) =>
      masked(await asIs({ url: `/api/v1/requests/${id}`, headers: { authorization: `Bearer ${by.token}` } })),
    ),
  );
  expect(seen[0]).toBe(seen[1]);
  expect(seen[2]).not.toBe(seen[1]);
}, 60_000);
