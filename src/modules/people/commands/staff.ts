import type { OfficeId, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { tidy } from "#kernel/text.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { coalesce } from "#platform/coalesce.ts";
import { transaction, type Context, type Services, type Tx } from "#platform/context.ts";
import { claimKey, idempotencyDigests, type StoredOutcome } from "#platform/idempotency.ts";
import { newId } from "#platform/random.ts";
import { can, worksForNetwork } from "../policy.ts";
import { ENROLMENT_HOURS, STAFF_SESSION_HOURS } from "../rules.ts";
import { insertEnrolment } from "../store/passkeys.ts";
import {
  deactivateStaffRow,
  endStaffSessionRow,
  findActiveStaff,
  insertStaff,
  insertStaffSession,
  listStaffByToken,
  type StaffRow,
} from "../store/staff.ts";
import type { SignedInStaff, StaffMember, StaffRole } from "../types.ts";
import { digestOf, newToken, perDatabase } from "./tokens.ts";

export type StaffRefusal = { readonly code: "not_allowed" } | { readonly code: "no_such_staff" };

type AddRefusal = { readonly code: "office_does_not_fit" | "name_missing" | "idempotency_mismatch" };

export interface StaffSignIn {
  readonly token: string;
  readonly staff: StaffMember;
  readonly expiresAt: Date;
}

/** Adds a member of staff, who cannot sign in before an enrolment. Office roles need an office, the others have none. */
export async function addStaff(
  ctx: Context,
  input: { officeId?: OfficeId | undefined; role: StaffRole; name: string },
  idempotency?: { readonly route: string; readonly key: string; readonly body: string },
): Promise<Outcome<StaffMember, StaffRefusal | AddRefusal>> {
  if (!can(ctx.actor, "manage_staff")) return refuse({ code: "not_allowed" });
  if (worksForNetwork(input.role) === (input.officeId !== undefined)) return refuse({ code: "office_does_not_fit" });
  const name = tidy(input.name);
  if (name === "") return refuse({ code: "name_missing" });
  const member: StaffMember = { id: newId<StaffId>(), officeId: input.officeId, role: input.role, name };
  const { actor } = ctx;
  const digests = idempotency && (await idempotencyDigests(ctx.keyring, idempotency));
  return transaction(ctx, "console", async (tx) => {
    if (digests && actor.kind === "staff") {
      const key = { callerId: actor.staffId, route: idempotency.route, ...digests };
      const before = await claimKey(tx, { ...key, outcome: "staff_added", resultId: member.id }, ctx.now);
      if (before) return addedBefore(tx, before, digests.bodyDigest);
    }
    await insertStaff(tx, member, ctx.now);
    await recordStaffChange(ctx, tx, "people.staff_added", member);
    return accept(member);
  });
}

/** The same key again: the person as she is now. */
async function addedBefore(
  tx: Tx,
  before: StoredOutcome,
  bodyDigest: Buffer,
): Promise<Outcome<StaffMember, StaffRefusal | AddRefusal>> {
  if (!before.bodyDigest.equals(bodyDigest)) return refuse({ code: "idempotency_mismatch" });
  const row = await findActiveStaff(tx, before.resultId!);
  return row ? accept(viewStaff(row)) : refuse({ code: "no_such_staff" });
}

/** Takes away every right in the instant of the commit: each request asks the database whether its person is active. */
export function deactivateStaff(ctx: Context, staffId: StaffId): Promise<Outcome<StaffMember, StaffRefusal>> {
  return changeStaff(ctx, staffId, "people.staff_deactivated", async (tx, member) => {
    await deactivateStaffRow(tx, staffId, ctx.now);
    return member;
  });
}

/** A link by which one member of staff registers one passkey, once. */
export function createEnrolment(
  ctx: Context,
  staffId: StaffId,
): Promise<Outcome<{ token: string; expiresAt: Date }, StaffRefusal>> {
  return changeStaff(ctx, staffId, "people.enrolment_created", async (tx) => {
    const { token, tokenDigest } = newToken();
    const expiresAt = new Date(ctx.now.getTime() + ENROLMENT_HOURS * HOUR_MS);
    await insertEnrolment(tx, { tokenDigest, staffId, expiresAt });
    return { token, expiresAt };
  });
}

/** Signs in whoever the caller has already recognised: by a passkey, or by the buttons of a demo. */
export function openStaffSession(
  ctx: Context,
  staffId: StaffId,
): Promise<Outcome<StaffSignIn, { code: "no_such_staff" }>> {
  return transaction(ctx, "console", async (tx) => {
    const row = await findActiveStaff(tx, staffId);
    const opened = row && (await startStaffSession(ctx, tx, viewStaff(row), null));
    return opened ? accept(opened) : refuse({ code: "no_such_staff" });
  });
}

/** Undefined when the challenge was used before. */
export async function startStaffSession(
  ctx: Context,
  tx: Tx,
  staff: StaffMember,
  challengeDigest: Buffer | null,
): Promise<StaffSignIn | undefined> {
  const { token, tokenDigest } = newToken();
  const expiresAt = new Date(ctx.now.getTime() + STAFF_SESSION_HOURS * HOUR_MS);
  if (
    !(await insertStaffSession(tx, { tokenDigest, staffId: staff.id, challengeDigest, createdAt: ctx.now, expiresAt }))
  )
    return undefined;
  const actor = { kind: "staff", staffId: staff.id, officeId: staff.officeId, role: staff.role } as const;
  await insertAudit(tx, [
    {
      at: ctx.now,
      actor,
      channel: ctx.channel,
      action: "people.staff_signed_in",
      purpose: ctx.purpose,
      officeId: staff.officeId,
    },
  ]);
  return { token, staff, expiresAt };
}

const findOne = perDatabase((database) =>
  coalesce<Buffer, (StaffRow & { expiresAt: Date; touchedAt: Date }) | undefined>({
    database,
    role: "console",
    many: async (tx, digests) => {
      const byDigest = new Map(
        (await listStaffByToken(tx, digests)).map((row) => [row.tokenDigest.toString("hex"), row]),
      );
      return digests.map((digest) => byDigest.get(digest.toString("hex")));
    },
  }),
);

/** Who that token stands for at this very moment. */
export async function findStaffSession(
  services: Pick<Services, "database" | "clock">,
  token: string,
): Promise<SignedInStaff | undefined> {
  const row = await findOne(services.database)(digestOf(token));
  return row && row.expiresAt > services.clock.now() ? { ...viewStaff(row), touchedAt: row.touchedAt } : undefined;
}

export function endStaffSession(ctx: Context, token: string): Promise<void> {
  return transaction(ctx, "console", (tx) => endStaffSessionRow(tx, digestOf(token), ctx.now));
}

export function viewStaff({ id, officeId, role, name }: StaffRow): StaffMember {
  return { id, officeId: officeId ?? undefined, role, name };
}

async function changeStaff<T>(
  ctx: Context,
  staffId: StaffId,
  action: string,
  change: (tx: Tx, member: StaffMember) => Promise<T>,
): Promise<Outcome<T, StaffRefusal>> {
  if (!can(ctx.actor, "manage_staff")) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", async (tx) => {
    const row = await findActiveStaff(tx, staffId);
    if (!row) return refuse({ code: "no_such_staff" });
    const changed = await change(tx, viewStaff(row));
    await recordStaffChange(ctx, tx, action, viewStaff(row));
    return accept(changed);
  });
}

async function recordStaffChange(ctx: Context, tx: Tx, action: string, member: StaffMember): Promise<void> {
  const [subject] = await ctx.keyring.digest("subject", [member.id]);
  await insertAudit(tx, [
    {
      at: ctx.now,
      actor: ctx.actor,
      channel: ctx.channel,
      action,
      purpose: ctx.purpose,
      officeId: member.officeId,
      subject: subject![0]!.digest,
    },
  ]);
}
