import type { LocalDate, OfficeId, StaffId, VisitId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { agesOfParty } from "#modules/booking/index.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import type { Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { DOOR_UNDO_SECONDS, hasRoom, type OverrideReason } from "../rules/door.ts";
import {
  countArrivals,
  countOverrides,
  insertOverride,
  leaveDoorQueue,
  readDoorNow,
  secondOverrides,
  setHallLimit,
  setOthers,
  type BeforeDoor,
  type DoorNow,
} from "../store/door.ts";
import { lockDay } from "../store/the-day.ts";
import { lockVisit, notifyOffices } from "../store/visits.ts";
import {
  answer,
  judge,
  NOTHING,
  readShown,
  received,
  type ArrivedBy,
  type AskedFor,
  type DoorAnswer,
  type Shown,
} from "./admit.ts";
import { inHall, saveChange, type Hall } from "./office.ts";

export type { DoorAnswer, Shown } from "./admit.ts";
export * from "./arrivals.ts";
export * from "../queries/exceptions.ts";
export * from "../queries/own-turn.ts";
export * from "../rules/door.ts";
export { HOUR_CODE_DIGITS } from "../rules/hour-code.ts";

export type DoorRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "folio_mistyped" }
  | { readonly code: "nobody_waits" }
  | { readonly code: "hall_full" }
  | { readonly code: "unknown_visit" }
  | { readonly code: "too_late_to_undo" }
  | { readonly code: "needs_another_person" }
  | { readonly code: "nothing_to_sign" };

type DoorOutcome<Value> = Promise<Outcome<Value, DoorRefusal>>;

/** Asks whether a party is let in, and receives it where it is. The same code again receives nobody twice. */
export async function askAtDoor(
  ctx: Context,
  input: { shown: Shown; stepFree?: boolean | undefined },
): DoorOutcome<DoorAnswer> {
  return withParty(ctx, input.shown, async (hall, asked) =>
    accept(await answer(ctx, hall, asked, "door", input.stepFree)),
  );
}

/**
 * Lets in whoever was told otherwise. It is counted for the guard, with the reason; a party of today is received like any other.
 */
export async function overrideAtDoor(
  ctx: Context,
  input: { shown: Shown; reason: OverrideReason },
): DoorOutcome<DoorAnswer> {
  return withParty(ctx, input.shown, async (hall, asked): DoorOutcome<DoorAnswer> => {
    const { tx, officeId, today } = hall;
    const told = asked.bookingId ? await judge(ctx, hall, asked) : { verdict: asked.verdict };
    if (told.verdict === "pass" || told.verdict === "inside") return accept(await answer(ctx, hall, asked, "door"));
    const one = { officeId, id: newId<string>(), localDate: today, staffId: hall.staffId, at: ctx.now };
    await insertOverride(tx, { ...one, verdict: told.verdict, reason: input.reason });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "door.override", officeId }]);
    if (asked.bookingId && (told.verdict === "wait" || told.verdict === "later"))
      return accept(await received(ctx, hall, { ...asked, bookingId: asked.bookingId }, "door", false));
    // Whoever has no turn of today is counted like a companion.
    await setOthers(tx, officeId, today, 1);
    return accept({ ...NOTHING, verdict: "pass" });
  });
}

/**
 * Whoever runs the hall signs, as the second person, what a guard let in against the verdict today. The door waits for
 * nobody, so it comes after; what nobody signed is counted apart in public.
 */
export function secondAtDoor(
  ctx: Context,
  input: { readonly staffId: StaffId; readonly reason: OverrideReason },
): DoorOutcome<true> {
  return inHall(ctx, "run_hall", async ({ tx, officeId, today, staffId }): DoorOutcome<true> => {
    if (staffId === input.staffId) return refuse({ code: "needs_another_person" });
    const which = { ...input, officeId, localDate: today, secondId: staffId, now: ctx.now };
    const count = await secondOverrides(tx, which);
    if (count === 0) return refuse({ code: "nothing_to_sign" });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "door.second", officeId, count }]);
    return accept(true);
  });
}

/** Lets in the first of those who stand before the door, where it fits in, or says that it is not there any more. */
export async function nextAtDoor(ctx: Context, input: { here: boolean }): DoorOutcome<DoorAnswer> {
  for (;;) {
    // Ages are read by a transaction of their own, so none is open and no day is locked meanwhile: some guards at once would wait for each other.
    const head = await inHall(ctx, "admit", async ({ tx, officeId, today }): DoorOutcome<Head> => {
      const [first] = (await readDoorNow(tx, officeId, today)).queue;
      return first ? accept({ ...first, officeId }) : refuse({ code: "nobody_waits" });
    });
    if (!head.ok) return head;
    const ages = input.here ? await agesOfParty(ctx, head.value.officeId, head.value.bookingId) : [];
    const told = await letIn(ctx, { ...input, number: head.value.number, ages });
    if (!told.ok || told.value) return told as Outcome<DoorAnswer, DoorRefusal>;
  }
}

