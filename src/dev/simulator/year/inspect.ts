import type { LocalDate } from "#kernel/ids.ts";
import { MINUTE_MS, weekdayOf } from "#kernel/time.ts";
import type { Arrangement } from "#modules/schedules/index.ts";
import { codeOf, startOf, STATES, type Session } from "./calendar.ts";
import type { Office } from "./network.ts";
import type { Kept, Party } from "./people.ts";
import { dayAfter, isParty, stateOf, type World } from "./world.ts";

/*
 * What must hold at the end of every day, found out anew by its own arithmetic: nothing here calls a rule that the year
 * is played by.
 */

/** Days for which there are places. */
const HORIZON_DAYS = 56;
/** Steps by which people of one household may start apart, beyond the time of the longest. */
const STEPS_APART = 2;
const HELD_BY_SOMEBODY = new Set(["assigned", "held", "booked", "used"]);
const TAKEN_BY_A_CUT = new Set(["assigned", "booked", "used", "withdrawn"]);

/** What is broken, each with the first case that was found. */
export type Broken = Map<string, string>;

/** Looks at every place, party and case. */
export function inspect(world: World): Broken {
  const broken: Broken = new Map();
  const fault = (rule: string, where: string): void => {
    if (!broken.has(rule)) broken.set(rule, where);
  };
  localHours(world, fault);
  horizon(world, fault);
  const held = places(world, fault);
  parties(world, held, fault);
  cases(world, fault);
  world.tally.inspected.days += 1;
  return broken;
}
type Fault = (rule: string, where: string) => void;

