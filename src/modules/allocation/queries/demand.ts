import { SERVICE_GROUPS, type LocalDate, type OfficeId, type ServiceGroup } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { AlikeEntries, Demand } from "../rules/regime.ts";
import type { DrawId, Need, Option } from "../types.ts";

/** The entries of a draw by first wish and need: a million are a few thousand kinds. */
export async function listAlikeEntries(
  tx: Tx,
  drawId: DrawId,
): Promise<(AlikeEntries & { readonly people: number })[]> {
  const found = await rows<{ option: string; need: string; entries: number; people: number }>(
    tx,
    sql`select w.text as option, e.need, e.entries, e.people
        from (select options[1] as wish, need, count(*)::int as entries, sum(persons)::int as people
              from allocation.entries where draw_id = ${drawId} group by 1, 2) e
        join allocation.wishes w on w.id = e.wish`,
  );
  return found.map(({ option, need, entries, people }) => ({
    option: JSON.parse(option) as Option,
    need: JSON.parse(need) as Need,
    entries,
    people,
  }));
}

export interface GroupDemand extends Demand {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
}

/** The committed places of a draw by office and service group. Its rows of two and four steps are parts of these places. */
export async function listCommitted(tx: Tx, drawId: DrawId): Promise<Omit<GroupDemand, "asked">[]> {
  return rows(
    tx,
    sql`select office_id as "officeId", service_group as "serviceGroup", sum(places)::int as places
        from allocation.cells where draw_id = ${drawId} and service_group = any(${SERVICE_GROUPS}::text[]) group by 1, 2`,
  );
}

/** Places that anybody could book at once on those days, and how many of them are taken. Held and freed ones are nobody's. */
export async function countImmediate(tx: Tx, from: LocalDate, to: LocalDate): Promise<GroupDemand[]> {
  return rows(
    tx,
    sql`select p.office_id as "officeId", s.service_group as "serviceGroup",
               count(*) filter (where p.state in ('booked', 'used'))::int as asked, count(*)::int as places
        from schedules.sessions s join schedules.places p on p.office_id = s.office_id and p.session_id = s.id
        where s.local_date between ${from} and ${to} and s.state = 'open' and p.state in ('open', 'held', 'booked', 'used', 'freed')
        group by 1, 2`,
  );
}
