import { z } from "zod";
import type { BookingId } from "#kernel/ids.ts";
import { localDate, uuid } from "#modules/booking/index.ts";
import {
  BLANK_MOVEMENTS,
  BLANKS,
  CORRECTION_REASONS,
  DOCUMENT_ACTIONS,
  DOCUMENT_STATES,
  EXEMPT_REASONS,
  MOST_COPIES,
  type DocumentId,
  type PaymentId,
} from "#modules/issuing/index.ts";
import { PAYMENT_MEANS, type DiscountId } from "#modules/offices/index.ts";

/** The cashier, documents, blank stock and the close of the day (issuing.routes.ts). Amounts are whole cents of a US dollar. */

const idOf = <Id extends string>() => uuid.transform((text) => text as Id);
const version = z.int().min(1).max(1_000_000);
/** As it is printed on receipts and blanks. */
const printedNumber = z.string().regex(/^[A-Z0-9-]{1,20}$/);
const DISCOUNTS = ["over-60", "disability", "seasonal-farm-worker-canada", "emergency"] as const satisfies DiscountId[];
/** The largest amount that one party can owe: a slip beyond it is a slip of the keyboard. */
const MOST_CENTS = 1_000_000;
/** A family's documents; and what one screen shows of a day at most. */
const MOST_DOCUMENTS = 40;
/** Blanks come in boxes; no office has more of them. */
const MOST_BLANKS = 20_000;

const choice = z.strictObject({
  variant: z.string().regex(/^[a-z0-9-]{0,40}$/),
  proofs: z.array(z.enum(DISCOUNTS)).max(DISCOUNTS.length),
  copies: z.int().min(0).max(MOST_COPIES),
});
const how = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("paid"), means: z.enum(PAYMENT_MEANS), receipt: printedNumber }),
  z.strictObject({ kind: z.literal("exempt"), reason: z.enum(EXEMPT_REASONS) }),
]);
const seen = z.strictObject({ id: idOf<DocumentId>(), version });

/** POST /cash/party */
export const cashPartyBody = z.strictObject({ bookingId: idOf<BookingId>() });
/** POST /cash/settle; `totalCents`: what the screen showed. */
export const settleBody = z.strictObject({
  bookingId: idOf<BookingId>(),
  items: z
    .array(z.strictObject({ id: idOf<DocumentId>(), version, choice }))
    .min(1)
    .max(MOST_DOCUMENTS),
  totalCents: z.int().min(0).max(MOST_CENTS),
  how,
});
/** POST /cash/correct; without `instead` the line is taken back and nothing stands in its place. */
export const correctBody = z.strictObject({
  paymentId: idOf<PaymentId>(),
  reason: z.enum(CORRECTION_REASONS),
  instead: z.strictObject({ choice, how }).optional(),
});
/** POST /documents/move; `number`: of the blank that was spoiled. */
export const moveBody = z.strictObject({
  documents: z.array(seen).min(1).max(MOST_DOCUMENTS),
  action: z.enum(DOCUMENT_ACTIONS),
  number: printedNumber.optional(),
  returnOn: localDate.optional(),
});
/** POST /documents/undo */
export const undoBody = z.strictObject({ documents: z.array(seen).min(1).max(MOST_DOCUMENTS) });
/** POST /blanks; `id` is made by whoever asks, anew for each report: sent again it is written once. */
export const blanksBody = z.discriminatedUnion("movement", [
  z.strictObject({
    id: uuid,
    movement: z.literal("received"),
    blank: z.enum(BLANKS),
    quantity: z.int().min(1).max(MOST_BLANKS),
  }),
  z.strictObject({
    id: uuid,
    movement: z.literal("counted"),
    blank: z.enum(BLANKS),
    quantity: z.int().min(0).max(MOST_BLANKS),
  }),
  z.strictObject({ id: uuid, movement: z.literal("spoiled"), blank: z.enum(BLANKS), number: printedNumber }),
]);
/** GET /closing */
export const closingQuery = z.strictObject({ on: localDate.optional().meta({ example: "2026-12-03" }) });
/** POST /closing/signatures; `digest` says which figures were on the screen. */
export const signBody = z.strictObject({ on: localDate, digest: z.string().regex(/^[0-9a-f]{64}$/) });

const money = z.object({ count: z.number(), cents: z.number() });
const bilingual = z.object({ es: z.string(), en: z.string() });

