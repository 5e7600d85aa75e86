import { MINUTE_MS } from "#kernel/time.ts";
import { getDrawn, listReleases, type DrawnGroups } from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";
import { drawsAhead, type DrawAhead } from "../rules/ahead.ts";
import { listDraws } from "../store/draws.ts";

type Needed = Pick<Services, "database" | "clock">;

interface Looked {
  readonly minute: number;
  readonly ahead: Promise<readonly DrawAhead[]>;
}
const looked = new WeakMap<object, Looked>();

/** The draws that a calendar tells, the earliest first; read once a minute. The same list while nothing changed. */
export async function getDrawsAhead(services: Needed): Promise<readonly DrawAhead[]> {
  const { database, clock } = services;
  const minute = Math.floor(clock.now().getTime() / MINUTE_MS);
  const known = looked.get(database);
  if (known?.minute === minute) return known.ahead;
  const ahead = look(services, known?.ahead);
  const mine = { minute, ahead };
  looked.set(database, mine);
  ahead.catch(() => {
    // Nobody waits a minute because one look failed.
    if (looked.get(database) === mine) looked.delete(database);
  });
  return ahead;
}

/**
 * What is drawn where, for pages. An office that is turned back while a draw takes requests draws on until its lock:
 * its places were announced, and whoever asks is still given them. The same object while nothing changed.
 */
export async function getDrawnGroups(services: Needed): Promise<DrawnGroups> {
  const now = services.clock.now();
  const ahead = await getDrawsAhead(services);
  const open = ahead.find(({ id, first }) => id !== undefined && first.opensAt <= now && now < first.locksAt);
  return getDrawn(services, open?.first);
}

async function look({ database, clock }: Needed, before: Looked["ahead"] | undefined): Promise<readonly DrawAhead[]> {
  const found = await database.reading("citizen_reader", async (tx) => {
    const releases = await listReleases(tx);
    const draws = await listDraws(tx, { states: ["open", "locked", "drawn"] });
    return drawsAhead(
      draws,
      releases.some(({ regime }) => regime === "draw"),
      clock.now(),
    );
  });
  const last = await before?.catch(() => undefined);
  return last !== undefined && JSON.stringify(last) === JSON.stringify(found) ? last : found;
}
