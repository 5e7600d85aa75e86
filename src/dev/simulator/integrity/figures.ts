import type { Level } from "#modules/integrity/index.ts";
import { mean } from "../metrics.ts";
import * as p from "./parameters.ts";
import { isSeller, type World } from "./people.ts";
import { yearOf, type Fate, type Year } from "./year.ts";

export const SEEDS: readonly number[] = [1, 2, 3];
export const WORLDS = ["shipped", "careful", "open"] as const;
export type WorldName = (typeof WORLDS)[number];

export interface GroupFigures {
  readonly group: p.Group;
  readonly bookings: number;
  /** Shares of its bookings whose group was yellow, or orange and red, while they were to come. */
  readonly yellow: number;
  readonly flagged: number;
  /** Asked about for their score. */
  readonly asked: number;
  /** Lost their place after it. */
  readonly lost: number;
}

export interface IntegrityFigures {
  readonly world: WorldName;
  /** Of what is orange or red: how much is a seller's. */
  readonly precision: number;
  /** Of sellers' bookings: how many are orange or red. */
  readonly recall: number;
  /** The same of sellers who share anything at all: without the concierge. */
  readonly recallOfSharing: number;
  /** Of sellers' bookings: how many are yellow or more, which costs a second code and nothing else. */
  readonly fromYellow: number;
  /** Of honest bookings: how many are orange or red, and how many lost the place for it. */
  readonly falseShare: number;
  readonly lostShare: number;
  /** Of bookings asked about for their score: how many are a seller's. */
  readonly askedRightly: number;
  /** Asked about for their score, of all bookings. */
  readonly askedShare: number;
  /** Of all who were asked: whose appeal was won. */
  readonly appealsWon: number;
  /** Cases of an office in a week with the control sample: mean, most for their score; minutes of a working day. */
  readonly casesAWeek: number;
  readonly mostAWeek: number;
  readonly minutesADay: number;
  readonly groups: readonly GroupFigures[];
}

export function sizeOf(world: WorldName, weeks = p.WEEKS, offices = p.OFFICES): World {
  const swaps = world === "open" ? p.SWAPS.open : p.SWAPS.shipped;
  return { weeks, offices, swaps, duplicates: world === "careful" ? p.DUPLICATES.careful : p.DUPLICATES.seller };
}

export function figuresOf(world: WorldName, seeds: readonly number[] = SEEDS, size = sizeOf(world)): IntegrityFigures {
  const years = seeds.map((seed) => oneYear(world, yearOf(size, seed), size));
  const over = (of: (one: IntegrityFigures) => number) => round(mean(years.map(of)));
  return {
    world,
    precision: over((one) => one.precision),
    recall: over((one) => one.recall),
    recallOfSharing: over((one) => one.recallOfSharing),
    fromYellow: over((one) => one.fromYellow),
    falseShare: over((one) => one.falseShare),
    lostShare: over((one) => one.lostShare),
    askedRightly: over((one) => one.askedRightly),
    askedShare: over((one) => one.askedShare),
    appealsWon: over((one) => one.appealsWon),
    casesAWeek: over((one) => one.casesAWeek),
    mostAWeek: Math.max(...years.map((one) => one.mostAWeek)),
    minutesADay: over((one) => one.minutesADay),
    groups: [...p.HONEST, ...p.SELLERS].map((group) => {
      const own = years.map((year) => year.groups.find((one) => one.group === group)!);
      const share = (of: (one: GroupFigures) => number) => round(mean(own.map(of)));
      return {
        group,
        bookings: Math.round(mean(own.map((one) => one.bookings))),
        yellow: share((one) => one.yellow),
        flagged: share((one) => one.flagged),
        asked: share((one) => one.asked),
        lost: share((one) => one.lost),
      };
    }),
  };
}

const WORKING_DAYS = 5;
const HIGH: readonly Level[] = ["orange", "red"];
const isFlagged = ({ level }: Fate) => HIGH.includes(level);
const isLost = ({ ended, appeal }: Fate) => ended !== undefined && ended !== "validated" && appeal !== "won";

function oneYear(world: WorldName, { fates, queued, weeks }: Year, { offices }: World): IntegrityFigures {
  const made = fates.filter((fate) => !fate.refused);
  const sold = made.filter(({ one }) => isSeller(one.group));
  const honest = made.filter(({ one }) => !isSeller(one.group));
  const flagged = made.filter(isFlagged);
  const asked = made.filter((fate) => fate.asked === "score");
  const all = made.filter((fate) => fate.asked !== undefined);
  const rightly = (some: readonly Fate[]) => some.filter(({ one }) => isSeller(one.group));
  const sharing = sold.filter(({ one }) => one.group !== "concierge");
  const casesAWeek = all.length / (weeks * offices);
  return {
    world,
    precision: share(rightly(flagged), flagged),
    recall: share(sold.filter(isFlagged), sold),
    recallOfSharing: share(sharing.filter(isFlagged), sharing),
    fromYellow: share(
      sold.filter(({ level }) => level !== "green"),
      sold,
    ),
    falseShare: share(honest.filter(isFlagged), honest),
    lostShare: share(
      honest.filter((fate) => fate.asked === "score" && isLost(fate)),
      honest,
    ),
    askedRightly: share(rightly(asked), asked),
    askedShare: share(asked, made),
    appealsWon: share(
      all.filter((fate) => fate.appeal === "won"),
      all,
    ),
    casesAWeek,
    mostAWeek: Math.max(...queued),
    minutesADay: (casesAWeek * p.CASE_MINUTES) / WORKING_DAYS,
    groups: [...p.HONEST, ...p.SELLERS].map((group) => {
      const own = made.filter(({ one }) => one.group === group);
      return {
        group,
        bookings: own.length,
        yellow: share(
          own.filter((fate) => fate.level === "yellow"),
          own,
        ),
        flagged: share(own.filter(isFlagged), own),
        asked: share(
          own.filter((fate) => fate.asked === "score"),
          own,
        ),
        lost: share(
          own.filter((fate) => fate.asked === "score" && isLost(fate)),
          own,
        ),
      };
    }),
  };
}

function share(some: readonly Fate[], all: readonly Fate[]): number {
  return all.length === 0 ? 0 : some.length / all.length;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
