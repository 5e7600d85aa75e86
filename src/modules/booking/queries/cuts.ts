import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { folioTail } from "#kernel/folio.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import {
  BY_PLAN,
  listSessionsOfDay,
  type CutArea,
  type CutId,
  type CutReason,
  type Displaced,
  type SeatedNeed,
  type SessionOfDay,
} from "#modules/schedules/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { SealedBooking } from "../commands/prepare.ts";
import type { ProposalState } from "../store/proposals.ts";

/** A party whose place is cut, without its people. */
export interface AffectedParty {
  readonly bookingId: BookingId;
  readonly contactId: ContactId;
  readonly people: number;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly needs: readonly SeatedNeed[];
  /** The venue at which it is expected; null at the office itself. */
  readonly site: string | null;
  /** A cut before took of its places, and it was told so. */
  readonly told: boolean;
  readonly sealed: Buffer;
}

/** Of these bookings of one office those that stand, soonest first. The cut that is being made is not one before. */
export function listAffected(
  tx: Tx,
  officeId: OfficeId,
  ids: readonly string[],
  cutId?: CutId,
): Promise<AffectedParty[]> {
  return rows(
    tx,
    sql`select b.id as "bookingId", b.contact_id as "contactId", b.people, to_char(b.local_date, 'YYYY-MM-DD') as "localDate", b.starts_at as "startsAt", b.sealed,
          exists (select from schedules.places p where p.office_id = b.office_id and p.holder = b.id and p.state = 'booked' and p.cut_id is not null and p.cut_id is distinct from ${cutId ?? null}::uuid) as told,
          (select jsonb_agg(jsonb_build_object('ordinal', a.ordinal, 'group', a.service_group, 'minutes', a.steps * s.step_minutes, 'startsAt', extract(epoch from a.starts_at) * 1000, 'steps', a.steps, 'stepMinutes', s.step_minutes) order by a.starts_at, a.ordinal)
           from booking.appointments a join schedules.sessions s on s.office_id = a.office_id and s.id = a.session_id
           where a.office_id = b.office_id and a.booking_id = b.id and a.state = 'booked') as needs,
          (select d.venue_id from booking.appointments a join schedules.sessions s on s.office_id = a.office_id and s.id = a.session_id
           join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null
           where a.office_id = b.office_id and a.booking_id = b.id and a.state = 'booked' limit 1) as site
        from booking.bookings b where b.office_id = ${officeId} and b.id = any(${ids}::uuid[]) and b.state = 'active' order by b.starts_at, b.people desc, b.id`,
  );
}

export function displacedOf({ bookingId, localDate, startsAt, needs }: AffectedParty): Displaced {
  return { id: bookingId, localDate, startsAt: startsAt.getTime(), needs };
}

/** Last letters of each party's folio, as its slip shows them; of an erased one nothing. */
export async function folioTails(
  ctx: Context,
  parties: readonly Pick<AffectedParty, "bookingId" | "sealed">[],
): Promise<Map<BookingId, string>> {
  const opened = await ctx.keyring.open(
    parties.map((one) => ({ field: "booking.booking" as const, row: one.bookingId, sealed: one.sealed })),
  );
  return new Map(
    parties.flatMap(({ bookingId }, i) =>
      opened[i] === undefined ? [] : [[bookingId, folioTail((JSON.parse(opened[i]) as SealedBooking).folio)]],
    ),
  );
}

/** A cut as the console lists it. */
export interface CutRow extends Pick<CutArea, "localDate" | "counters" | "hours"> {
  readonly id: CutId;
  /** Empty: the whole day. */
  readonly serviceGroup: string | null;
  readonly reason: CutReason;
  readonly places: number;
  readonly madeAt: Date;
  readonly undoneAt: Date | null;
}

/** Somebody who has not got another place yet, or has only been asked. */
export interface WorkItem {
  readonly bookingId: BookingId;
  readonly folioTail: string;
  readonly people: number;
  readonly startsAt: Date;
  readonly localDate: LocalDate;
  /** null: there was no place to propose. */
  readonly answer: ProposalState | null;
  readonly proposed: { readonly localDate: LocalDate; readonly startsAt: Date } | null;
}

export interface CutWork {
  /** Of the day that was asked for. */
  readonly sessions: readonly SessionOfDay[];
  readonly cuts: readonly CutRow[];
  readonly parties: readonly WorkItem[];
  /** Households of a draw who stand first, by the day they lost. */
  readonly households: readonly { readonly localDate: LocalDate; readonly count: number }[];
}

