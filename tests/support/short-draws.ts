import type { TestServices } from "./database.ts";
import { citizen } from "./fixtures.ts";
import { aDrawWorld, ANY_MORNING, goOn, HOURS, someRequests, type AskingHousehold } from "./draw-world.ts";
import { listRequests, openNextDraw, openShortDraw, type DrawId, type RequestRow } from "#modules/allocation/index.ts";
import type { PlacesRequest } from "#modules/booking/index.ts";
import { systemContext } from "#platform/context.ts";

/** The visit is at 17:00 UTC on the fourteenth of December, nine in the morning in Fresno; this is the day before, or another. */
export function at(time: string, day = 13): Date {
  return new Date(`2026-12-${String(day).padStart(2, "0")}T${time}:00Z`);
}

/** May be called at short notice for any morning, and wants to be asked. */
export const SOON = { shortNotice: true, autoConfirm: false, wish: { ...ANY_MORNING, to: null } } as const;

/** So many places in Fresno came back and are out of sight, with households that stand in the week's draw. */
export async function freedPlaces(
  services: TestServices,
  count: number,
  households: readonly Partial<PlacesRequest>[],
  world: () => Promise<unknown> = () => aDrawWorld(services, { counters: 2 }),
): Promise<AskingHousehold[]> {
  await world();
  for (const to of Object.values(HOURS)) await goOn(services, to);
  services.clock.set(at("12:00", 8));
  await openNextDraw(systemContext(services, "test"), "weekly");
  const asking: AskingHousehold[] = [];
  for (const change of households) asking.push(...(await someRequests(services, 1, change, asking.length)));
  await services.adminQuery(
    `update schedules.places p set state = case when n <= $1 then 'freed' else 'withdrawn' end
     from (select session_id, starts_at, counter, row_number() over (order by office_id, counter, starts_at) as n from schedules.places) o
     where o.session_id = p.session_id and o.starts_at = p.starts_at and o.counter = p.counter`,
    [count],
  );
  return asking;
}

/** What the timetable does at a full hour, and what is then due of every draw. */
async function fullHour(services: TestServices, time: string, day = 13): Promise<DrawId | undefined> {
  services.clock.set(at(time, day));
  const draw = await openShortDraw(systemContext(services, "test"));
  await goOn(services, at(time, day));
  return draw;
}

/** A short draw from its opening to its offers. */
export async function drawnAt(services: TestServices, time: string, day = 13): Promise<DrawId | undefined> {
  const draw = await fullHour(services, time, day);
  if (draw === undefined) return undefined;
  for (const minute of ["05", "15"]) await goOn(services, at(`${time.slice(0, 2)}:${minute}`, day));
  return draw;
}

/** State and pool of each place that is nobody's and was not taken away, in their order. */
async function freePlaces(services: TestServices): Promise<string[]> {
  const found = await services.adminQuery<{ state: string; pool: string }>(
    "select state, pool from schedules.places where state not in ('withdrawn', 'booked') order by state, pool",
  );
  return found.map(({ state, pool }) => `${state} ${pool}`);
}

/** The states of the short draws, in their order. */
export async function shortDraws(services: TestServices): Promise<string[]> {
  const found = await services.adminQuery<{ state: string }>(
    "select state from allocation.draws where kind = 'short' order by opens_at",
  );
  return found.map(({ state }) => state);
}

/** The household's own request as it reads it. */
async function ownRequest(services: TestServices, { contactId }: AskingHousehold): Promise<RequestRow> {
  return (await listRequests(citizen(services, contactId)))[0]!;
}

/** Who answers an offer: a context, her request, herself. */
function asker(services: TestServices, { contactId, requestId }: AskingHousehold) {
  return [citizen(services, contactId), requestId, contactId] as const;
}

/** All of that for the services of the test that runs. */
export function shortWorld(services: () => TestServices) {
  return {
    system: () => systemContext(services(), "test"),
    own: (one: AskingHousehold) => ownRequest(services(), one),
    places: () => freePlaces(services()),
    asked: (one: AskingHousehold) => asker(services(), one),
    hour: (time: string, day?: number) => fullHour(services(), time, day),
    drawn: (time: string, day?: number) => drawnAt(services(), time, day),
    freed: (count: number, households: readonly Partial<PlacesRequest>[]) => freedPlaces(services(), count, households),
  };
}
