import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import type { Moves } from "#modules/booking/index.ts";
import type { Arrangement, Need } from "#modules/schedules/index.ts";
import type { Chance } from "../chance.ts";
import { SIZE_SHARES } from "../parameters.ts";
import type { Session } from "./calendar.ts";
import type { Office, ServiceChoice } from "./network.ts";
import { SECOND_SERVICE_SHARE, TWO_GROUPS_SHARE } from "./parameters.ts";

/** Places one after the other: session and number in it. */
export interface Places {
  readonly sessions: readonly Session[];
  readonly numbers: readonly number[];
}

export interface Household {
  readonly needs: readonly Need[];
  readonly people: number;
}

/** A household that has an appointment, or the offer of a draw. */
export interface Party extends Household {
  readonly holder: number;
  readonly office: Office;
  localDate: LocalDate;
  startsAt: number;
  seats: Arrangement;
  places: Places;
  moves: Moves;
  /** By a draw, and not answered yet. */
  offered: boolean;
  /** Set while a cut has taken of its places and it has no others. */
  displaced: Displacement | undefined;
}

/** What somebody was asked about, with the places that are kept for it. */
export interface Kept {
  readonly holder: number;
  readonly party: Party;
  readonly localDate: LocalDate;
  readonly seats: Arrangement;
  readonly places: Places;
  /** Milliseconds since 1970, UTC. */
  readonly until: number;
}

/** A household whose place was cut, from the cut to its end. */
export interface Displacement {
  readonly since: number;
  readonly lostDate: LocalDate;
  readonly cause: Cause;
  /** Messages that asked it, or told it to choose. */
  told: number;
  kept: Kept | undefined;
}
export type Cause = "storm" | "staff" | "no_system";

/** A household that comes for one group, and now and then for a second. */
export function household(
  group: ServiceGroup,
  services: readonly ServiceChoice[],
  chance: Chance,
  second: readonly ServiceChoice[],
): Household {
  const people = group === "documentacion" || group === "visas" ? sizeOf(chance) : 1;
  const needs: Need[] = [];
  for (let ordinal = 1; ordinal <= people; ordinal++) {
    let { minutes } = pick(services, chance);
    if (group === "documentacion" && chance.happens(SECOND_SERVICE_SHARE)) minutes += pick(services, chance).minutes;
    needs.push({ ordinal, group, minutes });
  }
  if (group === "documentacion" && second.length > 0 && chance.happens(TWO_GROUPS_SHARE)) {
    const { group: other, minutes } = pick(second, chance);
    needs.push({ ordinal: 1, group: other, minutes });
  }
  return { people, needs };
}

function sizeOf(chance: Chance): number {
  let rest = chance.next();
  const at = SIZE_SHARES.findIndex((share) => (rest -= share) < 0);
  return at < 0 ? SIZE_SHARES.length : at + 1;
}

function pick(services: readonly ServiceChoice[], chance: Chance): ServiceChoice {
  let rest = chance.next() * services.reduce((sum, one) => sum + one.weight, 0);
  return services.find((one) => (rest -= one.weight) < 0) ?? services.at(-1)!;
}

/** Steps that a household takes at steps of those minutes, of one group. */
export function stepsAsked({ needs }: Household, group: ServiceGroup, stepMinutes: number): number {
  return needs.reduce((sum, need) => sum + (need.group === group ? Math.ceil(need.minutes / stepMinutes) : 0), 0);
}