type Head = BeforeDoor & { readonly officeId: OfficeId };

/** Undefined when somebody else stands first by now. */
function letIn(
  ctx: Context,
  input: { here: boolean; number: number; ages: readonly number[] },
): DoorOutcome<DoorAnswer | undefined> {
  return inHall(ctx, "admit", async (hall): DoorOutcome<DoorAnswer | undefined> => {
    const { tx, officeId, today } = hall;
    await lockDay(tx, officeId);
    const now = await readDoorNow(tx, officeId, today);
    const [first] = now.queue;
    if (first?.number !== input.number) return accept(undefined);
    if (!input.here) {
      await leaveDoorQueue(tx, officeId, today, first.bookingId, ctx.now);
      return accept({ ...NOTHING, verdict: "wait", number: first.number });
    }
    const asked = { bookingId: first.bookingId, ages: input.ages, verdict: "unknown" } as const;
    const { verdict } = await judge(ctx, hall, asked);
    if (verdict === "wait" && !hasRoom(now, first.people)) return refuse({ code: "hall_full" });
    const isLetIn = verdict === "wait" || verdict === "pass";
    return accept(await (isLetIn ? received(ctx, hall, asked, "door", false) : answer(ctx, hall, asked, "door")));
  });
}

/** Takes back that a party was received, while nobody called it: its turn is given to nobody else. */
export function undoAtDoor(ctx: Context, input: { visitId: VisitId }): DoorOutcome<true> {
  return inHall(ctx, "admit", async ({ tx, officeId, today }): DoorOutcome<true> => {
    const visit = await lockVisit(tx, officeId, input.visitId);
    if (!visit?.arrivedAt || visit.localDate !== today) return refuse({ code: "unknown_visit" });
    const seconds = (ctx.now.getTime() - visit.arrivedAt.getTime()) / 1_000;
    if (visit.state !== "waiting" || visit.firstCalledAt || visit.recordedAt || seconds >= DOOR_UNDO_SECONDS)
      return refuse({ code: "too_late_to_undo" });
    await saveChange(ctx, tx, "visit.undo_check_in", {
      ...visit,
      state: "expected",
      arrivedAt: null,
      turnNo: null,
      lot: null,
      stationSince: null,
    });
    return accept(true);
  });
}

/** Companions and whoever only asks: the door counts them in and out. */
export function countOthers(ctx: Context, input: { by: 1 | -1 }): DoorOutcome<true> {
  return inHall(ctx, "admit", async ({ tx, officeId, today }): DoorOutcome<true> => {
    await setOthers(tx, officeId, today, input.by);
    await notifyOffices(tx, [{ officeId }]);
    return accept(true);
  });
}

/** How full the hall is, and who stands before the door: numbers and hours. */
export function getDoor(ctx: Context): DoorOutcome<DoorNow> {
  return inHall(ctx, "admit", async ({ tx, officeId, today }) => accept(await readDoorNow(tx, officeId, today)));
}

/** How many people may be in the hall at once; null for no limit. */
export function limitHall(ctx: Context, input: { people: number | null }): DoorOutcome<true> {
  return inHall(ctx, "run_hall", async ({ tx, officeId }): DoorOutcome<true> => {
    await setHallLimit(tx, officeId, input.people);
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "hall.limit", officeId, count: input.people ?? 0 }]);
    return accept(true);
  });
}

/** What the doors of a day did, for whoever runs the office. */
export interface DoorDay {
  readonly localDate: LocalDate;
  /** By guard and reason. */
  readonly overrides: readonly {
    readonly staffId: StaffId;
    readonly reason: OverrideReason;
    readonly count: number;
    readonly signed: number;
  }[];
  readonly arrivals: readonly { readonly by: ArrivedBy; readonly count: number }[];
}

export function getDoorDay(ctx: Context): DoorOutcome<DoorDay> {
  return inHall(ctx, "run_hall", async ({ tx, officeId, today }) => {
    const [overrides, arrivals] = await Promise.all([
      countOverrides(tx, officeId, today),
      countArrivals(tx, officeId, today),
    ]);
    return accept({ localDate: today, overrides, arrivals });
  });
}

async function withParty(
  ctx: Context,
  shown: Shown,
  work: (hall: Hall, asked: AskedFor) => DoorOutcome<DoorAnswer>,
): DoorOutcome<DoorAnswer> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "admit", actor.officeId)) return refuse({ code: "not_allowed" });
  const asked = await readShown(ctx, actor.officeId as OfficeId, shown);
  if (!asked.ok) return asked;
  return inHall(ctx, "admit", async (hall): DoorOutcome<DoorAnswer> => {
    // Two guards at two doors: the last place in the hall is given once.
    await lockDay(hall.tx, hall.officeId);
    return work(hall, asked.value);
  });
}