const document = z.object({
  id: z.string(),
  bookingId: z.string(),
  appointmentId: z.string(),
  /** Number of the person in her booking; null once that is erased. */
  ordinal: z.number().nullable(),
  service: z.string(),
  localDate: z.string(),
  folioTail: z.string(),
  state: z.enum(DOCUMENT_STATES),
  blank: z.enum(BLANKS).nullable(),
  variant: z.string(),
  dueCents: z.number(),
  promisedOn: z.string().nullable(),
  returnOn: z.string().nullable(),
  undoUntil: z.string().nullable(),
  version: z.number(),
});
export type IssuedDocumentView = z.infer<typeof document>;

/** GET /documents */
export const documents = z.object({
  documents: z.array(document.extend({ late: z.boolean(), lacksPaper: z.boolean() })),
});
export type Documents = z.infer<typeof documents>;

/** POST /documents/move, /documents/undo, /cash/correct */
export const changedDocuments = z.object({ documents: z.array(document) });

/** POST /cash/party and /cash/settle */
export const cashParty = z.object({
  bookingId: z.string(),
  means: z.array(z.enum(PAYMENT_MEANS)),
  documents: z.array(
    document.extend({
      offers: z.array(
        z.object({
          variant: z.string(),
          label: bilingual,
          cents: z.number(),
          /** Ids of the proofs with which it costs that much. */
          proofs: z.array(z.string()),
          discount: z.string().nullable(),
          year: z.number(),
        }),
      ),
      /** Change of the amount in per cent, for which the clerk may have seen a proof. */
      proofs: z.array(z.object({ id: z.enum(DISCOUNTS), percent: z.number() })),
      copyCents: z.number().nullable(),
      payments: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(["paid", "exempt"]),
          cents: z.number(),
          means: z.enum(PAYMENT_MEANS).nullable(),
          receipt: z.string().nullable(),
          reason: z.string().nullable(),
          corrects: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export type CashParty = z.infer<typeof cashParty>;

/** POST /blanks: the pieces that there are now. */
export const blanksLeft = z.object({ pieces: z.number() });
export type BlanksLeft = z.infer<typeof blanksLeft>;

const signature = z.object({ name: z.string(), at: z.string() });
/** GET /closing, POST /closing/signatures */
export const closing = z.object({
  page: z.object({
    officeId: z.string(),
    localDate: z.string(),
    appointments: z.object({ served: z.number(), unserved: z.number(), missed: z.number(), open: z.number() }),
    walkIns: z.number(),
    outcomes: z.array(z.object({ service: z.string(), code: z.string(), count: z.number() })),
    fees: z.object({
      due: money,
      paid: money,
      exempt: money,
      open: money,
      means: z.array(money.extend({ means: z.string() })),
      reasons: z.array(money.extend({ reason: z.string() })),
      issuedUnpaid: z.number(),
    }),
    blanks: z.array(
      z.object({
        blank: z.enum(BLANKS),
        start: z.number(),
        received: z.number(),
        adjusted: z.number(),
        used: z.number(),
        spoiled: z.number(),
        end: z.number(),
        spoiledNumbers: z.array(z.string()),
      }),
    ),
    uncollected: z.array(z.object({ service: z.string(), count: z.number(), oldest: z.string() })),
  }),
  digest: z.string(),
  /** Of these very figures; two close the day. */
  signatures: z.array(signature),
  /** Somebody signed, and then the figures changed. */
  changedSince: signature.nullable(),
  annex: z.object({
    payments: z.array(
      z.object({
        kind: z.enum(["paid", "exempt"]),
        cents: z.number(),
        means: z.enum(PAYMENT_MEANS).nullable(),
        reason: z.string().nullable(),
        correction: z.boolean(),
        at: z.string(),
      }),
    ),
    blanks: z.array(
      z.object({
        blank: z.enum(BLANKS),
        movement: z.enum(BLANK_MOVEMENTS),
        quantity: z.number(),
        number: z.string().nullable(),
        at: z.string(),
      }),
    ),
  }),
  /** For how many of the next five working days the stock is enough, as people have booked. */
  outlook: z.array(z.object({ blank: z.enum(BLANKS), pieces: z.number(), days: z.number(), low: z.boolean() })),
});
export type ClosingAnswer = z.infer<typeof closing>;
