import type { ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { insertAudit, listAuditOf } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { contactAddress, staffRoles, type ContactAddress } from "#modules/people/index.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { eraseAfterVisit } from "../rules/party.ts";
import { isOfStaff, looksOf } from "../rules/looks.ts";
import type { BookingView, Look } from "../types.ts";

/** Most lines of the log that are read for one file: more than any family's year; the page says so where there are more. */
const MOST_LINES = 500;

export interface Looks {
  readonly looks: readonly Look[];
  /** There are older ones that are not told. */
  readonly more: boolean;
}

/** Whose looks are told: a booking, a request for a place or an urgent request, and the contact that has it. */
export interface LookedAt {
  readonly id: string;
  /** Whose clock the parts of a day are of. */
  readonly officeId: OfficeId;
  readonly contactId: ContactId | undefined;
}

/**
 * Who read or changed what its contact has opened, by role and office and never by name: the thing itself, the requests
 * that led to it, and what staff did with the telephone or e-mail (conversations, a paper card, an answer to an
 * authority). What else the contact did is not told: it may be another household's.
 */
export async function listLooks(ctx: Context, { id, officeId, contactId }: LookedAt): Promise<Looks> {
  const network = await getNetwork(ctx);
  const lines = await transaction(ctx, "citizen_reader", async (tx) => {
    const led = await rows<{ id: string }>(
      tx,
      sql`select id from allocation.requests where booking_id = ${id} union all select id from emergencies.requests where booking_id = ${id}`,
    );
    const ids = [id, ...led.map((one) => one.id)];
    const years = await ctx.keyring.digestYears("subject", contactId === undefined ? ids : [...ids, contactId]);
    const digests = (some: typeof years) => some.flat().map((one) => one.digest);
    const own = await listAuditOf(tx, digests(years.slice(0, ids.length)), MOST_LINES + 1);
    const ofContact = await listAuditOf(tx, digests(years.slice(ids.length)), MOST_LINES + 1);
    return [...own, ...ofContact.filter(isOfStaff)].toSorted((one, other) => other.at.getTime() - one.at.getTime());
  });
  const members = lines.flatMap((one) => (one.actorKind === "staff" && one.actorId ? [one.actorId] : []));
  const roles = await staffRoles(ctx, [...new Set(members)]);
  const zone = network.officeById.get(officeId)!.zone;
  return { looks: looksOf(lines.slice(0, MOST_LINES), zone, roles), more: lines.length > MOST_LINES };
}

/** The last day on which a backup that was made before an erasure can be read: then the key of its month is destroyed. */
export function readableInBackupsUntil({ localDate }: Pick<BookingView, "localDate">): LocalDate {
  return monthKey(eraseAfterVisit(localDate).slice(0, 7)).destroyAfter;
}

/** What is held of a party beside the booking itself. */
export interface HeldBeside {
  readonly contact: (ContactAddress & { readonly verifiedAt: Date | null; readonly eraseAfter: LocalDate }) | undefined;
  /** Of the booking: the day after which it is erased. */
  readonly eraseAfter: LocalDate;
  readonly visit:
    | {
        readonly arrivedAt: Date | null;
        readonly calledAt: Date | null;
        readonly servedAt: Date | null;
        readonly doneAt: Date | null;
      }
    | undefined;
  readonly outcomes: readonly {
    readonly service: ServiceSlug;
    readonly code: string;
    readonly reason: string | null;
    readonly recordedAt: Date;
  }[];
  /** Which messages went out about it; their words are kept nowhere. */
  readonly messages: readonly {
    readonly kind: string;
    readonly state: string;
    readonly createdAt: Date;
    readonly sentAt: Date | null;
  }[];
}

/** What is held beside a request: how its contact is reached, and which messages went out about it. */
export type HeldBesideRequest = Pick<HeldBeside, "contact" | "eraseAfter" | "messages">;

/** Reads that for a request that its contact has opened, and writes down that it was taken away. */
export async function readHeldBesideRequest(
  ctx: Context,
  view: { readonly id: string; readonly contactId: ContactId; readonly officeId: OfficeId },
): Promise<HeldBesideRequest> {
  const [[subject], addresses] = await Promise.all([
    ctx.keyring.digest("subject", [view.id]),
    contactAddress(ctx, [view.contactId]),
  ]);
  return transaction(ctx, "worker", async (tx) => {
    const [[kept], messages] = await Promise.all([
      rows<{ eraseAfter: LocalDate; verifiedAt: Date | null; contactUntil: LocalDate | null }>(
        tx,
        sql`select to_char(r.erase_after, 'YYYY-MM-DD') as "eraseAfter", c.verified_at as "verifiedAt", to_char(c.erase_after, 'YYYY-MM-DD') as "contactUntil"
            from allocation.requests r left join people.contacts c on c.id = r.contact_id where r.id = ${view.id}`,
      ),
      rows<HeldBeside["messages"][number]>(
        tx,
        sql`select kind, state, created_at as "createdAt", sent_at as "sentAt" from messaging.messages where contact_id = ${view.contactId} and subject_id = ${view.id} order by created_at`,
      ),
      insertAudit(tx, [
        { ...ctx, at: ctx.now, action: "allocation.export", officeId: view.officeId, subject: subject![0]!.digest },
      ]),
    ]);
    const address = addresses.get(view.contactId);
    return {
      contact:
        address && kept?.contactUntil
          ? { ...address, verifiedAt: kept.verifiedAt, eraseAfter: kept.contactUntil }
          : undefined,
      eraseAfter: kept?.eraseAfter ?? (ctx.now.toISOString().slice(0, 10) as LocalDate),
      messages,
    };
  });
}

/** Reads what is held beside a booking that its contact has opened, and writes down that it was taken away. */
export async function readHeldBeside(ctx: Context, view: BookingView): Promise<HeldBeside> {
  const [[subject], addresses] = await Promise.all([
    ctx.keyring.digest("subject", [view.id]),
    contactAddress(ctx, [view.contactId]),
  ]);
  return transaction(ctx, "worker", async (tx) => {
    const [[kept], [visit], outcomes, messages] = await Promise.all([
      rows<{ eraseAfter: LocalDate; verifiedAt: Date | null; contactUntil: LocalDate | null }>(
        tx,
        sql`select to_char(b.erase_after, 'YYYY-MM-DD') as "eraseAfter", c.verified_at as "verifiedAt", to_char(c.erase_after, 'YYYY-MM-DD') as "contactUntil"
            from booking.bookings b left join people.contacts c on c.id = b.contact_id where b.id = ${view.id}`,
      ),
      rows<NonNullable<HeldBeside["visit"]>>(
        tx,
        sql`select arrived_at as "arrivedAt", called_at as "calledAt", served_at as "servedAt", done_at as "doneAt" from visits.visits
            where office_id = ${view.officeId} and booking_id = ${view.id}`,
      ),
      rows<HeldBeside["outcomes"][number]>(
        tx,
        sql`select o.service, o.code, o.reason, o.recorded_at as "recordedAt" from visits.outcomes o
            where o.office_id = ${view.officeId} and o.undone_at is null and o.appointment_id = any(${view.appointments.map((one) => one.id)}::uuid[]) order by o.recorded_at`,
      ),
      rows<HeldBeside["messages"][number]>(
        tx,
        sql`select kind, state, created_at as "createdAt", sent_at as "sentAt" from messaging.messages where contact_id = ${view.contactId} and subject_id = ${view.id} order by created_at`,
      ),
      insertAudit(tx, [
        { ...ctx, at: ctx.now, action: "booking.export", officeId: view.officeId, subject: subject![0]!.digest },
      ]),
    ]);
    const address = addresses.get(view.contactId);
    return {
      contact:
        address && kept?.contactUntil
          ? { ...address, verifiedAt: kept.verifiedAt, eraseAfter: kept.contactUntil }
          : undefined,
      eraseAfter: kept?.eraseAfter ?? view.localDate,
      visit,
      outcomes,
      messages,
    };
  });
}
