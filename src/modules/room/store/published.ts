import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { BeaconRound } from "#platform/beacon/index.ts";
import type { DrawnSeed, Rank, RoomId } from "../types.ts";

export async function insertSeed(
  tx: Tx,
  roomId: RoomId,
  drawn: DrawnSeed,
  round: Pick<BeaconRound, "signature" | "randomness">,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into room.seeds (room_id, tick, round, signature, randomness, seed, drawn_at)
        values (${roomId}, ${drawn.tick}, ${drawn.round}, ${round.signature}, ${round.randomness}, ${drawn.seed}, ${now}) on conflict do nothing`,
  );
}

export interface StoredSeed extends DrawnSeed {
  readonly signature: string | null;
  readonly randomness: string;
  readonly drawnAt: Date;
}

export async function listSeeds(tx: Tx, roomId: RoomId): Promise<StoredSeed[]> {
  return rows(
    tx,
    sql`select tick, round::float8 as round, seed, signature, randomness, drawn_at as "drawnAt" from room.seeds where room_id = ${roomId} order by tick`,
  );
}

export async function findSeed(tx: Tx, roomId: RoomId, tick: number): Promise<StoredSeed | undefined> {
  const [seed] = await rows<StoredSeed>(
    tx,
    sql`select tick, round::float8 as round, seed, signature, randomness, drawn_at as "drawnAt" from room.seeds where room_id = ${roomId} and tick = ${tick}`,
  );
  return seed;
}

/** A document as it was published, with what only its next one needs. */
export interface StoredStatus {
  readonly roomId: RoomId;
  readonly seq: number;
  readonly at: Date;
  readonly admitted: Rank | "";
  readonly letIn: number;
  readonly rest: number;
  readonly body: string;
  /** Hex. */
  readonly signature: string;
}

/** Appends a document; one of that number that is there stays. */
export async function insertStatus(tx: Tx, status: StoredStatus): Promise<void> {
  await run(
    tx,
    sql`insert into room.statuses (room_id, seq, at, admitted, let_in, rest, body, signature)
        values (${status.roomId}, ${status.seq}, ${status.at}, ${status.admitted}, ${status.letIn}, ${status.rest}, ${status.body}, ${status.signature}) on conflict do nothing`,
  );
}

export async function findStatus(tx: Tx, roomId: RoomId, seq: number): Promise<StoredStatus | undefined> {
  const [status] = await rows<StoredStatus>(
    tx,
    sql`select room_id as "roomId", seq, at, admitted, let_in as "letIn", rest, body, signature from room.statuses where room_id = ${roomId} and seq = ${seq}`,
  );
  return status;
}

/** The last document of each of these rooms. */
export async function listLastStatuses(tx: Tx, roomIds: readonly RoomId[]): Promise<StoredStatus[]> {
  return rows(
    tx,
    sql`select s.room_id as "roomId", s.seq, s.at, s.admitted, s.let_in as "letIn", s.rest, s.body, s.signature
        from unnest(${roomIds}::text[]) as r (id)
        cross join lateral (select * from room.statuses where room_id = r.id order by seq desc limit 1) s`,
  );
}

/** How many had been let in by that instant. */
export async function countLetInBy(tx: Tx, roomId: RoomId, at: Date): Promise<number> {
  const [row] = await rows<{ letIn: number }>(
    tx,
    sql`select let_in as "letIn" from room.statuses where room_id = ${roomId} and at <= ${at} order by seq desc limit 1`,
  );
  return row?.letIn ?? 0;
}
