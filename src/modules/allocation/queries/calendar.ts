import { MINUTE_MS } from "#kernel/time.ts";
import { getDrawn, listReleases, type DrawnGroups } from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";
import { lookEach } from "#platform/look.ts";
import { drawsAhead, type DrawAhead } from "../rules/ahead.ts";
import { listDraws } from "../store/draws.ts";

type Needed = Pick<Services, "database" | "clock">;

/** The draws that a calendar tells, the earliest first; read once a minute. The same list while nothing changed. */
export const getDrawsAhead = lookEach(MINUTE_MS, ({ database, clock }: Needed): Promise<readonly DrawAhead[]> =>
  database.reading("citizen_reader", async (tx) => {
    const releases = await listReleases(tx);
    const draws = await listDraws(tx, { states: ["open", "locked", "drawn"] });
    return drawsAhead(
      draws,
      releases.some(({ regime }) => regime === "draw"),
      clock.now(),
    );
  }),
);

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
