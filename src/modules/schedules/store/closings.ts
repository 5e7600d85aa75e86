import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { BY_PLAN, type Closing, type ClosingId, type ClosingState, type CutId } from "../types.ts";

export async function insertClosing(tx: Tx, closing: Closing, officeIds: readonly OfficeId[]): Promise<void> {
  const { id, reason, from, to, madeAt, madeBy } = closing;
  await run(
    tx,
    sql`with made as (insert into schedules.closings (id, reason, from_date, to_date, made_at, made_by)
                      values (${id}, ${reason}, ${from}, ${to}, ${madeAt}, ${madeBy}) returning id)
        insert into schedules.closing_offices (closing_id, office_id) select made.id, t.* from made, unnest(${officeIds}::text[]) as t`,
  );
}

/** One office of a closing for which something is left to do: to be closed, or to be opened again. */
export interface DueOffice extends Closing {
  readonly officeId: OfficeId;
  readonly reopen: boolean;
}

/** What is left to do, the soonest first. */
export function listDueOffices(tx: Tx): Promise<DueOffice[]> {
  return rows(
    tx,
    sql`select c.id, o.office_id as "officeId", c.reason, c.from_date::text as "from", c.to_date::text as "to", c.made_at as "madeAt", c.made_by as "madeBy",
               c.undone_at is not null as reopen
        from schedules.closings c join schedules.closing_offices o on o.closing_id = c.id
        where c.undone_at is null and o.state = 'due' or c.undone_at is not null and o.state = 'closed'
        order by c.from_date, c.made_at, o.office_id`,
  );
}

/** Whether this is still to be done, and by nobody else at this moment. It stays so until the transaction ends: whoever takes the closing back waits. */
export async function takeDueOffice(tx: Tx, { id, officeId, reopen }: DueOffice): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from schedules.closing_offices o join schedules.closings c on c.id = o.closing_id
        where o.closing_id = ${id} and o.office_id = ${officeId} and o.state = ${reopen ? "closed" : "due"} and (c.undone_at is not null) = ${reopen}
        for update of o skip locked for share of c`,
  );
  return found.length === 1;
}

export async function setClosingState(
  tx: Tx,
  { id, officeId }: Pick<DueOffice, "id" | "officeId">,
  state: ClosingState,
  parties?: number,
): Promise<void> {
  await run(
    tx,
    sql`update schedules.closing_offices set state = ${state}, parties = coalesce(${parties ?? null}, parties) where closing_id = ${id} and office_id = ${officeId}`,
  );
}

/** Nobody changes the places of these days until the transaction ends. In the order of every batch, whatever day they are of. */
export async function lockDays(
  tx: Tx,
  { officeId, from, to }: Pick<DueOffice, "officeId" | "from" | "to">,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`select 1 from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
        where s.office_id = ${officeId} and s.local_date between ${from} and ${to} and p.starts_at > ${now}
        order by p.office_id, p.session_id, p.starts_at, p.counter for update of p`,
  );
}

/** Marks it as taken back. False when there is none, or it was before. */
export async function endClosing(tx: Tx, id: ClosingId, now: Date): Promise<boolean> {
  return (
    (await run(tx, sql`update schedules.closings set undone_at = ${now} where id = ${id} and undone_at is null`)) === 1
  );
}

/** The cuts of a closing at one office that stand, the first day first. */
export async function listClosingCuts(tx: Tx, { id, officeId }: Pick<DueOffice, "id" | "officeId">): Promise<CutId[]> {
  const found = await rows<{ id: CutId }>(
    tx,
    sql`select id from schedules.cuts where closing_id = ${id} and office_id = ${officeId} and undone_at is null order by local_date`,
  );
  return found.map((one) => one.id);
}

/**
 * Whether a closing of several offices or a cut took the whole of that day, and stands. What ended with its own special
 * day, or was planned anew, is no such cut: it left the date to others.
 */
export async function isTakenAway(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from schedules.closings c join schedules.closing_offices o on o.closing_id = c.id
        where o.office_id = ${officeId} and o.state in ('due', 'closed', 'nothing') and c.undone_at is null and ${localDate}::date between c.from_date and c.to_date
        union all
        select 1 from schedules.cuts t join schedules.sessions s on s.office_id = t.office_id and s.local_date = t.local_date and s.state = 'closed'
          left join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id
        where t.office_id = ${officeId} and t.local_date = ${localDate} and t.session_id is null and t.counter_from is null and t.starts_from is null
          and t.starts_until is null and t.undone_at is null and t.reason <> ${BY_PLAN} and coalesce(d.state, 'published') = 'published'
          and exists (select from schedules.places p where p.office_id = s.office_id and p.session_id = s.id and p.cut_id = t.id)
        limit 1`,
  );
  return found.length === 1;
}
