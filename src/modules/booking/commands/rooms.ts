import { refuse, type Outcome } from "#kernel/outcome.ts";
import type { ContactId } from "#kernel/ids.ts";
import { joinRoom, type Joined, type RoomId, type RoomRefusal } from "#modules/room/index.ts";
import type { Context } from "#platform/context.ts";
import { nameKeyText } from "../rules/names.ts";
import { coolingUntil } from "../queries/cool-down.ts";
import { suspendedUntil } from "../queries/suspension.ts";
import type { ApplicantDetails, ContactSuspended, WaitAfterCancel } from "../types.ts";

/**
 * A place in a waiting room's line for a contact and the people it would book, on every channel: an agent who answers
 * a call gives what the ring was given. Their names leave this module only as the text behind a keyed digest.
 */
export async function enterRoom(
  ctx: Context,
  request: {
    roomId: RoomId;
    contactId: ContactId;
    applicants: readonly ApplicantDetails[];
    ringId?: string | undefined;
  },
): Promise<Outcome<Joined, RoomRefusal | WaitAfterCancel | ContactSuspended>> {
  const { roomId, contactId, applicants, ringId } = request;
  // Told at the door: nobody waits for a turn that ends in a no.
  const until = await coolingUntil(ctx, contactId);
  if (until) return refuse({ code: "wait_after_cancel", until });
  const closed = await suspendedUntil(ctx, contactId);
  if (closed) return refuse({ code: "contact_suspended", until: closed });
  return joinRoom(ctx, { roomId, contactId, persons: applicants.map(nameKeyText), ringId });
}
