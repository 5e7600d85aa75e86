import { localDateAt } from "#kernel/time.ts";
import { systemContext, transaction, type Context, type Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { every, type Task } from "#platform/timetable.ts";
import { leadRoom } from "./commands/lead.ts";
import { planRooms } from "./commands/plan.ts";
import { getRooms, lookAgain } from "./queries/rooms.ts";
import { STATUS_MAX_AGE_S } from "./rules/status.ts";
import { forgetLog } from "./store/log.ts";
import { forgetTurns } from "./store/turns.ts";

/** Deletes logs and turns whose time has come. Returns how many tickets and turns went. */
export function forgetRooms(ctx: Context): Promise<number> {
  const today = localDateAt(ctx.now, "UTC");
  return transaction(ctx, "worker", async (tx) => (await forgetLog(tx, today)) + (await forgetTurns(tx, today)));
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

export interface RoomLeader {
  /** One step of every room that is due. */
  step(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Leads the rooms while they are open. Every node tries, one at a time does it. No task of the timetable: those leave a
 * row for each time they run, and a room is led every five seconds.
 */
export function startRooms(services: Services, options: { automatic: boolean } = { automatic: true }): RoomLeader {
  let running: Promise<void> = Promise.resolve();
  let led = 0;

  async function stepOnce(): Promise<void> {
    const now = services.clock.now().getTime();
    for (const room of await getRooms(services)) {
      if (room.state === "over" || (now < room.opensAt && room.document !== undefined)) continue;
      await leadRoom(systemContext(services, "room.lead"), room.id).catch((error: unknown) =>
        services.log.warn("a room could not be led and will be tried again", { task: room.id, ...faultFields(error) }),
      );
      lookAgain(services);
    }
  }
  const step = (): Promise<void> => (running = running.then(stepOnce));
  const look = (): void => {
    const slot = Math.floor(services.clock.now().getTime() / STEP_MS);
    if (slot === led) return;
    led = slot;
    step().catch((error: unknown) => services.log.warn("the rooms could not be read", faultFields(error)));
  };
  const timer = options.automatic ? setInterval(look, LOOK_MS) : undefined;
  return {
    step,
    async stop() {
      clearInterval(timer);
      await running.catch(() => undefined);
    },
  };
}
