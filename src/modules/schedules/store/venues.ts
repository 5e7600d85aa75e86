import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { SpecialDayState, Venue } from "../types.ts";

/** Venues of one office, those in use first. */
export function listVenues(tx: Tx, officeId: OfficeId): Promise<Venue[]> {
  return rows(
    tx,
    sql`select id, name, street, city, region, latitude::float8 as latitude, longitude::float8 as longitude, way_in as "wayIn",
               photo is not null as "hasPhoto", retired_at is not null as retired
        from schedules.venues where office_id = ${officeId} order by retired_at is not null, city, name, id`,
  );
}

export async function insertVenue(
  tx: Tx,
  officeId: OfficeId,
  venue: Omit<Venue, "hasPhoto" | "retired">,
): Promise<void> {
  const { id, name, street, city, region, latitude, longitude, wayIn } = venue;
  await run(
    tx,
    sql`insert into schedules.venues (id, office_id, name, street, city, region, latitude, longitude, way_in)
        values (${id}, ${officeId}, ${name}, ${street}, ${city}, ${region}, ${latitude}, ${longitude}, ${wayIn})`,
  );
}

/** False when that office has no such venue. */
export async function updateVenue(
  tx: Tx,
  officeId: OfficeId,
  venue: Omit<Venue, "hasPhoto">,
  now: Date,
): Promise<boolean> {
  const { id, name, street, city, region, latitude, longitude, wayIn, retired } = venue;
  const changed = await run(
    tx,
    sql`update schedules.venues set name = ${name}, street = ${street}, city = ${city}, region = ${region}, latitude = ${latitude}, longitude = ${longitude},
          way_in = ${wayIn}, retired_at = case when ${retired} then coalesce(retired_at, ${now}) end
        where id = ${id} and office_id = ${officeId}`,
  );
  return changed === 1;
}

/** In which states special days from that day on use it: one that is published, or suspended with its folios kept, is told with it. */
export async function listUses(tx: Tx, officeId: OfficeId, id: string, from: LocalDate): Promise<SpecialDayState[]> {
  const found = await rows<{ state: SpecialDayState }>(
    tx,
    sql`select distinct state from schedules.special_days where office_id = ${officeId} and venue_id = ${id} and state <> 'cancelled' and local_date >= ${from}`,
  );
  return found.map((one) => one.state);
}

export async function setVenuePhoto(tx: Tx, officeId: OfficeId, id: string, photo: Buffer): Promise<boolean> {
  const changed = await run(
    tx,
    sql`update schedules.venues set photo = ${photo} where id = ${id} and office_id = ${officeId}`,
  );
  return changed === 1;
}

/** A photograph that staff sees before its day is published. */
export async function findVenuePhoto(tx: Tx, officeId: OfficeId, id: string): Promise<Buffer | undefined> {
  const [found] = await rows<{ photo: Buffer | null }>(
    tx,
    sql`select photo from schedules.venues where id = ${id} and office_id = ${officeId}`,
  );
  return found?.photo ?? undefined;
}

/** A crew or kit of the network, and where it is from a day on. */
export interface ResourceRow {
  readonly id: string;
  readonly kind: "crew" | "kit";
  readonly name: string;
  readonly officeId: OfficeId;
  /** `city` is empty for a day at the office itself. */
  readonly days: readonly {
    readonly localDate: LocalDate;
    readonly officeId: OfficeId;
    readonly city: string | null;
    readonly specialDayId: string;
  }[];
}

export function listResources(tx: Tx, from: LocalDate): Promise<ResourceRow[]> {
  return rows(
    tx,
    sql`select r.id, r.kind, r.name, r.office_id as "officeId",
               coalesce((select jsonb_agg(jsonb_build_object('localDate', rd.local_date::text, 'officeId', rd.office_id, 'city', v.city, 'specialDayId', rd.special_day_id) order by rd.local_date)
                         from schedules.resource_days rd join schedules.special_days d on d.office_id = rd.office_id and d.id = rd.special_day_id
                         left join schedules.venues v on v.id = d.venue_id where rd.resource_id = r.id and rd.local_date >= ${from}), '[]') as days
        from schedules.resources r where r.retired_at is null order by r.kind, r.name`,
  );
}

/** False when there is a crew or kit of that name. */
export async function insertResource(tx: Tx, resource: Omit<ResourceRow, "days">): Promise<boolean> {
  const { id, kind, name, officeId } = resource;
  const added = await run(
    tx,
    sql`insert into schedules.resources (id, kind, name, office_id) values (${id}, ${kind}, ${name}, ${officeId}) on conflict (name) do nothing`,
  );
  return added === 1;
}
