import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Services } from "#platform/context.ts";
import { signedStatus } from "../rules/status.ts";
import { findSeed, findStatus, listLastStatuses, type StoredSeed, type StoredStatus } from "../store/published.ts";
import { findRoom, listRooms } from "../store/rooms.ts";
import type { RoomId, StoredRoom } from "../types.ts";

/** A room as the pages see it: its row, and its last published document. */
export interface LiveRoom extends StoredRoom {
  /** As it is served; undefined for the second until the first one is published. */
  readonly document: string | undefined;
  readonly seq: number;
}

type Needed = Pick<Services, "database" | "clock">;

/** A room that ended is still told about for so long: to whoever waited in it. */
const TOLD_AFTER_MS = 24 * 60 * MINUTE_MS;
/** Before its opening a room is looked at anew each second, so that the first document is out with the first look. */
const HOT_BEFORE_MS = MINUTE_MS;
const LOOK_MS = 1_000;

interface Seen {
  readonly rooms: readonly LiveRoom[];
  readonly minute: number;
  readonly readAt: number;
}
const seen = new WeakMap<object, Seen>();
const looking = new WeakMap<object, Promise<Seen>>();

/**
 * The rooms that are announced, open or just over: read once a minute, and once a second while one is open.
 * Only for showing: whoever writes asks the database.
 */
export async function getRooms(services: Needed): Promise<readonly LiveRoom[]> {
  const { database } = services;
  const known = seen.get(database);
  const now = services.clock.now().getTime();
  const hot = known?.rooms.some((room) => room.state !== "over" && room.opensAt - HOT_BEFORE_MS <= now);
  const fresh = known?.minute === minuteOf(now) && (!hot || performance.now() - known.readAt < LOOK_MS);
  if (known && fresh) return known.rooms;
  // Whoever asks meanwhile gets the same answer: many ask in the second in which it is stale.
  const asked = looking.get(database) ?? lookOnce(services, now, known);
  return (await asked).rooms;
}

/** Keeps what it sees, unless something was said to be new meanwhile: then whoever asks next has a look of their own. */
function lookOnce(services: Needed, now: number, before: Seen | undefined): Promise<Seen> {
  const { database } = services;
  const own: Promise<Seen> = look(services, now, before)
    .then((found) => {
      if (looking.get(database) === own) seen.set(database, found);
      return found;
    })
    .finally(() => {
      if (looking.get(database) === own) looking.delete(database);
    });
  looking.set(database, own);
  return own;
}

/** The next look reads anew: something was announced, opened or published here. */
export function lookAgain(services: Pick<Services, "database">): void {
  looking.delete(services.database);
  seen.delete(services.database);
}

async function look({ database }: Needed, now: number, before: Seen | undefined): Promise<Seen> {
  const readAt = performance.now();
  const [stored, last] = await database.reading("citizen_reader", async (tx) => {
    const found = await listRooms(tx, new Date(now - TOLD_AFTER_MS));
    return [
      found,
      await listLastStatuses(
        tx,
        found.map((one) => one.id),
      ),
    ] as const;
  });
  const bySeq = new Map(last.map((one) => [one.roomId, one]));
  const rooms = stored.map((room) => liveOf(room, bySeq.get(room.id)));
  // The same list while nothing changed, so that pages made from it stand.
  const same = before !== undefined && JSON.stringify(before.rooms) === JSON.stringify(rooms);
  return { rooms: same ? before.rooms : rooms, minute: minuteOf(now), readAt };
}

/** One room, also long after it is over. */
export async function getRoom(services: Needed, roomId: RoomId): Promise<LiveRoom | undefined> {
  const live = (await getRooms(services)).find((one) => one.id === roomId);
  if (live) return live;
  return services.database.reading("citizen_reader", async (tx) => {
    const room = await findRoom(tx, roomId);
    if (!room) return undefined;
    const [last] = await listLastStatuses(tx, [roomId]);
    return liveOf(room, last);
  });
}

/** The room of an office and group that people can come to now: announced or open. */
export function roomFor(
  rooms: readonly LiveRoom[],
  officeId: OfficeId,
  groups: readonly ServiceGroup[],
): LiveRoom | undefined {
  return rooms.find((one) => one.state !== "over" && one.officeId === officeId && groups.includes(one.serviceGroup));
}

/** A published document of that number, as it was served. It never changes. */
export async function getStatus(services: Needed, roomId: RoomId, seq: number): Promise<string | undefined> {
  const status = await services.database.reading("citizen_reader", (tx) => findStatus(tx, roomId, seq));
  return status && served(status);
}

/** A seed that was drawn, with the round behind it, for whoever checks the order. It never changes. */
export function getSeed(services: Needed, roomId: RoomId, tick: number): Promise<StoredSeed | undefined> {
  return services.database.reading("citizen_reader", (tx) => findSeed(tx, roomId, tick));
}

/** The key that signed the documents, 32 bytes in hex. */
export function getRoomKey(services: Pick<Services, "keyring">): Promise<string> {
  return services.keyring.publicKey("room");
}

function liveOf(stored: StoredRoom, last: StoredStatus | undefined): LiveRoom {
  return { ...stored, document: last && served(last), seq: last?.seq ?? -1 };
}

function served(status: StoredStatus): string {
  return signedStatus(status.body, Buffer.from(status.signature, "hex").toString("base64url"));
}

function minuteOf(now: number): number {
  return Math.floor(now / MINUTE_MS);
}
