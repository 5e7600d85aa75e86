import { z } from "zod";
import {
  LINES,
  MISSING_DOCUMENTS,
  OUTCOME_CODES,
  PICTURES,
  PRIORITIES,
  REFUSAL_REASONS,
  STATIONS,
  SUSPENSION_REASONS,
  VISIT_STATES,
} from "#modules/visits/index.ts";

/**
 * What the console's routes answer. Every answer is JSON; a refusal is a problem document (RFC 9457)
 * with a stable `code`. Instants are UTC in ISO 8601, local days `YYYY-MM-DD`, local times `HH:MM` of the office.
 */
const instant = z.string();
const uuid = z.string();
const bilingual = z.object({ es: z.string(), en: z.string() });
const role = z.enum(["clerk", "door", "supervisor", "office_head", "hq", "analyst", "agent", "admin"]);
export const staffAction = z.enum([
  "see_today",
  "open_file",
  "receive",
  "admit",
  "record_outcome",
  "book_for_person",
  "issue_card",
  "edit_schedule",
  "confirm_facts",
  "read_counts",
  "see_draws",
  "close_offices",
  "set_regime",
  "issue_documents",
  "account_for_day",
  "run_hall",
  "answer_emergencies",
  "sign_alone",
  "see_integrity",
  "decide_integrity",
  "see_adverts",
  "see_alarms",
  "see_helpers",
  "decide_helpers",
  "sign_release",
  "answer_talks",
  "manage_staff",
]);
const bookingState = z.enum(["active", "cancelled", "lapsed", "completed", "missed"]);
const appointmentState = z.enum(["booked", "cancelled", "lapsed", "served", "unserved", "missed"]);
const language = z.enum(["es", "en"]);

export const staffMember = z.object({ id: uuid, name: z.string(), role, officeId: z.string().nullable() });
export type StaffMember = z.infer<typeof staffMember>;

/** GET /session, and what a sign-in answers. */
export const session = z.object({
  staff: staffMember,
  office: z.object({ id: z.string(), name: bilingual, zone: z.string(), localDate: z.string() }).nullable(),
  /** What this member may do at the own office, to show only that. */
  may: z.array(staffAction),
  services: z.array(z.object({ slug: z.string(), group: z.string(), name: bilingual })),
  missingDocuments: z.array(z.enum(MISSING_DOCUMENTS)),
  refusalReasons: z.array(z.enum(REFUSAL_REASONS)),
});
export type Session = z.infer<typeof session>;

/** POST /sign-in/options and /enrol/options: hand `options` to the browser's passkey call, then POST its answer to …/verify. */
export const passkeyOptions = z.object({ options: z.record(z.string(), z.unknown()) });
export type PasskeyOptions = z.infer<typeof passkeyOptions>;

export const enrolled = z.object({ staff: staffMember });

export const visit = z.object({
  id: uuid,
  bookingId: uuid,
  /** `expected`: a no-show that was taken back. `left`: went away, or never came. */
  state: z.enum(VISIT_STATES),
  counter: z.number().nullable(),
  arrivedAt: instant.nullable(),
  calledAt: instant.nullable(),
  servedAt: instant.nullable(),
  doneAt: instant.nullable(),
  /** The code that is called, through all stations; null for who never arrived. */
  turn: z.object({ picture: z.enum(PICTURES), number: z.number() }).nullable(),
  line: z.enum(LINES),
  priority: z.enum(PRIORITIES).nullable(),
  /** Where it waits, is called or is attended to. */
  station: z.enum(STATIONS),
  route: z.array(z.enum(STATIONS)),
  /** When it joined the queue of its station. */
  stationSince: instant.nullable(),
  /** Set aside since: it is not called before it is back. */
  parkedAt: instant.nullable(),
  /** How often it was called at its station. */
  calls: z.number(),
  /** Until when the last outcomes can be taken back; null when there is nothing to take back. */
  undoUntil: instant.nullable(),
  /** Send it back with the next command; it grows with each change. */
  version: z.number(),
});
export type Visit = z.infer<typeof visit>;

export const recordedOutcome = z.object({
  service: z.string(),
  code: z.enum(OUTCOME_CODES),
  reason: z.string().nullable(),
});
export type RecordedOutcome = z.infer<typeof recordedOutcome>;

