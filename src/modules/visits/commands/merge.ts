import type { BookingId, OfficeId, VisitId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, DAY_MS, instantOf } from "#kernel/time.ts";
import { lockParty } from "#modules/booking/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { listStanding } from "../queries/standing.ts";
import { correctedTime, mergeParty, wholeHistory, type Merge, type MergeStep, type Operation } from "../rules/merge.ts";
import { routeOf } from "../rules/turn.ts";
import {
  areLoaned,
  countDifferent,
  endLoan,
  holdLoaned,
  insertConflicts,
  insertOperations,
  listOperations,
  loanedVersion,
  lockLoan,
  type Loan,
  type StoredConflict,
} from "../store/offline.ts";
import { readHallPlan } from "../store/turns.ts";
import { findVisitOf } from "../store/visits.ts";
import type { OfflineRefusal, Visit } from "../types.ts";
import { isOfOffice, note, type TabletProof } from "./loans.ts";
import { inHall, type VisitOutcome } from "./office.ts";
import { markNoShow, recordOutcomes } from "./outcomes.ts";
import { enterFromPaper } from "./paper.ts";
import { callParty, checkIn, startService } from "./reception.ts";
import { park, passOn } from "./stations.ts";

/** More steps than any party has from the door to the last outcome: a merge that does not end is a bug. */
const MOST_STEPS = 40;
/** How long nothing of a party is made final while a person has to decide. */
const DECISION_MS = DAY_MS;

export interface Handed {
  /** Acts that the server keeps of this list. */
  readonly kept: number;
  /** Null while acts are missing. */
  readonly merged: { readonly operations: number; readonly conflicts: number } | null;
}

/**
 * Takes acts of a tablet, in any order and as often as they come; with the last of them all are merged. Then nothing of
 * the list is on the tablet alone. `deviceNow`: its clock as it sent this; `last`: how many acts it has.
 */
export async function handIn(
  ctx: Context,
  input: { tablet: TabletProof; loanId: string; deviceNow: number; last: number; operations: readonly Operation[] },
): Promise<Outcome<Handed, OfflineRefusal>> {
  const kept = await inHall(ctx, "receive", async (hall): Promise<Outcome<Kept, OfflineRefusal>> => {
    const { tx, officeId, zone } = hall;
    if (!(await isOfOffice(hall, input.tablet))) return refuse({ code: "unknown_tablet" });
    const loan = await lockLoan(tx, officeId, input.loanId);
    if (!loan || loan.tabletId !== input.tablet.id) return refuse({ code: "unknown_list" });
    if (loan.lostAt) return refuse({ code: "list_is_lost" });
    const span = spanOf(loan, zone, ctx.now, input.deviceNow);
    const operations = input.operations.map((one) => ({ ...one, at: correctedTime(one.at, span) }));
    const ids = operations.map((one) => one.bookingId);
    if (!(await areLoaned(tx, officeId, loan.id, ids)) || (await countDifferent(tx, officeId, loan.id, operations)) > 0)
      return refuse({ code: "wrong_operations" });
    await insertOperations(tx, officeId, loan.id, operations, ctx.now);
    const all = await listOperations(tx, officeId, loan.id);
    return accept({ officeId, loan, all, history: wholeHistory(all, input.last) });
  });
  if (!kept.ok) return kept;
  const { loan, all, history } = kept.value;
  if (!history) return accept({ kept: all.length, merged: null });

  // After a merge whose answer was lost the tablet worked on: only what is open is merged then.
  const isMerged = (one: Loan | undefined): boolean => one?.mergedAt != null && one.mergedActs >= history.length;
  const found = isMerged(loan) ? [] : await mergeAll(ctx, kept.value, history);
  const conflicts = await inHall(ctx, "receive", async (hall): Promise<Outcome<number, OfflineRefusal>> => {
    const { tx, officeId } = hall;
    const again = await lockLoan(tx, officeId, loan.id);
    if (isMerged(again)) return accept(found.length);
    if (again?.lostAt) return refuse({ code: "list_is_lost" });
    await insertConflicts(tx, officeId, loan.id, found, ctx.now);
    await endLoan(tx, officeId, loan.id, { mergedAt: ctx.now, acts: history.length });
    const disputed = new Date(ctx.now.getTime() + DECISION_MS);
    await holdLoaned(tx, officeId, loan.id, { others: ctx.now, disputed });
    await note(ctx, hall, "offline.merge", history.length);
    return accept(found.length);
  });
  return conflicts.ok
    ? accept({ kept: all.length, merged: { operations: history.length, conflicts: conflicts.value } })
    : conflicts;
}

interface Kept {
  readonly officeId: OfficeId;
  readonly loan: Loan;
  readonly all: readonly Operation[];
  readonly history: readonly Operation[] | undefined;
}

/** Acts happened on the day of the list, after it was taken and before now, whatever the tablet's clock says. */
function spanOf({ localDate, takenAt }: Loan, zone: string, now: Date, deviceNow: number) {
  const opens = instantOf(localDate, "00:00", zone).getTime();
  const closes = instantOf(addDays(localDate, 1), "00:00", zone).getTime() - 1;
  const from = Math.min(Math.max(opens, takenAt.getTime()), closes);
  return { offset: now.getTime() - deviceNow, from, to: Math.max(from, Math.min(closes, now.getTime())) };
}

