import { MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { drawnOf, type DrawnGroups, type KeptGroups } from "../rules/drawn.ts";
import { listReleases } from "../store/releases.ts";

type Needed = Pick<Services, "database" | "clock">;

/** A draw that takes requests: what was announced with it stays in it, whatever is decided meanwhile. */
export interface AnnouncedDraw {
  readonly opensAt: Date;
  readonly horizonFrom: LocalDate;
  readonly horizonTo: LocalDate;
}

interface Seen {
  readonly minute: number;
  readonly text: string;
  readonly drawn: DrawnGroups;
}
const seen = new WeakMap<object, Seen>();

/**
 * What is drawn where while that draw takes requests, or none does; for pages: in memory, read anew with each minute of the clock, and the same object while
 * nothing changed, so that pages made from it stand. Whoever writes asks the database.
 */
export async function getDrawn({ database, clock }: Needed, open: AnnouncedDraw | undefined): Promise<DrawnGroups> {
  const minute = Math.floor(clock.now().getTime() / MINUTE_MS);
  const known = seen.get(database);
  if (known?.minute === minute) return known.drawn;
  const [releases, kept] = await database.reading("citizen_reader", async (tx) => [
    await listReleases(tx),
    open && (await findKept(tx, open)),
  ]);
  const text = JSON.stringify([releases, kept]);
  const drawn = known?.text === text ? known.drawn : drawnOf(releases, kept);
  seen.set(database, { minute, text, drawn });
  return drawn;
}

/** What was turned back after the draw opened and still has places planned for its days: they are drawn with it. */
async function findKept(tx: Tx, { opensAt, horizonFrom, horizonTo }: AnnouncedDraw): Promise<KeptGroups> {
  const groups = await rows<KeptGroups["groups"][number]>(
    tx,
    sql`select r.office_id as "officeId", r.service_group as "serviceGroup" from schedules.releases r
        where r.regime = 'immediate' and r.decided_at > ${opensAt}
          and exists (select from schedules.sessions s join schedules.places p on p.office_id = s.office_id and p.session_id = s.id
                      where s.office_id = r.office_id and s.service_group = r.service_group and s.local_date between ${horizonFrom} and ${horizonTo}
                        and p.pool = 'draw' and p.state = 'planned')
        order by 1, 2`,
  );
  return { from: horizonFrom, to: horizonTo, groups };
}
