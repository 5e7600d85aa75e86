import { DIGEST_BYTES, fromHex, hmacWriter, sha256, toHex, utf8 } from "#kernel/digest.ts";
import type { Rank, RankId, Room, Seed, Ticket } from "../types.ts";

const TICK_DIGITS = 8;
const DRAWN_DIGITS = 16;
const LAST_DRAWN = "f".repeat(DRAWN_DIGITS);
const VALUES = 2n ** 64n;
const SEED_LABEL = "ventanilla-room-v1";

/** A round's value serves every room and tick of that instant; bound to one of them, it orders each afresh. */
export function seedOf(room: Pick<Room, "id">, tick: number, randomness: Uint8Array): Seed {
  return toHex(sha256(utf8(`${SEED_LABEL}\0${room.id}\0${tick}\0`), randomness)) as Seed;
}

/**
 * The place in the order: first by tick, inside a tick by lot. The lot hangs on the first person alone,
 * so another contact, device, channel or hour of joining draws the same one. `seed` is that of `loggedIn`.
 */
export function rankOf(seed: Seed, ticket: Pick<Ticket, "persons" | "tick">): Rank {
  return ranksOf(seed, ticket.tick, [ticket.persons[0]!])[0]!;
}

/** The same for many persons of one tick. */
export function ranksOf(seed: Seed, tick: number, persons: readonly RankId[]): Rank[] {
  const write = hmacWriter(fromHex(seed));
  const drawn = new Uint8Array(DIGEST_BYTES);
  return persons.map((person) => {
    write(utf8(person), drawn, 0);
    return (tickText(tick) + toHex(drawn.subarray(0, DRAWN_DIGITS / 2))) as Rank;
  });
}

/** The last rank of a tick that is among the first `part` of `whole` equally likely ones. */
export function rankAtShare(tick: number, part: number, whole: number): Rank {
  if (part >= whole) return (tickText(tick) + LAST_DRAWN) as Rank;
  const last = (BigInt(part) * VALUES) / BigInt(whole) - 1n;
  return (tickText(tick) + last.toString(16).padStart(DRAWN_DIGITS, "0")) as Rank;
}

export function tickOfRank(rank: Rank): number {
  return Number.parseInt(rank.slice(0, TICK_DIGITS), 16);
}

/** How far into its tick a rank lies: 0 to 1. For the pace of polling only; the order itself is compared as text. */
export function shareOfRank(rank: Rank): number {
  return Number(BigInt(`0x${rank.slice(TICK_DIGITS)}`)) / Number(VALUES);
}

function tickText(tick: number): string {
  return tick.toString(16).padStart(TICK_DIGITS, "0");
}
