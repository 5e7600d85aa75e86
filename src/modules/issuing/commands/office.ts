import type { BookingId, LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { refuse, type Outcome, type Refusal } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork, type Network, type Office } from "#modules/offices/index.ts";
import { can, type StaffAction } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";

/** What every command here knows of its office. */
export interface Desk {
  readonly tx: Tx;
  readonly network: Network;
  readonly office: Office;
  readonly officeId: OfficeId;
  readonly staffId: StaffId;
  readonly today: LocalDate;
}

/** One transaction of a member of staff at her own office; nobody acts for another. */
export async function atDesk<Value, No extends Refusal>(
  ctx: Context,
  action: StaffAction,
  work: (desk: Desk) => Promise<Outcome<Value, No>>,
): Promise<Outcome<Value, No | { readonly code: "not_allowed" }>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || actor.officeId === undefined || !can(actor, action, actor.officeId))
    return refuse({ code: "not_allowed" });
  const network = await getNetwork(ctx);
  const officeId = actor.officeId as OfficeId;
  const office = network.officeById.get(officeId);
  if (!office) return refuse({ code: "not_allowed" });
  const today = localDateAt(ctx.now, office.zone);
  return transaction(ctx, "console", (tx) =>
    work({ tx, network, office, officeId, staffId: actor.staffId as StaffId, today }),
  );
}

/** The line of the audit log: what was done, and to whose booking. */
export async function note(
  ctx: Context,
  tx: Tx,
  {
    action,
    officeId,
    bookingId,
    count = 1,
  }: { action: string; officeId: OfficeId; bookingId?: BookingId; count?: number },
): Promise<void> {
  const subject =
    bookingId === undefined ? undefined : (await ctx.keyring.digest("subject", [bookingId]))[0]![0]!.digest;
  await insertAudit(tx, [
    { at: ctx.now, actor: ctx.actor, channel: ctx.channel, action, purpose: ctx.purpose, officeId, subject, count },
  ]);
}
