import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { sha256, utf8 } from "#kernel/digest.ts";
import { doorSeed, lotOrder, needsSecond, standsOut, type DoorTurn } from "#modules/visits/index.ts";
import { chanceFrom, partSeed, type Chance } from "../chance.ts";
import { CORRUPT, DECEIVED } from "../strategies/door.ts";
import * as p from "./seller-parameters.ts";

/** What stands between a seller and the door; each can be switched off. */
export interface Guarded {
  /** Whoever is at the door when it opens is ordered by lot; otherwise by arrival. */
  readonly byLot: boolean;
  /** The filter matches the name of the turn; otherwise whoever holds the paper enters. */
  readonly bound: boolean;
  /** A second person signs emergencies, and priorities past a tenth. */
  readonly second: boolean;
  /** Each clerk's share is published every week; whoever stands out is taken off the door. */
  readonly published: boolean;
}
export const AS_SHIPPED: Guarded = { byLot: true, bound: true, second: true, published: true };

/** How greedy corrupt clerks are: clients let in on each duty, or the part of the invented emergencies that they sign. */
export type Greed = number;

interface Clerk {
  readonly isCorrupt: boolean;
  /** What he let go first, of how many. */
  given: number;
  seen: number;
}

export interface Sold {
  /** Of all turns or places. */
  readonly share: number;
  /** Honest clerks who stood out and were taken off the door, of all. */
  readonly wronged: number;
}

/** Walk-in turns of the network that end with a seller's client, by stand-ins (A21) and by corrupt clerks (A23), of all. */
export function soldAtTheDoor(rules: Guarded, clientsADuty: Greed, seed: number, size: p.Size = p.DOORS): Sold {
  let sold = 0;
  const wronged = eachDay(rules, partSeed(seed, 41), size, ({ chance, office, day, clerks }) => {
    const turns = p.FAMILIES_AT_DOOR + p.STAND_INS;
    const clerk = clerks[chance.below(clerks.length)]!;
    let marked = 0;
    const mark = (isTrue: boolean): boolean => {
      const isAlone = !rules.second || !needsSecond("disability", { marked, turns });
      const isGiven = isAlone || secondSigns(isTrue, clerk, clerks, chance);
      if (isGiven) marked++;
      return isGiven;
    };
    const families = Array.from({ length: p.FAMILIES_AT_DOOR }, (_, i) => {
      const isMarked = chance.happens(p.DECLARED_SHARE) && mark(true);
      return turn(`family ${i}`, isMarked || chance.happens(p.BY_AGE_SHARE));
    });
    const clients = Array.from({ length: clerk.isCorrupt ? clientsADuty : 0 }, (_, i) =>
      turn(`client ${i}`, mark(false)),
    );
    const standIns = Array.from({ length: p.STAND_INS }, (_, i) => turn(`stand-in ${i}`, false));
    clerk.given += marked;
    clerk.seen += turns;

    // They slept on the pavement, so by arrival they are the first.
    const present = [...clients, ...standIns, ...families];
    const round = sha256(utf8(`round ${seed} ${office} ${day}`));
    const order = rules.byLot
      ? lotOrder(doorSeed("simulated" as OfficeId, "2027-01-04" as LocalDate, round), present)
      : [...present.filter((one) => one.priority !== null), ...present.filter((one) => one.priority === null)];
    // By arrival, the client takes over the place in the line before anybody writes a name down.
    const passesOn = rules.bound && rules.byLot ? p.NAME_MISSED : 1;
    for (const { id } of order.slice(0, p.WALK_IN_TURNS))
      if (id.startsWith("client") || (id.startsWith("stand-in") && chance.happens(passesOn))) sold++;
  });
  return { share: sold / (size.offices * size.weeks * p.DAYS * p.WALK_IN_TURNS), wronged };
}

/** Emergency places of the network that end with an invented emergency (A22), of all. */
export function falseEmergencies(rules: Guarded, signs: Greed, seed: number, size: p.Size = p.NETWORK): Sold {
  let sold = 0;
  const wronged = eachDay(rules, partSeed(seed, 42), size, ({ chance, clerks }) => {
    const asked = [
      ...Array<boolean>(p.TRUE_EMERGENCIES).fill(true),
      ...Array<boolean>(p.FALSE_EMERGENCIES).fill(false),
    ];
    let places = p.EMERGENCY_PLACES;
    for (const isTrue of chance.shuffle(asked)) {
      const clerk = clerks[chance.below(clerks.length)]!;
      clerk.seen++;
      const isSold = clerk.isCorrupt && chance.happens(signs);
      const isSigned = isTrue || isSold || chance.happens(DECEIVED);
      if (places === 0 || !isSigned || (rules.second && !secondSigns(isTrue, clerk, clerks, chance))) continue;
      clerk.given++;
      places--;
      if (!isTrue) sold++;
    }
  });
  return { share: sold / (size.offices * size.weeks * p.DAYS * p.EMERGENCY_PLACES), wronged };
}

/** Whoever sells picks an accomplice if the office has one. A second person who does not answer is stood in for by the head. */
function secondSigns(isTrue: boolean, first: Clerk, clerks: readonly Clerk[], chance: Chance): boolean {
  const others = clerks.filter((one) => one !== first);
  if (isTrue || (first.isCorrupt && others.some((one) => one.isCorrupt))) return true;
  const isCorrupt = chance.happens(p.HEAD_ALONE) ? chance.happens(CORRUPT) : chance.happens(shareCorrupt(others));
  return isCorrupt || chance.happens(DECEIVED);
}

const shareCorrupt = (clerks: readonly Clerk[]): number => clerks.filter((one) => one.isCorrupt).length / clerks.length;

interface OfficeDay {
  readonly chance: Chance;
  readonly office: number;
  readonly day: number;
  readonly clerks: readonly Clerk[];
}

/** Plays all weeks; at the end of each, whoever stands out in what is published is replaced by somebody new. Says how many honest ones were. */
function eachDay(rules: Guarded, seed: number, { offices, weeks }: p.Size, play: (day: OfficeDay) => void): number {
  const chance = chanceFrom(seed);
  const hire = (): Clerk => ({ isCorrupt: chance.happens(CORRUPT), given: 0, seen: 0 });
  let staff = Array.from({ length: offices }, () => Array.from({ length: p.CLERKS }, hire));
  let wronged = 0;
  for (let week = 0; week < weeks; week++) {
    for (const [office, clerks] of staff.entries())
      for (let day = 0; day < p.DAYS; day++) play({ chance, office, day: week * p.DAYS + day, clerks });
    if (!rules.published) continue;
    const everybody = staff.flat();
    const network = { given: sum(everybody, "given"), seen: sum(everybody, "seen") };
    const out = new Set(everybody.filter((one) => standsOut(one, network)));
    wronged += [...out].filter((one) => !one.isCorrupt).length;
    staff = staff.map((clerks) => clerks.map((one) => (out.has(one) ? hire() : one)));
  }
  return wronged / (offices * p.CLERKS);
}

function sum(clerks: readonly Clerk[], what: "given" | "seen"): number {
  return clerks.reduce((all, one) => all + one[what], 0);
}

function turn(id: string, hasPriority: boolean): DoorTurn {
  return { id, priority: hasPriority ? "disability" : null };
}
