import { randomUUID } from "node:crypto";
import { HOUR_MS } from "#kernel/time.ts";
import type { BookingId, ContactId, OfficeId, ServiceSlug, VisitId } from "#kernel/ids.ts";
import { book, type ApplicantRequest, type WantedTime } from "#modules/booking/index.ts";
import { contextFor, systemContext, type Context, type StaffRole } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { citizen, FRESNO } from "#tests/support/fixtures.ts";

/** A fictional member of staff, straight into the table. */
export async function aStaffId(
  services: TestServices,
  role: StaffRole = "clerk",
  officeId: OfficeId | undefined = FRESNO,
): Promise<string> {
  const id = randomUUID();
  await services.adminQuery(
    "insert into people.staff (id, office_id, role, name, created_at) values ($1, $2, $3, 'Persona Ficticia', now())",
    [id, officeId ?? null, role],
  );
  return id;
}

export function staffContext(
  services: TestServices,
  staffId: string,
  role: StaffRole = "clerk",
  officeId: OfficeId | undefined = FRESNO,
): Context {
  return contextFor(services, {
    actor: { kind: "staff", staffId, officeId, role },
    channel: "console",
    purpose: "reception",
    requestId: randomUUID(),
    language: "es",
  });
}

/** Hours before a visit at which a booking of these tests was made at the latest. */
const BOOKED_HOURS_BEFORE = 24;

/** A booking as a citizen makes it; throws when it is refused. */
export async function aBooking(
  services: TestServices,
  contactId: ContactId,
  wanted: WantedTime,
  applicants: readonly ApplicantRequest[],
): Promise<BookingId> {
  const latest = wanted.startsAt.getTime() - BOOKED_HOURS_BEFORE * HOUR_MS;
  const ctx = citizen(services, contactId);
  const then = { ...ctx, now: new Date(Math.min(ctx.now.getTime(), latest)) };
  const outcome = await book(then, { contactId, wanted, applicants: [...applicants] });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value.bookingId;
}

/** Turns the clock to the hour before a visit. */
export function goToVisit(services: TestServices, wanted: WantedTime): void {
  services.clock.set(new Date(wanted.startsAt.getTime() - HOUR_MS));
}

export function worker(services: TestServices): Context {
  return systemContext(services, "test");
}

export async function appointmentsOf(
  services: TestServices,
  bookingId: BookingId,
): Promise<{ id: string; services: ServiceSlug[]; state: string }[]> {
  return services.adminQuery(
    "select id, services, state from booking.appointments where booking_id = $1 order by ordinal, starts_at",
    [bookingId],
  );
}

/** One outcome for every service of a booking. */
export async function allOf(services: TestServices, bookingId: BookingId, code: "issued" | "no_show" = "issued") {
  const appointments = await appointmentsOf(services, bookingId);
  return appointments.flatMap((one) =>
    one.services.map((service) => ({ appointmentId: one.id as never, service, code })),
  );
}

/** What must hold of a booking once nothing can be taken back: nobody stays bound to it. */
export async function whatIsLeft(services: TestServices, bookingId: BookingId) {
  const [row] = await services.adminQuery(
    `select b.state, (select count(*)::int from booking.claims where booking_id = b.id) as claims, (select people from booking.contact_counters c where c.contact_id = b.contact_id) as people,
       (select string_agg(distinct state, ',' order by state) from schedules.places where holder = b.id) as places
     from booking.bookings b where id = $1`,
    [bookingId],
  );
  return row;
}

/** The visit of a booking as it stands in the table; throws when there is none. */
export async function visitOf(
  services: TestServices,
  bookingId: BookingId,
): Promise<{ id: VisitId; version: number; state: string; recordedAt: Date | null }> {
  const [visit] = await services.adminQuery<{ id: VisitId; version: number; state: string; recordedAt: Date | null }>(
    'select id, version, state, recorded_at as "recordedAt" from visits.visits where booking_id = $1',
    [bookingId],
  );
  if (!visit) throw new Error("no visit");
  return visit;
}
