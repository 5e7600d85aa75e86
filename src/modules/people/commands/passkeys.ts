import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import {
  findEnrolledStaff,
  findPasskey,
  insertPasskey,
  listPasskeys,
  moveCounter,
  useEnrolment,
} from "../store/passkeys.ts";
import type { StaffMember } from "../types.ts";
import { offerRegistration, offerSignIn, readRegistration, readSignIn, type Begun, type Ended } from "./ceremony.ts";
import { startStaffSession, viewStaff, type StaffSignIn } from "./staff.ts";
import { digestOf } from "./tokens.ts";

/** What the challenges of the staff's sign-in are signed for; an account's are not good here. */
const STAFF_SIGN_IN = "sign in";

/** What the browser needs to register a passkey by an enrolment link. */
export async function beginRegistration(
  ctx: Context,
  enrolmentToken: string,
): Promise<Outcome<Begun<PublicKeyCredentialCreationOptionsJSON>, { code: "enrolment_invalid" }>> {
  const enrolled = await transaction(ctx, "console", async (tx) => {
    const staff = await findEnrolledStaff(tx, digestOf(enrolmentToken), ctx.now);
    return staff && { ...staff, known: await listPasskeys(tx, staff.id) };
  });
  if (!enrolled) return refuse({ code: "enrolment_invalid" });
  return accept(await offerRegistration(ctx, `register ${enrolmentToken}`, enrolled));
}

/** Keeps the passkey and uses up the link. `response` is what the browser sent, as it came. */
export async function finishRegistration(
  ctx: Context,
  input: Ended & { readonly enrolmentToken: string },
): Promise<Outcome<StaffMember, { code: "enrolment_invalid" } | { code: "passkey_not_accepted" }>> {
  const passkey = await readRegistration(ctx, `register ${input.enrolmentToken}`, input);
  if (!passkey) return refuse({ code: "passkey_not_accepted" });

  return transaction(ctx, "console", async (tx) => {
    const tokenDigest = digestOf(input.enrolmentToken);
    const staff = await findEnrolledStaff(tx, tokenDigest, ctx.now);
    if (!staff || !(await useEnrolment(tx, tokenDigest, ctx.now))) return refuse({ code: "enrolment_invalid" });
    if (!(await insertPasskey(tx, { ...passkey, staffId: staff.id, createdAt: ctx.now })))
      return refuse({ code: "passkey_not_accepted" });
    const actor = {
      kind: "staff",
      staffId: staff.id,
      officeId: staff.officeId ?? undefined,
      role: staff.role,
    } as const;
    await insertAudit(tx, [
      {
        at: ctx.now,
        actor,
        channel: ctx.channel,
        action: "people.passkey_registered",
        purpose: ctx.purpose,
        officeId: actor.officeId,
      },
    ]);
    return accept(viewStaff(staff));
  });
}

/** Names nobody: which passkeys exist is known to the devices only. */
export function beginSignIn(ctx: Context): Promise<Begun<PublicKeyCredentialRequestOptionsJSON>> {
  return offerSignIn(ctx, STAFF_SIGN_IN);
}

/** Opens a staff session. A challenge opens one, once; a passkey whose counter falls back is a copy and opens none. */
export async function finishSignIn(
  ctx: Context,
  input: Ended,
): Promise<Outcome<StaffSignIn, { code: "sign_in_failed" }>> {
  const answered = await readSignIn(ctx, STAFF_SIGN_IN, input, (id) =>
    transaction(ctx, "console", (tx) => findPasskey(tx, id)),
  );
  if (!answered) return refuse({ code: "sign_in_failed" });
  const { passkey, counter, challenge } = answered;

  return transaction(ctx, "console", async (tx) => {
    const staff = viewStaff({
      id: passkey.staffId,
      officeId: passkey.officeId,
      role: passkey.role,
      name: passkey.name,
    });
    if (!(await moveCounter(tx, passkey.credentialId, counter, ctx.now))) return refuse({ code: "sign_in_failed" });
    const opened = await startStaffSession(ctx, tx, staff, digestOf(challenge));
    return opened ? accept(opened) : refuse({ code: "sign_in_failed" });
  });
}
