import { chanceFrom, partSeed } from "./chance.ts";
import { falseEmergencyGranted, letIn, soldInLine, type DoorRules } from "./strategies/door.ts";

const SESSIONS = 59 * 5;
/** One office's day: eight of ten places were drawn, one is for emergencies, one for who comes without an appointment. */
const PLACES = 100;
const URGENT = 10;
const WALK_INS = 10;
/** Asked of each session: real emergencies and invented ones. Guess. */
const EMERGENCIES = 6;
const FALSE_EMERGENCIES = 10;

/** Share of all places that sellers get by the line, false emergencies and guards (A21–A23), all at once, in a week. */
export function capturedAtTheDoor(rules: DoorRules, seed: number): number {
  const chance = chanceFrom(partSeed(seed, 21));
  let captured = 0;
  for (let session = 0; session < SESSIONS; session++) {
    const granted = Array.from({ length: FALSE_EMERGENCIES }).filter(() => falseEmergencyGranted(rules, chance)).length;
    const guards = letIn(rules, WALK_INS, PLACES, chance);
    const line = Math.min(WALK_INS - guards, soldInLine(rules, WALK_INS));
    captured += Math.min(granted, URGENT - EMERGENCIES) + guards + line;
  }
  return captured / (SESSIONS * PLACES);
}
