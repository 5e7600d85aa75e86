import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { DIGEST_BYTES, hmacWriter, sha256, toHex, utf8 } from "#kernel/digest.ts";
import type { Priority } from "../types.ts";

const SEED_LABEL = "ventanilla-hall-v1";

/** A turn of somebody without an appointment who was at the door when it opened. A family is one turn. */
export interface DoorTurn {
  readonly id: string;
  /** Who came together with others and wants to go on together names the same group. */
  readonly group?: string | undefined;
  readonly priority: Priority | null;
}

/**
 * The seed of an office's door on a day: SHA-256 of the UTF-8 bytes of `ventanilla-hall-v1`, a zero byte, the office's
 * id, a zero byte, the day as `YYYY-MM-DD`, a zero byte, and then the 32 bytes of `randomness`.
 *
 * It is public, so that anybody can compute the order again. The round that it is made of must come after the
 * list of turns is closed: whoever knew it before could come back under another id until the lot suits him.
 */
export function doorSeed(office: OfficeId, on: LocalDate, randomness: Uint8Array): Uint8Array {
  return sha256(utf8(`${SEED_LABEL}\0${office}\0${on}\0`), randomness);
}

/**
 * The order by lot of all who were at the door when it opened; the first one has lot 1. When they came does not matter.
 *
 * Each ticket is HMAC-SHA256 under `seed` of the UTF-8 bytes of `turn`, a zero byte and the turn's id, or for a group
 * of `group`, a zero byte and the group's; the lowest goes first. A group is one ticket and stays together, in
 * the order of the tickets that its turns would have had. Priority goes before all others. It is a person's and not
 * her companions': otherwise strangers would come with her.
 */
export function lotOrder<Turn extends DoorTurn>(seed: Uint8Array, turns: readonly Turn[]): Turn[] {
  const write = hmacWriter(seed);
  const drawn = new Uint8Array(DIGEST_BYTES);
  const ticket = (kind: "turn" | "group", id: string): string => {
    write(utf8(`${kind}\0${id}`), drawn, 0);
    return toHex(drawn);
  };
  return turns
    .map((turn) => {
      const own = ticket("turn", turn.id);
      const first = turn.group === undefined ? own : ticket("group", turn.group);
      return { turn, key: `${turn.priority === null ? 1 : 0} ${first} ${own}` };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ turn }) => turn);
}
