import { z } from "zod";
import { hasForbiddenCharacters } from "#kernel/text.ts";
import type { AppointmentId, BookingId, SessionId, StaffId, VisitId } from "#kernel/ids.ts";
import { DRAWABLE_GROUPS, type DrawId } from "#modules/allocation/index.ts";
import { counters, CUT_REASONS, type ClosingId, localTime, type CutId } from "#modules/schedules/index.ts";
import {
  DECLARED_PRIORITIES,
  MISSING_DOCUMENTS,
  OUTCOME_CODES,
  OVERRIDE_REASONS,
  REFUSAL_REASONS,
  STATIONS,
} from "#modules/visits/index.ts";
import { applicant, localDate, officeId, serviceSlug, uuid } from "#modules/booking/index.ts";

/** What the console's routes take. Nothing that names a person ever stands in an address. */
const idOf = <Id extends string>() => uuid.transform((text) => text as Id);
const bookingId = idOf<BookingId>();
const version = z.int().min(1).max(1_000_000);
/** A passkey's answer: its own shape is checked where it is verified. */
export const passkeyAnswer = z.record(z.string(), z.unknown());
const enrolmentToken = z.string().regex(/^[\w-]{20,200}$/);
/** Longest folio as people type it, and longest signed text of a slip's QR. */
const FOLIO_LENGTH = 40;
const QR_LENGTH = 400;
const printable = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !hasForbiddenCharacters(text), "control or direction-changing characters");

export const visitParams = z.strictObject({ id: idOf<VisitId>() });
export const staffParams = z.strictObject({ id: idOf<StaffId>() });

export const verifyBody = z.strictObject({ response: passkeyAnswer });
export const enrolOptionsBody = z.strictObject({ token: enrolmentToken });
export const enrolVerifyBody = z.strictObject({ token: enrolmentToken, response: passkeyAnswer });

export const findBody = z.union([
  z.strictObject({ folio: printable(FOLIO_LENGTH) }),
  z.strictObject({ qr: printable(QR_LENGTH) }),
]);
/** What the door is shown: the code of a slip, or its folio as it was typed. */
const shown = findBody;
export const doorBody = z.strictObject({ shown, stepFree: z.boolean().optional() });
export const doorSecondBody = z.strictObject({ staffId: uuid, reason: z.enum(OVERRIDE_REASONS) });
export const overrideBody = z.strictObject({ shown, reason: z.enum(OVERRIDE_REASONS) });
export const nextBody = z.strictObject({ here: z.boolean() });
export const othersBody = z.strictObject({ by: z.union([z.literal(1), z.literal(-1)]) });
/** As visits.halls has it. */
export const hallLimitBody = z.strictObject({ people: z.int().min(1).max(2000).nullable() });
export const bookingBody = z.strictObject({ bookingId });
export const callBody = z.strictObject({ counter: z.int().min(1).max(99), version });
export const serveBody = z.strictObject({ version });
export const callNextBody = z.strictObject({ station: z.enum(STATIONS), counter: z.int().min(1).max(99) });
/** Stations of an office, the services that do not go through all of them, and the hours for people without an appointment; null for the hall's own. */
export const hallPlan = z.strictObject({
  stations: z
    .array(z.strictObject({ station: z.enum(STATIONS), counters: z.int().min(1).max(60) }))
    .max(STATIONS.length),
  routes: z
    .array(z.strictObject({ service: serviceSlug, stations: z.array(z.enum(STATIONS)).min(1).max(STATIONS.length) }))
    .max(60),
  walkIns: z.strictObject({ opens: localTime, closes: localTime }).nullable().optional(),
});
export const passBody = z.strictObject({ version, to: z.enum(STATIONS).optional() });
export const priorityBody = z.strictObject({ version, priority: z.enum(DECLARED_PRIORITIES) });

const outcome = z.strictObject({
  appointmentId: idOf<AppointmentId>(),
  service: serviceSlug,
  code: z.enum(OUTCOME_CODES),
  reason: z.enum([...new Set([...MISSING_DOCUMENTS, ...REFUSAL_REASONS])]).optional(),
});
/** Eight people with three services each. */
export const outcomesBody = z.strictObject({ version, outcomes: z.array(outcome).min(1).max(24) });

/** An absent parent's permission: whose, counted from 1 as they stand in the file. */
const permissionOf = { bookingId, ordinal: z.int().min(1).max(8), parent: z.int().min(1).max(2) };
export const permissionBody = z.strictObject({ ...permissionOf, signedOn: localDate });
export const permissionUndoBody = z.strictObject(permissionOf);

export const namesBody = z.strictObject({
  bookingId,
  ordinal: z.int().min(1).max(8),
  givenNames: applicant.shape.givenNames,
  firstSurname: applicant.shape.firstSurname,
  secondSurname: applicant.shape.secondSurname,
  /** Where more changes than a slip of the pen: what a colleague's passkey attested (POST /walk-ins/presence). */
  second: uuid.optional(),
});

export const officeFileQuery = z.strictObject({ officeId: officeId.optional() });
export const officeFileBody = z.strictObject({
  officeId: officeId.optional(),
  fields: z
    .array(z.strictObject({ field: z.string().regex(/^[a-z_:]{1,40}$/), value: z.unknown() }))
    .min(1)
    .max(20),
});

export const drawParams = z.strictObject({ id: idOf<DrawId>() });
export const regimeBody = z.strictObject({
  officeId,
  serviceGroup: z.enum(DRAWABLE_GROUPS),
  wish: z.enum(["draw", "immediate", "measured"]),
});

/** Counters and hours of one session, or of every session of the day: `HH:MM` on the office's clock, the end not included. */
const cutFields = {
  localDate,
  sessionId: idOf<SessionId>().optional(),
  counters: z
    .strictObject({ from: counters, to: counters })
    .refine(({ from, to }) => from <= to)
    .optional(),
  hours: z
    .strictObject({ from: localTime, until: localTime })
    .refine(({ from, until }) => from < until)
    .optional(),
};
export const cutsQuery = z.strictObject({ on: localDate.optional().meta({ example: "2026-12-03" }) });
export const cutPreviewBody = z.strictObject(cutFields);
export const cutBody = z.strictObject({ ...cutFields, reason: z.enum(CUT_REASONS) });
/** What a family said on the telephone to the place that is proposed to it. */
export const proposalBody = z.strictObject({ bookingId, answer: z.enum(["yes", "no"]) });
export const cutParams = z.strictObject({ id: idOf<CutId>() });

/** The whole network at once, if it must be. */
const MOST_OFFICES = 200;
const closingFields = { officeIds: z.array(officeId).min(1).max(MOST_OFFICES), from: localDate, to: localDate };
const inOrder = ({ from, to }: { from: string; to: string }) => from <= to;
export const closingPreviewBody = z.strictObject(closingFields).refine(inOrder, "to: before from");
export const closingBody = z
  .strictObject({ ...closingFields, reason: z.enum(CUT_REASONS) })
  .refine(inOrder, "to: before from");
export const closingParams = z.strictObject({ id: idOf<ClosingId>() });

/** A name that colleagues see. */
const STAFF_NAME_LENGTH = 120;
export const staffBody = z.strictObject({
  officeId: officeId.optional(),
  role: z.enum(["clerk", "door", "supervisor", "office_head", "hq", "analyst", "agent", "admin"]),
  name: printable(STAFF_NAME_LENGTH),
});
