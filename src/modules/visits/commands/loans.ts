import { sha256, utf8 } from "#kernel/digest.ts";
import type { BookingId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, DAY_MS, localDateAt } from "#kernel/time.ts";
import { listDay, type PartyOfDay } from "#modules/booking/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId, randomBytes } from "#platform/random.ts";
import {
  listConflicts,
  listLoans,
  listOutingParties,
  listOutings,
  type ConflictView,
  type LoanView,
  type Outing,
} from "../queries/offline.ts";
import { PAPER_DAYS, SHEET_DAYS_AHEAD } from "../rules/sheet.ts";
import { routeOf } from "../rules/turn.ts";
import { deleteLoans, endLoan, holdLoaned, insertLoan, insertTablet, isTablet, lockLoan } from "../store/offline.ts";
import { readHallPlan } from "../store/turns.ts";
import type { OfflineRefusal, Station } from "../types.ts";
import { inHall, type Hall } from "./office.ts";

/** After the last session of a list a tablet forgets its names (engineering.md 19). */
const LIST_HOURS_MS = DAY_MS;
/** Long after the last day on which anything of it could be typed in or merged. */
const LOANS_KEPT_DAYS = 30;
const SECRET_BYTES = 32;

/** What a browser that was enrolled says of itself. */
export interface TabletProof {
  readonly id: string;
  readonly secret: string;
}

/** Makes the browser that asks a tablet of the office. Only it ever learns the secret. */
export function enrolTablet(ctx: Context, name: string): Promise<Outcome<TabletProof, OfflineRefusal>> {
  return inHall(ctx, "account_for_day", async (hall) => {
    const tablet = { id: newId<string>(), secret: randomBytes(SECRET_BYTES).toString("base64url") };
    const { officeId, staffId } = hall;
    const row = { officeId, id: tablet.id, name, secretDigest: digestOf(tablet.secret), staffId, at: ctx.now };
    await insertTablet(hall.tx, row);
    await note(ctx, hall, "offline.enrol");
    return accept(tablet);
  });
}

export function isOfOffice({ tx, officeId }: Hall, { id, secret }: TabletProof): Promise<boolean> {
  return isTablet(tx, officeId, id, digestOf(secret));
}

/** A party as a tablet may know it: no contact, no CURP, no surname. */
export interface LoanedParty extends Omit<PartyOfDay, "flags" | "permission"> {
  /** The stations that it goes through when it arrives. */
  readonly route: readonly Station[];
}

export interface TakenList {
  readonly loanId: string;
  readonly localDate: LocalDate;
  readonly expiresAt: Date;
  readonly parties: readonly LoanedParty[];
}

/** Gives a tablet the list of one outing. From then on nothing of it is made final before the tablet is back, lost or expired. */
export async function takeList(
  ctx: Context,
  input: { tablet: TabletProof; localDate: LocalDate; specialDayId: string | null },
): Promise<Outcome<TakenList, OfflineRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || actor.officeId === undefined) return refuse({ code: "not_allowed" });
  const day = await listDay(ctx, actor.officeId as OfficeId, input.localDate);
  if (!day.ok) return day;
  return inHall(ctx, "see_today", async (hall): Promise<Outcome<TakenList, OfflineRefusal>> => {
    const { tx, officeId, staffId, today } = hall;
    if (!(await isOfOffice(hall, input.tablet))) return refuse({ code: "unknown_tablet" });
    const { localDate, specialDayId } = input;
    const outing = (await listOutings(tx, officeId, today, addDays(today, SHEET_DAYS_AHEAD))).find(
      (one) => one.localDate === localDate && one.specialDayId === specialDayId,
    );
    if (!outing) return refuse({ code: "no_such_sheet" });
    const loaned = await listOutingParties(tx, officeId, localDate, specialDayId);
    const loan = {
      id: newId<string>(),
      tabletId: input.tablet.id,
      localDate,
      specialDayId,
      staffId,
      takenAt: ctx.now,
      expiresAt: new Date(outing.endsAt.getTime() + LIST_HOURS_MS),
    };
    if (!(await insertLoan(tx, officeId, loan, loaned))) return refuse({ code: "list_is_out" });
    const plan = await readHallPlan(tx, officeId);
    const services = new Map<BookingId, ServiceSlug[]>(loaned.map((one) => [one.bookingId, one.services]));
    const parties = day.value.flatMap(({ flags: _flags, permission: _permission, ...party }): LoanedParty[] => {
      const own = services.get(party.bookingId);
      return own ? [{ ...party, people: party.people.map(shortName), route: routeOf(own, plan) }] : [];
    });
    await note(ctx, hall, "offline.take", parties.length);
    return accept({ loanId: loan.id, localDate, expiresAt: loan.expiresAt, parties });
  });
}