export const partyAppointment = z.object({
  id: uuid,
  /** Whose it is: `ordinal` of the person. */
  ordinal: z.number(),
  serviceGroup: z.string(),
  /** Slugs, in the order in which they are done. */
  services: z.array(z.string()),
  startsAt: instant,
  localTime: z.string(),
  state: appointmentState,
  outcomes: z.array(recordedOutcome),
});
export type PartyAppointment = z.infer<typeof partyAppointment>;

export const partyPerson = z.object({
  ordinal: z.number(),
  givenNames: z.string(),
  firstSurname: z.string(),
  secondSurname: z.string(),
  child: z.boolean(),
});
export type PartyPerson = z.infer<typeof partyPerson>;

/** One line of today's list: people who come together. */
export const party = z.object({
  bookingId: uuid,
  folioTail: z.string(),
  startsAt: instant,
  localTime: z.string(),
  state: bookingState,
  visit: visit.nullable(),
  people: z.array(partyPerson),
  appointments: z.array(partyAppointment),
  /** Ids of checklist questions whose answer asks for attention. */
  flags: z.array(z.string()),
  /** Whether the permissions of absent parents have come; null when nobody signs elsewhere. */
  permission: z.enum(["missing", "received"]).nullable(),
  /** `HH:MM` at which it is expected, where that is not its own hour. */
  expectedTime: z.string().nullable(),
  /** Last day on which it may come back without an appointment; null when nothing kept it from being attended to. */
  returnUntil: z.string().nullable(),
  /** The day of its appointment, when it came back on another one. */
  lostOn: z.string().nullable(),
});
export type Party = z.infer<typeof party>;

/** A service that stands still today; `newsTime` is `HH:MM` at the office. */
export const suspension = z.object({
  service: z.string(),
  /** On whose account; null: all of the service. */
  station: z.enum(STATIONS).nullable(),
  reason: z.enum(SUSPENSION_REASONS),
  newsAt: instant,
  newsTime: z.string(),
});
export type Suspension = z.infer<typeof suspension>;

/** GET /hall: what hangs in the hall, with the counts of each station. */
export const hall = z.object({
  calls: z.array(
    z.object({
      picture: z.enum(PICTURES),
      number: z.number(),
      station: z.enum(STATIONS),
      counter: z.number(),
      calledAt: instant,
      attended: z.boolean(),
    }),
  ),
  stations: z.array(
    z.object({
      station: z.enum(STATIONS),
      waiting: z.number(),
      people: z.number(),
      byLine: z.object({ appointment: z.number(), return: z.number(), walk_in: z.number() }),
      waitMinutes: z.number().nullable(),
    }),
  ),
  inside: z.number(),
});
export type Hall = z.infer<typeof hall>;

/** GET /today: in the order in which parties are expected. Names are searched in this list, in the browser. */
export const today = z.object({
  officeId: z.string(),
  zone: z.string(),
  localDate: z.string(),
  at: instant,
  suspensions: z.array(suspension),
  parties: z.array(party),
});
export type Today = z.infer<typeof today>;

/** POST /find: a foreign and an unknown folio both answer 404 `unknown_booking`. */
export const found = z.object({ bookingId: uuid, localDate: z.string(), startsAt: instant, state: bookingState });
export type Found = z.infer<typeof found>;

export const parentPart = z.object({
  part: z.enum(["comes", "signs_elsewhere", "cannot"]),
  reason: z.string().nullable(),
  /** Day on which the family said that the permission was or will be signed. */
  permissionOn: z.string().nullable(),
  /** Day on the signed permission, once it came; null while it is missing. */
  receivedOn: z.string().nullable(),
});
export type ParentPart = z.infer<typeof parentPart>;

export const filePerson = z.object({
  ordinal: z.number(),
  givenNames: z.string(),
  firstSurname: z.string(),
  secondSurname: z.string(),
  /** Name on US papers; never matched. */
  otherName: z.string(),
  bornOn: z.string(),
  bornIn: z.string(),
  sex: z.enum(["H", "M", "X"]),
  curp: z.string(),
  child: z.boolean(),
  parents: z.array(parentPart),
  /** What she declared when her place was drawn: its paper is asked for. `on`: the day of a deadline. */
  declared: z.array(z.object({ kind: z.enum(["pregnancy", "disability", "deadline"]), on: z.string().nullable() })),
  /** Slugs of all services of this person, in order. */
  services: z.array(z.string()),
});
export type FilePerson = z.infer<typeof filePerson>;

