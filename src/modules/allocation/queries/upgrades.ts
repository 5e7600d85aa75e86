import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { ToEnter } from "../store/requests.ts";
import type { AppId, Assignment, Draw, DrawId, RequestId } from "../types.ts";

/** A place that may be kept until a second round, and that round. */
export interface Keepable {
  readonly drawId: DrawId;
  readonly secondId: DrawId;
}

/**
 * The offer of a request that may wait for a better-ranked one: of a first round whose second is still to be locked, not
 * of the first wish, at the office itself, and neither moved nor cut since.
 */
export async function findKeepable(tx: Tx, id: RequestId, now: Date): Promise<Keepable | undefined> {
  const [found] = await rows<Keepable>(
    tx,
    sql`select f.draw_id as "drawId", s.id as "secondId" from allocation.filings f join allocation.outcomes o on o.draw_id = f.draw_id and o.app_id = f.app_id
        join allocation.draws d on d.id = f.draw_id and d.state = 'drawn' join allocation.draws s on s.follows = d.id and s.state = 'open' and s.locks_at > ${now}
        where f.request_id = ${id} and f.answer = 'offered' and o.option > 0 and f.seated_on is null and f.seating #> '{0,away}' is null`,
  );
  return found;
}

/** A household that keeps a place and stands in the second round with it. */
export interface Upgrader extends ToEnter {
  readonly app: AppId;
  readonly holds: Assignment;
}

interface Row extends Omit<Upgrader, "holds"> {
  readonly option: number;
  readonly office: OfficeId;
  readonly date: LocalDate;
  readonly seats: string;
}

/** Those who stand in no leaf of the second round yet, by id from `after`; kept from change until the transaction ends. */
export async function listUpgraders(tx: Tx, second: Draw, after: string, limit: number): Promise<Upgrader[]> {
  const found = await rows<Row>(
    tx,
    sql`select r.id, r.people, r.tier, r.contact_class as "contactClass", r.domain, r.needs, r.options, replace(f.app_id::text, '-', '') as app,
               o.option, o.office_id as office, o.local_date::text as date, o.seats
        from allocation.filings f join allocation.requests r on r.id = f.request_id join allocation.outcomes o on o.draw_id = f.draw_id and o.app_id = f.app_id
        where f.draw_id = ${second.follows} and f.upgrade and f.answer = 'offered' and f.seated_on is null and r.id > ${after}::uuid and r.state = 'offered'
          and r.groups <@ ${Object.keys(second.steps)}::text[]
          and not exists (select from schedules.places p where p.holder = r.id and p.state = 'assigned' and p.cut_id is not null)
          and not exists (select from allocation.filings again where again.draw_id = ${second.id} and again.request_id = r.id)
        order by r.id limit ${limit} for update of r`,
  );
  return found.map(({ option, office, date, seats, ...one }) => ({
    ...one,
    holds: { option, office, date, seats: JSON.parse(seats) as Assignment["seats"] },
  }));
}

/** Where upgraders of a second round hold places: their cells stand in its supply though nothing is left in them. */
export async function listHeld(
  tx: Tx,
  second: Draw,
): Promise<{ officeId: OfficeId; localDate: LocalDate; seats: Assignment["seats"] }[]> {
  const found = await rows<{ officeId: OfficeId; localDate: LocalDate; seats: string }>(
    tx,
    sql`select distinct o.office_id as "officeId", o.local_date::text as "localDate", o.seats
        from allocation.filings f join allocation.outcomes o on o.draw_id = f.draw_id and o.app_id = f.app_id
        where f.draw_id = ${second.follows} and f.upgrade and f.answer = 'offered'`,
  );
  return found.map((one) => ({ ...one, seats: JSON.parse(one.seats) as Assignment["seats"] }));
}
