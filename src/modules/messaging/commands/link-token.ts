import type { BookingId } from "#kernel/ids.ts";
import type { RequestId } from "#modules/booking/index.ts";
import type { Services } from "#platform/context.ts";
import { readSignedId, signId } from "#platform/keyring/signed-id.ts";

type Needed = Pick<Services, "keyring">;

/** What stands after `/c/` in a message. The page behind it shows nothing before the visitor proves who she is. */
export function linkToken(ctx: Needed, id: BookingId): Promise<string> {
  return signId(ctx.keyring, "link", id);
}

/** The same after `/s/`, of a request. */
export function requestToken(ctx: Needed, id: RequestId): Promise<string> {
  return signId(ctx.keyring, "request", id);
}

/** The same after `/e/`: whoever holds it may say once how that visit was, and sees nothing of it. */
export function surveyToken(ctx: Needed, id: BookingId): Promise<string> {
  return signId(ctx.keyring, "survey", id);
}

/** The same after `/d/`: whoever holds it may take a new contact off an account again, and sees nothing of it. */
export function undoToken(ctx: Needed, joiningId: string): Promise<string> {
  return signId(ctx.keyring, "undo", joiningId);
}

/** The booking of a link that we sent; undefined for any other text. */
export async function readLinkToken(ctx: Needed, token: string): Promise<BookingId | undefined> {
  return (await readSignedId(ctx.keyring, "link", token)) as BookingId | undefined;
}

/** The same of a request: a link of one kind opens nothing of the other. */
export async function readRequestToken(ctx: Needed, token: string): Promise<RequestId | undefined> {
  return (await readSignedId(ctx.keyring, "request", token)) as RequestId | undefined;
}
