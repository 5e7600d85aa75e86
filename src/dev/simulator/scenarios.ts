import { batchFull, batchHonouring, batchLeaky, batchWithoutUniqueness } from "./mechanisms/batch.ts";
import { raceEditable, raceWithLimits } from "./mechanisms/race.ts";
import { roomClean, roomInstant } from "./mechanisms/room.ts";
import { NAIVE_SHARE } from "./parameters.ts";
import { type Setting } from "./run.ts";
import { type Choices } from "./search.ts";
import { type Mechanism } from "./types.ts";

export const MECHANISMS = {
  race: { name: "first come, name editable", play: raceEditable },
  limits: { name: "first come + limits", play: raceWithLimits },
  room: { name: "waiting room, freed places on view", play: roomInstant },
  roomClean: { name: "waiting room, clean", play: roomClean },
  noUniqueness: { name: "draw without uniqueness", play: batchWithoutUniqueness },
  leaky: { name: "draw, freed places on view", play: batchLeaky },
  full: { name: "draw, as built", play: batchFull },
} as const satisfies Record<string, { name: string; play: Mechanism }>;
export type MechanismName = keyof typeof MECHANISMS;

/** `aer`: one-shot, several sellers, nobody naive. `real`: one seller, families that come back, some who buy whatever the odds. */
export type Mode = "aer" | "real";

export interface Scenario {
  readonly mode: Mode;
  readonly mechanism: MechanismName;
  readonly ratio: number;
  /** Share of invented or doubled entries found before the lock. */
  readonly detection: number;
  readonly naive: boolean;
  /** Altered identities that the counter serves all the same; the draw as built serves none. */
  readonly honoured: number;
}

/** Where nothing else is said: half of what is false is found. */
export const DETECTION = 0.5;
/** The clean room stands on a check of the people behind its tickets; the design's study lets nine of ten fail it. */
const ROOM_VALIDATION = 0.9;

export function scenario(
  mode: Mode,
  mechanism: MechanismName,
  ratio: number,
  { detection = DETECTION, naive = mode === "real", honoured = 0 }: Partial<Scenario> = {},
): Scenario {
  return { mode, mechanism, ratio, detection, naive, honoured };
}

export function settingOf({ mode, mechanism, ratio, detection, naive, honoured }: Scenario): Setting {
  return {
    mechanism: honoured > 0 ? batchHonouring(honoured) : MECHANISMS[mechanism].play,
    ratio,
    detection,
    // A draw gets no other help than detection: who is not found before the lock is found afterwards no more often.
    validation: mechanism === "roomClean" ? ROOM_VALIDATION : detection,
    sellers: mode === "aer" ? "competition" : "cartel",
    naiveShare: naive ? NAIVE_SHARE : 0,
    backlog: mode === "real",
  };
}

/** The seller's grid: what each mechanism leaves him to choose. */
export function choicesOf({ mode, mechanism, honoured }: Scenario): Choices {
  const draws = mechanism === "noUniqueness" || mechanism === "leaky" || mechanism === "full";
  const priceCents = mode === "aer" ? [300, 500] : [1_500, 3_000, 4_500, 6_000];
  // Where altered identities are honoured they are the point, and the rest of the grid is left out.
  if (honoured > 0) return { priceCents: [3_000], orders: [true], hoard: [0], flood: [0], tickets: [1, 3, 8] };
  return {
    priceCents,
    orders: [false, true],
    hoard: draws ? [0] : [0, 0.3, 0.6, 0.9],
    flood: draws ? [0, 0.5, 2] : [0],
    tickets: draws ? [1, 3, 8] : [1],
  };
}
