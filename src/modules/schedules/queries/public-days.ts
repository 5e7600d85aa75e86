import { addDays, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate, OfficeId, ServiceGroup, SessionId } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { lookEach } from "#platform/look.ts";
import type { GivenOut, SpecialDayId, SpecialKind, ToldDay } from "../types.ts";

type Needed = Pick<Services, "database" | "clock">;

/** Days for which the page of a special day that is over still says so: a poster hangs longer than its day. */
const KEPT_DAYS = 60;

/** Where people go in place of the office. */
export interface PublicVenue {
  readonly id: string;
  readonly name: string;
  readonly street: string;
  readonly city: string;
  /** Postal code of the state or province. */
  readonly region: string;
  readonly lat: number;
  readonly lng: number;
  /** Which door, where to park; may be empty. */
  readonly wayIn: string;
  readonly hasPhoto: boolean;
}

/** One service group of a special day. */
export interface PublicSession {
  readonly id: SessionId;
  readonly serviceGroup: ServiceGroup;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly stepMinutes: number;
  /** Steps of counters as they were planned: nothing that bookings or cuts change, for the difference would say how many come. */
  readonly places: number;
}

/** A special day as everybody may know it. */
export interface PublicDay {
  readonly id: SpecialDayId;
  readonly officeId: OfficeId;
  readonly kind: SpecialKind;
  readonly localDate: LocalDate;
  /** closed: it is published, and all of it was taken away: nobody is served there on that day. */
  readonly state: "published" | "closed" | "suspended" | "cancelled";
  /** Counts what changed for the public, from 1; one more while it is closed. */
  readonly revision: number;
  readonly givenOut: GivenOut;
  /** What was first told of it; null in its first minute. */
  readonly told: ToldDay | null;
  readonly publishedAt: Date;
  readonly venue: PublicVenue | null;
  /** By group, without those of which nothing is left while others go on; empty when it was cancelled before it had any. */
  readonly sessions: readonly PublicSession[];
}

/** All that were published and are not long over, in the order of their days. Read once a minute; the same object while nothing changed. */
export const getPublicDays = lookEach(MINUTE_MS, ({ database, clock }: Needed): Promise<readonly PublicDay[]> =>
  database.reading("citizen_reader", (tx) => listDays(tx, addDays(localDateAt(clock.now(), "UTC"), -KEPT_DAYS))),
);

async function listDays(tx: Tx, from: LocalDate): Promise<PublicDay[]> {
  const days = await rows<
    Omit<PublicDay, "sessions" | "state"> & { readonly state: Exclude<PublicDay["state"], "closed"> }
  >(
    tx,
    sql`select d.id, d.office_id as "officeId", d.kind, d.local_date::text as "localDate", d.state, d.revision, coalesce(d.given_out, 'open') as "givenOut", d.told, d.published_at as "publishedAt",
          case when v.id is not null then jsonb_build_object('id', v.id, 'name', v.name, 'street', v.street, 'city', v.city, 'region', v.region,
            'lat', v.latitude, 'lng', v.longitude, 'wayIn', v.way_in, 'hasPhoto', v.photo is not null) end as venue
        from schedules.special_days d left join schedules.venues v on v.id = d.venue_id
        where d.state <> 'draft' and d.published_at is not null and d.local_date >= ${from} order by d.local_date, d.office_id, d.id`,
  );
  const sessions = await rows<PublicSession & { dayId: SpecialDayId; isOpen: boolean }>(
    tx,
    sql`select s.special_day_id as "dayId", s.id, s.service_group as "serviceGroup", s.starts_at as "startsAt", s.ends_at as "endsAt", s.step_minutes as "stepMinutes",
          coalesce(s.planned_places, s.counters * floor(extract(epoch from s.ends_at - s.starts_at) / (60 * s.step_minutes)))::int as places, s.state = 'open' as "isOpen"
        from schedules.sessions s where s.special_day_id is not null and s.local_date >= ${from} order by s.starts_at, s.service_group`,
  );
  return days.map((day) => {
    const own = sessions.filter((one) => one.dayId === day.id);
    const open = day.state === "published" ? own.filter((one) => one.isOpen) : own;
    const isClosed = own.length > 0 && open.length === 0;
    return {
      ...day,
      state: isClosed ? "closed" : day.state,
      revision: day.revision + Number(isClosed),
      sessions: (isClosed ? own : open).map(({ dayId: _day, isOpen: _open, ...session }) => session),
    };
  });
}

/** The photograph of a venue of a published day, as it was uploaded. */
export function getVenuePhoto({ database }: Needed, id: SpecialDayId): Promise<Buffer | undefined> {
  return database.reading("citizen_reader", async (tx) => {
    const [found] = await rows<{ photo: Buffer | null }>(
      tx,
      sql`select v.photo from schedules.special_days d join schedules.venues v on v.id = d.venue_id
          where d.id = ${id} and d.state <> 'draft' and d.published_at is not null`,
    );
    return found?.photo ?? undefined;
  });
}
