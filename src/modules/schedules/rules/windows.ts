import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { LockedPlace, Need, PlaceWindow, SpecialDayId } from "../types.ts";
import { BETWEEN_GROUPS_MINUTES, TOGETHER_STEPS } from "./arrange.ts";

/** A party that wants places around a start. */
export interface Wanting {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly specialDayId?: SpecialDayId | undefined;
  readonly startsAt: number;
  readonly needs: readonly Need[];
  /** The group in whose waiting room it is this party's turn: it sees that room's places too. */
  readonly roomOf?: ServiceGroup | undefined;
}

/** The longest step that a session may have; windows are drawn for it, as they are drawn before the session is known. */
const LONGEST_STEP_MINUTES = 60;
/** A family sees all that is open in its stretch. */
const ALL = 1_000;
const MINUTE = 60_000;

/** Which stretches of which days a batch must see, each once, and which party looks at which. */
export interface WindowPlan {
  readonly windows: readonly PlaceWindow[];
  /** Positions of each party's windows. */
  readonly ofParty: readonly (readonly number[])[];
}

/** Plans for parties in their order; an undefined party already has its places. */
export function planWindows(parties: readonly (Wanting | undefined)[]): WindowPlan {
  const windows: PlaceWindow[] = [];
  const byKey = new Map<string, number>();
  const ofParty = parties.map((party) => (party ? stretches(party).map(add) : []));
  return { windows, ofParty };

  function add(window: PlaceWindow): number {
    const key = `${window.officeId} ${window.localDate} ${window.group} ${window.from.getTime()} ${window.until.getTime()} ${window.minutes} ${window.pool} ${window.specialDayId ?? ""}`;
    const known = byKey.get(key);
    if (known === undefined) {
      byKey.set(key, windows.length);
      return windows.push(window) - 1;
    }
    windows[known] = { ...windows[known]!, parties: windows[known]!.parties + window.parties };
    return known;
  }
}

/** The locked places of each party. */
export function placesByParty(plan: WindowPlan, locked: readonly LockedPlace[]): LockedPlace[][] {
  const byWindow = new Map<number, LockedPlace[]>();
  for (const place of locked) {
    const places = byWindow.get(place.window);
    if (places) places.push(place);
    else byWindow.set(place.window, [place]);
  }
  return plan.ofParty.map((own) =>
    own.length === 1 ? (byWindow.get(own[0]!) ?? []) : own.flatMap((window) => byWindow.get(window) ?? []),
  );
}

function stretches({ officeId, localDate, specialDayId, startsAt, needs, roomOf }: Wanting): PlaceWindow[] {
  const groups = [...new Set(needs.map((need) => need.group))];
  const whole = needs.reduce((sum, need) => sum + need.minutes, 0);
  return groups.map((group, index) => {
    const longest = Math.max(...needs.filter((need) => need.group === group).map((need) => need.minutes));
    const alone = needs.length === 1;
    const together = longest + TOGETHER_STEPS * LONGEST_STEP_MINUTES;
    const span = alone ? longest : longest + together + (index === 0 ? 0 : BETWEEN_GROUPS_MINUTES + whole);
    return {
      officeId,
      localDate,
      specialDayId,
      group,
      pool: group === roomOf ? "room" : "open",
      minutes: longest,
      parties: alone ? 1 : ALL,
      from: new Date(startsAt),
      until: new Date(startsAt + span * MINUTE),
    };
  });
}
