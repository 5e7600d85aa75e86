import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { sha256, utf8 } from "#kernel/digest.ts";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { doorSeed, lotOrder, type Line, type Priority } from "#modules/visits/index.ts";
import { chanceFrom, partSeed, type Chance } from "../chance.ts";
import { SIZE_SHARES } from "../parameters.ts";
import { NO_SHOW_SHARE } from "../year/parameters.ts";
import * as p from "./parameters.ts";

/** A family that comes to the hall. Instants are milliseconds from midnight. */
export interface Guest {
  readonly id: string;
  readonly line: Line;
  readonly priority: Priority | null;
  readonly dueAt: number | null;
  readonly arrivedAt: number;
  readonly lot: number | null;
  readonly people: number;
  /** At each station. */
  readonly minutes: readonly number[];
}

const OFFICE = "simulated" as OfficeId;

/** Everybody of a day, in no order. The same seed gives the same people, whatever the rule of the hall. */
export function guestsOf(seed: number, stations: readonly p.HallStation[]): Guest[] {
  const chance = chanceFrom(partSeed(seed, 31));
  const guests = [...appointments(chance), ...returns(chance), ...walkIns(chance, seed), ...emergencies(chance)];
  const minutes = chanceFrom(partSeed(seed, 32));
  return guests.map((guest, i) => ({
    ...guest,
    id: `guest ${String(i).padStart(3, "0")}`,
    minutes: stations.map(
      (one) => minutes.lognormal(1, p.SPREAD) * (one.familyMinutes + one.personMinutes * guest.people),
    ),
  }));
}

type Party = Omit<Guest, "id" | "minutes">;

function appointments(chance: Chance): Party[] {
  const steps = ((p.LAST_APPOINTMENT - p.OPENS) * HOUR_MS) / (p.STEP_MINUTES * MINUTE_MS) + 1;
  const booked = sizes(chance, p.APPOINTMENTS);
  return booked.flatMap((people, i): Party[] => {
    const step = Math.floor((i * steps) / booked.length);
    const dueAt = p.OPENS * HOUR_MS + step * p.STEP_MINUTES * MINUTE_MS;
    const priority = priorityOf(chance);
    const isLate = chance.happens(p.LATE_SHARE);
    const minutes = isLate ? chance.exponential(p.LATE_MINUTES) : -chance.exponential(p.EARLY_MINUTES);
    const arrivedAt = Math.max(p.OPENS * HOUR_MS, dueAt + minutes * MINUTE_MS);
    if (chance.happens(NO_SHOW_SHARE)) return [];
    return [{ line: "appointment", priority, dueAt, arrivedAt, lot: null, people }];
  });
}

function returns(chance: Chance): Party[] {
  return Array.from({ length: p.RETURNS }, () => ({
    ...{ line: "return", dueAt: null, lot: null, people: 1 },
    priority: priorityOf(chance),
    arrivedAt: chance.between(p.OPENS, p.LAST_WALK_IN) * HOUR_MS,
  }));
}

function walkIns(chance: Chance, seed: number): Party[] {
  const parties = sizes(chance, p.WALK_INS).map((people, i) => ({
    id: String(i),
    people,
    priority: priorityOf(chance),
    isAtDoor: chance.happens(p.AT_DOOR_SHARE),
    group: chance.happens(p.GROUP_SHARE) ? `van ${Math.floor(i / 3)}` : undefined,
    later: chance.between(p.OPENS, p.LAST_WALK_IN) * HOUR_MS,
  }));
  const randomness = sha256(utf8(`round ${seed}`));
  const atDoor = parties.filter((one) => one.isAtDoor);
  const order = lotOrder(doorSeed(OFFICE, "2027-01-04" as LocalDate, randomness), atDoor);
  return parties.map((one) => ({
    ...{ line: "walk_in", priority: one.priority, dueAt: null, people: one.people },
    arrivedAt: one.isAtDoor ? p.OPENS * HOUR_MS : one.later,
    lot: one.isAtDoor ? order.indexOf(one) + 1 : null,
  }));
}

function emergencies(chance: Chance): Party[] {
  return Array.from({ length: p.EMERGENCIES }, () => ({
    ...{ line: "walk_in", priority: "emergency", dueAt: null, lot: null, people: 1 },
    arrivedAt: chance.between(p.OPENS, p.LAST_WALK_IN) * HOUR_MS,
  }));
}

/** Families of one to four until all people are in one. */
function sizes(chance: Chance, people: number): number[] {
  const families: number[] = [];
  for (let left = people; left > 0; left -= families.at(-1)!)
    families.push(Math.min(left, 1 + pick(chance, SIZE_SHARES)));
  return families;
}

function priorityOf(chance: Chance): Priority | null {
  const names = Object.keys(p.PRIORITY_SHARES) as (keyof typeof p.PRIORITY_SHARES)[];
  return names[pick(chance, Object.values(p.PRIORITY_SHARES))] ?? null;
}

/** The index of a share; past the last one when none was drawn. */
function pick(chance: Chance, shares: readonly number[]): number {
  let left = chance.next();
  const index = shares.findIndex((share) => (left -= share) < 0);
  return index < 0 ? shares.length : index;
}
