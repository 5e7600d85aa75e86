import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import type { ClosingId, ClosingState, CutReason } from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";

/** How far a closing has come with one office. Parties are families with an appointment on a closed place. */
export interface ClosingOffice {
  readonly officeId: OfficeId;
  readonly state: ClosingState;
  /** They stand on no closed place any more: they said yes, chose another day, or gave theirs up. */
  readonly settled: number;
  readonly asked: number;
  /** Nothing is proposed to them: the office's work list has them. */
  readonly waiting: number;
}

export interface ClosingRow {
  readonly id: ClosingId;
  readonly reason: CutReason;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly madeAt: Date;
  readonly undoneAt: Date | null;
  readonly offices: readonly ClosingOffice[];
}

/** Days for which a closing is listed after its last day. */
const LISTED_DAYS = 14;

/** Closings of these weeks, the last made first, with counts for each office. Nothing names anybody. */
export async function listClosings(
  ctx: Context,
): Promise<Outcome<readonly ClosingRow[], { readonly code: "not_allowed" }>> {
  if (!can(ctx.actor, "close_offices")) return refuse({ code: "not_allowed" });
  return accept(
    await transaction(ctx, "report", (tx) =>
      rows<ClosingRow>(
        tx,
        sql`with listed as (
              select * from schedules.closings where to_date >= (${ctx.now}::timestamptz at time zone 'UTC')::date - ${LISTED_DAYS}::int),
            asked as (
              select c.closing_id, c.office_id, count(distinct p.booking_id)::int as parties
              from listed join schedules.cuts c on c.closing_id = listed.id join booking.proposals p on p.office_id = c.office_id and p.cut_id = c.id and p.state = 'asked' group by 1, 2),
            standing as (
              select c.closing_id, c.office_id, count(distinct p.holder)::int as parties
              from listed join schedules.cuts c on c.closing_id = listed.id join schedules.places p on p.cut_id = c.id and p.state = 'booked' group by 1, 2)
            select c.id, c.reason, c.from_date::text as "from", c.to_date::text as "to", c.made_at as "madeAt", c.undone_at as "undoneAt",
                   jsonb_agg(jsonb_build_object('officeId', o.office_id, 'state', o.state, 'asked', coalesce(a.parties, 0),
                     'settled', case when c.undone_at is null then greatest(0, coalesce(o.parties, 0) - coalesce(s.parties, 0)) else 0 end,
                     'waiting', greatest(0, coalesce(s.parties, 0) - coalesce(a.parties, 0))) order by o.office_id) as offices
            from listed c join schedules.closing_offices o on o.closing_id = c.id
            left join asked a on a.closing_id = c.id and a.office_id = o.office_id
            left join standing s on s.closing_id = c.id and s.office_id = o.office_id
            group by c.id, c.reason, c.from_date, c.to_date, c.made_at, c.undone_at order by c.made_at desc`,
      ),
    ),
  );
}
