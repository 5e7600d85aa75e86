import type { ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { actedSequence } from "./acted.ts";
import { isReminder } from "./reminders.ts";
import { readSheets, sheetSequence } from "./sheets.ts";
import type { Happening, MessageKind, QueuedMessage, SendResult } from "../types.ts";

/**
 * Seconds from the beginning of a try to the next one. The first is also the lease of whoever tries:
 * it must be longer than a try may take (SEND_TIMEOUT_MS). Together about a day.
 */
export const RETRY_SECONDS = [60, 60, 120, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800] as const;
export const MOST_ATTEMPTS = RETRY_SECONDS.length;
/** A try that takes longer counts as failed, and the row is left to the next one. */
export const SEND_TIMEOUT_MS = 30_000;

/** Which goes first when many wait: whoever asked for a code is looking at the screen. */
export function urgencyOf(kind: MessageKind): number {
  if (kind === "code") return 0;
  return isReminder(kind) || kind === "thanks" || kind === "staff_acted" ? 2 : 1;
}

const KIND_OF_EVENT: Readonly<Record<string, MessageKind>> = {
  "booking.confirmed": "confirmed",
  "booking.moved": "moved",
  "booking.cancelled": "cancelled",
  "booking.absent": "cancelled",
  "booking.lapsed": "lapsed",
  "booking.displaced": "displaced",
  "booking.restored": "restored",
  "integrity.challenged": "is_it_yours",
  "integrity.appeal_won": "appeal_won",
  "booking.day_moved": "jornada_moved",
  "booking.day_suspended": "jornada_suspended",
  "visits.suspended": "day_suspended",
  "visits.resumed": "day_resumed",
  "visits.hour_changed": "day_hour",
  "visits.served": "thanks",
  "issuing.ready": "documents_ready",
  "people.code_requested": "code",
  "people.contact_joined": "contact_joined",
  "allocation.filed": "request_filed",
  "allocation.offered": "request_offered",
  "allocation.waiting": "request_waiting",
  "allocation.identity": "request_identity",
  // The same words: there is something to see, and its page says what.
  "allocation.displaced": "request_identity",
  "emergencies.answered": "notice_answered",
  "booking.staff_acted": "staff_acted",
};
/** What may happen to one subject more than once: each event is told. */
const REPEATED: ReadonlySet<MessageKind> = new Set([
  "moved",
  "lapsed",
  "displaced",
  "restored",
  "jornada_moved",
  "jornada_suspended",
  "day_suspended",
  "day_resumed",
  "day_hour",
  "documents_ready",
  "request_offered",
  "request_waiting",
  "request_identity",
  // A no that was sent to the head of office is answered again.
  "notice_answered",
]);

/** The messages that an event asks for. A booking may move or lose a part often, a request has a result in every draw; everything else happens to a subject once. */
export function messagesFor(event: Happening): Omit<QueuedMessage, "id">[] {
  // Of what a person signed away only one message goes out, the one that names the appeal.
  const kind = event.detail?.["revoked"] === true ? "case_ended" : KIND_OF_EVENT[event.name];
  const { contactId, localDate, sheets } = event.detail ?? {};
  if (kind === undefined) return [];
  if (typeof contactId !== "string") throw new Error(`${event.name} names no contact`);
  const about = {
    contactId: contactId as ContactId,
    officeId: event.officeId as OfficeId | undefined,
    subjectId: event.subjectId,
  };
  if (kind === "staff_acted") return [{ ...about, kind, sequence: actedSequence(event.detail!["act"], localDate) }];
  const absent = typeof sheets === "string" ? readSheets(sheets) : [];
  return [
    { ...about, kind, sequence: REPEATED.has(kind) ? Number(event.id) : 1 },
    ...absent.map((sheet) => ({
      ...about,
      kind: "permission_sheet" as const,
      sequence: sheetSequence(localDate as LocalDate, sheet),
    })),
  ];
}

/** What becomes of a row after a try. */
export function afterTry(
  attempts: number,
  result: SendResult,
): { state: "sent" | "queued" | "failed"; errorCode: string | null } {
  if (result.ok) return { state: "sent", errorCode: null };
  return { state: result.retry && attempts < MOST_ATTEMPTS ? "queued" : "failed", errorCode: result.code };
}
