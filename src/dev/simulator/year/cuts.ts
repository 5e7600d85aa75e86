import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import { addDays, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import {
  countCut,
  keepsHours,
  PROPOSE_LEAD_HOURS,
  PROPOSE_WITHIN_DAYS,
  type CutPlace,
  type Displaced,
  type Proposal,
  type SparePlace,
} from "#modules/schedules/index.ts";
import { counterOf, startOf, type Session } from "./calendar.ts";
import { answerLater, dropKept, stillStands } from "./answers.ts";
import { reseat, settle } from "./book.ts";
import type { Office } from "./network.ts";
import type { Cause, Kept, Party, Places } from "./people.ts";
import { isParty, stateOf, type World } from "./world.ts";

export interface Area {
  readonly office: Office;
  readonly localDate: LocalDate;
  readonly group?: ServiceGroup;
  readonly counters?: { readonly from: number; readonly to: number };
  /** Milliseconds since 1970, UTC: places that start from the first on, before the second. */
  readonly hours?: { readonly from: number; readonly until: number };
}

/** Takes capacity away and finds other places for whoever had some of it. Returns its number, 0 when nothing was there. */
export function cut(world: World, area: Area, cause: Cause): number {
  const taken = placesIn(world, area);
  if (taken.numbers.length === 0) return 0;
  const id = world.causes.push(cause) - 1;
  const counts = countCut(taken.sessions.map((session, i) => cutPlaceOf(session, taken.numbers[i]!)));
  world.tally.count("cuts");
  world.tally.count("cutPlaces", counts.free + counts.planned + counts.committed + counts.assigned + counts.booked);
  const losers = new Set<Party>();
  const overrun = new Set<Kept>();
  for (const [i, session] of taken.sessions.entries()) {
    const place = taken.numbers[i]!;
    const holder = world.holders[session.holder[place]!];
    const from = stateOf(session, place);
    const to = world.rules.afterCut(from);
    if (holder !== undefined && isParty(holder)) losers.add(holder);
    else if (holder !== undefined) overrun.add(holder);
    if (to !== from) world.calendar.change(session, place, to);
    session.cut[place] = id;
  }
  for (const kept of overrun) losers.add(kept.party);
  // What anybody of them was asked before is over first.
  for (const party of losers) if (party.displaced?.kept) dropKept(world, party.displaced.kept);
  const found = world.rules.losers([...losers]);
  const offered = found.filter((one) => one.offered);
  for (const party of offered) takeBack(world, party, cause);
  settleParties(
    world,
    area,
    found.filter((one) => !offered.includes(one)),
    cause,
  );
  return id;
}

/** What is to come there and no other cut took. */
function placesIn(world: World, { office, localDate, group, counters, hours }: Area): Places {
  const sessions: Session[] = [];
  const numbers: number[] = [];
  for (const session of world.calendar.of(office, localDate)) {
    if (group !== undefined && (session.group !== group || session.kind !== "regular")) continue;
    for (let place = 0; place < session.state.length; place++) {
      const startsAt = startOf(session, place);
      const counter = counterOf(session, place);
      if (startsAt <= world.now || session.cut[place] !== 0) continue;
      if (counters && (counter < counters.from || counter > counters.to)) continue;
      if (hours && (startsAt < hours.from || startsAt >= hours.until)) continue;
      const state = stateOf(session, place);
      if (state === "used" || state === "withdrawn") continue;
      sessions.push(session);
      numbers.push(place);
    }
  }
  return { sessions, numbers };
}

function settleParties(world: World, { office, localDate }: Area, losers: readonly Party[], cause: Cause): void {
  for (const party of losers) {
    if (party.displaced) continue;
    party.displaced = { since: world.now, lostDate: party.localDate, cause, told: 0, kept: undefined };
    world.displaced.add(party);
    world.cases.opened += 1;
    world.tally.count("displaced");
  }
  const waiting = losers.filter((one) => one.startsAt > world.now);
  const spare = spareOf(world, office, waiting, localDate);
  const askFrom = world.now + PROPOSE_LEAD_HOURS * HOUR_MS;
  const proposals = world.rules.proposeMoves(waiting.map(displacedOf), spare, askFrom, office.zone);
  for (const party of losers) {
    const proposal = proposals.get(idOf(party));
    if (!proposal) tell(world, party, "toldToChoose");
    else if (keepsHours(displacedOf(party), proposal.arrangement)) keepHour(world, party, proposal);
    else propose(world, party, proposal);
  }
}

/** A household of a draw that has not answered yet: its offer is taken back, and it stands first for another. */
function takeBack(world: World, party: Party, cause: Cause): void {
  const displaced = { since: world.now, lostDate: party.localDate, cause, told: 1, kept: undefined };
  world.free(party.places);
  world.endHolder(party.holder);
  world.cases.opened += 1;
  world.tally.count("displaced");
  world.waiting[party.office.at]!.unshift({ people: party.people, needs: party.needs, tries: 1, displaced });
}

/** Another counter at her hour: nobody is asked. */
function keepHour(world: World, party: Party, { localDate, arrangement }: Proposal): void {
  reseat(world, party, { localDate, seats: arrangement });
  const { displaced } = party;
  stillStands(world, party);
  settle(world, displaced!, localDate, "keptHour");
}

function propose(world: World, party: Party, { localDate, arrangement }: Proposal): void {
  const places = world.placesOf(arrangement);
  const holder = world.newHolder();
  const until = Math.min(party.startsAt, ...arrangement.map((one) => one.startsAt));
  const kept: Kept = { holder, party, localDate, seats: arrangement, places, until };
  world.changeAll(places, "held", holder);
  world.holders[holder] = kept;
  party.displaced!.kept = kept;
  tell(world, party, "proposed");
  answerLater(world, kept);
}

/** One message by her channel for each thing that she is asked. */
function tell(world: World, party: Party, what: "proposed" | "toldToChoose"): void {
  party.displaced!.told += 1;
  world.tally.count(what);
}

/** Places of the office that may be proposed (listSpare of schedules/store/cuts.ts). */
function spareOf(world: World, office: Office, parties: readonly Party[], lost: LocalDate): SparePlace[] {
  const groups = new Set(parties.flatMap((one) => one.needs.map((need) => need.group)));
  const spare: SparePlace[] = [];
  const first = [world.today(office), lost].sort()[1]!;
  for (let ahead = 0; ahead <= PROPOSE_WITHIN_DAYS; ahead++)
    for (const session of world.calendar.of(office, addDays(first, ahead))) {
      if (!groups.has(session.group)) continue;
      for (let place = 0; place < session.state.length; place++) {
        const state = stateOf(session, place);
        const pool = session.pool[place];
        if (state !== "open" && !(state === "planned" && (pool === "draw" || pool === "waitlist"))) continue;
        if (startOf(session, place) > world.now) spare.push(placeOf(session, place));
      }
    }
  return spare;
}

function placeOf(session: Session, place: number): SparePlace {
  return {
    officeId: session.office.id,
    sessionId: session.id,
    serviceGroup: session.group,
    stepMinutes: session.stepMinutes,
    localDate: session.localDate,
    startsAt: startOf(session, place),
    counter: counterOf(session, place),
  };
}

function cutPlaceOf(session: Session, place: number): CutPlace {
  const { localDate: _, ...key } = placeOf(session, place);
  const holder = session.holder[place]!;
  return { ...key, state: stateOf(session, place), holder: holder === 0 ? null : String(holder) };
}

function displacedOf(party: Party): Displaced {
  return {
    id: idOf(party),
    localDate: party.localDate,
    startsAt: party.startsAt,
    needs: party.seats.map(({ ordinal, serviceGroup, startsAt, steps, stepMinutes }) => ({
      ordinal,
      group: serviceGroup,
      minutes: steps * stepMinutes,
      startsAt,
      steps,
      stepMinutes,
    })),
  };
}

function idOf(party: Party): string {
  return String(party.holder).padStart(9, "0");
}

/** Gives back what a cut took and is still to come; whoever has her own place again is told so and asked nothing more. */
export function undo(world: World, { office, localDate }: Area, id: number): void {
  const restored = new Set<Party>();
  for (const session of world.calendar.of(office, localDate))
    for (let place = 0; place < session.state.length; place++) {
      if (session.cut[place] !== id) continue;
      const holder = world.holders[session.holder[place]!];
      const state = stateOf(session, place);
      session.cut[place] = 0;
      if (holder !== undefined && isParty(holder)) restored.add(holder);
      if (state !== "withdrawn") continue;
      if (startOf(session, place) <= world.now + MINUTE_MS) throw new Error("a cut is undone before its hours");
      if (session.pool[place] === "open") world.freeOne(session, place);
      else world.calendar.change(session, place, "planned");
    }
  world.tally.count("undone");
  for (const party of restored) {
    const { sessions, numbers } = party.places;
    if (sessions.some((session, i) => session.cut[numbers[i]!] !== 0)) continue;
    if (party.displaced?.kept) dropKept(world, party.displaced.kept);
    stillStands(world, party);
    world.cases.ended += 1;
    world.tally.count("restored");
  }
}
