import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays } from "#kernel/time.ts";
import { can } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";

/** A session of the week, counter by counter. */
export interface PlannedSession {
  readonly localDate: LocalDate;
  readonly serviceGroup: ServiceGroup;
  readonly kind: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly stepMinutes: number;
  /** Steps of each counter that can be worked, and of them those that somebody has or holds. */
  readonly counters: readonly { readonly counter: number; readonly places: number; readonly taken: number }[];
}

/** What an office opens in the seven days from `monday`, and how much of it is taken. */
export async function getWeekPlan(
  ctx: Context,
  officeId: OfficeId,
  monday: LocalDate,
): Promise<Outcome<PlannedSession[], { code: "not_allowed" }>> {
  if (!can(ctx.actor, "read_counts", officeId)) return refuse({ code: "not_allowed" });
  return accept(await ctx.database.reading("report", (tx) => listSessions(tx, officeId, monday, addDays(monday, 6))));
}

/** What was cut is worked no more, but whoever has not got another place yet is still counted as there. */
function listSessions(tx: Tx, officeId: OfficeId, from: LocalDate, to: LocalDate): Promise<PlannedSession[]> {
  return rows(
    tx,
    sql`select to_char(s.local_date, 'YYYY-MM-DD') as "localDate", s.service_group as "serviceGroup", s.kind, s.starts_at as "startsAt", s.ends_at as "endsAt", s.step_minutes as "stepMinutes",
               coalesce((select jsonb_agg(jsonb_build_object('counter', c.counter, 'places', c.places, 'taken', c.taken) order by c.counter)
                         from (select p.counter, count(*)::int as places, count(*) filter (where p.state in ('assigned', 'held', 'booked', 'used'))::int as taken
                               from schedules.places p where p.office_id = s.office_id and p.session_id = s.id and p.state <> 'withdrawn' group by p.counter) c), '[]') as counters
        from schedules.sessions s where s.office_id = ${officeId} and s.local_date between ${from} and ${to} and s.state = 'open'
        order by s.local_date, s.starts_at, s.service_group`,
  );
}
