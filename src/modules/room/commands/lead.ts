import { fromHex, toHex } from "#kernel/digest.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { endRoomPlaces, levelOf, MIN_LEAD_HOURS } from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { countRoom } from "../queries/line.ts";
import { advance, CHOOSING_MS, conversionOf, thresholdAt } from "../rules/admission.ts";
import { closeTick } from "../rules/log.ts";
import { seedOf } from "../rules/rank.ts";
import { choosingOf, closesAt, decidedOf, isDone, ROOM_WINDOW_MS, type LineCounts } from "../rules/rooms.ts";
import { nextStatus, parseStatus, saysTheSame, statusText } from "../rules/status.ts";
import { lastTickBefore, roundPublishedAt, seedRound } from "../rules/ticks.ts";
import { insertTick, listLeaves, listTicks } from "../store/log.ts";
import {
  countLetInBy,
  insertSeed,
  insertStatus,
  listLastStatuses,
  listSeeds,
  type StoredStatus,
} from "../store/published.ts";
import { closeThrough, endRoom, findRoom, setClosing, setPlaces, shutDoor, tryLead } from "../store/rooms.ts";
import type { ClosedTick, DrawnSeed, Room, RoomId, StoredRoom } from "../types.ts";

/** How a node finds out that it alone leads; a test may put a worse way in its stead. */
type Lead = typeof tryLead;

/** Rounds fetched in one step: after an outage the rest follow with the next steps. */
const ROUNDS_AT_ONCE = 30;

/**
 * One step of a room: closes the ticks that are over, fetches the rounds that are due, and publishes what follows.
 * Everything comes from the tables and from `ctx.now`, each part is a transaction that another node waits for by
 * passing over, so it may be cut off anywhere and begun again on any node.
 */
export async function leadRoom(ctx: Context, roomId: RoomId, lead: Lead = tryLead): Promise<void> {
  const before = await transaction(ctx, "worker", (tx) => findRoom(tx, roomId));
  if (before === undefined || before.state === "over") return;
  if (before.state === "open") {
    await closeDoors(ctx, before, lead);
    await closeTicks(ctx, roomId, lead);
    // A root is out before its round is asked for: a mirror may be slow.
    await publish(atPresent(ctx), roomId, lead, "roots");
    await fetchSeeds(ctx, roomId);
  }
  await publish(atPresent(ctx), roomId, lead, "all");
}

/** A document bears the instant at which it is published: counting a tick and waiting for a round take seconds. */
function atPresent(ctx: Context): Context {
  return { ...ctx, now: ctx.clock.now() };
}

/** Nobody comes into a tick that is over any more. Its root is counted afterwards, while the next ones come in. */
async function closeDoors(ctx: Context, room: StoredRoom, lead: Lead): Promise<void> {
  const tick = lastTickBefore(room, ctx.now.getTime());
  if (tick <= room.closedThrough) return;
  await transaction(ctx, "worker", async (tx) => {
    if (!(await lead(tx, room.id))) return;
    await shutDoor(tx, room.id);
    await closeThrough(tx, room.id, tick);
  });
}

/** Counts and roots the ticks that are over. A million leaves take longer than a transaction may stand open, and they change no more. */
async function closeTicks(ctx: Context, roomId: RoomId, lead: Lead): Promise<void> {
  const [room, closed] = await transaction(ctx, "worker", (tx) =>
    Promise.all([findRoom(tx, roomId), listTicks(tx, roomId)]),
  );
  for (let tick = closed.length; tick <= room!.closedThrough; tick++) {
    const leaves = await transaction(ctx, "worker", (tx) => listLeaves(tx, roomId, tick));
    const own = closeTick(closed.at(-1), leaves);
    const written = await transaction(ctx, "worker", async (tx) => {
      if (!(await lead(tx, roomId))) return false;
      await insertTick(tx, roomId, own, ctx.now);
      return true;
    });
    // Whoever leads writes it: the chain has no gap.
    if (!written) return;
    closed.push(own);
  }
}

/** Asks for the rounds of closed ticks that are due. One that cannot be had is asked for again with the next step, and nothing else is put in its place. */
async function fetchSeeds(ctx: Context, roomId: RoomId): Promise<void> {
  const { room, missing } = await transaction(ctx, "worker", async (tx) => {
    const own = (await findRoom(tx, roomId))!;
    const [closed, seeds] = await Promise.all([listTicks(tx, roomId), listSeeds(tx, roomId)]);
    const drawn = new Set(seeds.map((one) => one.tick));
    const due = ({ tick }: ClosedTick): boolean =>
      !drawn.has(tick) && roundPublishedAt(seedRound(own, tick)) <= ctx.now.getTime();
    return { room: own, missing: closed.filter(due).map(({ tick }) => tick) };
  });
  // Another source than the one of the notice would be another draw.
  if ((ctx.beacon.source === "drand") !== (room.source === "quicknet")) return;
  for (const tick of missing.slice(0, ROUNDS_AT_ONCE)) {
    const fetched = await ctx.beacon.fetchRound(seedRound(room, tick));
    if (fetched === undefined) return;
    const { round, randomness } = fetched;
    const drawn: DrawnSeed = { tick, round, seed: seedOf(room, tick, fromHex(randomness)) };
    await transaction(ctx, "worker", (tx) => insertSeed(tx, roomId, drawn, fetched, ctx.clock.now()));
  }
}

