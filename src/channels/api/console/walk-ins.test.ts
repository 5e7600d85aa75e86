import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, HOUR_MS } from "#kernel/time.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, VISIT_DAY } from "#tests/support/fixtures.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { WalkInDated, WalkInDates, WalkInRoom, WalkInTurn } from "./walk-in-contract.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
let clerk: string;
let guard: string;
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
  clerk = await cookieOf(services, await aStaffId(services));
  guard = await cookieOf(services, await aStaffId(services, "door"));
});
afterAll(async () => {
  await open.close();
  await services.close();
});
const post = (path: string, body: object, who = clerk) => ask(open.app, "POST", path, who, body);
const room = async () => (await ask(open.app, "GET", "/walk-ins/room", clerk)).body as WalkInRoom;

test("a household gets a turn and a card; each turn leaves less room, and whoever is too many leaves with a date", async () => {
  expect(await room()).toEqual({
    localDate: VISIT_DAY,
    opensAt: "08:00",
    closesAt: "09:00",
    turns: 7,
    tightest: "window",
  });
  const turn = (await post("/walk-ins", { applicants: [anApplicant(1), anApplicant(2)] })).body as WalkInTurn;
  expect(turn).toMatchObject({ number: 1, picture: "corn", people: 2, byLot: true });
  expect(turn.card!.pin).toMatch(/^\d+$/);
  expect((await room()).turns).toBe(6);

  const people = [{ services: ["matricula-consular"] }];
  const { dates } = (await post("/walk-ins/dates", { people })).body as WalkInDates;
  expect(dates).toMatchObject([{ localDate: addDays(VISIT_DAY, 7), localTime: "08:00" }]);
  const dated = (await post("/walk-ins/dated", { applicants: [anApplicant(3)], startsAt: dates[0]!.startsAt }))
    .body as WalkInDated;
  expect(dated).toMatchObject({ localDate: addDays(VISIT_DAY, 7), localTime: "08:00" });
  expect(dated.card!.folio).not.toBe(turn.card!.folio);
  expect(await services.adminQuery("select state from booking.bookings where id = $1", [dated.bookingId])).toEqual([
    { state: "active" },
  ]);
});

test("a guard gives no turns and no dates, and a date that is gone is refused", async () => {
  const body = { applicants: [anApplicant(4)] };
  expect((await post("/walk-ins", body, guard)).status).toBe(403);
  expect((await post("/walk-ins/dated", { ...body, startsAt: "2027-01-01T16:00:00.000Z" }, guard)).status).toBe(403);
  const gone = await post("/walk-ins/dated", { ...body, startsAt: "2027-01-01T16:00:00.000Z" });
  expect(gone).toMatchObject({ status: 409, body: { code: "place_taken" } });
});