/** POST /files: everything of one party. */
export const file = z.object({
  bookingId: uuid,
  /** `7K3M-9QXA-2B4CD` */
  folio: z.string(),
  localDate: z.string(),
  startsAt: instant,
  localTime: z.string(),
  state: bookingState,
  channel: z.string(),
  language,
  createdAt: instant,
  people: z.array(filePerson),
  appointments: z.array(partyAppointment),
  checklist: z.array(z.object({ id: z.string(), text: bilingual, answer: z.boolean(), flagged: z.boolean() })),
  visit: visit.nullable(),
  /** Last day on which it may come back without an appointment; null when it has no such right. */
  returnUntil: z.string().nullable(),
});
export type File = z.infer<typeof file>;

/** POST /visits, /visits/:id/call, /serve, /outcomes, /undo, and POST /no-show. */
export const visitAnswer = z.object({ visit });
export type VisitAnswer = z.infer<typeof visitAnswer>;

/** The data of the event `party`: how a party of the list stands now. The newer `version` of the visit is right. */
export const partyChange = z.object({
  bookingId: uuid,
  visit,
  state: bookingState,
  appointments: z.array(partyAppointment.pick({ id: true, state: true, outcomes: true })),
});
export type PartyChange = z.infer<typeof partyChange>;

/** The data of the event `booking`: read /today again if it is of that day, or stands on it. */
export const bookingChange = z.object({ bookingId: uuid, localDate: z.string() });
export type BookingChange = z.infer<typeof bookingChange>;

/** POST /permissions and /permissions/undo */
export const permissionAnswer = z.object({ bookingId: uuid, ordinal: z.number(), parent: z.number() });

/** POST /names */
export const corrected = z.object({ bookingId: uuid, ordinal: z.number() });

/** GET /counters: the counters that today's sessions plan, numbered over the whole office. */
export const counters = z.object({ counters: z.array(z.object({ number: z.number(), serviceGroup: z.string() })) });
export type Counters = z.infer<typeof counters>;

/** GET /office-file */
export const officeFile = z.object({
  officeId: z.string(),
  fields: z.array(
    z.object({
      field: z.string(),
      value: z.unknown(),
      level: z.enum(["confirmed", "page", "partial", "community_file", "memory", "invented", "missing"]),
      source: z.string().nullable(),
      confirmedBy: uuid.nullable(),
      confirmedAt: instant.nullable(),
      dueAt: instant.nullable(),
      due: z.boolean(),
    }),
  ),
  progress: z.object({ done: z.number(), of: z.number() }),
  mayConfirm: z.boolean(),
});
export type OfficeFile = z.infer<typeof officeFile>;

/** PUT /office-file {fields: [{field, value}]} */
export const confirmed = z.object({ confirmed: z.array(z.string()), dueAt: instant });

/** POST /cards: shown once, to be written on the paper. */
export const card = z.object({ folio: z.string(), pin: z.string() });
export type Card = z.infer<typeof card>;

export const staffList = z.object({ staff: z.array(staffMember) });
export type StaffList = z.infer<typeof staffList>;

export const staffAnswer = z.object({ staff: staffMember });

/** POST /staff/:id/enrolment: the token goes after `#` of the enrolment page's address, so that no server logs it. */
export const enrolment = z.object({ token: z.string(), expiresAt: instant });
export type Enrolment = z.infer<typeof enrolment>;

/** Every refusal; `code` is stable: not_signed_in, not_allowed, invalid, unknown_booking, folio_mistyped, not_today, booking_ended, unknown_visit, changed_meanwhile, not_possible, … (refusals.ts has them all). */
export const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string().optional(),
  fields: z.array(z.string()).optional(),
  /** What it collides with: a town, a day, an hour. */
  about: z.record(z.string(), z.string()).optional(),
});
export type ProblemDocument = z.infer<typeof problemDocument>;

/**
 * GET /events, a stream of server-sent events: `party` (put its data into the list), `care` (read /care again), `booking` (one of these was
 * made, moved, cancelled or corrected), `emergencies` (read /emergencies again), `changed` (read /today again; at most once a second, and the first comes
 * at once, so a stream that reconnects has missed nothing) and `revoked` (sign in again; the stream ends). Data
 * are ids, codes and instants, never a name. Every 15 seconds a comment keeps the line open.
 */
export type ConsoleEvent =
  | { readonly event: "party"; readonly data: PartyChange }
  | { readonly event: "booking"; readonly data: BookingChange }
  | { readonly event: "emergencies"; readonly data: Record<string, never> }
  | { readonly event: "changed"; readonly data: Record<string, never> }
  | { readonly event: "care"; readonly data: Record<string, never> }
  | { readonly event: "revoked"; readonly data: Record<string, never> };
