import type { LocalDate } from "../../src/kernel/ids.ts";
import { HOUR_MS } from "../../src/kernel/time.ts";
import { planRooms } from "../../src/modules/room/commands/plan.ts";
import { leadRoom } from "../../src/modules/room/commands/lead.ts";
import { lookAgain } from "../../src/modules/room/queries/rooms.ts";
import { openDue, type RoomId } from "../../src/modules/room/index.ts";
import { nextReleaseTick, reopenFreed } from "../../src/modules/schedules/index.ts";
import { systemContext } from "../../src/platform/context.ts";
import type { TestServices } from "./database.ts";
import { aSession, FRESNO, VISIT_DAY } from "./fixtures.ts";

/** A waiting room in Fresno, announced four hours before its tick. */
export interface TestRoom {
  readonly id: RoomId;
  /** The release tick at which it opens, UTC milliseconds. */
  readonly opensAt: number;
  readonly localDate: LocalDate;
  /** Moves the clock to so many milliseconds after the opening. */
  at(ms: number): void;
  /** What the timetable does at the tick. */
  open(): Promise<void>;
  /** What a node does each five seconds; another node's services may be given. */
  lead(node?: TestServices): Promise<void>;
  /** Leads it from where the clock stands to so many milliseconds after the opening; a step is five seconds unless said. */
  leadUntil(ms: number, stepMs?: number): Promise<void>;
}

const STEP_MS = 5_000;

/** A full office at which so many places were given back, and the room that they get. */
export async function anAnnouncedRoom(
  services: TestServices,
  { steps = 4, counters = 2, localDate = VISIT_DAY, opens = "08:00" } = {},
): Promise<TestRoom> {
  await aSession(services, { steps, counters, localDate, opens });
  await services.adminQuery("update schedules.places set state = 'freed' where state = 'open' and office_id = $1", [
    FRESNO,
  ]);
  const opensAt = nextReleaseTick(new Date(services.clock.now().getTime() + 4 * HOUR_MS)).getTime();
  services.clock.set(new Date(opensAt - 4 * HOUR_MS));
  const ctx = (node: TestServices) => systemContext(node, "test");
  await planRooms(ctx(services));
  const [room] = await services.adminQuery<{ id: RoomId }>("select id from room.rooms where opens_at = $1", [
    new Date(opensAt),
  ]);
  if (!room) throw new Error("no room was announced");
  const lead = async (node = services): Promise<void> => {
    await leadRoom(ctx(node), room.id);
    lookAgain(node);
  };
  return {
    id: room.id,
    opensAt,
    localDate,
    at: (ms) => services.clock.set(new Date(opensAt + ms)),
    open: async () => {
      await reopenFreed(ctx(services), openDue);
      lookAgain(services);
    },
    lead,
    async leadUntil(ms, stepMs = STEP_MS) {
      while (services.clock.now().getTime() < opensAt + ms) {
        services.clock.advance(Math.min(stepMs, opensAt + ms - services.clock.now().getTime()));
        await lead();
      }
    },
  };
}
