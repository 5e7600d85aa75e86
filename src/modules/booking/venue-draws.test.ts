import { afterEach, beforeEach, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, citizen, someContacts } from "#tests/support/fixtures.ts";
import { aDrawWorld, ANY_MORNING, goOn, HOURS, someRequests, type AskingHousehold } from "#tests/support/draw-world.ts";
import { aSpecialDay } from "#tests/support/special-days.ts";
import type { LocalDate, SessionId } from "#kernel/ids.ts";
import { listRequests, openDailyDraw, openNextDraw } from "#modules/allocation/index.ts";
import { reopenFreed } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { acceptOffer, getRequestForMessage, requestPlaces } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

/** The drawn Monday, on which there is a hall in another town too. */
const HALL_DAY = "2026-12-14" as LocalDate;
const system = () => systemContext(services, "test");
const own = async ({ contactId }: AskingHousehold) => (await listRequests(citizen(services, contactId)))[0]!;
const statesAt = async (sessionId: SessionId) =>
  (
    await services.adminQuery<{ state: string }>(
      "select state from schedules.places where session_id = $1 order by state",
      [sessionId],
    )
  ).map((one) => one.state);
const ASKS = { shortNotice: true, autoConfirm: true, wish: { ...ANY_MORNING, to: null } } as const;

/** The day's draw of that day: from its opening to its offers. */
async function daily(day: number): Promise<void> {
  const next = String(day + 1).padStart(2, "0");
  services.clock.set(new Date(`2026-12-${String(day).padStart(2, "0")}T22:00:00Z`));
  await reopenFreed(system());
  expect(await openDailyDraw(system())).toBeDefined();
  for (const time of ["00:00", "00:30"]) await goOn(services, new Date(`2026-12-${next}T${time}:00Z`));
}
const answersEnd = (day: number) => goOn(services, new Date(`2026-12-${String(day).padStart(2, "0")}T18:00:00Z`));

test("a hall in another town is in no weekly draw; a daily one offers it by name, and nobody is booked there without a yes", async () => {
  await aDrawWorld(services, { counters: 2 });
  const { sessionId } = await aSpecialDay(services, {
    localDate: HALL_DAY,
    opens: "09:00",
    steps: 1,
    counters: 1,
    givenOut: "draw",
  });
  const households = await someRequests(services, 9, ASKS);
  for (const to of Object.values(HOURS)) await goOn(services, to);
  // Eight had the office's own places, in two rounds and what was kept; whoever is left was not sent away.
  expect(await statesAt(sessionId)).toEqual(["planned"]);
  const waiting = await standing(households);
  expect(waiting.length).toBeGreaterThan(0);
  services.clock.set(new Date("2026-12-05T12:00:00Z"));
  await services.adminQuery(
    "update schedules.places set state = 'withdrawn' where state = 'planned' and session_id <> $1",
    [sessionId],
  );

  await daily(5);
  const offered = waiting.find((_, i) => i === 0)!;
  const request = await own(offered);
  // "Confirm without asking me again" was said of the office, not of this.
  expect(request).toMatchObject({ state: "offered", draws: [{ kind: "daily", answer: "offered" }, {}, {}] });
  const message = await getRequestForMessage(system(), offered.requestId);
  expect(message).toMatchObject({ autoConfirm: false, passesOn: true, venue: { city: "Reno" } });
  await answersEnd(6);
  expect(await own(offered)).toMatchObject({ state: "standing", draws: [{ answer: "passed" }, {}, {}] });
  expect(await statesAt(sessionId)).toEqual(["freed"]);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

async function standing(households: readonly AskingHousehold[]): Promise<AskingHousehold[]> {
  const states = await Promise.all(households.map(async (one) => (await own(one)).state));
  return households.filter((_, i) => states[i] === "standing");
}

test("whoever was silent about a hall is not asked for that day again; the next one says yes and is booked there", async () => {
  await aDrawWorld(services, { counters: 2 });
  await services.adminQuery("update schedules.places set state = 'withdrawn'");
  const { sessionId } = await aSpecialDay(services, {
    localDate: HALL_DAY,
    opens: "09:00",
    steps: 1,
    counters: 1,
    givenOut: "short_draw",
  });
  await services.adminQuery("update schedules.sessions set short_notice = true where id = $1", [sessionId]);
  for (const to of Object.values(HOURS)) await goOn(services, to);
  services.clock.set(new Date("2026-12-05T12:00:00Z"));
  await openNextDraw(system(), "weekly");
  const households = await someRequests(services, 2, ASKS);
  await daily(5);
  const [first] = await withState(households, "offered");
  const [second] = await withState(households, "standing");
  await answersEnd(6);
  await daily(6);
  expect((await own(first!)).state).toBe("standing");
  expect((await own(second!)).state).toBe("offered");
  const accepted = await acceptOffer(citizen(services, second!.contactId), second!.requestId, second!.contactId);
  expect(accepted).toMatchObject({ ok: true });
  expect(await statesAt(sessionId)).toEqual(["booked"]);
  await answersEnd(7);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

async function withState(households: readonly AskingHousehold[], state: string): Promise<AskingHousehold[]> {
  const states = await Promise.all(households.map(async (one) => (await own(one)).state));
  return households.filter((_, i) => states[i] === state);
}

test("a family is not torn between the office and a hall, where each has one place left", async () => {
  await aDrawWorld(services, { counters: 2 });
  for (const to of Object.values(HOURS)) await goOn(services, to);
  await services.adminQuery(
    `update schedules.places p set state = case when n = 1 then 'planned' else 'withdrawn' end, pool = 'draw'
     from (select session_id, starts_at, counter, row_number() over (order by counter, starts_at) as n from schedules.places) o
     where o.session_id = p.session_id and o.starts_at = p.starts_at and o.counter = p.counter`,
  );
  const { sessionId } = await aSpecialDay(services, {
    localDate: HALL_DAY,
    opens: "09:00",
    steps: 1,
    counters: 1,
    givenOut: "short_draw",
  });
  const [contactId] = await someContacts(services, 1);
  services.clock.set(new Date("2026-12-05T12:00:00Z"));
  await openNextDraw(system(), "weekly");
  const filed = await requestPlaces(citizen(services, contactId!), {
    contactId: contactId!,
    applicants: [1, 2].map((n) => anApplicant(n, { services: ["matricula-consular"] as never })),
    ...ASKS,
  });
  expect(filed).toMatchObject({ ok: true });
  for (const day of [5, 6]) {
    await daily(day);
    expect((await own({ contactId: contactId!, requestId: "" as never })).state).toBe("standing");
    await answersEnd(day + 1);
  }
  expect(await statesAt(sessionId)).toEqual(["planned"]);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});