/** Days back from which cuts are listed. */
const LISTED_DAYS = 14;

/** The sessions of a day of one office, what is cut there, and who still has to be given another place. */
export async function listCutWork(
  ctx: Context,
  officeId: OfficeId,
  on: LocalDate,
): Promise<Outcome<CutWork, { readonly code: "not_allowed" }>> {
  if (!can(ctx.actor, "edit_schedule", officeId)) return refuse({ code: "not_allowed" });
  const found = await transaction(ctx, "console", async (tx) => {
    const sessions = await listSessionsOfDay(tx, officeId, on);
    const cuts = await listCuts(tx, officeId, ctx.now);
    const parties = await listStranded(tx, officeId, ctx.now);
    const households = await rows<{ localDate: LocalDate; count: number }>(
      tx,
      sql`select d.local_date::text as "localDate", count(*)::int as count from allocation.displaced d join allocation.requests r on r.id = d.request_id and r.state = 'standing'
          where d.office_id = ${officeId} and d.settled_at is null and d.local_date >= ${ctx.now}::date - 1 group by 1 order by 1`,
    );
    const line = { ...ctx, at: ctx.now, action: "cut.work", officeId, count: parties.length };
    await insertAudit(tx, [line]);
    return { sessions, cuts, parties, households };
  });
  const tails = await folioTails(ctx, found.parties);
  return accept({
    ...found,
    parties: found.parties.flatMap(({ sealed: _sealed, proposedOn, proposedAt, ...party }) => {
      const tail = tails.get(party.bookingId);
      if (tail === undefined) return [];
      const proposed = proposedOn && proposedAt ? { localDate: proposedOn, startsAt: proposedAt } : null;
      return [{ ...party, folioTail: tail, proposed }];
    }),
  });
}

type Stranded = Omit<WorkItem, "folioTail" | "proposed"> & {
  readonly sealed: Buffer;
  readonly proposedOn: LocalDate | null;
  readonly proposedAt: Date | null;
};

/** Bookings that stand on a place that was cut, with the last thing that was proposed to each. */
function listStranded(tx: Tx, officeId: OfficeId, now: Date): Promise<Stranded[]> {
  return rows(
    tx,
    sql`select b.id as "bookingId", b.people, b.starts_at as "startsAt", to_char(b.local_date, 'YYYY-MM-DD') as "localDate", b.sealed,
          p.state as answer, to_char(p.local_date, 'YYYY-MM-DD') as "proposedOn", p.starts_at as "proposedAt"
        from (select distinct holder from schedules.places where office_id = ${officeId} and cut_id is not null and state = 'booked') cut
        join booking.bookings b on b.office_id = ${officeId} and b.id = cut.holder and b.state = 'active' and b.starts_at > ${now}
        left join lateral (select state, local_date, starts_at from booking.proposals where office_id = b.office_id and booking_id = b.id order by state = 'asked' desc, asked_at desc limit 1) p on true
        order by b.starts_at, b.people desc, b.id`,
  );
}

async function listCuts(tx: Tx, officeId: OfficeId, now: Date): Promise<CutRow[]> {
  const found = await rows<
    Omit<CutRow, "counters" | "hours"> & {
      counterFrom: number | null;
      counterTo: number;
      startsFrom: Date | null;
      startsUntil: Date;
    }
  >(
    tx,
    sql`select c.id, c.local_date::text as "localDate", s.service_group as "serviceGroup", c.counter_from as "counterFrom", c.counter_to as "counterTo",
          c.starts_from as "startsFrom", c.starts_until as "startsUntil", c.reason, c.places, c.made_at as "madeAt", c.undone_at as "undoneAt"
        from schedules.cuts c left join schedules.sessions s on s.office_id = c.office_id and s.id = c.session_id
        where c.office_id = ${officeId} and c.reason <> ${BY_PLAN} and c.local_date >= ${now}::date - ${LISTED_DAYS}::int order by c.made_at desc`,
  );
  return found.map(({ counterFrom, counterTo, startsFrom, startsUntil, ...cut }) => ({
    ...cut,
    counters: counterFrom === null ? undefined : { from: counterFrom, to: counterTo },
    hours: startsFrom === null ? undefined : { from: startsFrom, until: startsUntil },
  }));
}
