import { type Chance } from "../chance.ts";

/** How turns at the door and emergency places are given. */
export interface DoorRules {
  /** Signatures, each of another person, that an emergency needs. */
  readonly signatures: number;
  /** Turns are drawn among those present and bear a name that is matched; otherwise by arrival, and whoever holds the paper enters. */
  readonly byLot: boolean;
  /** Most of a session's places that one person may give by priority; more needs a second. */
  readonly priorityShare: number;
}

export const DOOR_AS_DESIGNED: DoorRules = { signatures: 2, byLot: true, priorityShare: 0.1 };
export const DOOR_BEFORE: DoorRules = { signatures: 1, byLot: false, priorityShare: 1 };

/** One officer in ten sells; an honest one is deceived by a forged paper one time in twenty. Guess. */
export const CORRUPT = 0.1;
export const DECEIVED = 0.05;

/** A22 with the clerk of A15: a false emergency is granted when everybody who must sign does. */
export function falseEmergencyGranted({ signatures }: DoorRules, chance: Chance): boolean {
  return Array.from({ length: signatures }).every(() => chance.happens(CORRUPT) || chance.happens(DECEIVED));
}

/** A23: places that a guard or clerk who sells gives to clients by "priority" in one session. */
export function letIn({ priorityShare }: DoorRules, walkIns: number, sessionPlaces: number, chance: Chance): number {
  return chance.happens(CORRUPT) ? Math.min(walkIns, Math.floor(sessionPlaces * priorityShare)) : 0;
}

/** A21: turns that stand-ins took before dawn and sell; under the lot they bear the stand-in's own name. */
export function soldInLine({ byLot }: DoorRules, walkIns: number): number {
  return byLot ? 0 : walkIns;
}
