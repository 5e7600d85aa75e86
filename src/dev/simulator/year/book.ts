import type { LocalDate } from "#kernel/ids.ts";
import { addDays, DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { CHANGE_UNTIL_HOURS, mayChange, movesAfter } from "#modules/booking/index.ts";
import { HORIZON_WEEKS, lastReleaseTick } from "#modules/schedules/index.ts";
import { CANCEL_SHARE } from "../parameters.ts";
import { findRoom, type Found } from "./find.ts";
import { returnsTo } from "./horizon.ts";
import type { Office } from "./network.ts";
import { HOLDS_THAT_LAPSE, LOOKS_AT_DAYS, MOVE_SHARE, TRIES, WISHED_DAYS_AHEAD } from "./parameters.ts";
import type { Displacement, Household, Party } from "./people.ts";
import { startOf } from "./calendar.ts";
import { stateOf, type Waiting, type World } from "./world.ts";

const HORIZON_DAYS = HORIZON_WEEKS * 7;
/** Days ahead at which a draw leaves something over. */
const LEFT_OVER_DAYS = 3;

/** A household looks for a day and books it, or waits. */
export function ask(world: World, office: Office, household: Household): void {
  const chance = world.chance(office.at);
  world.tally.count("asked");
  const today = world.today(office);
  const wished = Math.min(1 + Math.floor(chance.exponential(WISHED_DAYS_AHEAD)), HORIZON_DAYS - 1);
  const days = { from: addDays(today, wished), most: Math.min(LOOKS_AT_DAYS, HORIZON_DAYS - wished) };
  if (tryToBook(world, office, household, days, undefined)) return;
  world.waiting[office.at]!.push({ ...household, tries: 1, displaced: undefined });
}

/** Those who found nothing look again; who has looked often enough stays away. Whoever waits for a draw looks at what it left over. */
export function askAgain(world: World, office: Office): void {
  const tomorrow = addDays(world.today(office), 1);
  world.waiting[office.at] = world.waiting[office.at]!.filter((one) => {
    const most = office.draws ? LEFT_OVER_DAYS : LOOKS_AT_DAYS;
    if (tryToBook(world, office, one, { from: tomorrow, most }, one.displaced)) return false;
    one.tries += 1;
    if (office.draws || one.tries <= TRIES) return true;
    giveUp(world, one);
    return false;
  });
}

export function giveUp(world: World, waiting: Waiting): void {
  world.tally.count(waiting.displaced ? "gaveUpAfterCut" : "gaveUp");
  if (waiting.displaced) world.cases.ended += 1;
}

function tryToBook(
  world: World,
  office: Office,
  household: Household,
  days: Parameters<typeof findRoom>[3],
  displaced: Displacement | undefined,
): boolean {
  const chance = world.chance(office.at);
  const found = findRoom(world, office, household, days, chance);
  if (!found) return false;
  const holder = world.newHolder();
  const places = world.placesOf(found.seats);
  world.changeAll(places, "held", holder);
  if (chance.happens(HOLDS_THAT_LAPSE)) {
    // Somebody went for a paper; ten minutes later the places are everybody's, and she begins again.
    world.giveBack(places);
    world.tally.count("holdLapsed");
    world.changeAll(places, "held", holder);
  }
  world.changeAll(places, "booked", holder);
  booked(world, enter(world, office, household, holder, found));
  if (displaced) settle(world, displaced, found.localDate, "chose");
  return true;
}

/** A household has places under `holder` now. */
export function enter(world: World, office: Office, household: Household, holder: number, found: Found): Party {
  const party: Party = {
    people: household.people,
    needs: household.needs,
    holder,
    office,
    localDate: found.localDate,
    startsAt: Math.min(...found.seats.map((one) => one.startsAt)),
    seats: found.seats,
    places: world.placesOf(found.seats),
    moves: { moves: 0, mendUntil: null },
    offered: false,
    displaced: undefined,
  };
  world.holders[holder] = party;
  return party;
}

/** Its places are booked. */
export function booked(world: World, party: Party): void {
  world.tally.count("booked");
  decideFate(world, party);
}

/** Some are cancelled or moved before the day. */
function decideFate(world: World, party: Party): void {
  const chance = world.chance(party.office.at);
  const fate = chance.next();
  const at = chance.between(world.now, party.startsAt - CHANGE_UNTIL_HOURS * HOUR_MS);
  if (at <= world.now) return;
  if (fate < CANCEL_SHARE) world.at(at, () => cancel(world, party));
  else if (fate < CANCEL_SHARE + MOVE_SHARE) world.at(at, () => move(world, party));
}

/** Whether it still stands and may be changed by its contact. */
function isChangeable(world: World, party: Party): boolean {
  const stands = world.holders[party.holder] === party;
  return stands && mayChange("active", new Date(party.startsAt), new Date(world.now)) === "yes";
}

function cancel(world: World, party: Party): void {
  // Whom the office has just told of another place answers that, and is told of in cuts.ts.
  if (!isChangeable(world, party) || party.displaced) return;
  world.free(party.places);
  world.endHolder(party.holder);
  world.tally.count("cancelled");
}

function move(world: World, party: Party): void {
  if (!isChangeable(world, party) || party.displaced) return;
  const moves = movesAfter(party.moves, new Date(world.now));
  if (!moves) return;
  const { office } = party;
  const today = world.today(office);
  const found = findRoom(
    world,
    office,
    party,
    { from: addDays(today, 2), most: LOOKS_AT_DAYS },
    world.chance(office.at),
  );
  if (!found) return;
  reseat(world, party, found);
  party.moves = moves;
  world.tally.count("moved");
}

/** The new places are taken and the old ones freed, and nothing is in between. */
export function reseat(world: World, party: Party, found: Found): void {
  const places = world.placesOf(found.seats);
  world.changeAll(places, "held", party.holder);
  world.free(party.places);
  world.changeAll(places, "booked", party.holder);
  sit(party, found, places);
}

export function sit(party: Party, { localDate, seats }: Found, places: Party["places"]): void {
  party.localDate = localDate;
  party.seats = seats;
  party.places = places;
  party.startsAt = Math.min(...seats.map((one) => one.startsAt));
}

/** A household whose place was cut has another. */
export function settle(
  world: World,
  displaced: Displacement,
  localDate: LocalDate,
  how: "accepted" | "chose" | "keptHour" | "drawnAgain",
): void {
  world.cases.ended += 1;
  world.tally.count(how);
  const later = Math.max(0, Math.round((Date.parse(localDate) - Date.parse(displaced.lostDate)) / DAY_MS));
  world.tally.newPlace((world.now - displaced.since) / HOUR_MS, later);
}

/** At a release tick all freed places of the network return together: to everybody, or to the next draw. */
export function reopenFreed(world: World): void {
  const tick = lastReleaseTick(new Date(world.now));
  if (tick.getTime() !== world.now) throw new Error("places return at a tick, and at no other instant");
  for (const { session, place } of world.freed) {
    if (stateOf(session, place) !== "freed" || startOf(session, place) <= world.now) continue;
    const to = returnsTo(session, startOf(session, place), tick);
    session.pool[place] = to === "open" ? "open" : "draw";
    world.calendar.change(session, place, to);
    world.tally.count("reopened");
  }
  world.freed = [];
}
