import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

export interface OfficeZone {
  readonly id: OfficeId;
  readonly zone: string;
}

/** Offices that are open on that day. */
export async function listOfficeZones(tx: Tx, on: LocalDate): Promise<OfficeZone[]> {
  return rows(
    tx,
    sql`select id, zone from offices.offices where valid_from <= ${on} and (valid_to is null or valid_to >= ${on}) order by id`,
  );
}

export interface RestDay {
  readonly officeId: OfficeId;
  readonly date: LocalDate;
  readonly holidayId: string;
  readonly calendar: string;
}

/** The rest days of each office: those of Mexico and those of its host country. */
export async function listRestDays(tx: Tx): Promise<RestDay[]> {
  return rows(
    tx,
    sql`select distinct on (o.id, h.on_date) o.id as "officeId", h.on_date::text as date, h.id as "holidayId", h.calendar
        from offices.offices o
        join offices.holidays h on h.calendar = 'mx_lft74' or h.calendar = lower(o.country) || '_federal'
        order by o.id, h.on_date, h.calendar, h.id`,
  );
}
