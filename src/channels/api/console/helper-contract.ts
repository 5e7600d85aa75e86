import { z } from "zod";
import { uuid } from "#modules/booking/index.ts";
import { HELP_LANGUAGES, HELPER_KINDS, HELPER_REASONS, HELPER_STATES, type HelperId } from "#modules/helpers/index.ts";

/** Registered helpers (helpers.routes.ts). What an organisation wrote is shown as text. Instants are UTC. */
const line = z.object({
  id: z.string(),
  kind: z.enum(HELPER_KINDS),
  state: z.enum(HELPER_STATES),
  name: z.string(),
  place: z.string(),
  peopleAWeek: z.number(),
  askedAt: z.string(),
});

/** GET /helpers: those that wait first, three hundred at most. */
export const helperList = z.object({ helpers: z.array(line) });
export type HelperList = z.infer<typeof helperList>;

/** POST /helpers/:id/open, and after each step: each reading is a line of the audit log. */
export const openedHelper = line.extend({
  version: z.number(),
  answers: z.string(),
  contact: z.string(),
  reason: z.enum(HELPER_REASONS).nullable(),
  approvedAt: z.string().nullable(),
  endsOn: z.string(),
  /** Houses that said yes: an office, or `network`. */
  approvals: z.array(z.object({ house: z.string(), at: z.string(), mine: z.boolean() })),
  figures: z.object({
    persons: z.number(),
    /** Null: too few to be told. */
    kept: z.number().nullable(),
    keptShare: z.number().nullable(),
    languages: z.array(z.object({ language: z.enum(HELP_LANGUAGES), entries: z.number().nullable() })),
  }),
});
export type OpenedHelper = z.infer<typeof openedHelper>;

export const helperParams = z.object({ id: uuid.transform((id) => id as HelperId) });
const version = z.number().int().positive();
export const approveBody = z.object({ version });
export const moveHelperBody = z.object({
  version,
  to: z.enum(["approved", "refused", "suspended", "ended"]),
  reason: z.enum(HELPER_REASONS).optional(),
});
/** POST /helpers/:id/enrolment: shown once. */
export const helperEnrolment = z.object({ code: z.string(), until: z.string() });
export type HelperEnrolment = z.infer<typeof helperEnrolment>;
