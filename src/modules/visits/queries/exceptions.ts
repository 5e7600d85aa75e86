import { localDateAt } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { networkExceptions, officeExceptions, type ExceptionCounts, type ExceptionMonth } from "../rules/exceptions.ts";

export type { ToldExceptions } from "../rules/exceptions.ts";

/** Of the last twelve months that are over in every zone: what was done beside the rule, by how many people. */
export async function getExceptions({ database, clock }: Pick<Services, "database" | "clock">): Promise<{
  readonly network: ReturnType<typeof networkExceptions>;
  readonly offices: ReturnType<typeof officeExceptions>;
}> {
  const found = await database.reading("report", (tx) => countExceptions(tx, localDateAt(clock.now(), "Etc/GMT+12")));
  return { network: networkExceptions(found), offices: officeExceptions(found) };
}

/** Months of the office's zone for the door and the desk; a week of urgent requests belongs to the month of its Monday. */
async function countExceptions(tx: Tx, day: LocalDate): Promise<ExceptionMonth[]> {
  return rows<ExceptionMonth & ExceptionCounts>(
    tx,
    sql`with counted as (
          select office_id, local_date as day, 0 as dates, 0 as attested, 1 as door, (second_id is null)::int as door_alone, 0 as urgent, 0 as urgent_alone
          from visits.door_overrides
          union all
          select p.office_id, (p.used_at at time zone o.zone)::date, 1, (p.shown = 'second')::int, 0, 0, 0, 0
          from people.presences p join offices.offices o on o.id = p.office_id where p.used_for = 'date'
          union all
          select office_id, week, 0, 0, 0, 0, granted, alone from emergencies.weeks
        )
        select office_id as "officeId", to_char(day, 'YYYY-MM') as month, sum(dates)::int as dates, sum(attested)::int as attested,
          sum(door)::int as door, sum(door_alone)::int as "doorAlone", sum(urgent)::int as urgent, sum(urgent_alone)::int as "urgentAlone"
        from counted where day >= date_trunc('month', ${day}::date) - interval '12 months' and day < date_trunc('month', ${day}::date)
        group by 1, 2 order by 2, 1`,
  );
}
