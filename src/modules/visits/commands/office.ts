import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome, type Refusal } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import type { LockedParty } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can, type StaffAction } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { readChange } from "../queries/change.ts";
import { notifyOffices, saveVisit } from "../store/visits.ts";
import type { Visit, VisitRefusal } from "../types.ts";

/** What every command at a counter knows of its office. */
export interface Hall {
  readonly tx: Tx;
  readonly officeId: OfficeId;
  readonly staffId: StaffId;
  readonly today: LocalDate;
  /** IANA name. */
  readonly zone: string;
}

/** The same without whoever does it: a machine of the hall has no name. */
export type DayOfHall = Omit<Hall, "staffId">;

export type VisitOutcome = Outcome<Visit, VisitRefusal>;

/** One transaction of a member of staff at her own office; nobody acts for another. */
export async function inHall<Value, No extends Refusal>(
  ctx: Context,
  action: StaffAction,
  work: (hall: Hall) => Promise<Outcome<Value, No>>,
): Promise<Outcome<Value, No | { readonly code: "not_allowed" }>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || actor.officeId === undefined || !can(actor, action, actor.officeId))
    return refuse({ code: "not_allowed" });
  const officeId = actor.officeId as OfficeId;
  const office = (await getNetwork(ctx)).officeById.get(officeId);
  if (!office) return refuse({ code: "not_allowed" });
  const today = localDateAt(ctx.now, office.zone);
  return transaction(ctx, "console", (tx) =>
    work({ tx, officeId, staffId: actor.staffId as StaffId, today, zone: office.zone }),
  );
}

/** Saves a visit as it is now, one version further, with its line in the audit log, and tells every clerk of the office. */
export async function saveChange(ctx: Context, tx: Tx, action: string, changed: Visit): Promise<VisitOutcome> {
  const visit = { ...changed, version: changed.version + 1 };
  await saveVisit(tx, visit);
  return announce(ctx, tx, action, visit);
}

export async function announce(ctx: Context, tx: Tx, action: string, visit: Visit): Promise<VisitOutcome> {
  const [subject] = await ctx.keyring.digest("subject", [visit.bookingId]);
  await insertAudit(tx, [
    {
      at: ctx.now,
      actor: ctx.actor,
      channel: ctx.channel,
      action,
      purpose: ctx.purpose,
      officeId: visit.officeId,
      subject: subject![0]!.digest,
    },
  ]);
  const party = await readChange(tx, visit.officeId, visit.bookingId, visit);
  await notifyOffices(tx, [{ officeId: visit.officeId, ...(party ? { party } : {}) }]);
  return accept(visit);
}

/** Of whom a visit is. */
export function whoOf(party: LockedParty) {
  return { officeId: party.officeId, bookingId: party.id, people: party.people, dueAt: hourOf(party) };
}

/** The first hour of a party's appointments. */
export function hourOf({ appointments }: LockedParty): Date {
  return new Date(Math.min(...appointments.map(({ startsAt }) => startsAt.getTime())));
}
