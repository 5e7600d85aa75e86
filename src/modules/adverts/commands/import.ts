import { z } from "zod";
import type { StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { MOST_ROWS, rowReader, type ImportFormat, type RawRow } from "../rules/import.ts";
import { isLink, keptWords } from "../rules/reporting.ts";
import { PLATFORMS, type AdvertReport } from "../types.ts";
import { fileAdverts, prepareAdverts } from "./filing.ts";

/** Why a row of an export was not taken. */
export type RowError =
  "unreadable" | "too_long" | "unknown_platform" | "nothing_reported" | "bad_link" | "too_many_rows" | "too_many_bytes";

/** How far an import is; the last one is the whole. Each error once, the first hundred of them. */
export interface ImportProgress {
  readonly rows: number;
  readonly filed: number;
  readonly known: number;
  readonly refused: number;
  readonly errors: readonly { readonly row: number; readonly error: RowError }[];
}

/** Rows that are filed in one transaction, and then told. */
const ROWS_AT_ONCE = 200;
/** Twenty thousand rows with a kilobyte each. A body in pieces says its length nowhere, so that it is counted as it comes. */
export const MOST_IMPORT_BYTES = 20_000_000;
const MOST_ERRORS_TOLD = 100;

/** A row of an export. Other columns are passed over. */
const rowShape = z.object({
  platform: z.enum(PLATFORMS).default("other"),
  link: z.string().trim().default(""),
  words: z.string().trim().default(""),
});

/**
 * Files the rows of an export as they arrive, some hundreds at a time, and tells after each how far it is. What was filed
 * stays when the connection ends; the same export sent again only counts. A row is judged alone, and no row stops the next.
 */
export function importAdverts(
  ctx: Context,
  format: ImportFormat,
  chunks: AsyncIterable<Uint8Array>,
): Outcome<AsyncIterable<ImportProgress>, { readonly code: "not_allowed" }> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "see_adverts")) return refuse({ code: "not_allowed" });
  return accept(progressOf(ctx, actor.staffId as StaffId, format, chunks));
}

async function* progressOf(
  ctx: Context,
  by: StaffId,
  format: ImportFormat,
  chunks: AsyncIterable<Uint8Array>,
): AsyncIterable<ImportProgress> {
  const reader = rowReader(format);
  const decoder = new TextDecoder();
  let told: ImportProgress = { rows: 0, filed: 0, known: 0, refused: 0, errors: [] };
  let waiting: RawRow[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MOST_IMPORT_BYTES) {
      const done = await fileRows(ctx, by, waiting, told);
      const error = { row: done.rows + 1, error: "too_many_bytes" } as const;
      yield { ...done, refused: done.refused + 1, errors: [...done.errors.slice(0, MOST_ERRORS_TOLD - 1), error] };
      return;
    }
    waiting.push(...reader.push(decoder.decode(chunk, { stream: true })));
    while (waiting.length >= ROWS_AT_ONCE) {
      told = await fileRows(ctx, by, waiting.slice(0, ROWS_AT_ONCE), told);
      waiting = waiting.slice(ROWS_AT_ONCE);
      yield told;
      // What is beyond is told once, as refused, and no more of it is read.
      if (told.rows > MOST_ROWS) return;
    }
  }
  waiting.push(...reader.push(decoder.decode()), ...reader.end());
  yield await fileRows(ctx, by, waiting, told);
}

async function fileRows(
  ctx: Context,
  by: StaffId,
  rows: readonly RawRow[],
  before: ImportProgress,
): Promise<ImportProgress> {
  const judged = rows.map((one) => ({
    row: one.row,
    ...(one.row > MOST_ROWS ? { error: "too_many_rows" as const } : judgeRow(one)),
  }));
  const reports = judged.flatMap((one) => ("report" in one ? [one.report] : []));
  const errors = judged.flatMap((one) => ("error" in one ? [{ row: one.row, error: one.error }] : []));
  const adverts = await prepareAdverts(ctx, reports, { source: "import", by });
  const filed =
    adverts.length === 0
      ? []
      : await transaction(ctx, "console", async (tx) => {
          const done = await fileAdverts(tx, adverts);
          await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "adverts.imported", count: adverts.length }]);
          return done;
        });
  const fresh = filed.filter((one) => one.isNew).length;
  return {
    rows: before.rows + rows.length,
    filed: before.filed + fresh,
    known: before.known + filed.length - fresh,
    refused: before.refused + errors.length,
    errors: [...before.errors, ...errors].slice(0, MOST_ERRORS_TOLD),
  };
}

function judgeRow(raw: RawRow): { readonly report: AdvertReport } | { readonly error: RowError } {
  if ("error" in raw) return { error: raw.error };
  const parsed = rowShape.safeParse(raw.fields);
  if (!parsed.success) return { error: "unknown_platform" };
  const { platform, link, words } = parsed.data;
  if (link === "" && words === "") return { error: "nothing_reported" };
  if (link !== "" && !isLink(link)) return { error: "bad_link" };
  return { report: { platform, link, words: keptWords(words) } };
}
