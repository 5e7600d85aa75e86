import type { LocalDate, OfficeId, ServiceSlug, StaffId } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { oneRow, rows, sql, type Tx } from "#platform/db/index.ts";
import type { DayFacts } from "../rules/closing.ts";
import type { DatedBlank } from "../rules/stock.ts";
import type { Blank, BlankMovement, ClosingPage, MoneySum } from "../types.ts";

/** Longest time after its day on which a visit may come back by its right: its row then stands on the later day. */
const RETURN_DAYS = 31;

/** Everything of which the page of a day is made. `zone`: IANA name. */
export async function readDay(
  tx: Tx,
  officeId: OfficeId,
  localDate: LocalDate,
  zone: string,
): Promise<Omit<DayFacts, "issuedUnpaid"> & { issuedUnpaid: { service: ServiceSlug; count: number }[] }> {
  const [appointments, outcomes, payments, open, issuedUnpaid, blanks, uncollected] = await Promise.all([
    rows<DayFacts["appointments"][number]>(
      tx,
      sql`select b.channel = 'walk_in' as "walkIn", a.state, count(*)::int as count
          from booking.appointments a join booking.bookings b on b.office_id = a.office_id and b.id = a.booking_id
          where a.office_id = ${officeId} and a.local_date = ${localDate} and a.state in ('served', 'unserved', 'missed', 'booked') group by 1, 2 order by 1, 2`,
    ),
    rows<DayFacts["outcomes"][number]>(
      tx,
      sql`select o.service, o.code, count(*)::int as count from visits.visits v join visits.outcomes o on o.office_id = v.office_id and o.visit_id = v.id
          where v.office_id = ${officeId} and v.local_date between ${localDate} and ${addDays(localDate, RETURN_DAYS)} and o.undone_at is null
            and ${localDate} = case when v.on_paper then v.local_date else (o.recorded_at at time zone ${zone})::date end
          group by 1, 2 order by 1, 2`,
    ),
    rows<DayFacts["payments"][number]>(
      tx,
      sql`select id, kind, cents, means, reason, corrects from issuing.payments where office_id = ${officeId} and local_date = ${localDate} and not annex order by at, id`,
    ),
    oneRow<MoneySum>(
      tx,
      sql`select count(*)::int as count, coalesce(sum(d.due_cents), 0)::int as cents from visits.visits v join issuing.documents d on d.office_id = v.office_id and d.booking_id = v.booking_id
          where v.office_id = ${officeId} and v.local_date = ${localDate} and d.state = 'to_pay'
            and not exists (select from visits.outcomes o where o.office_id = d.office_id and o.appointment_id = d.appointment_id and o.service = d.service and o.undone_at is null and o.code <> 'issued')`,
    ),
    rows<{ service: ServiceSlug; count: number }>(
      tx,
      sql`select o.service, count(*)::int as count from visits.visits v join visits.outcomes o on o.office_id = v.office_id and o.visit_id = v.id and o.undone_at is null and o.code = 'issued'
          left join issuing.documents d on d.office_id = o.office_id and d.appointment_id = o.appointment_id and d.service = o.service
          where v.office_id = ${officeId} and v.local_date = ${localDate} and (d.id is null or d.state = 'to_pay') group by 1 order by 1`,
    ),
    rows<DatedBlank>(
      tx,
      sql`select blank, movement, sum(quantity)::int as quantity, case when local_date = ${localDate} then number end as number, local_date = ${localDate} as "ofTheDay"
          from issuing.blanks where office_id = ${officeId} and (local_date < ${localDate} or local_date = ${localDate} and not annex) group by 1, 2, 4, 5 order by 1, 2, 4, 5`,
    ),
    rows<ClosingPage["uncollected"][number]>(
      tx,
      sql`select service, count(*)::int as count, to_char(min(local_date), 'YYYY-MM-DD') as oldest from issuing.documents
          where office_id = ${officeId} and state = 'ready' and local_date <= ${localDate} group by 1 order by 1`,
    ),
  ]);
  return { officeId, localDate, appointments, outcomes, payments, open, issuedUnpaid, blanks, uncollected };
}

/** Lines that were written after the day was signed. */
export interface Annex {
  readonly payments: readonly (Pick<DayFacts["payments"][number], "kind" | "cents" | "means" | "reason"> & {
    readonly correction: boolean;
    readonly at: Date;
  })[];
  readonly blanks: readonly {
    readonly blank: Blank;
    readonly movement: BlankMovement;
    readonly quantity: number;
    readonly number: string | null;
    readonly at: Date;
  }[];
}

export async function readAnnex(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<Annex> {
  const [payments, blanks] = await Promise.all([
    rows<Annex["payments"][number]>(
      tx,
      sql`select kind, cents, means, reason, corrects is not null as correction, at from issuing.payments where office_id = ${officeId} and local_date = ${localDate} and annex order by at, id`,
    ),
    rows<Annex["blanks"][number]>(
      tx,
      sql`select blank, movement, quantity, number, at from issuing.blanks where office_id = ${officeId} and local_date = ${localDate} and annex order by at, id`,
    ),
  ]);
  return { payments, blanks };
}

/** Who signed, with the role that she has now. */
export function listSigners(
  tx: Tx,
  ids: readonly StaffId[],
): Promise<{ id: StaffId; name: string; role: "clerk" | "supervisor" | "office_head" | "hq" | "admin" }[]> {
  return rows(tx, sql`select id, name, role from people.staff where id = any(${ids}::uuid[])`);
}

/** What the stock must be enough for. */
export interface StockNeeds {
  readonly pieces: readonly { readonly blank: Blank; readonly pieces: number }[];
  /** Documents whose person was here and whose blank is not printed yet. */
  readonly pending: readonly { readonly blank: Blank; readonly count: number }[];
  /** Services that are booked, by day. */
  readonly booked: readonly { readonly localDate: LocalDate; readonly service: ServiceSlug; readonly count: number }[];
}

export async function readStock(tx: Tx, officeId: OfficeId, today: LocalDate, until: LocalDate): Promise<StockNeeds> {
  const [pieces, pending, booked] = await Promise.all([
    rows<StockNeeds["pieces"][number]>(
      tx,
      sql`select blank, sum(case when movement in ('used', 'spoiled') then -quantity else quantity end)::int as pieces from issuing.blanks where office_id = ${officeId} group by 1`,
    ),
    rows<StockNeeds["pending"][number]>(
      tx,
      sql`select blank, count(*)::int as count from issuing.documents where office_id = ${officeId} and blank is not null
            and (state in ('captured', 'in_production', 'spoiled') or state in ('to_pay', 'paid', 'exempt') and local_date = ${today}) group by 1`,
    ),
    rows<StockNeeds["booked"][number]>(
      tx,
      sql`select to_char(a.local_date, 'YYYY-MM-DD') as "localDate", s.service, count(*)::int as count from booking.appointments a cross join lateral unnest(a.services) as s (service)
          where a.office_id = ${officeId} and a.state = 'booked' and a.local_date > ${today} and a.local_date <= ${until} group by 1, 2`,
    ),
  ]);
  return { pieces, pending, booked };
}
