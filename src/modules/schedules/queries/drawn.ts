import { MINUTE_MS } from "#kernel/time.ts";
import type { Services } from "#platform/context.ts";
import { drawnOf, type DrawnGroups } from "../rules/drawn.ts";
import { listReleases } from "../store/releases.ts";

type Needed = Pick<Services, "database" | "clock">;

interface Seen {
  readonly minute: number;
  readonly text: string;
  readonly drawn: DrawnGroups;
}
const seen = new WeakMap<object, Seen>();

/**
 * What is drawn where, for pages: in memory, read anew with each minute of the clock, and the same object while
 * nothing changed, so that pages made from it stand. Whoever writes asks the database.
 */
export async function getDrawn({ database, clock }: Needed): Promise<DrawnGroups> {
  const minute = Math.floor(clock.now().getTime() / MINUTE_MS);
  const known = seen.get(database);
  if (known?.minute === minute) return known.drawn;
  const releases = await database.reading("citizen_reader", listReleases);
  const text = JSON.stringify(releases);
  const drawn = known?.text === text ? known.drawn : drawnOf(releases);
  seen.set(database, { minute, text, drawn });
  return drawn;
}
