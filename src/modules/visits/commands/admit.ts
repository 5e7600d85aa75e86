import type { BookingId, OfficeId, VisitId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { agesOfParty, bookingOfFolio } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { Context, Tx } from "#platform/context.ts";
import { findAtDoor, type PartyAtDoor } from "../queries/at-door.ts";
import { letInFrom, verdictOf, type AtTheDoor, type HallNow, type Verdict } from "../rules/door.ts";
import { priorityByAge } from "../rules/priority.ts";
import { turnCode, type TurnCode } from "../rules/turn.ts";
import { joinDoorQueue, leaveDoorQueue, readDoorNow, saveArrival } from "../store/door.ts";
import { lockDay } from "../store/the-day.ts";
import type { DayOfHall } from "./office.ts";
import { receiveParty } from "./reception.ts";

/** How a party arrives where nobody at a counter receives it. */
export type ArrivedBy = "door" | "kiosk" | "phone";

/** What somebody shows: a typed folio, or the booking of a code that we signed; undefined for a code that is none of ours. */
export type Shown = { readonly folio: string } | { readonly bookingId: BookingId | undefined };

/** All that a door is told (people.md 21): no name, no list. */
export interface DoorAnswer {
  readonly verdict: Verdict;
  /** How many may come in; null where nothing is known. */
  readonly people: number | null;
  readonly stepFree: boolean;
  /** From when it is let in, when that is later today. */
  readonly from: Date | null;
  readonly turn: TurnCode | null;
  /** To take a slip back; only of who was received just now. */
  readonly visitId: VisitId | null;
  /** Its number before a full hall. */
  readonly number: number | null;
}

/** Of whom nothing is known. */
export const NOTHING = { people: null, stepFree: false, from: null, turn: null, visitId: null, number: null } as const;

/** What was shown, once it is read. */
export interface AskedFor {
  readonly bookingId: BookingId | undefined;
  readonly ages: readonly number[];
  /** When there is no booking here. */
  readonly verdict: "unknown" | "other_office";
}

/** Reads what was shown at an office. A folio that it does not have may be another office's: of which, nobody says. */
export async function readShown(
  ctx: Context,
  officeId: OfficeId,
  shown: Shown,
): Promise<Outcome<AskedFor, { code: "folio_mistyped" }>> {
  const found = "folio" in shown ? await bookingOfFolio(ctx, officeId, shown.folio) : accept(shown.bookingId);
  if (!found.ok && found.refusal.code === "folio_mistyped") return refuse({ code: "folio_mistyped" });
  const bookingId = found.ok ? found.value : undefined;
  const ages = bookingId ? await agesOfParty(ctx, officeId, bookingId) : [];
  return accept({ bookingId, ages, verdict: "folio" in shown || bookingId ? "other_office" : "unknown" });
}

type Judged = { readonly verdict: Verdict; readonly party?: PartyAtDoor };

export async function judge(ctx: Context, hall: DayOfHall, asked: AskedFor, limited = true): Promise<Judged> {
  const { tx, officeId, today } = hall;
  const party = asked.bookingId && (await findAtDoor(tx, officeId, asked.bookingId, today));
  if (!party) return { verdict: asked.verdict };
  const { inside, limit, queue } = await readDoorNow(tx, officeId, today);
  const own = queue.findIndex((one) => one.bookingId === asked.bookingId);
  const now: HallNow = { inside, limit: limited ? limit : null, ahead: limited ? (own < 0 ? queue.length : own) : 0 };
  const atDoor: AtTheDoor = { ...party, first: party.marked || priorityByAge(asked.ages) !== null };
  return { verdict: verdictOf(atDoor, now, ctx.now, today), party };
}

/** The verdict, carried out. A machine inside the hall has no limit: whoever stands before it is in. */
export async function answer(
  ctx: Context,
  hall: DayOfHall,
  asked: AskedFor,
  by: ArrivedBy,
  stepFree = false,
): Promise<DoorAnswer> {
  const { tx, officeId, today } = hall;
  const { verdict, party } = await judge(ctx, hall, asked, by === "door");
  if (!party || !asked.bookingId) return { ...NOTHING, verdict };
  // Whoever is not let in for another reason than the crowd keeps nobody waiting behind her.
  if (verdict !== "wait") await leaveDoorQueue(tx, officeId, today, asked.bookingId, ctx.now);
  const known = { ...NOTHING, verdict, people: party.people, stepFree: party.stepFree };
  switch (verdict) {
    case "pass":
      return received(ctx, hall, { ...asked, bookingId: asked.bookingId }, by, stepFree);
    case "inside":
      // Of a visit that is over no turn is named: it would be waited for.
      return { ...known, turn: party.turnNo === null || party.visit === "done" ? null : turnCode(party.turnNo) };
    case "wait": {
      const queued = { bookingId: asked.bookingId, people: party.people };
      return { ...known, number: await joinDoorQueue(tx, officeId, today, queued, ctx.now) };
    }
    case "later":
      return { ...known, from: letInFrom(party.dueAt) };
    default:
      return { ...NOTHING, verdict };
  }
}

export async function received(
  ctx: Context,
  hall: DayOfHall,
  { bookingId, ages }: AskedFor & { readonly bookingId: BookingId },
  by: ArrivedBy,
  stepFree: boolean,
): Promise<DoorAnswer> {
  const { tx } = hall;
  const outcome = await receiveParty(ctx, hall, bookingId, ages);
  // The verdict said that it may come: a counter cancelled or ended it in this very moment.
  if (!outcome.ok) return { ...NOTHING, verdict: "ended" };
  const visit = outcome.value;
  await saveArrival(tx, visit, by, stepFree);
  return {
    ...NOTHING,
    verdict: "pass",
    people: visit.people,
    stepFree,
    turn: visit.turnNo === null ? null : turnCode(visit.turnNo),
    visitId: visit.id,
  };
}

/** One transaction of a machine or a telephone at an office: nobody's name stands behind it. */
export async function atOffice<Value>(
  ctx: Context,
  officeId: OfficeId,
  work: (hall: DayOfHall) => Promise<Value>,
): Promise<Value> {
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const today = localDateAt(ctx.now, zone);
  return ctx.database.transaction("console", { officeId }, async (tx: Tx) => {
    await lockDay(tx, officeId);
    return work({ tx, officeId, today, zone });
  });
}
