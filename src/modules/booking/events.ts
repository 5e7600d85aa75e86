import type { BookingId, ContactId, LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import type { DomainEvent } from "#platform/outbox.ts";

/** What booking announces. `detail` carries the contact, the day, which absent parents get their sheet from us, and the office that a move leaves. */
export type BookingEventName =
  | "booking.confirmed"
  | "booking.moved"
  | "booking.cancelled"
  /** Somebody said that its person was detained: what she loses counts against nobody. */
  | "booking.absent"
  | "booking.lapsed"
  | "booking.erased"
  | "booking.displaced"
  | "booking.restored"
  | "booking.day_moved"
  | "booking.day_suspended"
  | "booking.file_changed";

/** What staff did with a file, as far as its contact is told of it. */
export type StaffAct = "opened" | "corrected" | "permission";

/** Staff opened or changed a file. `on` is the local day at the office: each kind of act is told once a day. */
export function staffActed(
  act: StaffAct,
  booking: { readonly id: BookingId; readonly officeId: OfficeId; readonly contactId: ContactId },
  on: LocalDate,
  at: Date,
): DomainEvent {
  const { id: subjectId, officeId, contactId } = booking;
  return { name: "booking.staff_acted", officeId, subjectId, at, detail: { contactId, localDate: on, act } };
}

/** Somebody who works here looked at a person who does not exist. */
export const HONEY_OPENED = "booking.honey_opened";

export function honeyOpened(
  honey: { readonly id: BookingId },
  by: { readonly staffId: StaffId; readonly officeId: OfficeId },
  at: Date,
): DomainEvent {
  return { name: HONEY_OPENED, officeId: by.officeId, subjectId: honey.id, at, detail: { staffId: by.staffId } };
}

export function bookingEvent(
  name: BookingEventName,
  booking: {
    id: BookingId;
    officeId: OfficeId;
    contactId: ContactId;
    localDate: LocalDate;
    sheets?: string;
    from?: OfficeId;
    /** The visitor's session that booked: whoever looks for middlemen counts people behind one. */
    device?: string | undefined;
    /** A person signed that it ends; whose it was may appeal. */
    revoked?: boolean;
  },
  at: Date,
): DomainEvent {
  return {
    name,
    officeId: booking.officeId,
    subjectId: booking.id,
    at,
    detail: {
      contactId: booking.contactId,
      localDate: booking.localDate,
      ...(booking.sheets ? { sheets: booking.sheets } : {}),
      ...(booking.device === undefined ? {} : { device: booking.device }),
      ...(booking.revoked === true ? { revoked: true } : {}),
      ...(booking.from && booking.from !== booking.officeId ? { from: booking.from } : {}),
    },
  };
}
