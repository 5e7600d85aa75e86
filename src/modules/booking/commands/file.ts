import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can, usePresence } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { dayKey } from "#platform/keyring/index.ts";
import { insertEvents } from "#platform/outbox.ts";
import { bookingEvent, staffActed, type StaffAct } from "../events.ts";
import { permissionsMissing } from "../rules/permission.ts";
import { countFileChange, findSealedApplicant, lockBookingOf, replaceSealedApplicant } from "../store/outcomes.ts";
import type { ApplicantDetails } from "../types.ts";

/** One of a booking's people, counted from 1. */
export interface PersonOf {
  readonly bookingId: BookingId;
  readonly ordinal: number;
}

export interface FileChange<Code extends string> {
  /** As the audit log names it. */
  readonly action: string;
  /** As its contact is told of it. */
  readonly act: StaffAct;
  /** What is noted beside it, if anything, as another line; it needs a colleague's second look. */
  readonly noted?: (before: ApplicantDetails, after: ApplicantDetails) => string | undefined;
  /** That look: a presence that a second member of staff attested. */
  readonly second?: string | undefined;
  /** Makes ready, before anything is locked, what must change in the same transaction. */
  readonly along?: (after: ApplicantDetails) => Promise<(tx: Tx) => Promise<void>>;
  /** Only while the booking stands. */
  readonly whileActive?: boolean;
  readonly change: (
    details: ApplicantDetails,
    days: { visitOn: LocalDate; today: LocalDate },
  ) => Outcome<ApplicantDetails, { code: Code }>;
}

export type FileChangeRefusal =
  "not_allowed" | "unknown_booking" | "booking_ended" | "changed_meanwhile" | "second_look_needed";

/** A clerk changes what is sealed of one person of her own office. Whoever moves the booking meanwhile begins anew. */
export async function changeFile<Code extends string>(
  ctx: Context,
  { bookingId, ordinal }: PersonOf,
  { action, act, noted, second, whileActive, change, along }: FileChange<Code>,
): Promise<Outcome<undefined, { code: Code | FileChangeRefusal }>> {
  const { actor } = ctx;
  const officeId = actor.kind === "staff" ? (actor.officeId as OfficeId | undefined) : undefined;
  const office = officeId && (await getNetwork(ctx)).officeById.get(officeId);
  if (!office || !can(actor, "receive", office.id)) return refuse({ code: "not_allowed" });
  const before = await transaction(ctx, "console", (tx) => findSealedApplicant(tx, office.id, bookingId, ordinal));
  const [plain] = before
    ? await ctx.keyring.open([{ field: "booking.applicant", row: before.id, sealed: before.sealed }])
    : [];
  if (!before || plain === undefined) return refuse({ code: "unknown_booking" });
  const old = JSON.parse(plain) as ApplicantDetails;
  const changed = change(old, { visitOn: before.localDate, today: localDateAt(ctx.now, office.zone) });
  if (!changed.ok) return changed;
  const under = dayKey(office.id, before.localDate, before.eraseAfter);
  const [[sealed], [subject], alongside] = await Promise.all([
    ctx.keyring.seal([{ under, field: "booking.applicant", row: before.id, plain: JSON.stringify(changed.value) }]),
    ctx.keyring.digest("subject", [bookingId]),
    along?.(changed.value),
  ]);
  return transaction(ctx, "console", async (tx) => {
    // The booking first, as whoever moves it does.
    const booking = await lockBookingOf(tx, office.id, bookingId);
    if (!booking) return refuse({ code: "unknown_booking" });
    if (whileActive && booking.state !== "active") return refuse({ code: "booking_ended" });
    const besides = noted?.(old, changed.value);
    if (besides !== undefined && !(second && (await usePresence(ctx, tx, second, "name"))))
      return refuse({ code: "second_look_needed" });
    if (!(await replaceSealedApplicant(tx, before.id, before.sealed, sealed!)))
      return refuse({ code: "changed_meanwhile" });
    await alongside?.(tx);
    await countFileChange(tx, office.id, bookingId, permissionsMissing([changed.value]) - permissionsMissing([old]));
    await insertEvents(tx, [
      bookingEvent("booking.file_changed", booking, ctx.now),
      staffActed(act, booking, localDateAt(ctx.now, office.zone), ctx.now),
    ]);
    await insertAudit(
      tx,
      [action, ...(besides === undefined ? [] : [besides])].map((one) => ({
        at: ctx.now,
        actor,
        channel: ctx.channel,
        action: one,
        purpose: ctx.purpose,
        officeId: office.id,
        subject: subject![0]!.digest,
      })),
    );
    return accept(undefined);
  });
}
