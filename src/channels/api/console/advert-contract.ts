import { z } from "zod";
import {
  ADVERT_SOURCES,
  ADVERT_STATES,
  IMPORT_FORMATS,
  MOST_LINK,
  MOST_WORDS,
  PLATFORMS,
  TAKEDOWN_STATES,
  type AdvertId,
  type PurchaseId,
} from "#modules/adverts/index.ts";
import { instant, uuid } from "#modules/booking/index.ts";

/** The register of adverts (adverts.routes.ts). Links and words are hostile text: shown as text, never as a link. Instants are UTC. */
const platform = z.enum(PLATFORMS);
const state = z.enum(ADVERT_STATES);
const takedownState = z.enum(TAKEDOWN_STATES);
const at = z.string();

const line = z.object({
  id: z.string(),
  source: z.enum(ADVERT_SOURCES),
  platform,
  state,
  filedAt: at,
  lastAt: at,
  reports: z.number(),
  /** Contacts that it was matched with. */
  matches: z.number(),
  takedown: takedownState.nullable(),
  excerpt: z.string(),
});

/** GET /adverts: the latest report first, a hundred at most. */
export const advertList = z.object({ adverts: z.array(line) });
export type AdvertList = z.infer<typeof advertList>;

/** POST /adverts/:id/open, and after each step: each reading is a line of the audit log. */
export const openedAdvert = line.omit({ matches: true, excerpt: true, takedown: true }).extend({
  version: z.number(),
  link: z.string(),
  words: z.string(),
  /** Whether the caller filed it: then somebody else confirms. */
  mine: z.boolean(),
  points: z.array(
    z.object({
      kind: z.enum(["phone", "email", "account"]),
      value: z.string(),
      /** Other adverts with the same. */
      others: z.number(),
      /** The end of the matched contact's id, as in its cases; no name, number or address of it is told. */
      match: z.string().nullable(),
    }),
  ),
  screenshots: z.array(z.string()),
  takedown: z
    .object({
      state: takedownState,
      version: z.number(),
      next: z.array(takedownState),
      draftedAt: at,
      sentAt: at.nullable(),
      answeredAt: at.nullable(),
      closedAt: at.nullable(),
    })
    .nullable(),
  purchases: z.array(
    z.object({
      id: z.string(),
      boughtAt: at,
      /** US cents. */
      priceCents: z.number(),
      folioTail: z.string().nullable(),
      mine: z.boolean(),
      witnessed: z.boolean(),
    }),
  ),
});
export type OpenedAdvert = z.infer<typeof openedAdvert>;

/** GET /adverts/months: `line` is what a fall like that of 2021 would leave, null before there is a measure. */
export const advertMonths = z.object({
  months: z.array(
    z.object({
      month: z.string(),
      adverts: z.number(),
      reports: z.number(),
      confirmed: z.number(),
      removed: z.number(),
    }),
  ),
  line: z.number().nullable(),
});
export type AdvertMonths = z.infer<typeof advertMonths>;

/** A line of POST /adverts/import: how far it is. */
export interface ImportLine {
  readonly rows: number;
  readonly filed: number;
  readonly known: number;
  readonly refused: number;
  readonly errors: readonly { readonly row: number; readonly error: string }[];
}

export const advertFiled = z.object({ id: z.string() });

const version = z.int().min(1).max(1_000_000);
const advertId = uuid.transform((text) => text as AdvertId);
export const advertQuery = z.strictObject({
  state: state.optional(),
  platform: platform.optional(),
  takedown: takedownState.optional(),
});
export const advertParams = z.strictObject({ id: advertId });
export const screenshotParams = z.strictObject({ id: advertId, screenshot: uuid });
export const purchaseParams = z.strictObject({ id: advertId, purchase: uuid.transform((text) => text as PurchaseId) });
/** Characters of a picture in base64. */
const MOST_PICTURE = 420_000;
export const reportBody = z.strictObject({
  platform,
  link: z.string().max(MOST_LINK).default(""),
  words: z.string().max(MOST_WORDS).default(""),
  screenshot: z.base64().max(MOST_PICTURE).optional(),
});
export const judgeBody = z.strictObject({ version, state: z.enum(["confirmed", "dismissed"]) });
export const moveBody = z.strictObject({ version, to: takedownState });
export const purchaseBody = z.strictObject({
  id: uuid.transform((text) => text as PurchaseId),
  boughtAt: instant,
  priceCents: z.int().min(0).max(1_000_000),
  folio: z.string().max(40).default(""),
});
export const importQuery = z.strictObject({ format: z.enum(IMPORT_FORMATS) });
