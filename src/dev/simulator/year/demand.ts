import type { ServiceGroup } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { chanceFrom, partSeed, type Chance } from "../chance.ts";
import { ask } from "./book.ts";
import { promisedOn } from "./inspect.ts";
import type { Network, Office, ServiceChoice } from "./network.ts";
import { DEMAND, DEMAND_WHERE_DRAWN, MONTHS } from "./parameters.ts";
import { household, stepsAsked } from "./people.ts";
import type { World } from "./world.ts";

/** Households of which the mean is taken. */
const SAMPLE = 4_000;
/** Days of which the places of an office are averaged: a whole number of weeks. */
const AVERAGED_DAYS = 364;

/** Households of one kind that come to one office on an average day. */
interface Stream {
  readonly group: ServiceGroup;
  readonly services: readonly ServiceChoice[];
  readonly second: readonly ServiceChoice[];
  readonly aDay: number;
}

/** How many come for what at each office, so that they ask for the given part of its places. */
export function streamsOf({ offices, services }: Network, seed: number): Stream[][] {
  return offices.map((office) => {
    const groups = [...new Set(office.templates.map((one) => one.serviceGroup))];
    return groups.map((group): Stream => {
      const own = services.filter((one) => one.group === group);
      // A draw gives places of its own group alone.
      const second =
        group === "documentacion" && !office.draws ? services.filter((one) => one.group === "registro_civil") : [];
      const stepMinutes = office.templates.find((one) => one.serviceGroup === group)!.stepMinutes;
      const chance = chanceFrom(partSeed(seed, 10));
      let steps = 0;
      for (let i = 0; i < SAMPLE; i++) steps += stepsAsked(household(group, own, chance, []), group, stepMinutes);
      const places = placesADay(office, group);
      const ratio = office.draws && group === "documentacion" ? DEMAND_WHERE_DRAWN : DEMAND;
      return { group, services: own, second, aDay: (ratio * places * SAMPLE) / steps };
    });
  });
}

/** Places of one group on an average day of the year, rest days included. */
function placesADay(office: Office, group: ServiceGroup): number {
  const own = { ...office, templates: office.templates.filter((one) => one.serviceGroup === group) };
  const first = [...office.restDays].sort()[0]!;
  let places = 0;
  for (let day = 0; day < AVERAGED_DAYS; day++) {
    const on = addDays(first, day);
    if (!office.restDays.has(on)) places += promisedOn(own, on);
  }
  return places / AVERAGED_DAYS;
}

/** Those who ask in one slice of a day; where places are drawn they file and wait for the draw. */
export function arrive(world: World, office: Office, streams: readonly Stream[], share: number): void {
  const chance = world.chance(office.at);
  const month = Number(world.today(office).slice(5, 7));
  for (const { group, services, second, aDay } of streams) {
    const isDrawn = office.draws && group === "documentacion";
    for (let left = poisson(aDay * MONTHS[month - 1]! * share, chance); left > 0; left--) {
      const one = household(group, services, chance, second);
      if (isDrawn) {
        world.tally.count("asked");
        world.waiting[office.at]!.push({ ...one, tries: 1, displaced: undefined });
      } else ask(world, office, one);
    }
  }
}

function poisson(mean: number, chance: Chance): number {
  let count = -1;
  for (let sum = 0; sum < mean; sum += chance.exponential(1)) count += 1;
  return Math.max(0, count);
}
