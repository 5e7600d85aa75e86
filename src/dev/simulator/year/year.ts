import type { LocalDate } from "#kernel/ids.ts";
import { addDays, instantOf, weekdayOf } from "#kernel/time.ts";
import { RELEASE_TICKS } from "#modules/schedules/index.ts";
import { chanceFrom, partSeed } from "../chance.ts";
import { workList } from "./answers.ts";
import { planAway } from "./away.ts";
import { askAgain, reopenFreed } from "./book.ts";
import { closeDay } from "./closing.ts";
import { arrive, streamsOf } from "./demand.ts";
import { dailyDraw, openLeftovers, weeklyDraw } from "./draws.ts";
import { fillHorizon } from "./horizon.ts";
import { inspect, type Broken } from "./inspect.ts";
import type { Network } from "./network.ts";
import { WARM_UP_DAYS, YEAR } from "./parameters.ts";
import type { Tally } from "./tally.ts";
import { badLuck, bring, stormsOf, utc } from "./weather.ts";
import { SHIPPED, World, type Rules } from "./world.ts";

/** Hours of a day, UTC, with the share of its households that ask then. Guess. */
const ASKING_HOURS = [
  [13, 0.08],
  [15, 0.16],
  [17, 0.18],
  [19, 0.18],
  [21, 0.16],
  [23, 0.12],
  [26, 0.12],
] as const;
/** At a quarter past eight it is after midnight in the whole network. */
const CLOSING_HOUR = 8.25;
const FILLING_HOUR = 8.4;
const INSPECTING_HOUR = 8.5;
const SEARCHING_HOUR = 12.5;
const DRAWING_HOUR = 18;
const LEFTOVERS_HOUR = 20;
const WORK_LIST_HOUR = 22.5;
const WEDNESDAY = 3;

export interface Length {
  readonly from: LocalDate;
  readonly warmUp: number;
  readonly days: number;
}
const WHOLE_YEAR: Length = { from: YEAR.from as LocalDate, warmUp: WARM_UP_DAYS, days: YEAR.days };

export interface Played {
  readonly tally: Tally;
  readonly storms: number;
  /** The first day on which something was broken, and what; the run ends there. */
  readonly broken: { readonly on: LocalDate; readonly rules: Broken } | undefined;
}

/** A network through its days, by the rules that ship; after each day everything is inspected. */
export function playYear(
  network: Network,
  seed: number,
  { from, warmUp, days }: Length = WHOLE_YEAR,
  rules: Rules = SHIPPED,
  said: (on: LocalDate) => void = () => undefined,
): Played {
  const world = new World(network, rules, seed);
  const streams = streamsOf(network, seed);
  const first = addDays(from, -warmUp);
  const all = Array.from({ length: warmUp + days }, (_, day) => addDays(first, day));
  const storms = stormsOf(network, all, chanceFrom(partSeed(seed, 11)));
  for (const storm of storms) bring(world, storm);
  const each = (step: (office: Network["offices"][number]) => void) => () => network.offices.forEach(step);
  let rulesBroken: Broken = new Map();

  for (const [number, today] of [...all, addDays(from, days)].entries()) {
    const isLast = number === all.length;
    const yesterday = addDays(today, -1);
    let isOver = false;
    const at = (hour: number, step: () => void): void => world.at(utc(today, hour), step);
    if (number > 0)
      at(
        CLOSING_HOUR,
        each((office) => closeDay(world, office, yesterday)),
      );
    at(FILLING_HOUR, () => {
      world.tally.told ||= number >= warmUp;
      fillHorizon(world);
      each((office) => planAway(world, office, today))();
    });
    at(INSPECTING_HOUR, () => {
      rulesBroken = inspect(world);
      isOver = isLast || rulesBroken.size > 0;
    });
    if (!isLast) {
      for (const office of network.offices)
        world.at(instantOf(today, "08:00", office.zone).getTime(), () => badLuck(world, office, today));
      for (const [hour, share] of ASKING_HOURS)
        at(
          hour,
          each((office) => arrive(world, office, streams[office.at]!, share)),
        );
      for (const hour of RELEASE_TICKS) at(hour, () => reopenFreed(world));
      at(
        SEARCHING_HOUR,
        each((office) => askAgain(world, office)),
      );
      at(
        DRAWING_HOUR,
        each((office) => {
          if (office.draws && weekdayOf(today) === WEDNESDAY) weeklyDraw(world, office);
          dailyDraw(world, office);
        }),
      );
      at(
        LEFTOVERS_HOUR,
        each((office) => openLeftovers(world, office)),
      );
      at(WORK_LIST_HOUR, () => workList(world));
      world.at(utc(addDays(today, 1), CLOSING_HOUR) - 1, () => (isOver = true));
    }
    while (!isOver) {
      const due = world.agenda.take();
      if (!due) throw new Error("a day had no end");
      world.now = Math.max(world.now, due.time);
      due.item();
    }
    if (rulesBroken.size > 0)
      return { tally: world.tally, storms: storms.length, broken: { on: today, rules: rulesBroken } };
    said(today);
  }
  return { tally: world.tally, storms: storms.length, broken: undefined };
}
