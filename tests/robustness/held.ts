/** A page of hers on which she takes along and erases what is held. */
export type Door = "booking" | "request" | "notice";
interface Told {
  /** In the file that she takes along there; or why it is in none. */
  readonly exported: Door | { readonly not: string };
  /** Gone, or emptied of what is personal, once she erased it there; or until when it stays, as the runbook has it. */
  readonly erased: Door | { readonly kept: string };
}

const DIGEST = { not: "a keyed digest or an id: it says nothing to her, and would to whoever finds the file" };
const COUNTER = { not: "the counter's own record: the page says where to ask" };
const INTEGRITY = { not: "a doubt of the service about a contact; told by a challenge, which she answers" };
const ELSEWHERE = { not: "shown where it is changed: her account and her sessions" };
const PHONE = { not: "of a telephone that several families may use; it is in her telephone, and gone in three days" };
const OFFICE = { not: "not of a citizen" };
const until = (kept: string) => ({ kept });

/**
 * Every table that holds something of a person, by a column whose comment says so or by one that names her contact, booking,
 * request, visit or conversation. A new one is a decision, written here: how she gets it, and how it goes.
 */
export const HELD: Readonly<Record<string, Told>> = {
  "adverts.adverts": { exported: OFFICE, erased: until("`KEPT_DAYS` 365") },
  "adverts.points": { exported: INTEGRITY, erased: until("`KEPT_DAYS` 365") },
  "adverts.purchases": { exported: OFFICE, erased: until("`KEPT_DAYS` 365") },
  "adverts.screenshots": { exported: OFFICE, erased: until("`KEPT_DAYS` 365") },
  "allocation.displaced": { exported: DIGEST, erased: until("`OVER_KEPT_DAYS` 30") },
  "allocation.endings": { exported: DIGEST, erased: until("`OVER_KEPT_DAYS` 30") },
  "allocation.filings": { exported: "request", erased: until("`OVER_KEPT_DAYS` 30") },
  "allocation.request_people": { exported: DIGEST, erased: until("`PEOPLE_KEPT_DAYS` 1") },
  "allocation.requests": { exported: "request", erased: "request" },
  "audit.entries": { exported: "booking", erased: until("`AUDIT_YEARS`") },
  "booking.absences": { exported: DIGEST, erased: until("`RETURN_DAYS` 180") },
  "booking.applicants": { exported: "booking", erased: "booking" },
  "booking.appointments": { exported: "booking", erased: "booking" },
  "booking.bookings": { exported: "booking", erased: "booking" },
  "booking.claims": { exported: DIGEST, erased: "booking" },
  "booking.contact_counters": { exported: DIGEST, erased: until("**Counts of a contact**") },
  "booking.drafts": {
    exported: { not: "what she types at this moment, in front of her" },
    erased: until("`DRAFT_DAYS` 2"),
  },
  "booking.opened": { exported: DIGEST, erased: until("`OPENED_DAYS` 31") },
  "booking.proposals": { exported: { not: "told on the page of the booking while it waits" }, erased: "booking" },
  "booking.time_views": { exported: DIGEST, erased: until("`VIEWS_KEPT_DAYS` 7") },
  "conversations.inbox": { exported: PHONE, erased: until("`INBOX_DAYS` 2") },
  "conversations.replies": { exported: PHONE, erased: until("`REPLIES_DAYS` 3") },
  "conversations.tasks": { exported: PHONE, erased: until("`TASK_DAYS` 30") },
  "conversations.threads": { exported: PHONE, erased: until("`STATE_HOURS` 72") },
  "emergencies.requests": { exported: "notice", erased: "notice" },
  "helpers.helpers": { exported: OFFICE, erased: until("`helpers.helpers`") },
  "helpers.helps": { exported: DIGEST, erased: until("a day after it began") },
  "integrity.cases": { exported: INTEGRITY, erased: until("`KEPT_DAYS` 395") },
  "integrity.due": { exported: DIGEST, erased: until("`integrity.erase`") },
  "integrity.evidence": { exported: INTEGRITY, erased: until("`EVIDENCE_DAYS` 365") },
  "integrity.filings": {
    exported: { not: "the booking's people once more, which are in its file" },
    erased: "booking",
  },
  "integrity.observations": { exported: DIGEST, erased: "booking" },
  "integrity.sanctions": { exported: INTEGRITY, erased: until("`KEPT_DAYS` 395") },
  "integrity.unobserved": { exported: DIGEST, erased: until("`OBSERVED_DAYS` 90") },
  "issuing.documents": { exported: COUNTER, erased: until("**Payments, documents, blank stock, closings**") },
  "issuing.payments": { exported: COUNTER, erased: until("`PERSONAL_DAYS` 30") },
  "messaging.messages": { exported: "booking", erased: until("messages (no text is ever stored)") },
  "people.account_contacts": { exported: ELSEWHERE, erased: until("`people.account_contacts`") },
  "people.account_passkeys": { exported: ELSEWHERE, erased: until("`account_passkeys`") },
  "people.cards": { exported: DIGEST, erased: until("paper card") },
  "people.codes": { exported: DIGEST, erased: until("`CODES_KEPT_MS`") },
  "people.contact_keys": { exported: DIGEST, erased: until("`CONTACT_MONTHS` 13") },
  "people.contacts": { exported: "booking", erased: until("`CONTACT_MONTHS` 13") },
  "people.presences": { exported: DIGEST, erased: until("`PRESENCE_CONTACT_DAYS` 92") },
  "people.releases": { exported: DIGEST, erased: until("`RELEASES_KEPT_DAYS` 400") },
  "people.sessions": { exported: ELSEWHERE, erased: until("`REMEMBERED_DAYS` 30") },
  "people.staff": { exported: OFFICE, erased: until("**Staff**") },
  "platform.idempotency": { exported: DIGEST, erased: until("`IDEMPOTENCY_HOURS` 24") },
  "platform.outbox": { exported: DIGEST, erased: until("`EVENTS_KEPT_DAYS` 7") },
  "room.turns": { exported: DIGEST, erased: until("`ROOM_KEPT_DAYS` 30") },
  "schedules.places": { exported: DIGEST, erased: "booking" },
  "visits.arrivals": { exported: "booking", erased: until("**Visits and outcomes**") },
  "visits.door_queue": { exported: DIGEST, erased: until("`visits.door_queue`") },
  "visits.expected_hours": { exported: DIGEST, erased: until("expected hours (`visits`)") },
  "visits.interpretations": { exported: COUNTER, erased: until("`INTERPRETATIONS_KEPT_DAYS` 2") },
  "visits.loaned": { exported: DIGEST, erased: until("`LOANS_KEPT_DAYS` 30") },
  "visits.merge_conflicts": { exported: DIGEST, erased: until("`LOANS_KEPT_DAYS` 30") },
  "visits.operations": { exported: DIGEST, erased: until("`LOANS_KEPT_DAYS` 30") },
  "visits.outcomes": { exported: "booking", erased: until("**Visits and outcomes**") },
  "visits.passages": { exported: COUNTER, erased: until("**Stations passed, priorities given**") },
  "visits.phone_tries": { exported: DIGEST, erased: until("`phone_tries`") },
  "visits.priorities": { exported: COUNTER, erased: until("**Stations passed, priorities given**") },
  "visits.return_rights": { exported: COUNTER, erased: until("rights to return, expected hours (`visits`)") },
  "visits.visits": { exported: "booking", erased: until("**Visits and outcomes**") },
};
/** Columns by which a row is somebody's. */
export const LINKS = [
  "contact_id",
  "booking_id",
  "request_id",
  "appointment_id",
  "visit_id",
  "subject_id",
  "source_id",
  "thread_id",
  "account_id",
  "subject",
  "who",
  "holder",
  "result_id",
];
