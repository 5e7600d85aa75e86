import type { BookingId } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { readSignedId, signId } from "#platform/keyring/signed-id.ts";

type Needed = Pick<Services, "keyring">;

/** What stands after `/c/` in a message. The page behind it shows nothing before the visitor proves who she is. */
export function linkToken(ctx: Needed, bookingId: BookingId): Promise<string> {
  return signId(ctx.keyring, "link", bookingId);
}

/** The booking of a link that we sent; undefined for any other text. */
export async function readLinkToken(ctx: Needed, token: string): Promise<BookingId | undefined> {
  return (await readSignedId(ctx.keyring, "link", token)) as BookingId | undefined;
}
