import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { dayKey } from "#platform/keyring/index.ts";
import { isPermissionMissing, refusePermission } from "../rules/permission.ts";
import {
  addMissingPermissions,
  findSealedApplicant,
  lockBookingOf,
  replaceSealedApplicant,
} from "../store/outcomes.ts";
import type { ApplicantDetails, Parent } from "../types.ts";

export type PermissionRefusal = {
  readonly code:
    | "not_allowed"
    | "unknown_booking"
    | "booking_ended"
    | "changed_meanwhile"
    | "permission_not_expected"
    | "permission_not_signed"
    | "permission_too_old"
    | "nothing_to_undo";
};

/** Which parent of which of the booking's people, both counted from 1. */
export interface PermissionOf {
  readonly bookingId: BookingId;
  readonly ordinal: number;
  readonly parent: number;
}

/** Records that an absent parent's signed permission has come; the day on the paper counts from now on. Again is the same as once. */
export function recordPermission(
  ctx: Context,
  { signedOn, ...which }: PermissionOf & { readonly signedOn: LocalDate },
): Promise<Outcome<PermissionOf, PermissionRefusal>> {
  return changeParent(ctx, which, "file.permission_received", (parent, days) => {
    const code = refusePermission(parent, signedOn, days);
    return code ? refuse({ code }) : accept({ ...parent!, received: { signedOn } });
  });
}

/** Takes it back: the wrong child, the wrong paper. What the family told of the day stands again. */
export function undoPermission(ctx: Context, which: PermissionOf): Promise<Outcome<PermissionOf, PermissionRefusal>> {
  return changeParent(ctx, which, "file.permission_undone", (parent) =>
    parent?.received ? accept({ ...parent, received: undefined }) : refuse({ code: "nothing_to_undo" }),
  );
}

async function changeParent(
  ctx: Context,
  which: PermissionOf,
  action: string,
  change: (
    parent: Parent | undefined,
    days: { visitOn: LocalDate; today: LocalDate },
  ) => Outcome<Parent, PermissionRefusal>,
): Promise<Outcome<PermissionOf, PermissionRefusal>> {
  const { actor } = ctx;
  const { bookingId, ordinal, parent: number } = which;
  const officeId = actor.kind === "staff" ? (actor.officeId as OfficeId | undefined) : undefined;
  const office = officeId && (await getNetwork(ctx)).officeById.get(officeId);
  if (!office || !can(actor, "receive", office.id)) return refuse({ code: "not_allowed" });
  const before = await transaction(ctx, "console", (tx) => findSealedApplicant(tx, office.id, bookingId, ordinal));
  const [plain] = before
    ? await ctx.keyring.open([{ field: "booking.applicant", row: before.id, sealed: before.sealed }])
    : [];
  if (!before || plain === undefined) return refuse({ code: "unknown_booking" });
  const details = JSON.parse(plain) as ApplicantDetails;
  const old = details.parents[number - 1];
  const changed = change(old, { visitOn: before.localDate, today: localDateAt(ctx.now, office.zone) });
  if (!changed.ok) return changed;
  const parents = details.parents.map((one, i) => (i === number - 1 ? changed.value : one));
  const under = dayKey(office.id, before.localDate, before.eraseAfter);
  const [[sealed], [subject]] = await Promise.all([
    ctx.keyring.seal([
      { under, field: "booking.applicant", row: before.id, plain: JSON.stringify({ ...details, parents }) },
    ]),
    ctx.keyring.digest("subject", [bookingId]),
  ]);
  return transaction(ctx, "console", async (tx) => {
    // The booking first, as whoever moves it does.
    const booking = await lockBookingOf(tx, office.id, bookingId);
    if (!booking) return refuse({ code: "unknown_booking" });
    if (booking.state !== "active") return refuse({ code: "booking_ended" });
    if (!(await replaceSealedApplicant(tx, before.id, before.sealed, sealed!)))
      return refuse({ code: "changed_meanwhile" });
    const more = Number(isPermissionMissing(changed.value)) - Number(old !== undefined && isPermissionMissing(old));
    if (more !== 0) await addMissingPermissions(tx, office.id, bookingId, more);
    await insertAudit(tx, [
      {
        at: ctx.now,
        actor,
        channel: ctx.channel,
        action,
        purpose: ctx.purpose,
        officeId: office.id,
        subject: subject![0]!.digest,
      },
    ]);
    return accept(which);
  });
}
