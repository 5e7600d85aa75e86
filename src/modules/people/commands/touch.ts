import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { CHALLENGE_MINUTES } from "../rules.ts";
import { findPasskey, moveCounter } from "../store/passkeys.ts";
import { touchStaffSession } from "../store/staff.ts";
import { offerSignIn, readSignIn, type Begun, type Ended } from "./ceremony.ts";
import { digestOf } from "./tokens.ts";

/** What the browser needs to touch the passkey once more; good for that session alone. */
export function beginTouch(ctx: Context, token: string): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>> {
  return offerSignIn(ctx, purposeOf(token));
}

/** Notes that whoever is signed in touched her own passkey now: what reaches far is hers to do for some minutes. */
export async function finishTouch(
  ctx: Context,
  { token, staffId, ...ended }: Ended & { readonly token: string; readonly staffId: StaffId },
): Promise<Outcome<{ touchedAt: Date }, { code: "sign_in_failed" }>> {
  const answered = await readSignIn(ctx, purposeOf(token), ended, (id) =>
    transaction(ctx, "console", (tx) => findPasskey(tx, id)),
  );
  if (answered?.passkey.staffId !== staffId) return refuse({ code: "sign_in_failed" });
  const { passkey, counter, expiresAt } = answered;
  const challengedAt = new Date(expiresAt.getTime() - CHALLENGE_MINUTES * MINUTE_MS);
  return transaction(ctx, "console", async (tx) => {
    const touch = { tokenDigest: digestOf(token), staffId, challengedAt, now: ctx.now };
    const counts =
      (await moveCounter(tx, passkey.credentialId, counter, ctx.now)) && (await touchStaffSession(tx, touch));
    if (!counts) return refuse({ code: "sign_in_failed" });
    const officeId = passkey.officeId ?? undefined;
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "people.passkey_touched", officeId }]);
    return accept({ touchedAt: ctx.now });
  });
}

function purposeOf(token: string): string {
  return `touch ${digestOf(token).toString("hex")}`;
}
