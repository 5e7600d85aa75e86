import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { DAY_MS, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { lookEach } from "#platform/look.ts";
import { listReleases } from "../store/releases.ts";
import type { Release, SessionKind } from "../types.ts";

type Needed = Pick<Services, "database" | "clock">;

/** A session beside the ordinary days of an office that a template makes: a Saturday. What is planned by itself stands in `getPublicDays`. */
export interface SpecialSession {
  readonly id: string;
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly kind: Exclude<SessionKind, "regular">;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly stepMinutes: number;
  /** Of `stepMinutes` each, whoever has them. */
  readonly places: number;
}

/** How offices give their places out, and the special days ahead that templates make. */
export interface ReleaseCalendar {
  readonly releases: readonly Release[];
  /** In order of office and start. */
  readonly special: readonly SpecialSession[];
}

/** Read once a minute; the same object while nothing changed, so that pages made from it stand. */
export const getReleaseCalendar = lookEach(MINUTE_MS, ({ database, clock }: Needed): Promise<ReleaseCalendar> =>
  database.reading("citizen_reader", async (tx) => ({
    releases: await listReleases(tx),
    special: await listSpecial(tx, clock.now()),
  })),
);

async function listSpecial(tx: Tx, now: Date): Promise<SpecialSession[]> {
  // A day earlier in UTC is today somewhere; what is over is left out by its end.
  const from = localDateAt(new Date(now.getTime() - DAY_MS), "UTC");
  return rows(
    tx,
    sql`select s.id, s.office_id as "officeId", s.service_group as "serviceGroup", s.kind, s.local_date::text as "localDate", s.starts_at as "startsAt",
               s.ends_at as "endsAt", s.step_minutes as "stepMinutes", count(p.counter)::int as places
        from schedules.sessions s
        left join schedules.places p on p.office_id = s.office_id and p.session_id = s.id and p.state <> 'withdrawn' and not p.overbook
        where s.kind <> 'regular' and s.special_day_id is null and s.state = 'open' and s.local_date >= ${from} and s.ends_at > ${now}
        group by s.office_id, s.id order by s.office_id, s.starts_at, s.service_group`,
  );
}

/** Places of one office, by group and length, that a draw over these days gives out: planned ones, or already committed. */
export function countDrawPlaces(
  { database }: Needed,
  officeId: OfficeId,
  from: LocalDate,
  to: LocalDate,
): Promise<{ serviceGroup: ServiceGroup; stepMinutes: number; places: number }[]> {
  return database.reading("citizen_reader", (tx) =>
    rows(
      tx,
      sql`select s.service_group as "serviceGroup", s.step_minutes as "stepMinutes", count(*)::int as places
          from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
          where p.office_id = ${officeId} and p.pool = 'draw' and p.state in ('planned', 'committed') and s.state = 'open'
            and s.local_date between ${from} and ${to}
          group by 1, 2 order by 1, 2`,
    ),
  );
}
