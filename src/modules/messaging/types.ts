import type { ContactId, OfficeId } from "#kernel/ids.ts";

export type Language = "es" | "en";

/** The ways on which a message leaves the house. */
export type SenderChannel = "email" | "sms" | "voice";

export type ReminderKind = "reminder_7" | "reminder_1" | "permission_5";
/** Messages about a booking. */
export type BookingMessageKind =
  | "confirmed"
  | "moved"
  | "cancelled"
  | "lapsed"
  | "displaced"
  | "restored"
  /** A person asks whether the booking is hers; it stands meanwhile. */
  | "is_it_yours"
  /** A person signed that it ends: until when somebody else can be asked to look. */
  | "case_ended"
  /** Somebody else found that it should not have ended. */
  | "appeal_won"
  /** Of a special day: it has another date or place, or none yet. Why is told to nobody. */
  | "jornada_moved"
  | "jornada_suspended"
  | ReminderKind;
/** Messages about a request for a place that is shared out. */
export type RequestMessageKind = "request_filed" | "request_offered" | "request_waiting" | "request_identity";
/** Messages about a booking on a day that goes wrong: stay at home, come after all, another hour. */
export type DayMessageKind = "day_suspended" | "day_resumed" | "day_hour";
/** Thanks for a visit, with a link to say how it was. */
export type ThanksKind = "thanks";
/** Papers wait at the office: neither which nor whose. */
export type ReadyKind = "documents_ready";
/** There is an answer of an office to see: neither to what nor which (another may read it). */
export type NoticeMessageKind = "notice_answered";
/** A contact was added to an account: goes to the older one, which may take it back. */
export type JoiningKind = "contact_joined";
/** Staff opened or changed a file: who and what stands behind the link. */
export type ActedKind = "staff_acted";
/** `permission_sheet` goes to an absent parent, all others to the contact. */
export type MessageKind =
  | "code"
  | "permission_sheet"
  | BookingMessageKind
  | DayMessageKind
  | RequestMessageKind
  | ThanksKind
  | ReadyKind
  | NoticeMessageKind
  | JoiningKind
  | ActedKind;

/** What a channel makes of a message: the words only. */
export interface Wording {
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
}

/** A message as it leaves; personal, for the instant of sending. */
export interface RenderedMessage extends Wording {
  /** The same on a repeat, so that the other side can tell a repeat from a second message. */
  readonly id: string;
  readonly to: string;
  readonly kind: MessageKind;
  readonly language: Language;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `code` is short and ours: it holds nothing that the other side said. */
export type SendResult = { readonly ok: true } | { readonly ok: false; readonly retry: boolean; readonly code: string };

/** Hands a message to whoever carries it. Never throws and answers within half a minute: see message-sender.contract.ts. */
export interface MessageSender {
  /** WhatsApp carries the words of an SMS to whoever writes to us there. */
  readonly channel: SenderChannel | "whatsapp";
  send(message: RenderedMessage): Promise<SendResult>;
}

/** What a provider tells of a message that it took, by our own id of it. */
export interface Notice {
  readonly id: string;
  readonly state: "sent" | "delivered" | "read" | "failed";
}

/** What of an event matters here; the outbox's stored events have this shape. */
export interface Happening {
  /** Number of the event, the same however often it is delivered. */
  readonly id: string;
  readonly name: string;
  readonly officeId?: string | undefined;
  readonly subjectId: string;
  readonly at: Date;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A row that waits to be sent. */
export interface QueuedMessage {
  readonly id: string;
  readonly contactId: ContactId;
  readonly kind: MessageKind;
  readonly officeId: OfficeId | undefined;
  /** The booking, the request, or the code. */
  readonly subjectId: string;
  /** Tells messages of one kind and subject apart. */
  readonly sequence: number;
}
