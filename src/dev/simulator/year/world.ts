import type { LocalDate } from "#kernel/ids.ts";
import { addDays, DAY_MS, localDateAt } from "#kernel/time.ts";
import { arrange, placeMay, planSessions, proposeMoves, sessionSteps, stepsOf } from "#modules/schedules/index.ts";
import type { Arrangement, PlaceState } from "#modules/schedules/index.ts";
import { createAgenda } from "../agenda.ts";
import { chanceFrom, partSeed, type Chance } from "../chance.ts";
import { Calendar, STATES, type Session } from "./calendar.ts";
import type { Network, Office } from "./network.ts";
import type { Cause, Displacement, Household, Kept, Party, Places } from "./people.ts";
import { Tally } from "./tally.ts";

/** The rules that a year is played by; a test puts a broken one in place of one that ships. */
export interface Rules {
  readonly planSessions: typeof planSessions;
  readonly sessionSteps: typeof sessionSteps;
  readonly arrange: typeof arrange;
  readonly proposeMoves: typeof proposeMoves;
  readonly placeMay: typeof placeMay;
  /** What a cut makes of a place: decision 0020, in SQL where it ships (schedules/store/cuts.ts). */
  readonly afterCut: (state: PlaceState) => PlaceState;
  /** Which of the parties that had such a place are given another. */
  readonly losers: (parties: readonly Party[]) => readonly Party[];
}
export const SHIPPED: Rules = {
  planSessions,
  sessionSteps,
  arrange,
  proposeMoves,
  placeMay,
  afterCut: (state) => (state === "assigned" || state === "booked" ? state : "withdrawn"),
  losers: (parties) => parties,
};

/** A household that has found nothing yet. */
export interface Waiting extends Household {
  tries: number;
  /** It had a place, and a cut took it. */
  readonly displaced: Displacement | undefined;
}

/** Everything that stands at one instant of the simulated year. */
export class World {
  readonly calendar: Calendar;
  /** Milliseconds since 1970, UTC. */
  now = 0;
  readonly agenda = createAgenda<() => void>();
  /** By the number under which places are held; 0 is nobody. */
  readonly holders: (Party | Kept | undefined)[] = [undefined];
  private readonly unused: number[] = [];
  /** Households that wait, by office. */
  readonly waiting: Waiting[][];
  /** Cancelled places that no tick has given back yet. */
  freed: { readonly session: Session; readonly place: number; readonly at: number }[] = [];
  /** Of each cut, from 1. */
  readonly causes: Cause[] = ["storm"];
  /** Parties that stand on a place that was cut. */
  readonly displaced = new Set<Party>();
  /** Households whose place was cut: opened, and ended in some way. */
  readonly cases = { opened: 0, ended: 0 };
  /** Sessions that were made since the last inspection. */
  fresh: Session[] = [];
  readonly tally = new Tally();
  private readonly chances: Chance[];
  private readonly todays = new Map<string, LocalDate>();
  private todayAt = -1;

  constructor(
    readonly network: Network,
    readonly rules: Rules,
    readonly seed: number,
  ) {
    this.calendar = new Calendar(network.offices.length, rules.placeMay);
    this.waiting = network.offices.map(() => []);
    this.chances = network.offices.map(({ at }) => chanceFrom(partSeed(seed, 100 + at)));
  }

  /** Chance of one office, which has a stream of its own. */
  chance(at: number): Chance {
    return this.chances[at]!;
  }

  /** The office's own day. Zones are asked once for each instant. */
  today({ zone }: Office): LocalDate {
    if (this.todayAt !== this.now) this.todays.clear();
    this.todayAt = this.now;
    let today = this.todays.get(zone);
    if (today === undefined) this.todays.set(zone, (today = localDateAt(new Date(this.now), zone)));
    return today;
  }

  at(time: number, step: () => void): void {
    this.agenda.put(time, step);
  }

  newHolder(): number {
    return this.unused.pop() ?? this.holders.push(undefined) - 1;
  }

  endHolder(holder: number): void {
    this.holders[holder] = undefined;
    this.unused.push(holder);
  }

  /** The places of an arrangement, step by step. */
  placesOf(seats: Arrangement): Places {
    const sessions: Session[] = [];
    const numbers: number[] = [];
    for (const { sessionId, startsAt, counter } of stepsOf(seats)) {
      const session = this.calendar.sessions.get(sessionId);
      const number = session ? Calendar.placeAt(session, startsAt, counter) : -1;
      if (!session || number < 0) throw new Error(`there is no place at ${new Date(startsAt).toISOString()}`);
      sessions.push(session);
      numbers.push(number);
    }
    return { sessions, numbers };
  }

  changeAll({ sessions, numbers }: Places, to: PlaceState, holder = 0): void {
    for (const [i, session] of sessions.entries()) this.calendar.change(session, numbers[i]!, to, holder);
  }

  /** Nobody has these places any more: what a cut took is withdrawn, the rest waits for the next tick. */
  free({ sessions, numbers }: Places): void {
    for (const [i, session] of sessions.entries()) {
      const place = numbers[i]!;
      if (session.cut[place] !== 0) this.calendar.change(session, place, "withdrawn");
      else this.freeOne(session, place);
    }
  }

  freeOne(session: Session, place: number): void {
    this.calendar.change(session, place, "freed");
    this.freed.push({ session, place, at: this.now });
  }

  /** Ends what is held: open to everybody again, or planned again. */
  giveBack({ sessions, numbers }: Places): void {
    for (const [i, session] of sessions.entries())
      this.calendar.change(session, numbers[i]!, session.pool[numbers[i]!] === "open" ? "open" : "planned");
  }
}

export function isParty(one: Party | Kept): one is Party {
  return "needs" in one;
}

export function stateOf(session: Session, place: number): PlaceState {
  return STATES[session.state[place]!]!;
}

/** Days have no zone here: counted from midnight UTC. */
export function dayAt(localDate: LocalDate): number {
  return Date.parse(`${localDate}T00:00:00Z`) / DAY_MS;
}

const nextDays = new Map<LocalDate, LocalDate>();

/** The day after; asked millions of times, and computed once for each. */
export function dayAfter(day: LocalDate): LocalDate {
  let next = nextDays.get(day);
  if (next === undefined) nextDays.set(day, (next = addDays(day, 1)));
  return next;
}