/** First name and initial: enough to call somebody, and to nobody else a name. */
function shortName(person: PartyOfDay["people"][number]): PartyOfDay["people"][number] {
  const first = person.givenNames.split(/\s+/)[0] ?? "";
  const initial = [...person.firstSurname.trim()][0];
  return { ...person, givenNames: first, firstSurname: initial === undefined ? "" : `${initial}.`, secondSurname: "" };
}

/** Says that a list will not come back. What its tablet brings from then on is refused: the day is worked from paper. */
export function declareLost(ctx: Context, loanId: string): Promise<Outcome<null, OfflineRefusal>> {
  return inHall(ctx, "account_for_day", async (hall): Promise<Outcome<null, OfflineRefusal>> => {
    const { tx, officeId, staffId } = hall;
    const loan = await lockLoan(tx, officeId, loanId);
    if (!loan) return refuse({ code: "unknown_list" });
    if (loan.mergedAt) return refuse({ code: "list_is_back" });
    await endLoan(tx, officeId, loanId, { lostAt: ctx.now, staffId });
    await holdLoaned(tx, officeId, loanId, { others: ctx.now, disputed: ctx.now });
    await note(ctx, hall, "offline.lost");
    return accept(null);
  });
}

export interface OfflineView {
  readonly outings: readonly Outing[];
  readonly loans: readonly LoanView[];
  readonly conflicts: readonly (ConflictView & { readonly folioTail: string; readonly name: string })[];
}

/** What can be taken along, which lists are out, and what has to be decided, with the first name that a tablet knows too. */
export async function getOffline(ctx: Context): Promise<Outcome<OfflineView, OfflineRefusal>> {
  interface Read extends Omit<OfflineView, "conflicts"> {
    readonly officeId: OfficeId;
    readonly conflicts: readonly ConflictView[];
  }
  const view = await inHall(ctx, "see_today", async ({ tx, officeId, today }): Promise<Outcome<Read, OfflineRefusal>> =>
    accept({
      officeId,
      outings: await listOutings(tx, officeId, today, addDays(today, SHEET_DAYS_AHEAD)),
      loans: await listLoans(tx, officeId, addDays(today, -PAPER_DAYS)),
      conflicts: await listConflicts(tx, officeId),
    }),
  );
  if (!view.ok) return view;
  const { officeId, conflicts, ...rest } = view.value;
  const parties = new Map<BookingId, PartyOfDay>();
  for (const day of new Set(conflicts.map((one) => one.localDate))) {
    const found = await listDay(ctx, officeId, day);
    if (found.ok) for (const party of found.value) parties.set(party.bookingId, party);
  }
  return accept({
    ...rest,
    conflicts: conflicts.map((one) => {
      const party = parties.get(one.bookingId);
      const ordinal = party?.appointments.find(({ id }) => id === one.appointmentId)?.ordinal;
      const person = party?.people.find((other) => ordinal === undefined || other.ordinal === ordinal);
      const { givenNames = "", firstSurname = "" } = person ? shortName(person) : {};
      return { ...one, folioTail: party?.folioTail ?? "", name: `${givenNames} ${firstSurname}`.trim() };
    }),
  });
}

/** Forgets what nobody can merge any more. */
export function forgetLoans(ctx: Context): Promise<number> {
  const before = addDays(localDateAt(ctx.now, "UTC"), -LOANS_KEPT_DAYS);
  return transaction(ctx, "worker", (tx) => deleteLoans(tx, before));
}

export async function note(ctx: Context, { tx, officeId }: Hall, action: string, count = 1): Promise<void> {
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action, officeId, count }]);
}

function digestOf(secret: string): Uint8Array {
  return sha256(utf8(secret));
}
