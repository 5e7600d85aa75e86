import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { RoomId, StoredRoom } from "../types.ts";

/** First numbers of the advisory locks; the second is the room. */
const RUNNER_LOCK = 7_260_114;
const DOOR_LOCK = 7_260_115;

/** False when another node leads this room at the moment. Held until the transaction ends. */
export async function tryLead(tx: Tx, roomId: RoomId): Promise<boolean> {
  const [row] = await rows<{ leads: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(${RUNNER_LOCK}::int, hashtext(${roomId})) as leads`,
  );
  return row?.leads === true;
}

/** Lets no other arrival be under way until the transaction ends: whoever was before it is in the log, whoever comes after it is told the tick is over. */
export async function shutDoor(tx: Tx, roomId: RoomId): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(${DOOR_LOCK}::int, hashtext(${roomId}))`);
}

/** Arrivals of many rooms pass their doors together, and none of them while one is shut. */
export async function passDoors(tx: Tx, roomIds: readonly RoomId[]): Promise<void> {
  const doors = [...new Set(roomIds)].sort();
  await run(
    tx,
    sql`select pg_advisory_xact_lock_shared(${DOOR_LOCK}::int, hashtext(id)) from unnest(${doors}::text[]) as id`,
  );
}

/** Rooms that are announced or open, and those that ended since `endedAfter`. */
export async function listRooms(tx: Tx, endedAfter: Date): Promise<StoredRoom[]> {
  return rows(
    tx,
    sql`select id, office_id as "officeId", service_group as "serviceGroup", extract(epoch from opens_at)::float8 * 1000 as "opensAt",
               extract(epoch from closes_at)::float8 * 1000 as "closesAt", state, source, places, closed_through as "closedThrough"
        from room.rooms where state <> 'over' or closes_at > ${endedAfter} order by opens_at, id`,
  );
}

export async function findRoom(tx: Tx, roomId: RoomId): Promise<StoredRoom | undefined> {
  const [room] = await rows<StoredRoom>(
    tx,
    sql`select id, office_id as "officeId", service_group as "serviceGroup", extract(epoch from opens_at)::float8 * 1000 as "opensAt",
               extract(epoch from closes_at)::float8 * 1000 as "closesAt", state, source, places, closed_through as "closedThrough"
        from room.rooms where id = ${roomId}`,
  );
  return room;
}

export interface NewRoom {
  readonly id: RoomId;
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly source: StoredRoom["source"];
  readonly freed: number;
}

/** Announces rooms; one that is there stays as it is. Returns how many are new. */
export async function insertRooms(tx: Tx, announced: readonly NewRoom[], now: Date): Promise<number> {
  return run(
    tx,
    sql`insert into room.rooms (id, office_id, service_group, opens_at, closes_at, source, announced_at, freed)
        select t.id, t.office_id, t.service_group, t.opens_at, t.closes_at, t.source, ${now}::timestamptz, t.freed
        from unnest(${announced.map((one) => one.id)}::text[], ${announced.map((one) => one.officeId)}::text[], ${announced.map((one) => one.serviceGroup)}::text[],
                    ${announced.map((one) => one.opensAt)}::timestamptz[], ${announced.map((one) => one.closesAt)}::timestamptz[],
                    ${announced.map((one) => one.source)}::text[], ${announced.map((one) => one.freed)}::int[])
             as t (id, office_id, service_group, opens_at, closes_at, source, freed)
        on conflict do nothing`,
  );
}

/** Opens the rooms whose tick has come, and says of which offices and groups they are. */
export async function openDue(
  tx: Tx,
  now: Date,
): Promise<{ readonly officeId: OfficeId; readonly serviceGroup: ServiceGroup }[]> {
  return rows(
    tx,
    sql`update room.rooms set state = 'open' where state = 'announced' and opens_at <= ${now}
        returning office_id as "officeId", service_group as "serviceGroup"`,
  );
}

/** From here on nobody comes into these ticks. */
export async function closeThrough(tx: Tx, roomId: RoomId, tick: number): Promise<void> {
  await run(tx, sql`update room.rooms set closed_through = ${tick} where id = ${roomId} and closed_through < ${tick}`);
}

export async function setPlaces(tx: Tx, roomId: RoomId, places: number): Promise<void> {
  await run(tx, sql`update room.rooms set places = ${places} where id = ${roomId} and places is null`);
}

export async function setClosing(tx: Tx, roomId: RoomId, closesAt: Date): Promise<void> {
  await run(tx, sql`update room.rooms set closes_at = ${closesAt} where id = ${roomId}`);
}

/** Returns whether it was not over before. */
export async function endRoom(tx: Tx, roomId: RoomId, closesAt: Date): Promise<boolean> {
  const ended = await run(
    tx,
    sql`update room.rooms set state = 'over', closes_at = ${closesAt} where id = ${roomId} and state <> 'over'`,
  );
  return ended > 0;
}
