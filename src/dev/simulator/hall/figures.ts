import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { GRACE_MINUTES, HALL_RULE, INTERLEAVES, type Interleave } from "#modules/visits/index.ts";
import { mean } from "../metrics.ts";
import { guestsOf, type Guest } from "./guests.ts";
import * as p from "./parameters.ts";
import { playHall, type Stay } from "./play.ts";
import { CLIENTS_A_DUTY, DOORS, NETWORK, SIGNED_PARTS, type Size } from "./seller-parameters.ts";
import { AS_SHIPPED, falseEmergencies, soldAtTheDoor, type Guarded } from "./sellers.ts";

/** Days that are played under each rule, the same for all. */
export const DAYS = 60;
export const SELLER_SEEDS: readonly number[] = [1, 2, 3];

export const HALLS = { window: p.ONE_WINDOW, stations: p.THREE_STATIONS } as const;
export type HallName = keyof typeof HALLS;
export const DAY_NAMES = ["ordinary", "two_ill"] as const;
export type DayName = (typeof DAY_NAMES)[number];

/** The rules that are compared; the last is not to be had: by the hour, but every station is a new queue. */
export const RULES = [...INTERLEAVES, "starts_again"] as const;
export type RuleName = Interleave | "starts_again";

export const GROUPS = [
  "appointment",
  "appointment_priority",
  "late",
  "return",
  "walk_in",
  "walk_in_priority",
  "emergency",
] as const;
export type Group = (typeof GROUPS)[number];

/** Whole minutes: the middle, and what nine of ten stay below. */
export interface Minutes {
  readonly median: number;
  readonly ninth: number;
}

export interface Cell {
  readonly hall: HallName;
  readonly day: DayName;
  readonly rule: RuleName;
  readonly waits: Readonly<Record<Group, Minutes>>;
  /** Beyond closing, of days. */
  readonly overtime: Minutes;
  /** The longest wait of a day, of days. */
  readonly longest: Minutes;
}

/** What sellers get while one rule is off, at the greed that gets most. */
export interface SoldCell {
  readonly off: keyof Guarded | "nothing" | "everything";
  readonly walkIns: number;
  readonly clientsADuty: number;
  readonly emergencies: number;
  readonly signs: number;
  /** Honest clerks taken off the door, of all, at the worst greed. */
  readonly wronged: number;
}

export interface HallFigures {
  readonly days: number;
  readonly cells: readonly Cell[];
  readonly sellers: readonly SoldCell[];
}

export function hallFigures(): HallFigures {
  const cells = (["window", "stations"] as const).flatMap((hall) =>
    DAY_NAMES.flatMap((day) =>
      RULES.filter((rule) => hall === "stations" || rule !== "starts_again").map((rule) =>
        cellOf(hall, day, rule, DAYS),
      ),
    ),
  );
  const offs: readonly SoldCell["off"][] = ["nothing", "byLot", "bound", "second", "published", "everything"];
  return { days: DAYS, cells, sellers: offs.map((off) => soldCell(off, SELLER_SEEDS)) };
}

export function cellOf(hall: HallName, day: DayName, rule: RuleName, days: number): Cell {
  const startsAgain = rule === "starts_again";
  const run = {
    stations: HALLS[hall].map((one, i, all) =>
      day === "two_ill" && i === all.length - 1 ? { ...one, counters: one.counters - p.CLERKS_ILL } : one,
    ),
    rule: { ...HALL_RULE, interleave: startsAgain ? "by_hour" : rule },
    startsAgain,
  };
  const played = Array.from({ length: days }, (_, seed) => playHall(guestsOf(seed, HALLS[hall]), run));
  const waitsOf = (group: Group): number[] =>
    played.flatMap((stays) => stays.filter(({ guest }) => groupOf(guest) === group).map(waitOf));
  return {
    ...{ hall, day, rule },
    waits: Object.fromEntries(GROUPS.map((group) => [group, minutesOf(waitsOf(group))])) as Record<Group, Minutes>,
    overtime: minutesOf(
      played.map((stays) => Math.max(0, ...stays.map((one) => one.endedAt - p.CLOSES * HOUR_MS)) / MINUTE_MS),
    ),
    longest: minutesOf(played.map((stays) => Math.max(...stays.map(waitOf)))),
  };
}

const waitOf = ({ waited }: Stay): number => waited / MINUTE_MS;

function groupOf({ line, priority, dueAt, arrivedAt }: Guest): Group {
  if (line === "return") return "return";
  if (priority === "emergency") return "emergency";
  if (dueAt !== null && priority !== "far" && arrivedAt - dueAt > GRACE_MINUTES * MINUTE_MS) return "late";
  return priority === null ? line : `${line}_priority`;
}

function minutesOf(values: readonly number[]): Minutes {
  const ordered = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(ordered[Math.floor(share * (ordered.length - 1))] ?? 0);
  return { median: at(0.5), ninth: at(0.9) };
}

export function soldCell(off: SoldCell["off"], seeds: readonly number[], doors: Size = DOORS): SoldCell {
  const isOff = (rule: keyof Guarded): boolean => off === rule || off === "everything";
  const rules = Object.fromEntries(
    (Object.keys(AS_SHIPPED) as (keyof Guarded)[]).map((rule) => [rule, !isOff(rule)]),
  ) as unknown as Guarded;
  const worst = (greeds: readonly number[], play: typeof soldAtTheDoor, size: Size) => {
    const tried = greeds.map((greed) => {
      const runs = seeds.map((seed) => play(rules, greed, seed, size));
      return { greed, share: mean(runs.map((run) => run.share)), wronged: mean(runs.map((run) => run.wronged)) };
    });
    return {
      ...tried.reduce((best, one) => (one.share > best.share ? one : best)),
      wronged: Math.max(...tried.map((one) => one.wronged)),
    };
  };
  const door = worst(CLIENTS_A_DUTY, soldAtTheDoor, doors);
  const emergencies = worst(SIGNED_PARTS, falseEmergencies, NETWORK);
  return {
    off,
    walkIns: short(door.share),
    clientsADuty: door.greed,
    emergencies: short(emergencies.share),
    signs: emergencies.greed,
    wronged: short(Math.max(door.wronged, emergencies.wronged)),
  };
}

/** No more digits than the model knows. */
const short = (value: number): number => Number(value.toPrecision(3));
