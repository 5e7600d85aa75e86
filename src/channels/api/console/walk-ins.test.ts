import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, HOUR_MS } from "#kernel/time.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO, VISIT_DAY } from "#tests/support/fixtures.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { WalkInDated, WalkInDates, WalkInRoom, WalkInTurn } from "./walk-in-contract.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
let clerk: string;
let guard: string;
let clerkId: string;
beforeAll(async () => {
  services = await openTestServices();
  // Two counters and four quarters of an hour today; a reserve for the desk in a week.
  const { startsAt } = await aSession(services);
  const { sessionId } = await aSession(services, { localDate: addDays(VISIT_DAY, 7) });
  await services.adminQuery("update schedules.places set state = 'planned', pool = 'assisted' where session_id = $1", [
    sessionId,
  ]);
  services.clock.set(new Date(startsAt.getTime() - HOUR_MS / 2));
  open = await aConsole(services);
  clerkId = await aStaffId(services);
  clerk = await cookieOf(services, clerkId);
  guard = await cookieOf(services, await aStaffId(services, "door"));
});
afterAll(async () => {
  await open.close();
  await services.close();
});
const post = (path: string, body: object, who = clerk) => ask(open.app, "POST", path, who, body);
/** A colleague attested that somebody is there. */
async function attested(): Promise<string> {
  const id = randomUUID();
  await services.adminQuery(
    `insert into people.presences (id, office_id, staff_id, shown, second_id, shown_at, expires_at)
     values ($1, $2, $3, 'second', $4, $5, $5::timestamptz + interval '15 minutes')`,
    [id, FRESNO, clerkId, await aStaffId(services), services.clock.now()],
  );
  return id;
}
const room = async () => (await ask(open.app, "GET", "/walk-ins/room", clerk)).body as WalkInRoom;

test("a household gets a turn and a card; each turn leaves less room, and whoever is too many leaves with a date", async () => {
  expect(await room()).toEqual({
    localDate: VISIT_DAY,
    opensAt: "08:00",
    closesAt: "09:00",
    turns: 7,
    services: expect.arrayContaining(["matricula-consular"]) as unknown,
    tightest: "window",
  });
  const turn = (await post("/walk-ins", { applicants: [anApplicant(1), anApplicant(2)] })).body as WalkInTurn;
  expect(turn).toMatchObject({ number: 1, picture: "corn", people: 2, byLot: true });
  expect(turn.card!.pin).toMatch(/^\d+$/);
  expect((await room()).turns).toBe(6);

  const people = [{ services: ["matricula-consular"] }];
  const { dates } = (await post("/walk-ins/dates", { people })).body as WalkInDates;
  expect(dates).toMatchObject([{ localDate: addDays(VISIT_DAY, 7), localTime: "08:00" }]);
  const body = { applicants: [anApplicant(3)], startsAt: dates[0]!.startsAt };
  const alone = await post("/walk-ins/dated", { ...body, presence: randomUUID() });
  expect(alone).toMatchObject({ status: 409, body: { code: "presence_needed" } });
  const dated = (await post("/walk-ins/dated", { ...body, presence: await attested() })).body as WalkInDated;
  expect(dated).toMatchObject({ localDate: addDays(VISIT_DAY, 7), localTime: "08:00" });
  expect(dated.card!.folio).not.toBe(turn.card!.folio);
  expect(await services.adminQuery("select state from booking.bookings where id = $1", [dated.bookingId])).toEqual([
    { state: "active" },
  ]);
});

test("a turn is for what is given today; for the rest there are dates", async () => {
  const { services: given } = await room();
  expect(given).not.toContain("visa");
  const today = await post("/walk-ins", { applicants: [anApplicant(41, { services: ["visa" as never] })] });
  expect(today).toMatchObject({ status: 409, body: { code: "not_given_today" } });
});

test("a desk shows who is there by the PIN of a card, and is told what is wrong with it", async () => {
  const { card } = (await post("/walk-ins", { applicants: [anApplicant(9)] })).body as WalkInTurn;
  const other = await cookieOf(services, await aStaffId(services));
  expect(await post("/walk-ins/presence", { by: "card", ...card! })).toMatchObject({ body: { code: "own_card" } });
  expect(await post("/walk-ins/presence", { by: "card", ...card! }, other)).toMatchObject({
    status: 200,
    body: { presence: expect.any(String) },
  });
  const code = { kind: "sms", address: "no es un teléfono" };
  expect(await post("/walk-ins/code", code)).toMatchObject({ status: 422, body: { code: "invalid_address" } });
  expect((await post("/walk-ins/second", {})).body).toMatchObject({ options: { userVerification: "required" } });
  const nobody = { by: "second", response: {} };
  expect(await post("/walk-ins/presence", nobody)).toMatchObject({ status: 409, body: { code: "not_a_second" } });
});

test("a guard gives no turns and no dates, and a date that is gone is refused", async () => {
  const body = { applicants: [anApplicant(4)] };
  expect((await post("/walk-ins", body, guard)).status).toBe(403);
  expect(
    (await post("/walk-ins/dated", { ...body, presence: randomUUID(), startsAt: "2027-01-01T16:00:00.000Z" }, guard))
      .status,
  ).toBe(403);
  const gone = await post("/walk-ins/dated", {
    ...body,
    presence: await attested(),
    startsAt: "2027-01-01T16:00:00.000Z",
  });
  expect(gone).toMatchObject({ status: 409, body: { code: "place_taken" } });
});
