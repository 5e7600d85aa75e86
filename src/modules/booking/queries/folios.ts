import type { BookingId, Folio, OfficeId } from "#kernel/ids.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { SealedBooking } from "../commands/prepare.ts";

/** Whole folios of parties of one office, for a paper that they take home; of an erased one nothing. The caller writes the line of the audit log. */
export async function listFolios(
  ctx: Context,
  tx: Tx,
  officeId: OfficeId,
  ids: readonly BookingId[],
): Promise<Map<BookingId, Folio>> {
  const sealed = await rows<{ id: BookingId; sealed: Buffer }>(
    tx,
    sql`select id, sealed from booking.bookings where office_id = ${officeId} and id = any(${ids}::uuid[])`,
  );
  const opened = await ctx.keyring.open(
    sealed.map((one) => ({ field: "booking.booking" as const, row: one.id, sealed: one.sealed })),
  );
  return new Map(
    sealed.flatMap(({ id }, i) =>
      opened[i] === undefined ? [] : [[id, (JSON.parse(opened[i]) as SealedBooking).folio] as const],
    ),
  );
}