/** Places of an office's weeks on one day, rest days or not, by the text of its templates. */
export function promisedOn({ templates }: Office, on: LocalDate): number {
  const weekday = weekdayOf(on);
  return templates.reduce((sum, { weekdays, opens, closes, stepMinutes, counters, validFrom, validTo }) => {
    const holds = weekdays.includes(weekday) && validFrom <= on && (validTo === null || on <= validTo);
    return holds ? sum + counters * Math.floor((minutesOf(closes) - minutesOf(opens)) / stepMinutes) : sum;
  }, 0);
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** New sessions open and close at the hours of their template on the wall clock of their office, winter and summer. */
function localHours(world: World, fault: Fault): void {
  for (const session of world.fresh) {
    const { office, localDate, starts, stepMinutes } = session;
    const hours = office.templates.filter((one) => one.serviceGroup === session.group && one.kind === session.kind);
    const opens = localOf(starts[0]!, office.zone);
    const closes = localOf(starts.at(-1)! + stepMinutes * MINUTE_MS, office.zone);
    const isRight = (time: string, text: string) => text === `${localDate} ${time.slice(0, 5)}`;
    const away = session.kind === "mobile" || session.kind === "on_wheels";
    if (
      away
        ? !opens.startsWith(localDate)
        : !hours.some((one) => isRight(one.opens, opens) && isRight(one.closes, closes))
    )
      fault("an office opens and closes at its local hours", `${office.id} ${opens} to ${closes}`);
    world.tally.inspected.localHours += 2;
  }
  world.fresh = [];
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** By the runtime's own calendar, which is not the one that sessions are planned by. */
function localOf(instant: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    formats.set(zone, format);
  }
  return format.format(instant);
}

/** Of every day of the eight weeks each office has the places that its templates promise, and none on a rest day. */
function horizon(world: World, fault: Fault): void {
  for (const office of world.network.offices) {
    const today = localOf(world.now, office.zone).slice(0, 10) as LocalDate;
    let on = today;
    for (let ahead = 0; ahead < HORIZON_DAYS; ahead++, on = dayAfter(on)) {
      let stands = 0;
      for (const one of world.calendar.of(office, on))
        if (one.kind !== "mobile" && one.kind !== "on_wheels") stands += one.state.length;
      const promised = office.restDays.has(on) ? 0 : promisedOn(office, on);
      if (stands !== promised) fault("the horizon is full", `${office.id} ${on}: ${stands} of ${promised}`);
    }
  }
}

/** Each place is in one state with the holder that the state wants. Returns how many places each holder has. */
function places(world: World, fault: Fault): Int32Array {
  const held = new Int32Array(world.holders.length);
  const freed = new Set(world.freed.map(({ session, place }) => `${session.id} ${place}`));
  let seen = 0;
  for (const session of world.calendar.sessions.values()) {
    let open = 0;
    for (let place = 0; place < session.state.length; place++) {
      const holder = session.holder[place]!;
      const code = session.state[place]!;
      if (holder !== 0) held[holder]! += 1;
      if (code === codeOf.open) open += 1;
      if (HELD[code] !== (holder !== 0)) fault("a place is held exactly while somebody has it", where(session, place));
      if (session.cut[place] !== 0 && !CUT[code]) fault("what a cut took is given to nobody", where(session, place));
      if (code === codeOf.withdrawn && session.cut[place] === 0)
        fault("only a cut takes a place away", where(session, place));
      if (code === codeOf.freed && startOf(session, place) > world.now && !freed.has(`${session.id} ${place}`))
        fault("a freed place returns at a tick", where(session, place));
      if (code === codeOf.committed || code === codeOf.used)
        fault("at the end of a day no draw is under way", where(session, place));
    }
    if (open !== session.openInAll) fault("the picture of open places is true", session.id);
    seen += session.state.length;
  }
  const oldest = world.freed.reduce((least, { at }) => Math.min(least, at), world.now);
  if (world.now - oldest > 18 * 60 * MINUTE_MS)
    fault("a freed place returns at a tick", new Date(oldest).toISOString());
  const { tally } = world;
  tally.inspected.places += seen;
  tally.most.places = Math.max(tally.most.places, seen);
  return held;
}
const HELD = STATES.map((state) => HELD_BY_SOMEBODY.has(state));
const CUT = STATES.map((state) => TAKEN_BY_A_CUT.has(state));

function where(session: Session, place: number): string {
  return `${session.office.id} ${session.localDate} ${session.group} ${place}: ${stateOf(session, place)}`;
}

/** Who has places has exactly those that it was given, all on its day, and its people sit together. */
function parties(world: World, held: Int32Array, fault: Fault): void {
  let count = 0;
  for (let number = 1; number < held.length; number++) {
    const one = world.holders[number];
    if (one === undefined) {
      if (held[number]! > 0) fault("nobody has a place under a name that ended", String(number));
      continue;
    }
    const party = isParty(one) ? one : one.party;
    const state = !isParty(one) ? codeOf.held : one.offered ? codeOf.assigned : codeOf.booked;
    if (!hasItsPlaces(one, state) || held[number] !== one.places.numbers.length)
      fault("no place is lost and none is doubled", nameOf(party));
    if (!sitTogether(party, one.seats)) fault("a household is together", nameOf(party));
    if (isParty(one)) {
      count += 1;
      const { sessions, numbers } = one.places;
      let lost = false;
      for (let i = 0; i < numbers.length; i++) if (sessions[i]!.cut[numbers[i]!] !== 0) lost = true;
      if (lost !== (one.displaced !== undefined)) fault("nobody whose place was cut is forgotten", nameOf(party));
    } else if (one.party.displaced?.kept !== one || one.until <= world.now)
      fault("what is kept is asked about", nameOf(party));
  }
  world.tally.most.parties = Math.max(world.tally.most.parties, count);
}

function nameOf({ office, localDate, people }: Party): string {
  return `${office.id} ${localDate} of ${people}`;
}

/** Written as a loop: it is asked for everybody every day. */
function hasItsPlaces(one: Party | Kept, state: number): boolean {
  const office = isParty(one) ? one.office : one.party.office;
  const { sessions, numbers } = one.places;
  for (let i = 0; i < numbers.length; i++) {
    const session = sessions[i]!;
    const place = numbers[i]!;
    if (session.localDate !== one.localDate || session.office !== office) return false;
    if (session.holder[place] !== one.holder || session.state[place] !== state) return false;
  }
  return true;
}

const seatsSeen = new WeakSet<Arrangement>();

/** Everybody has all her minutes, nobody is at two counters at once, and those of one group begin close together. */
function sitTogether({ needs }: Party, seats: Arrangement): boolean {
  if (seatsSeen.has(seats)) return true;
  seatsSeen.add(seats);
  const seated = needs.every((need) => {
    const own = seats.filter((one) => one.ordinal === need.ordinal && one.serviceGroup === need.group);
    return own.length === 1 && own[0]!.steps * own[0]!.stepMinutes >= need.minutes;
  });
  const apart = seats.every((one, i) =>
    seats.every(
      (other, j) =>
        i >= j || one.ordinal !== other.ordinal || one.endsAt <= other.startsAt || other.endsAt <= one.startsAt,
    ),
  );
  return (
    seated &&
    apart &&
    [...new Set(seats.map((one) => one.serviceGroup))].every((group) => {
      const own = seats.filter((one) => one.serviceGroup === group);
      const starts = own.map((one) => one.startsAt);
      const longest = Math.max(...own.map((one) => one.endsAt - one.startsAt));
      const first = own[0]!;
      const most = longest + STEPS_APART * first.stepMinutes * MINUTE_MS;
      const isFirst = group === seats[0]!.serviceGroup;
      // After another counter a person may wait for her turn: how long is not for this rule.
      return (
        own.every((one) => one.sessionId === first.sessionId) &&
        (!isFirst || Math.max(...starts) - Math.min(...starts) <= most)
      );
    })
  );
}

/** Every household whose place was cut has another, has left by its own will, or is being asked, or is on the list. */
function cases(world: World, fault: Fault): void {
  const inLine = world.waiting.reduce((sum, line) => sum + line.filter((one) => one.displaced).length, 0);
  const { opened, ended } = world.cases;
  if (opened !== ended + world.displaced.size + inLine)
    fault(
      "nobody whose place was cut is dropped",
      `${opened} opened, ${ended} ended, ${world.displaced.size} and ${inLine} under way`,
    );
  for (const party of world.displaced) {
    const { displaced } = party;
    if (displaced === undefined || world.holders[party.holder] !== party || displaced.told === 0)
      fault("nobody whose place was cut is dropped", `${party.office.id} ${party.localDate}`);
  }
}
