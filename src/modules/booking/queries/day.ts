import type { AppointmentId, BookingId, LocalDate, OfficeId, ServiceGroup, ServiceSlug, VisitId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { folioTail } from "#kernel/folio.ts";
import { getNetwork, type ChecklistQuestion } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { settleAtCommit, transaction, type Context } from "#platform/context.ts";
import { localDateAt } from "#kernel/time.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { SealedBooking } from "../commands/prepare.ts";
import { partyOfNobody, standingHoney } from "./honey.ts";
import { isChild } from "../rules/party.ts";
import { permissionStanding, type PermissionStanding } from "../rules/permission.ts";
import type { ApplicantDetails, AppointmentState, BookingState, ChecklistAnswers } from "../types.ts";

/** How far a party has come through the hall; whether the booking is contested stands nowhere in here. */
export interface VisitOfParty {
  readonly id: VisitId;
  readonly bookingId: BookingId;
  readonly state: "expected" | "waiting" | "called" | "serving" | "done" | "left";
  readonly counter: number | null;
  readonly arrivedAt: Date | null;
  readonly calledAt: Date | null;
  readonly servedAt: Date | null;
  readonly recordedAt: Date | null;
  readonly doneAt: Date | null;
  readonly settledAt: Date | null;
  readonly turnNo: number | null;
  readonly line: "appointment" | "return" | "walk_in";
  readonly priority: "age_60" | "small_child" | "disability" | "pregnancy" | "emergency" | "far" | null;
  readonly station: "filter" | "cashier" | "capture" | "window";
  readonly route: readonly VisitOfParty["station"][];
  readonly stationSince: Date | null;
  readonly parkedAt: Date | null;
  readonly calls: number;
  readonly version: number;
}

export interface AppointmentOfParty {
  readonly id: AppointmentId;
  readonly bookingId: BookingId;
  readonly ordinal: number;
  readonly serviceGroup: ServiceGroup;
  readonly services: readonly ServiceSlug[];
  readonly startsAt: Date;
  readonly state: AppointmentState;
  readonly outcomes: readonly {
    readonly service: string;
    readonly code: "issued" | "missing_document" | "refused" | "no_show";
    readonly reason: string | null;
  }[];
}

/** One line of the day's list. Personal: names. */
export interface PartyOfDay {
  readonly bookingId: BookingId;
  readonly folioTail: string;
  readonly startsAt: Date;
  readonly state: BookingState;
  readonly visit: VisitOfParty | undefined;
  readonly people: readonly (Pick<ApplicantDetails, "givenNames" | "firstSurname" | "secondSurname"> & {
    readonly ordinal: number;
    readonly child: boolean;
  })[];
  readonly appointments: readonly AppointmentOfParty[];
  /** Ids of checklist questions whose answer asks for attention. */
  readonly flags: readonly string[];
  /** Whether the permissions of absent parents have come; undefined when nobody signs elsewhere. */
  readonly permission: PermissionStanding | undefined;
}

/**
 * The office's parties of one day in order of start, and those that came back on it by their right to return, with their names: one statement per table, one
 * key, one line in the audit log. Cancelled and lapsed bookings are not expected by anybody.
 */
export async function listDay(
  ctx: Context,
  officeId: OfficeId,
  localDate: LocalDate,
): Promise<Outcome<PartyOfDay[], { code: "not_allowed" }>> {
  if (!can(ctx.actor, "see_today", officeId)) return refuse({ code: "not_allowed" });
  const [{ checklist }, day] = await Promise.all([
    getNetwork(ctx),
    transaction(ctx, "console", (tx) => readDay(ctx, tx, officeId, localDate)),
  ]);
  const opened = await ctx.keyring.open([
    ...day.bookings.map((one) => ({ field: "booking.booking" as const, row: one.id, sealed: one.sealed })),
    ...day.applicants.map((one) => ({ field: "booking.applicant" as const, row: one.id, sealed: one.sealed })),
  ]);
  const people = grouped(day.applicants.map((one, i) => ({ ...one, plain: opened[day.bookings.length + i] })));
  const appointments = grouped(day.appointments);
  const visits = new Map(day.visits.map((one) => [one.bookingId, one]));
  return accept(
    day.bookings.flatMap((booking, i): PartyOfDay[] => {
      const plain = opened[i];
      if (plain === undefined) return [];
      const { folio, checklist: answers } = JSON.parse(plain) as SealedBooking;
      const party = (people.get(booking.id) ?? []).flatMap(({ ordinal, plain: one }) =>
        one === undefined ? [] : [{ ordinal, details: JSON.parse(one) as ApplicantDetails }],
      );
      return [
        {
          bookingId: booking.id,
          folioTail: folioTail(folio),
          startsAt: booking.startsAt,
          state: booking.state,
          visit: visits.get(booking.id),
          people: party.map((one) => nameOf(one.ordinal, one.details, localDate)),
          appointments: appointments.get(booking.id) ?? [],
          flags: flaggedAnswers(checklist, answers),
          permission: permissionStanding(party.map((one) => one.details)),
        },
      ];
    }),
  );
}

/** The day's list as the hall sees it: whoever is expected, and in their midst somebody whom nobody has a reason to open. */
export async function listToday(
  ctx: Context,
  officeId: OfficeId,
): Promise<Outcome<PartyOfDay[], { code: "not_allowed" }>> {
  const { officeById } = await getNetwork(ctx);
  const today = localDateAt(ctx.now, officeById.get(officeId)!.zone);
  const day = await listDay(ctx, officeId, today);
  if (!day.ok) return day;
  const honey = await transaction(ctx, "console", (tx) => standingHoney(tx, officeId, today, ctx.now));
  if (!honey) return day;
  const order = ({ startsAt, bookingId }: PartyOfDay) => startsAt.toISOString() + bookingId;
  return {
    ...day,
    value: [...day.value, partyOfNobody(honey)].sort((one, other) => (order(one) < order(other) ? -1 : 1)),
  };
}

/** Questions that were answered in the way with which something is still to be done. */
export function flaggedAnswers(questions: readonly ChecklistQuestion[], answers: ChecklistAnswers): string[] {
  return questions.filter((one) => answers[one.id] !== undefined && answers[one.id] !== one.good).map((one) => one.id);
}

async function readDay(ctx: Context, tx: Tx, officeId: OfficeId, localDate: LocalDate) {
  const back = await listBack(tx, officeId, localDate);
  const [bookings, applicants, appointments, visits] = await Promise.all([
    listBookings(tx, officeId, localDate, back),
    listApplicants(tx, officeId, localDate, back),
    listAppointments(tx, officeId, localDate, back),
    listVisits(tx, officeId, localDate),
  ]);
  const entry = {
    at: ctx.now,
    actor: ctx.actor,
    channel: ctx.channel,
    action: "day.list",
    purpose: ctx.purpose,
    officeId,
    count: bookings.length,
  };
  settleAtCommit(tx, insertAudit(tx, [entry]));
  return { bookings, applicants, appointments, visits };
}

/** Bookings of another day whose people came back on this one, by their right to return. */
async function listBack(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<BookingId[]> {
  const found = await rows<{ id: BookingId }>(
    tx,
    sql`select v.booking_id as id from visits.visits v
        join visits.return_rights r on r.office_id = v.office_id and r.booking_id = v.booking_id and r.local_date < v.local_date and r.undone_at is null
        where v.office_id = ${officeId} and v.local_date = ${localDate}`,
  );
  return found.map((one) => one.id);
}

function listBookings(tx: Tx, officeId: OfficeId, localDate: LocalDate, back: readonly BookingId[]) {
  return rows<{ id: BookingId; startsAt: Date; state: BookingState; sealed: Buffer }>(
    tx,
    sql`select id, starts_at as "startsAt", state, sealed from booking.bookings
        where office_id = ${officeId} and state not in ('cancelled', 'lapsed') and (local_date = ${localDate} or id = any(${back}::uuid[])) order by starts_at, id`,
  );
}

function listApplicants(tx: Tx, officeId: OfficeId, localDate: LocalDate, back: readonly BookingId[]) {
  return rows<{ id: string; bookingId: BookingId; ordinal: number; sealed: Buffer }>(
    tx,
    sql`select a.id, a.booking_id as "bookingId", a.ordinal, a.sealed
        from booking.bookings b join booking.applicants a on a.booking_id = b.id and a.office_id = b.office_id
        where b.office_id = ${officeId} and b.state not in ('cancelled', 'lapsed') and (b.local_date = ${localDate} or b.id = any(${back}::uuid[])) order by a.booking_id, a.ordinal`,
  );
}

function listAppointments(tx: Tx, officeId: OfficeId, localDate: LocalDate, back: readonly BookingId[]) {
  return rows<AppointmentOfParty>(
    tx,
    sql`select p.id, p.booking_id as "bookingId", p.ordinal, p.service_group as "serviceGroup", p.services, p.starts_at as "startsAt", p.state,
          coalesce((select jsonb_agg(jsonb_build_object('service', o.service, 'code', o.code, 'reason', o.reason)) from visits.outcomes o
                    where o.office_id = p.office_id and o.appointment_id = p.id and o.undone_at is null), '[]') as outcomes
        from booking.appointments p where p.office_id = ${officeId} and p.state not in ('cancelled', 'lapsed') and (p.local_date = ${localDate} or p.booking_id = any(${back}::uuid[]))
        order by p.starts_at, p.ordinal`,
  );
}

function listVisits(tx: Tx, officeId: OfficeId, localDate: LocalDate) {
  return rows<VisitOfParty>(
    tx,
    sql`select id, booking_id as "bookingId", state, counter, arrived_at as "arrivedAt", called_at as "calledAt", served_at as "servedAt", recorded_at as "recordedAt",
          done_at as "doneAt", settled_at as "settledAt", turn_no as "turnNo", line, priority, station, route, station_since as "stationSince", parked_at as "parkedAt", calls, version
        from visits.visits where office_id = ${officeId} and local_date = ${localDate} and booking_id is not null`,
  );
}

function nameOf(ordinal: number, { givenNames, firstSurname, secondSurname, bornOn }: ApplicantDetails, on: LocalDate) {
  return { ordinal, givenNames, firstSurname, secondSurname, child: isChild(bornOn, on) };
}

function grouped<Row extends { readonly bookingId: BookingId }>(list: readonly Row[]): Map<BookingId, Row[]> {
  const groups = new Map<BookingId, Row[]>();
  for (const row of list) {
    const group = groups.get(row.bookingId);
    if (group) group.push(row);
    else groups.set(row.bookingId, [row]);
  }
  return groups;
}
