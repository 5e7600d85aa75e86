import type { BookingId } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { readSignedId, signId } from "#platform/keyring/signed-id.ts";

type Needed = Pick<Services, "keyring">;

/** What a printed code says of its booking: nothing that anybody but us can read. */
export function qrToken(ctx: Needed, bookingId: BookingId): Promise<string> {
  return signId(ctx.keyring, "slip", bookingId);
}

/** The booking of a code that we printed; undefined for any other text. */
export async function readQrToken(ctx: Needed, token: string): Promise<BookingId | undefined> {
  return (await readSignedId(ctx.keyring, "slip", token)) as BookingId | undefined;
}