/**
 * Appends the next document when there is something new to tell, and ends the room when there is nothing to wait for.
 * `roots`: only when a tick was closed that no document tells, and without an end, for its seeds are still to come.
 */
async function publish(ctx: Context, roomId: RoomId, lead: Lead, news: "roots" | "all"): Promise<void> {
  await transaction(ctx, "worker", async (tx) => {
    if (!(await lead(tx, roomId))) return;
    const [stored, closed, seeds, [last]] = await Promise.all([
      findRoom(tx, roomId),
      listTicks(tx, roomId),
      listSeeds(tx, roomId),
      listLastStatuses(tx, [roomId]),
    ]);
    if (stored === undefined || stored.state === "over") return;
    const previous = last && parseStatus(last.body);
    if (news === "roots" && previous?.log?.tick === closed.at(-1)?.tick) return;
    const now = ctx.now.getTime();
    const counts = await countPlacesAndLine(tx, ctx, stored, closed, seeds, last);
    // Later ticks have their rounds sooner after their end: the first tick's seed is not the first to come.
    const opening = seeds.find((one) => one.tick === 0);
    const progress = advanceLine(counts, last, opening !== undefined, now);
    const line = { ...counts.line, letIn: progress.admitted };
    const until = closesAt(stored, opening?.drawnAt.getTime(), now);
    const isOver = closed.length > 0 && (now >= until || isDone(line, counts));
    const over = news === "all" && stored.state === "open" && isOver;
    const room: Room = { ...stored, closesAt: over ? Math.min(now, until) : until };
    const admitted = thresholdAt(
      closed.map((one) => one.tickets),
      progress.admitted,
    );
    const drawn = seeds.map(({ tick, round, seed }): DrawnSeed => ({ tick, round, seed }));
    const places = levelOf(counts.open);
    const next = nextStatus(room, previous, { now, closed, seeds: drawn, admitted, places });
    if (stored.places === null && closed.length > 0) await setPlaces(tx, roomId, counts.places);
    if (room.closesAt !== stored.closesAt && !over) await setClosing(tx, roomId, new Date(room.closesAt));
    if (over && (await endRoom(tx, roomId, new Date(room.closesAt))))
      await endRoomPlaces(tx, stored.officeId, stored.serviceGroup);
    if (previous && saysTheSame(previous, next)) return;
    const body = statusText(next);
    await insertStatus(tx, {
      roomId,
      seq: next.seq,
      at: ctx.now,
      admitted: next.admitted,
      letIn: progress.admitted,
      rest: progress.rest,
      body,
      signature: toHex(await ctx.keyring.signPublic("room", body)),
    });
  });
}

interface Counted {
  readonly line: LineCounts;
  readonly open: number;
  readonly held: number;
  readonly places: number;
}

async function countPlacesAndLine(
  tx: Tx,
  ctx: Context,
  stored: StoredRoom,
  closed: readonly ClosedTick[],
  seeds: readonly DrawnSeed[],
  last: StoredStatus | undefined,
): Promise<Counted> {
  const since = new Date(ctx.now.getTime() - CHOOSING_MS);
  const bookableFrom = new Date(ctx.now.getTime() + MIN_LEAD_HOURS * HOUR_MS);
  const [counts, letInBefore] = await Promise.all([
    countRoom(tx, stored, since, bookableFrom),
    countLetInBy(tx, stored.id, since),
  ]);
  const { open, held, places, ...line } = counts;
  const firstUndrawn = closed.findIndex((_, i) => seeds[i]?.tick !== i);
  const known = firstUndrawn < 0 ? closed : closed.slice(0, firstUndrawn);
  const drawn = known.reduce((sum, one) => sum + one.tickets, 0);
  return { line: { ...line, drawn, letIn: last?.letIn ?? 0, letInBefore }, open, held, places };
}

function advanceLine(
  { line, open }: Counted,
  last: StoredStatus | undefined,
  drawn: boolean,
  now: number,
): { readonly admitted: number; readonly rest: number } {
  const before = { admitted: last?.letIn ?? 0, rest: last?.rest ?? 0 };
  if (!drawn || last === undefined) return before;
  const facts = {
    remaining: open,
    conversion: conversionOf(line.kept, decidedOf(line)),
    windowMs: ROOM_WINDOW_MS,
    choosing: choosingOf(line),
  };
  return advance(before, facts, now - last.at.getTime(), line.drawn);
}
