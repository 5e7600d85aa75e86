import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { transaction, type Context, type Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { shareWeeks, standsOut, type Given } from "../rules/priority.ts";
import { told, type Told } from "#kernel/small-counts.ts";

/** What one clerk let go first, on the days on which she did so at all. */
export interface ClerkShare extends Given {
  readonly name: string;
  /** Of what others let go first, how much she signed as the second. */
  readonly signed: number;
  readonly standsOut: boolean;
}

/** Who lets whom go first at an office, beside the whole network. */
export interface PriorityShares {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly office: Given;
  readonly network: Given;
  /** Whoever stands out first, then by what she gave. */
  readonly clerks: readonly ClerkShare[];
}

/** For whoever runs the office: what each of its clerks let go first in the last whole weeks. Birth dates are not in it: nobody decides them. */
export async function getPriorityShares(
  ctx: Context,
): Promise<Outcome<PriorityShares, { readonly code: "not_allowed" }>> {
  const officeId = ctx.actor.kind === "staff" ? (ctx.actor.officeId as OfficeId | undefined) : undefined;
  if (officeId === undefined || !can(ctx.actor, "read_counts", officeId)) return refuse({ code: "not_allowed" });
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const weeks = shareWeeks(localDateAt(ctx.now, zone));
  const { offices, given } = await ctx.database.reading("report", async (tx) => ({
    offices: await countOffices(tx, weeks),
    given: await countClerks(tx, officeId, weeks),
  }));
  const names = await transaction(ctx, "console", (tx) =>
    nameClerks(
      tx,
      given.map((one) => one.staffId),
    ),
  );
  const network = sumOf(offices);
  return accept({
    ...weeks,
    office: sumOf(offices.filter((one) => one.officeId === officeId)),
    network,
    clerks: given
      .map(({ staffId, ...one }) => ({ ...one, name: names.get(staffId) ?? "", standsOut: standsOut(one, network) }))
      .sort((a, b) => Number(b.standsOut) - Number(a.standsOut) || b.given - a.given || (a.name < b.name ? -1 : 1)),
  });
}

/** An office's month; null where it would be of fewer than ten families, or give such ones away. */
export interface OfficeMonth {
  readonly officeId: OfficeId;
  /** `2026-11`. */
  readonly month: string;
  readonly turns: Told;
  readonly given: Told;
}

/** What everybody may read: month by month, how many turns somebody at the door let go first. Months that are over in every zone. */
export async function getOpenShares({ database, clock }: Pick<Services, "database" | "clock">): Promise<OfficeMonth[]> {
  const found = await database.reading("report", (tx) => countMonths(tx, localDateAt(clock.now(), "Etc/GMT+12")));
  const months = [...new Set(found.map((one) => one.month))].sort().reverse();
  return months.flatMap((month) => {
    const own = found.filter((one) => one.month === month);
    const [turns, given] = [told(own.map((one) => one.seen)), told(own.map((one) => one.given))];
    return own.map(({ officeId }, i) => ({
      ...{ officeId, month },
      turns: turns[i]!,
      given: turns[i] === null ? null : given[i]!,
    }));
  });
}

const sumOf = (counts: readonly Given[]): Given => ({
  given: counts.reduce((sum, one) => sum + one.given, 0),
  seen: counts.reduce((sum, one) => sum + one.seen, 0),
});

interface Weeks {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

function countOffices(tx: Tx, { from, to }: Weeks): Promise<(Given & { officeId: OfficeId })[]> {
  return rows(
    tx,
    sql`select v.office_id as "officeId", count(*)::int as seen, count(p.visit_id)::int as given
        from visits.visits v left join visits.priorities p on p.office_id = v.office_id and p.visit_id = v.id
        where v.local_date between ${from} and ${to} and v.turn_no is not null group by 1`,
  );
}

/** Each clerk with the turns of the days on which she marked any. */
function countClerks(
  tx: Tx,
  officeId: OfficeId,
  { from, to }: Weeks,
): Promise<(Given & { staffId: StaffId; signed: number })[]> {
  return rows(
    tx,
    sql`with marked as (
          select staff_id, second_id, local_date from visits.priorities
          where office_id = ${officeId} and local_date between ${from} and ${to}
        ), days as (
          select local_date, count(*)::int as turns from visits.visits
          where office_id = ${officeId} and local_date between ${from} and ${to} and turn_no is not null group by 1
        ), clerks as (select staff_id from marked union select second_id from marked where second_id is not null)
        select c.staff_id as "staffId",
          (select count(*)::int from marked m where m.staff_id = c.staff_id) as given,
          (select count(*)::int from marked m where m.second_id = c.staff_id) as signed,
          (select coalesce(sum(d.turns), 0)::int from days d
             where exists (select from marked m where m.staff_id = c.staff_id and m.local_date = d.local_date)) as seen
        from clerks c`,
  );
}

async function nameClerks(tx: Tx, ids: readonly StaffId[]): Promise<Map<StaffId, string>> {
  const found = await rows<{ id: StaffId; name: string }>(
    tx,
    sql`select id, name from people.staff where id = any(${ids}::uuid[])`,
  );
  return new Map(found.map((one) => [one.id, one.name]));
}

/** Twelve months before the one of that day. */
function countMonths(tx: Tx, day: LocalDate): Promise<(Given & { officeId: OfficeId; month: string })[]> {
  return rows(
    tx,
    sql`select v.office_id as "officeId", to_char(v.local_date, 'YYYY-MM') as month, count(*)::int as seen, count(p.visit_id)::int as given
        from visits.visits v left join visits.priorities p on p.office_id = v.office_id and p.visit_id = v.id
        where v.local_date >= date_trunc('month', ${day}::date) - interval '12 months' and v.local_date < date_trunc('month', ${day}::date)
          and v.turn_no is not null
        group by 1, 2 order by 2, 1`,
  );
}
