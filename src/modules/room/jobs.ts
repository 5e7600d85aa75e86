import { localDateAt } from "#kernel/time.ts";
import type { Beacon, BeaconRound } from "#platform/beacon/index.ts";
import { systemContext, transaction, type Context, type Services, type Tx } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { every, type Task } from "#platform/timetable.ts";
import { leadRoom } from "./commands/lead.ts";
import { planRooms } from "./commands/plan.ts";
import { getRooms, lookAgain, type LiveRoom } from "./queries/rooms.ts";
import { STATUS_MAX_AGE_S } from "./rules/status.ts";
import { forgetRings, forgetTickets, FORGOTTEN_AT_ONCE } from "./store/log.ts";
import { forgetTurns } from "./store/turns.ts";

/** Deletes logs and turns whose time has come. Returns how many tickets, calls and turns went. */
export async function forgetRooms(ctx: Context): Promise<number> {
  const today = localDateAt(ctx.now, "UTC");
  let forgotten = 0;
  // A call after the ticket that names it.
  for (const sweep of [forgetTickets, forgetRings, forgetTurns]) {
    let deleted: number;
    do {
      deleted = await transaction(ctx, "worker", (tx: Tx) => sweep(tx, today));
      forgotten += deleted;
    } while (deleted === FORGOTTEN_AT_ONCE);
  }
  return forgotten;
}

export const roomTasks: readonly Task[] = [
  // Five minutes before the hour, so that a room of 16:00 UTC can still be announced three hours before.
  { name: "room.plan", dueAt: every(60, 55), run: planRooms },
  { name: "room.forget", dueAt: every(24 * 60, 8 * 60), run: forgetRooms },
];

/** How often the clock is looked at. */
const LOOK_MS = 1_000;
/** A room is led one step in each life of its document. */
const STEP_MS = STATUS_MAX_AGE_S * 1_000;
/** Rooms that write side by side: they share the three connections of the worker's path with all scheduled work. */
const ROOMS_AT_ONCE = 6;

export interface RoomLeader {
  /** One step of every room that is due; one that was asked for and has not begun serves whoever asks meanwhile. Never rejects. */
  step(): Promise<void>;
  /** Lets go of rounds that are still asked for, and waits for what is being written. */
  stop(): Promise<void>;
}

/**
 * Leads the rooms while they are open. Every node tries, one at a time does it. No task of the timetable: those leave a
 * row for each time they run, and a room is led every five seconds.
 */
export function startRooms(
  services: Services,
  { automatic = true, waitMs = STEP_MS }: { readonly automatic?: boolean; readonly waitMs?: number } = {},
): RoomLeader {
  let running: Promise<void> = Promise.resolve();
  let queued = false;
  let stopped = false;
  let letGo = (): void => undefined;
  let led = 0;
  let asked: Asked = new Map();

  async function stepOnce(): Promise<void> {
    queued = false;
    const now = services.clock.now().getTime();
    const due = (await getRooms(services)).filter(
      (room) => room.state !== "over" && (room.opensAt <= now || room.document === undefined),
    );
    if (stopped || due.length === 0) return;
    const ended = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
    const gate = gateFor(ROOMS_AT_ONCE);
    const earlier = asked;
    asked = new Map();
    const together = { ...services, beacon: askedOnce(services.beacon, { asked, earlier }, ended, gate) };
    // The next tick ends whether or not a mirror answers: what is still asked for is taken up by a later step.
    const patience = setTimeout(letGo, waitMs);
    await Promise.all(
      due.map(async (room) => {
        await gate.enter();
        if (!stopped) await leadOne(together, room);
        gate.leave();
      }),
    );
    clearTimeout(patience);
    lookAgain(services);
  }
  const step = (): Promise<void> => {
    if (queued) return running;
    queued = true;
    return (running = running
      .then(stepOnce)
      .catch((error: unknown) => services.log.warn("the rooms could not be read", faultFields(error))));
  };
  const look = (): void => {
    const slot = Math.floor(services.clock.now().getTime() / STEP_MS);
    if (slot === led) return;
    led = slot;
    void step();
  };
  const timer = automatic ? setInterval(look, LOOK_MS) : undefined;
  return {
    step,
    async stop() {
      stopped = true;
      clearInterval(timer);
      letGo();
      await running;
    },
  };
}

function leadOne(services: Services, { id }: LiveRoom): Promise<void> {
  return leadRoom(systemContext(services, "room.lead"), id).catch((error: unknown) =>
    services.log.warn("a room could not be led and will be tried again", { task: id, ...faultFields(error) }),
  );
}

/** Lets so many in at a time; who waits is let in by who leaves. */
interface Gate {
  enter(): Promise<void>;
  leave(): void;
}

function gateFor(most: number): Gate {
  let free = most;
  const waiting: (() => void)[] = [];
  return {
    async enter() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}

interface Question {
  readonly answer: Promise<BeaconRound | undefined>;
  /** Whether it ended without a round: then it is asked anew. */
  inVain: boolean;
}
type Asked = Map<number, Question>;

/**
 * Rooms of one tick are ordered by the same rounds: each is asked for once in a step, also where it is not to be had, and
 * one that was still asked for when the step before ended is waited for further. Whoever waits lets others through the
 * gate, so that a silent mirror keeps no room's tick open. After `ended` none is waited for.
 */
function askedOnce(
  beacon: Beacon,
  { asked, earlier }: { readonly asked: Asked; readonly earlier: Asked },
  ended: Promise<undefined>,
  gate: Gate,
): Beacon {
  return {
    source: beacon.source,
    async fetchRound(round) {
      let question = asked.get(round) ?? earlier.get(round);
      if (question === undefined || (question.inVain && !asked.has(round))) question = ask(beacon, round);
      asked.set(round, question);
      gate.leave();
      try {
        return await Promise.race([question.answer, ended]);
      } finally {
        await gate.enter();
      }
    },
  };
}

function ask(beacon: Beacon, round: number): Question {
  const question = { answer: beacon.fetchRound(round), inVain: false };
  question.answer.then(
    (found) => (question.inVain = found === undefined),
    () => (question.inVain = true),
  );
  return question;
}
