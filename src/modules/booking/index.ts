export { book, bookingIdle, extendHold, hold, releaseHold, type Held } from "./commands/bookings.ts";
export { cancelBooking, moveBookingTo } from "./commands/change.ts";
export type { Booked } from "./commands/book-many.ts";
export type { BookRequest } from "./commands/prepare.ts";
export { getBooking, getBookingByFolio, getBookingForMessage, listBookingIds } from "./queries/booking.ts";
export { BIRTH_STATES, parseCurp } from "./rules/curp.ts";
export { ADULT_AGE, HOLD_MINUTES, isChild, MOST_PEOPLE_ONLINE, needsOf } from "./rules/party.ts";
export * from "./rules/permission.ts";
export { appointmentMay, CHANGE_UNTIL_HOURS, isAhead, mayChange } from "./rules/states.ts";
export type * from "./types.ts";
export * from "./schema.ts";
export { recordPermission, undoPermission, type PermissionRefusal } from "./commands/permission.ts";
export { findBookingOfSheet, getSheet, sheetToken, type SheetView } from "./queries/sheet.ts";
export {
  closeBookings,
  correctName,
  endOpenBookings,
  lockParty,
  moveAppointments,
  type CorrectNameRefusal,
  type LockedParty,
} from "./commands/outcomes.ts";
export { listDay, type AppointmentOfParty, type PartyOfDay, type VisitOfParty } from "./queries/day.ts";
export {
  findByFolio,
  findById,
  getFile,
  type FileRefusal,
  type FoundBooking,
  type OpenRefusal,
  type PartyFile,
} from "./queries/file.ts";
export { eraseDraft, eraseDrafts, writeDraft } from "./commands/draft.ts";
export { BIRTH_DATE_TRIES_PER_DAY, findBookingsByBirth } from "./commands/proof.ts";
export { readDraft } from "./queries/draft.ts";
export { viewTimes } from "./commands/time-views.ts";
export { countTimeViews, type TimeViews } from "./queries/time-views.ts";
export { bookingTasks } from "./jobs.ts";
export { rekeyBookings } from "./commands/retention.ts";