async function mergeAll(ctx: Context, kept: Kept, history: readonly Operation[]): Promise<StoredConflict[]> {
  const conflicts: StoredConflict[] = [];
  const isOver = kept.loan.expiresAt <= ctx.now;
  for (const bookingId of new Set(history.map((one) => one.bookingId))) {
    const acts = history.filter((one) => one.bookingId === bookingId);
    conflicts.push(...(await (isOver ? mergeOld : mergeOne)(ctx, kept, bookingId, acts)));
  }
  return conflicts;
}

/** Takes step after step as a clerk would, each after another look, so that a colleague who is at work meanwhile is not overruled. */
async function mergeOne(
  ctx: Context,
  { officeId, loan }: Kept,
  bookingId: BookingId,
  acts: readonly Operation[],
): Promise<StoredConflict[]> {
  let base = await transaction(ctx, "console", (tx) => loanedVersion(tx, officeId, loan.id, bookingId));
  let heldUp = false;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const { merge, visit } = await look(ctx, officeId, bookingId, acts, base);
    // A service that stands still now was given on the tablet: its way through the hall is over, its outcome counts.
    const step = merge.steps.find((one) => !heldUp || (one.do !== "call" && one.do !== "serve" && one.do !== "pass"));
    if (!step) return merge.conflicts.map((one) => ({ ...one, id: newId<string>(), bookingId }));
    const taken = await take({ ...ctx, now: new Date(step.at) }, step, bookingId, visit);
    if (taken.ok) {
      if ((visit?.version ?? null) === base) base = taken.value.version;
    } else if (taken.refusal.code === "service_suspended") heldUp = true;
    else if (taken.refusal.code !== "changed_meanwhile")
      return [
        ...merge.conflicts.map((one) => ({ ...one, id: newId<string>(), bookingId })),
        refusedAs(bookingId, taken.refusal.code, step),
      ];
  }
  throw new Error("a merge does not end");
}

/** A list that expired: its day is closed, and what was recorded on it is typed in as from paper. */
async function mergeOld(
  ctx: Context,
  { officeId }: Kept,
  bookingId: BookingId,
  acts: readonly Operation[],
): Promise<StoredConflict[]> {
  const { merge } = await look(ctx, officeId, bookingId, acts, null);
  const conflicts = merge.conflicts.map((one) => ({ ...one, id: newId<string>(), bookingId }));
  const record = merge.steps.find((one) => one.do === "record");
  // That somebody came and was not attended to cannot be told from a day that is closed.
  if (!record)
    return merge.steps.some((one) => one.do !== "no_show")
      ? [...conflicts, refusedAs(bookingId, "day_is_closed")]
      : conflicts;
  const typed = await enterFromPaper(ctx, { bookingId, outcomes: record.outcomes });
  return typed.ok ? conflicts : [...conflicts, refusedAs(bookingId, typed.refusal.code, record)];
}

async function look(
  ctx: Context,
  officeId: OfficeId,
  bookingId: BookingId,
  acts: readonly Operation[],
  base: number | null,
): Promise<{ merge: Merge; visit: Visit | undefined }> {
  return transaction(ctx, "console", async (tx) => {
    // Visits before bookings: who waits for both must not wait for each other.
    const visit = await findVisitOf(tx, officeId, bookingId);
    const party = await lockParty(tx, officeId, bookingId);
    const recorded = await listStanding(tx, officeId, bookingId);
    const open = party?.appointments.filter((one) => one.state === "booked" || one.state === "missed") ?? [];
    const route = routeOf(
      open.flatMap((one) => one.services),
      await readHallPlan(tx, officeId),
    );
    const standing = {
      booking: party?.state ?? ("cancelled" as const),
      visit: visit ?? null,
      changed: (visit?.version ?? null) !== base,
      route,
      recorded,
    };
    return { merge: mergeParty(standing, acts), visit };
  });
}

function take(ctx: Context, step: MergeStep, bookingId: BookingId, visit: Visit | undefined): Promise<VisitOutcome> {
  if (step.do === "arrive") return checkIn(ctx, { bookingId });
  if (step.do === "no_show") return markNoShow(ctx, { bookingId });
  if (!visit) return Promise.resolve(refuse({ code: "unknown_visit" }));
  const which: { visitId: VisitId; version: number } = { visitId: visit.id, version: visit.version };
  switch (step.do) {
    case "call":
      return callParty(ctx, { ...which, counter: step.counter });
    case "serve":
      return startService(ctx, which);
    case "pass":
      return passOn(ctx, which);
    case "park":
      return park(ctx, which);
    case "record":
      return recordOutcomes(ctx, { ...which, outcomes: step.outcomes });
  }
}

function refusedAs(bookingId: BookingId, code: string, step?: MergeStep): StoredConflict {
  const outcomes = step?.do === "record" ? step.outcomes : [];
  return { id: newId<string>(), bookingId, appointmentId: null, code, outcomes };
}
