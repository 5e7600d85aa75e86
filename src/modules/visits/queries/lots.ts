import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { rows, sql } from "#platform/db/index.ts";
import { lookEach } from "#platform/look.ts";

/** Milliseconds for which a look at the doors is everybody's: with a lot many look at once. */
const LOOK_MS = 5_000;

/** The lot of a door as it is published: numbers of turns, and nothing of whose they are. */
export interface PublishedLot {
  readonly source: "drand" | "operator";
  readonly round: number;
  /** 32 bytes in hex. */
  readonly randomness: string;
  /** Numbers of the turns in the order of the lot. */
  readonly turns: readonly number[];
  /** How many of them, from the beginning, went before others by priority. */
  readonly first: number;
}

/** What anybody may see of an office's door today. */
export interface DoorToday {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  /** Null on a day on which it does not open. */
  readonly opensAt: Date | null;
  /** Null while nothing is drawn, and where nobody stood before the door. */
  readonly lot: PublishedLot | null;
}

/** Every office's door, on its own day. */
export const getDoorsToday = lookEach(LOOK_MS, async (services): Promise<readonly DoorToday[]> => {
  const { offices } = await getNetwork(services);
  const now = services.clock.now();
  const days = offices.map(({ id, zone }) => ({ id, today: localDateAt(now, zone) }));
  return services.database.reading("report", (tx) =>
    rows<DoorToday>(
      tx,
      sql`select t.office_id as "officeId", to_char(t.today, 'YYYY-MM-DD') as "localDate",
                 (select opens_at from visits.walk_in_day(t.office_id, t.today)) as "opensAt",
                 (select jsonb_build_object('source', l.source, 'round', l.round, 'randomness', l.randomness, 'turns', l.drawn, 'first', l.first)
                  from visits.door_lots l where l.office_id = t.office_id and l.local_date = t.today and cardinality(l.drawn) > 0) as lot
          from unnest(${days.map((one) => one.id)}::text[], ${days.map((one) => one.today)}::date[]) as t (office_id, today)`,
    ),
  );
});
