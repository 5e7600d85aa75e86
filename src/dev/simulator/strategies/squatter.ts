import { type AppId, type Digest, type Filing } from "#modules/allocation/index.ts";
import { hex } from "../lot.ts";
import { type Chance } from "../chance.ts";

/**
 * A16, the squatter, and A8 under one's own name: several contacts file for one and the same person.
 * The first of `apps` is the person's own filing; she may be known in person (level 2).
 */
export function filingsOf(person: string, apps: readonly AppId[], level2: boolean, chance: Chance): Filing[] {
  return apps.map((app, at) => ({ person, app, level2: level2 && at === 0, salt: hex(64, chance) as Digest }));
}
