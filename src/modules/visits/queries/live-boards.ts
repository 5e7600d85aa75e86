import type { OfficeId } from "#kernel/ids.ts";
import { localDateAt, MINUTE_MS } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { hourCode } from "../commands/arrivals.ts";
import { boardOf, listCallsSince, type Board, type HallCall } from "./board.ts";
import type { OfficeFeed } from "./feed.ts";

/** A hall's board is read at most so often, however much happens in it: ten times a second is as live as eyes are. */
const READ_EVERY_MS = 100;
/** A database that is away is not asked ten times a second. */
const RETRY_MS = 1_000;
/** Nobody told us of midnight or of an hour that passed. */
const LOOK_AGAIN_MS = MINUTE_MS;
/** Minutes for which calls are kept for screens that come back (engineering.md 24). */
export const KEPT_MINUTES = 10;
/**
 * A call gets its hour before it is committed, and nodes' clocks differ a little: one with an earlier hour may be seen
 * later. Whoever comes back is told of this stretch again, and knows by itself what it has shown.
 */
const OVERLAP_MS = 30_000;

/** A board and what led to it. */
export interface LiveBoard {
  readonly board: Board;
  /** Calls that the board before this one had not seen, the oldest first. */
  readonly news: readonly HallCall[];
  /** Position of this board among those of its office: milliseconds UTC. Whoever has it misses nothing before. */
  readonly asOf: number;
  /** What whoever arrives types on her own telephone in this hour. */
  readonly hourCode: string;
}

export interface Watch {
  /** Undefined while the first board could not be read yet. */
  current(): LiveBoard | undefined;
  /** Calls since a position, the oldest first; some of them may have been told before it. */
  since(asOf: number): readonly HallCall[];
  stop(): void;
}

/**
 * Boards of offices that somebody looks at: read once for each change, however many look. Whatever was missed while a
 * connection was down is found again in the tables, so that a node that just started knows it too.
 */
export interface LiveBoards {
  /** `listener` hears each board that differs from the one before; the first too. */
  watch(officeId: OfficeId, listener: (board: LiveBoard) => void): Watch;
}

export function openLiveBoards(services: Services, feed: OfficeFeed, readEveryMs = READ_EVERY_MS): LiveBoards {
  return {
    watch(officeId, listener) {
      let kept: HallCall[] = [];
      let current: LiveBoard | undefined;
      let shown = "";
      let reading = false;
      let again = false;
      let stopped = false;
      let readAt = -Infinity;
      let timer: NodeJS.Timeout | undefined;

      const look = (): void => {
        if (stopped || timer !== undefined) return;
        if (reading) {
          again = true;
          return;
        }
        timer = setTimeout(
          () => {
            timer = undefined;
            void read();
          },
          Math.max(0, readAt + readEveryMs - performance.now()),
        );
      };
      const read = async (): Promise<void> => {
        reading = true;
        readAt = performance.now();
        try {
          tell(await readHall(services, officeId, kept.at(-1)?.calledAt));
        } catch (fault) {
          services.log.warn("a hall's board could not be read", faultFields(fault));
          again = true;
          readAt += RETRY_MS;
        }
        reading = false;
        if (again) {
          again = false;
          look();
        }
      };
      const tell = ({ board, calls, asOf, hourCode }: Awaited<ReturnType<typeof readHall>>): void => {
        if (stopped) return;
        const known = new Set(kept.map(keyOf));
        const news = calls.filter((call) => !known.has(keyOf(call)));
        kept = [...kept, ...news].filter((call) => call.calledAt.getTime() > asOf - KEPT_MINUTES * MINUTE_MS);
        kept.sort((a, b) => a.calledAt.getTime() - b.calledAt.getTime());
        const text = JSON.stringify([board, hourCode]);
        if (text === shown && news.length === 0) return;
        // Of a node that just began nothing is news: the board says how it stands.
        current = { board, news: shown === "" ? [] : news, asOf, hourCode };
        shown = text;
        listener(current);
      };

      const leave = feed.subscribe(officeId, (event) => {
        if (event.kind === "visits" && !event.emergencies && !event.devices) look();
      });
      const clock = setInterval(look, LOOK_AGAIN_MS);
      look();
      return {
        current: () => current,
        since: (asOf) => kept.filter((call) => call.calledAt.getTime() > asOf - OVERLAP_MS),
        stop() {
          stopped = true;
          clearInterval(clock);
          clearTimeout(timer);
          leave();
        },
      };
    },
  };
}

function keyOf({ number, station, calledAt }: HallCall): string {
  return `${calledAt.getTime()} ${station} ${number}`;
}

async function readHall(services: Services, officeId: OfficeId, newest: Date | undefined) {
  const { zone } = (await getNetwork(services)).officeById.get(officeId)!;
  const asOf = services.clock.now().getTime();
  const today = localDateAt(new Date(asOf), zone);
  const since = Math.max((newest?.getTime() ?? -Infinity) - OVERLAP_MS, asOf - KEPT_MINUTES * MINUTE_MS);
  const code = hourCode({ keyring: services.keyring, now: new Date(asOf) }, officeId);
  return services.database.transaction("console", { officeId }, async (tx) => {
    const [board, calls] = await Promise.all([
      boardOf(tx, officeId, today),
      listCallsSince(tx, officeId, today, new Date(since)),
    ]);
    return { board, calls, asOf, hourCode: await code };
  });
}
