import { MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { lookEach } from "#platform/look.ts";
import { drawnOf, type DrawnGroups, type KeptGroups, type ShortDays } from "../rules/drawn.ts";
import { listReleases, listShortDays } from "../store/releases.ts";
import type { Release } from "../types.ts";

type Needed = Pick<Services, "database" | "clock">;

/** A draw that takes requests: what was announced with it stays in it, whatever is decided meanwhile. */
export interface AnnouncedDraw {
  readonly opensAt: Date;
  readonly horizonFrom: LocalDate;
  readonly horizonTo: LocalDate;
}

interface Written {
  readonly releases: readonly Release[];
  readonly kept: KeptGroups | undefined;
  readonly short: readonly ShortDays[];
}
const composed = new WeakMap<Written, DrawnGroups>();

/**
 * What is drawn where while that draw takes requests, or none does; for pages: looked up once a minute, and the same
 * object while nothing changed. Whoever writes asks the database.
 */
export async function getDrawn(services: Needed, open: AnnouncedDraw | undefined): Promise<DrawnGroups> {
  const written = await look(services, open);
  let drawn = composed.get(written);
  if (!drawn) composed.set(written, (drawn = drawnOf(written.releases, written.kept, written.short)));
  return drawn;
}

const look = lookEach(
  MINUTE_MS,
  ({ database, clock }: Needed, _last: Written | undefined, open: AnnouncedDraw | undefined): Promise<Written> =>
    database.reading("citizen_reader", async (tx) => ({
      releases: await listReleases(tx),
      kept: open && (await findKept(tx, open)),
      short: await listShortDays(tx, clock.now()),
    })),
);

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
