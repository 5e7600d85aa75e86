import type { ContactId, OfficeId } from "#kernel/ids.ts";
import { addDays, HOUR_MS, instantOf, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import { getOpenDraw, openNextDraw } from "#modules/allocation/index.ts";
import { getNetwork, type Network } from "#modules/offices/index.ts";
import type { StaffMember } from "#modules/people/index.ts";
import { fillHorizon } from "#modules/schedules/index.ts";
import { setHallPlan, setInterpreterLine } from "#modules/visits/index.ts";
import { systemContext, type Services } from "#platform/context.ts";
import { bookParties } from "./book-parties.ts";
import { openExtraordinary, readCalendar, type OfficeDay } from "./calendar.ts";
import { diceOf, type Dice } from "./dice.ts";
import { playHall } from "./hall.ts";
import type { Made } from "./made.ts";
import { fileRequests, turnToDraws } from "./draws.ts";
import { planDay, type Fullness, type PlannedParty } from "./plan.ts";
import { DEMO_OFFICE, makeCards, makeStaff, staffContext, type DemoCard } from "./staff.ts";

/** Weeks of places that the first page needs; the timetable fills the rest beside it. */
const FIRST_WEEKS = 2;
const FAR_WEEKS = 8;
/** Small offices whose next days are nearly full. */
const CROWDED = new Set<string>(["nogales", "boise", "omaha", "del-rio"]);
const CROWDED_DAYS = 6;
const DEMO_OFFICE_SHARES = [0.85, 0.85, 0.6, 0.5, 0.4, 0.35, 0.3, 0.3];
const NEAR_DAYS = 7;
const FAR_PARTIES = 8;
/** Share of the demo office's contacts with an address. The others have a paper card: the outbox is for whoever tries things out. */
const WITH_ADDRESS = 0.15;
/** The demo office opens a few hours more when less than this is left of its day, so that its hall is never empty. */
const LEAST_LEFT_HOURS = 2;
const EXTRA_BEFORE_HOURS = 2;
const EXTRA_AFTER_HOURS = 4;
const EXTRA_COUNTERS = 8;
const STEP_MINUTES = 15;
const LAST_CLOSING = "23:45";
/** Counters at the stations of the demo office. */
const DEMO_STATIONS = [
  { station: "filter", counters: 2 },
  { station: "cashier", counters: 1 },
  { station: "capture", counters: 8 },
] as const;

/** A number of nobody, where interpreters would be called. */
const DEMO_INTERPRETERS = "+15595550142";

export interface World {
  readonly staff: readonly StaffMember[];
  readonly cards: readonly DemoCard[];
}

/** What must be there before the first page is shown: staff, two weeks of places, and the demo office with its hall. */
export async function makeNearWorld(services: Services, made: Made, say: (sentence: string) => void): Promise<World> {
  const staff = await made.once("staff", () => makeStaff(services));
  const cards = await made.once("cards", () => makeCards(services, staff[0]!, 2));
  if ((await made.find("demo office")) === undefined) {
    say("Opening the calendars of the 59 offices …");
    await openToday(services, await getNetwork(services));
    await fillHorizon(systemContext(services, "demo_world"), { weeks: FIRST_WEEKS });
    say("Inventing people and their appointments …");
    const cardHolder = cards[0]!.contactId as ContactId;
    await made.once("draws", async () => ({ offices: await turnToDraws(services) }));
    await made.once("stations", async () => {
      const supervisor = staff.find((one) => one.role === "supervisor")!;
      const ctx = staffContext(services, supervisor);
      return setHallPlan(ctx, DEMO_OFFICE, { stations: DEMO_STATIONS, routes: [] });
    });
    await made.once("interpreters", () =>
      setInterpreterLine(
        staffContext(
          services,
          staff.find((one) => one.role === "supervisor")!,
        ),
        DEMO_INTERPRETERS,
      ),
    );
    await made.once("demo office", async () => ({ booked: await bookDemoOffice(services, cardHolder) }));
    await fillToday(services, made, staff[0]!);
  }
  return { staff, cards };
}

/** What may come while the first page is already answered: the other offices and the far weeks, once, and the hall of a new day. */
export async function makeFarWorld(services: Services, made: Made, world: World): Promise<void> {
  await fillToday(services, made, world.staff[0]!);
  await made.once("requests", async () => ({ filed: await fillDraw(services) }));
  await made.once("other offices", async () => ({ booked: await bookOtherOffices(services) }));
  await made.once("far weeks", async () => ({ booked: await bookFarWeeks(services) }));
}

/** Fills the demo office's hall of this day, once a day. */
export async function fillToday(services: Services, made: Made, clerk: StaffMember): Promise<void> {
  const network = await getNetwork(services);
  const today = localDateAt(services.clock.now(), network.officeById.get(DEMO_OFFICE)!.zone);
  await made.once(`today ${today}`, async () => {
    await openToday(services, network);
    await fillHorizon(systemContext(services, "demo_world"), { weeks: 1 });
    const [day] = (await readCalendar(services, today, today)).get(DEMO_OFFICE) ?? [];
    const dice = diceOf(`today ${today}`);
    const booked = day
      ? await bookParties(services, dice, planDay(dice, network, day, { share: DEMO_OFFICE_SHARES[0]! }))
      : 0;
    await playHall(services, clerk, today);
    return { booked };
  });
}

/** Opens the demo office for some hours around now when its own hours are nearly over, or on a day of rest. */
async function openToday(services: Services, network: Network): Promise<void> {
  const now = services.clock.now();
  const { zone } = network.officeById.get(DEMO_OFFICE)!;
  const today = localDateAt(now, zone);
  const [day] = (await readCalendar(services, today, today)).get(DEMO_OFFICE) ?? [];
  const wanted = now.getTime() + LEAST_LEFT_HOURS * HOUR_MS;
  if (day?.open.some((place) => place.startsAt > wanted)) return;
  const [midnight, last] = [instantOf(today, "00:00", zone), instantOf(today, LAST_CLOSING, zone)];
  const step = STEP_MINUTES * MINUTE_MS;
  const at = (hours: number) => Math.floor((now.getTime() + hours * HOUR_MS) / step) * step;
  const startsAt = new Date(Math.max(midnight.getTime(), at(-EXTRA_BEFORE_HOURS)));
  const endsAt = new Date(Math.min(last.getTime(), at(EXTRA_AFTER_HOURS)));
  if (startsAt >= endsAt) return;
  await openExtraordinary(services, {
    officeId: DEMO_OFFICE,
    localDate: today,
    startsAt,
    endsAt,
    counters: EXTRA_COUNTERS,
    stepMinutes: STEP_MINUTES,
  });
}

async function bookDemoOffice(services: Services, cardHolder: ContactId): Promise<number> {
  const network = await getNetwork(services);
  const calendar = await readNearDays(services);
  const days = calendar.get(DEMO_OFFICE) ?? [];
  const dice = diceOf(`demo office ${leftIn(calendar)}`);
  const parties = planOffice(dice, network, services.clock.now(), days, nearFullness(dice, DEMO_OFFICE));
  const booked = await bookParties(services, dice, parties, { withAddress: WITH_ADDRESS });
  const family = days.at(-1);
  return (
    booked +
    (family
      ? await bookParties(services, dice, planDay(dice, network, family, { parties: 1 }), { contactId: cardHolder })
      : 0)
  );
}

async function bookOtherOffices(services: Services): Promise<number> {
  const network = await getNetwork(services);
  const calendar = await readNearDays(services);
  const dice = diceOf(`other offices ${leftIn(calendar)}`);
  const parties = [...calendar].flatMap(([officeId, days]) =>
    officeId === DEMO_OFFICE ? [] : planOffice(dice, network, services.clock.now(), days, nearFullness(dice, officeId)),
  );
  return bookParties(services, dice, parties);
}

async function bookFarWeeks(services: Services): Promise<number> {
  // Its places are the timetable's work; what it did before counts too.
  await fillHorizon(systemContext(services, "demo_world"));
  const network = await getNetwork(services);
  const from = addDays(localDateAt(services.clock.now(), "UTC"), FIRST_WEEKS * 7 + 1);
  const calendar = await readCalendar(services, from, addDays(from, (FAR_WEEKS - FIRST_WEEKS) * 7));
  const dice = diceOf(`far weeks ${leftIn(calendar)}`);
  const parties = [...calendar.values()].flatMap((days) =>
    Array.from({ length: FAR_PARTIES }, () => planDay(dice, network, dice.pick(days), { parties: 1 })).flat(),
  );
  return bookParties(services, dice, parties);
}

/** Households that ask in the open demonstration. */
async function fillDraw(services: Services): Promise<number> {
  const ctx = systemContext(services, "demo_world");
  await openNextDraw(ctx, "demo");
  const draw = await getOpenDraw(ctx);
  return draw ? (await fileRequests(services, draw, draw.id)).length : 0;
}

function readNearDays(services: Services): Promise<Map<OfficeId, OfficeDay[]>> {
  const from = localDateAt(services.clock.now(), "UTC");
  return readCalendar(services, addDays(from, -1), addDays(from, FIRST_WEEKS * 7));
}

function planOffice(
  dice: Dice,
  network: Network,
  now: Date,
  days: readonly OfficeDay[],
  fullness: readonly Fullness[],
): PlannedParty[] {
  const ahead = days.filter((day) => day.open.some((place) => place.startsAt > now.getTime()));
  return ahead.slice(0, fullness.length).flatMap((day, i) => planDay(dice, network, day, fullness[i]!, now.getTime()));
}

/** How full an office is on its next open days. */
function nearFullness(dice: Dice, officeId: OfficeId): Fullness[] {
  if (officeId === DEMO_OFFICE) return DEMO_OFFICE_SHARES.map((share) => ({ share }));
  if (CROWDED.has(officeId)) return Array.from({ length: CROWDED_DAYS }, () => ({ share: 0.88 + dice.roll() * 0.1 }));
  const popular = 0.01 + dice.roll() * 0.05;
  return Array.from({ length: NEAR_DAYS }, (_, day) => ({ share: popular * (1.4 - day / 10) }));
}

/** Part of the seed, so that a start that was interrupted is continued with other people. */
function leftIn(calendar: ReadonlyMap<OfficeId, readonly OfficeDay[]>): number {
  return [...calendar.values()].flat().reduce((sum, day) => sum + day.open.length, 0);
}
