import { createHmac, randomUUID } from "node:crypto";
import { toHex } from "#kernel/digest.ts";
import type { ContactId, OfficeId } from "#kernel/ids.ts";
import type { Keyring } from "#platform/keyring/index.ts";
import { issueTicket } from "./commands/tickets.ts";
import { closeTick, ringLeaf, ticketLeaf } from "./rules/log.ts";
import { seedOf } from "./rules/rank.ts";
import { seedRound, tickAt } from "./rules/ticks.ts";
import type { Arrival, ClosedTick, DrawnSeed, HashText, Room, RoomId, Ticket } from "./types.ts";

export const OPENS_AT = Date.parse("2026-12-07T16:00:00Z");

export function aRoom(change: Partial<Room> = {}): Room {
  return {
    id: "fresno-2026-12-07" as RoomId,
    officeId: "fresno" as OfficeId,
    serviceGroup: "documentacion",
    opensAt: OPENS_AT,
    closesAt: OPENS_AT + 4 * 3_600_000,
    source: "quicknet",
    ...change,
  };
}

/** The keyring's three functions that a ticket needs, without a database. */
export function aKeyring(secret = "of a test"): Pick<Keyring, "digest" | "sign" | "verify"> {
  const mac = (text: string) => createHmac("sha256", secret).update(text).digest();
  const sign = (name: string, text: string) => mac(`${name} ${text}`).subarray(0, 18).toString("base64url");
  return {
    digest: async (name, values) => values.map((value) => [{ version: 1, digest: mac(`${name} ${value}`) }]),
    sign: async (name, text) => sign(name, text),
    verify: async (name, text, signature) => sign(name, text) === signature,
  };
}

export function aContact(): ContactId {
  return randomUUID() as string as ContactId;
}

export interface Joined {
  readonly ticket: Ticket;
  readonly token: string;
  readonly contactId: ContactId;
}

export async function join(
  room: Room,
  persons: readonly string[],
  arrival: number | Arrival,
  { keyring = aKeyring(), contactId = aContact() } = {},
): Promise<Joined> {
  const outcome = await issueTicket(keyring, {
    room,
    contactId,
    persons,
    arrival: typeof arrival === "number" ? { at: arrival } : arrival,
  });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return { ...outcome.value, contactId };
}

/** The value a beacon would have had: any, but the same for the same round. */
export function aRandomness(round: number, world = "one"): Uint8Array {
  return createHmac("sha256", world).update(String(round)).digest();
}

export function aSeed(room: Room, tick: number, world?: string): DrawnSeed {
  const round = seedRound(room, tick);
  return { tick, round, seed: seedOf(room, tick, aRandomness(round, world)) };
}

/** The log of a room in which these came and these calls rang. */
export function aLog(
  room: Room,
  tickets: readonly Ticket[],
  rings: readonly { readonly id: string; readonly at: number }[] = [],
): { closed: ClosedTick[]; leaves: { tick: number; leaves: HashText[] }[]; seeds: DrawnSeed[] } {
  const last = Math.max(0, ...tickets.map((one) => one.loggedIn), ...rings.map((one) => tickAt(room, one.at)));
  const closed: ClosedTick[] = [];
  const leaves = Array.from({ length: last + 1 }, (_, tick) => {
    const own = tickets.filter((one) => one.loggedIn === tick).map(ticketLeaf);
    const rang = rings.filter((one) => tickAt(room, one.at) === tick).map((one) => ringLeaf(one.id));
    closed.push(closeTick(closed.at(-1), { tickets: own, rings: rang }));
    return { tick, leaves: [...own, ...rang] };
  });
  return { closed, leaves, seeds: closed.map(({ tick }) => aSeed(room, tick)) };
}

/** χ² of equally wide bins of ranks' drawn part, first byte. */
export function chiSquare(counts: ArrayLike<number>): number {
  const list = Array.from(counts);
  const expected = list.reduce((sum, one) => sum + one, 0) / list.length;
  return list.reduce((sum, one) => sum + (one - expected) ** 2 / expected, 0);
}

/** A rank id that nobody's name led to. */
export function anyId(number: number): string {
  return toHex(createHmac("sha256", "any").update(String(number)).digest()).slice(0, 32);
}
