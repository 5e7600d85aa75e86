import type { LocalDate } from "#kernel/ids.ts";
import { addDays, DAY_MS, daysBetween, HOUR_MS } from "#kernel/time.ts";
import { FREED_DRAWN_DAYS, lastReleaseTick, shortFromAt } from "#modules/schedules/index.ts";
import { booked, enter, giveUp, settle } from "./book.ts";
import { startOf, type Session } from "./calendar.ts";
import { findRoom, type Found } from "./find.ts";
import type { Office } from "./network.ts";
import { DECLINES_OFFER, DRAWN_DAYS_AHEAD, LEAVES_LINE, OFFER_HOURS } from "./parameters.ts";
import type { Party, Places } from "./people.ts";
import { stateOf, type Waiting, type World } from "./world.ts";

/** Hours before a visit by which an offer is answered. */
const ANSWERED_BEFORE_HOURS = 3;
/** Days that a household likes, from the first that is drawn. Guess. */
const LIKES_WITHIN_DAYS = 10;

/** The weekly draw of two to six weeks ahead, where documents are drawn. */
export function weeklyDraw(world: World, office: Office): void {
  const today = world.today(office);
  draw(world, office, addDays(today, DRAWN_DAYS_AHEAD[0]), addDays(today, DRAWN_DAYS_AHEAD[1]));
  const chance = world.chance(office.at);
  world.waiting[office.at] = world.waiting[office.at]!.filter((one) => {
    if (one.displaced || !chance.happens(LEAVES_LINE)) return true;
    giveUp(world, one);
    return false;
  });
}

/** The daily draw of what is nearer: what was cancelled, what was left over, and days made at short notice. */
export function dailyDraw(world: World, office: Office): void {
  const today = world.today(office);
  draw(world, office, addDays(today, 1), addDays(today, DRAWN_DAYS_AHEAD[0] - 1));
}

/** Locks what is planned, seats the households in a drawn order, and plans again what is left. */
function draw(world: World, office: Office, from: LocalDate, to: LocalDate): void {
  const chance = world.chance(office.at);
  const line = world.waiting[office.at]!;
  const supply = placesToDraw(world, office, from, to);
  if (line.length === 0 || supply.numbers.length === 0) return;
  world.changeAll(supply, "committed");
  let left = supply.numbers.length;
  // Whose place was cut stands first; all others in an order of chance.
  const order = [...line.filter((one) => one.displaced), ...chance.shuffle(line.filter((one) => !one.displaced))];
  const still: Waiting[] = [];
  for (const one of order) {
    const found = left === 0 ? undefined : drawnRoom(world, office, one, from, to);
    if (!found) still.push(one);
    else left -= offer(world, office, one, found);
  }
  world.waiting[office.at] = still;
  for (const [i, session] of supply.sessions.entries())
    if (stateOf(session, supply.numbers[i]!) === "committed")
      world.calendar.change(session, supply.numbers[i]!, "planned");
}

function drawnRoom(world: World, office: Office, one: Waiting, from: LocalDate, to: LocalDate): Found | undefined {
  const chance = world.chance(office.at);
  const days = daysBetween(from, to) + 1;
  const liked = Math.min(days - 1, Math.floor(chance.exponential(LIKES_WITHIN_DAYS)));
  const room = (first: number, most: number) =>
    findRoom(world, office, one, { from: addDays(from, first), most }, chance, "committed");
  return room(liked, days - liked) ?? room(0, liked);
}

function placesToDraw(world: World, office: Office, from: LocalDate, to: LocalDate): Places {
  const sessions: Session[] = [];
  const numbers: number[] = [];
  for (let ahead = 0; ahead <= daysBetween(from, to); ahead++)
    for (const session of world.calendar.of(office, addDays(from, ahead)))
      for (let place = 0; place < session.state.length; place++) {
        if (session.pool[place] !== "draw" || stateOf(session, place) !== "planned") continue;
        sessions.push(session);
        numbers.push(place);
      }
  return { sessions, numbers };
}

/** Returns how many places it takes. */
function offer(world: World, office: Office, one: Waiting, found: Found): number {
  const holder = world.newHolder();
  const places = world.placesOf(found.seats);
  world.changeAll(places, "assigned", holder);
  const party = enter(world, office, one, holder, found);
  party.offered = true;
  world.tally.count("drawn");
  const declines = !one.displaced && world.chance(office.at).happens(DECLINES_OFFER);
  const at = Math.min(world.now + OFFER_HOURS * HOUR_MS, party.startsAt - ANSWERED_BEFORE_HOURS * HOUR_MS);
  world.at(Math.max(at, world.now), () => answer(world, party, declines));
  if (one.displaced) settle(world, one.displaced, found.localDate, "drawnAgain");
  return places.numbers.length;
}

function answer(world: World, party: Party, declines: boolean): void {
  if (world.holders[party.holder] !== party || !party.offered) return;
  if (declines) {
    world.free(party.places);
    world.endHolder(party.holder);
    world.tally.count("declined");
    return;
  }
  party.offered = false;
  world.changeAll(party.places, "booked", party.holder);
  booked(world, party);
}

/** Opens to everybody what no draw can give out any more (openLeftovers of schedules/store/releases.ts). */
export function openLeftovers(world: World, office: Office): void {
  const today = world.today(office);
  const shortFrom = shortFromAt(lastReleaseTick(new Date(world.now))).getTime();
  const urgentUntil = world.now + DAY_MS;
  const before = addDays(today, FREED_DRAWN_DAYS);
  for (let ahead = 0; ahead <= FREED_DRAWN_DAYS; ahead++) {
    const localDate = addDays(today, ahead);
    for (const session of world.calendar.of(office, localDate))
      for (let place = 0; place < session.state.length; place++) {
        const startsAt = startOf(session, place);
        if (stateOf(session, place) !== "planned" || startsAt <= world.now) continue;
        const pool = session.pool[place];
        const isOver =
          pool === "draw"
            ? startsAt < shortFrom
            : startsAt < urgentUntil || (pool !== "urgent" && session.localDate < before);
        if (!isOver) continue;
        session.pool[place] = "open";
        world.calendar.change(session, place, "open");
      }
  }
}
