import { z } from "zod";
import { uuid } from "#modules/booking/index.ts";
import {
  APPEAL_REASONS,
  ATTEMPT_CHANNELS,
  CASE_STATES,
  TERMS,
  VERDICTS,
  type CaseId,
  type ClusterId,
} from "#modules/integrity/index.ts";

/** What the routes of integrity take and answer (integrity.routes.ts). Instants are UTC in ISO 8601; nothing names anybody. */
const instant = z.string();
const level = z.enum(["green", "yellow", "orange", "red"]);
const MOST_POINTS = 100;
const points = z.int().min(1).max(MOST_POINTS);
export const thresholds = z.strictObject({ yellow: points, orange: points, red: points });
const term = z.object({ code: z.string(), points: z.number() });

const cluster = z.object({
  id: z.string(),
  points: z.number(),
  level,
  families: z.array(z.enum(["contact", "device", "behaviour", "identity", "advert"])),
  strong: z.boolean(),
  terms: z.array(term),
  credits: z.array(term),
  persons: z.number(),
  bookings: z.number(),
  contacts: z.number(),
  offices: z.number(),
  foundAt: instant,
});
export type ClusterCard = z.infer<typeof cluster>;

const caseCard = z.object({
  id: z.string(),
  /** Of what the asker saw: it goes back with each decision. */
  version: z.number(),
  clusterId: z.string().nullable(),
  origin: z.enum(["score", "control"]),
  officeId: z.string(),
  level,
  points: z.number(),
  state: z.enum(CASE_STATES),
  startsAt: instant,
  attempts: z.array(z.object({ channel: z.enum(ATTEMPT_CHANNELS), reached: z.boolean(), at: instant })),
  /** What is still to be tried before its end may be signed; zeros when nothing is. */
  missing: z.object({ attempts: z.number(), channels: z.number(), voice: z.number(), hours: z.number() }),
  /** Signed ahead that nobody was reached: when it ends by itself. */
  endsAt: instant.nullable(),
  appeal: z
    .object({ at: instant, dueAt: instant, reason: z.enum(APPEAL_REASONS), ownSignature: z.boolean() })
    .nullable(),
});
export type CaseCard = z.infer<typeof caseCard>;

export const integrityDesk = z.object({
  clusters: z.array(cluster),
  cases: z.array(caseCard),
  thresholds: z.object({ yellow: z.number(), orange: z.number(), red: z.number() }),
});
export type IntegrityDesk = z.infer<typeof integrityDesk>;

/** Bookings of one group; numbers stand for contacts and browsers. */
export const clusterPicture = z.object({
  bookings: z.array(
    z.object({
      contact: z.number(),
      device: z.number().nullable(),
      officeId: z.string(),
      people: z.number(),
      ended: z.enum(["served", "missed", "cancelled"]).nullable(),
      startsAt: instant,
    }),
  ),
});
export type ClusterPicture = z.infer<typeof clusterPicture>;

export const thresholdPreview = z.object({
  levels: z.array(
    z.object({
      level,
      groupsNow: z.number(),
      groupsThen: z.number(),
      bookingsNow: z.number(),
      bookingsThen: z.number(),
    }),
  ),
  labelled: z.object({ all: z.number(), asked: z.number(), right: z.number(), missed: z.number() }),
});
export type ThresholdPreview = z.infer<typeof thresholdPreview>;

const asked = z.object({ asked: z.number(), right: z.number() });
/** GET /integrity/weights: what decided cases would make of the weights, and what these would have made of the cases. */
export const weightsProposal = z.object({
  labelled: z.number(),
  needed: z.number(),
  changes: z.array(z.object({ code: z.string(), now: z.number(), then: z.number() })),
  now: asked,
  then: asked,
});
export type WeightsProposal = z.infer<typeof weightsProposal>;
const MOST_LABELLED = 10_000_000;
/** Of how many cases the proposal was that the analyst saw. */
export const weightsBody = z.strictObject({ labelled: z.int().min(0).max(MOST_LABELLED) });

const doubt = z.object({
  id: z.string(),
  /** `clash`: two contacts filed for one person for days to come. */
  kind: z.enum(["clash", "near"]),
  terms: z.array(z.enum(TERMS)),
  foundAt: instant,
  /** All that is known of both was filed by one contact: only then does "same" make them one. */
  oneContact: z.boolean(),
});
export type DoubtCard = z.infer<typeof doubt>;

/** GET /integrity/pairs: doubts without a name, the oldest first. */
export const doubts = z.object({ pairs: z.array(doubt) });
export type Doubts = z.infer<typeof doubts>;

/** POST /integrity/pairs/:id/open: the names; each opening is on record. */
export const openedDoubt = doubt.extend({
  verdict: z.enum(VERDICTS).nullable(),
  child: z.boolean(),
  sides: z.array(
    z.object({
      name: z.string(),
      bornOn: z.string(),
      bornIn: z.string(),
      sex: z.string(),
      curp: z.string(),
      seen: z.boolean(),
      active: z.boolean(),
      filedAt: instant,
      contact: z.number(),
      person: z.union([z.literal(0), z.literal(1)]),
    }),
  ),
});
export type OpenedDoubt = z.infer<typeof openedDoubt>;
export const doubtParams = z.strictObject({ id: uuid });
export const doubtBody = z.strictObject({ verdict: z.enum(VERDICTS) });

export const decided = z.object({ ok: z.literal(true) });

const MOST_CASES = 500;
const meant = { id: uuid.transform((text) => text as CaseId), version: z.int().min(0).max(1_000_000) };
export const clusterParams = z.strictObject({ id: uuid.transform((text) => text as ClusterId) });
export const casesBody = z.strictObject({ cases: z.array(z.strictObject(meant)).min(1).max(MOST_CASES) });
export const attemptBody = z.strictObject({ ...meant, channel: z.enum(ATTEMPT_CHANNELS), reached: z.boolean() });
export const settleBody = z.strictObject({ ...meant, verdict: z.enum(["validated", "unreachable", "refuted"]) });
export const appealBody = z.strictObject({ ...meant, verdict: z.enum(["won", "upheld"]) });
