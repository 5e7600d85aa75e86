import type { LocalDate } from "#kernel/ids.ts";
import { addDays, HOUR_MS, instantOf } from "#kernel/time.ts";
import type { Chance } from "../chance.ts";
import { cut, undo, type Area } from "./cuts.ts";
import { officesAround, type Network, type Office } from "./network.ts";
import { ABSENCE_SHARE, OUTAGE_SHARE, STORMS, UNDONE_SHARE, type StormKind } from "./parameters.ts";
import { dayAt, type World } from "./world.ts";

/** Offices of the whole network, from which a smaller one gets its part of the storms. */
const ALL_OFFICES = 59;
/** Share of storms that are seen the evening before; the others close the first day in the morning. Guess. */
const FORESEEN_SHARE = 0.6;
const EVENING_HOUR_UTC = 20;
const MORNING_HOUR_UTC = 11;
const UNDONE_HOUR_UTC = 21;

export interface Storm {
  readonly kind: string;
  readonly offices: readonly Office[];
  readonly days: readonly LocalDate[];
  readonly foreseen: boolean;
  readonly undone: boolean;
}

/** The storms of a run, by season and place. */
export function stormsOf(network: Network, days: readonly LocalDate[], chance: Chance): Storm[] {
  const share = network.offices.length / ALL_OFFICES;
  return STORMS.flatMap((kind: StormKind) => {
    const middles = network.offices.filter((office) => liesIn(office, kind));
    const dates = days.filter((day) => kind.months.includes(Number(day.slice(5, 7))));
    if (middles.length === 0 || dates.length === 0) return [];
    const times = Math.max(1, Math.round(kind.each * share));
    return Array.from({ length: times }, (): Storm => {
      const middle = middles[chance.below(middles.length)]!;
      const first = dates[chance.below(dates.length)]!;
      const [fewest, most] = kind.days;
      const length = fewest + chance.below(most - fewest + 1);
      return {
        kind: kind.kind,
        offices: officesAround(network, middle, kind.withinKm),
        days: Array.from({ length }, (_, day) => addDays(first, day)),
        foreseen: chance.happens(FORESEEN_SHARE),
        undone: chance.happens(UNDONE_SHARE),
      };
    });
  });
}

function liesIn({ lat, lng }: Office, { north, south, east, west }: StormKind): boolean {
  return lat >= (north ?? -90) && lat <= (south ?? 90) && lng >= (east ?? -180) && lng <= (west ?? 180);
}

/** One action closes all days of all its offices; its last day may be given back the evening before. */
export function bring(world: World, { offices, days, foreseen, undone }: Storm): void {
  const hour = foreseen ? EVENING_HOUR_UTC - 24 : MORNING_HOUR_UTC;
  world.at(utc(days[0]!, hour), () => {
    const areas = offices.flatMap((office) => days.map((localDate): Area => ({ office, localDate })));
    const cuts = areas.map((area) => ({ area, id: cut(world, area, "storm") }));
    if (!undone || days.length < 2) return;
    const last = cuts.filter(({ area, id }) => area.localDate === days.at(-1) && id > 0);
    world.at(utc(days.at(-1)!, UNDONE_HOUR_UTC - 24), () => {
      for (const { area, id } of last) undo(world, area, id);
    });
  });
}

export function utc(day: LocalDate, hour: number): number {
  return dayAt(day) * 24 * HOUR_MS + hour * HOUR_MS;
}

/** Who is not there in the morning, and the hours in which nothing works. */
export function badLuck(world: World, office: Office, localDate: LocalDate): void {
  const chance = world.chance(office.at);
  const regular = world.calendar
    .of(office, localDate)
    .find((one) => one.group === "documentacion" && one.kind === "regular");
  if (!regular) return;
  const own = { office, localDate, group: "documentacion" } as const;
  for (let counter = 1; counter <= regular.counters; counter++)
    if (chance.happens(ABSENCE_SHARE)) cut(world, { ...own, counters: { from: counter, to: counter } }, "staff");
  if (!chance.happens(OUTAGE_SHARE)) return;
  const from = instantOf(localDate, "10:15", office.zone).getTime();
  const until = from + chance.between(1, 4) * HOUR_MS;
  world.at(from, () => cut(world, { ...own, hours: { from, until } }, "no_system"));
}
