import type { BookingId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import type { Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { dayNews } from "../events.ts";
import { listClosedDays, listParties, listSuspensions, type PartyToday, type Suspension } from "../queries/the-day.ts";
import {
  isHeld,
  lastReturnDay,
  openServices,
  returnUntil,
  suspendedAt,
  suspendedFor,
  whatIsDue,
  type OnTheWay,
} from "../rules/suspension.ts";
import { giveRights } from "../store/the-day.ts";

/** A day at an office. */
export interface OfficeDay {
  readonly officeId: OfficeId;
  readonly today: LocalDate;
}

/** Whether nothing can be done for a party from where it stands. */
export function isPartyHeld(party: PartyToday, suspensions: readonly Suspension[]): boolean {
  return isHeld(party.appointments, suspendedFor(suspensions, wayOf(party)));
}

/** Where a party stands in the hall; undefined of one that has not arrived. */
function wayOf({ visit, station, route }: PartyToday): OnTheWay | undefined {
  return visit && station && route ? { state: visit, station, route } : undefined;
}

/**
 * Gives each party that is held and near its right to return, and tells whoever has not arrived to stay at home: once for
 * each hour of the next news. May run at any time and again. Returns how many were told, and how many stand in the hall.
 */
export async function holdParties(
  tx: Tx,
  { officeId, today }: OfficeDay,
  now: Date,
): Promise<{ told: number; inside: number }> {
  const suspensions = await listSuspensions(tx, officeId, today);
  const due = (await listParties(tx, officeId, today))
    .filter((one) => isPartyHeld(one, suspensions))
    .map((party) => ({ party, newsAt: newsFor(party, suspensions), due: whatIsDue(hourOf(party), now) }));
  // An hour that is over is told to nobody: the supervisor is asked for another one first.
  const toTell = due.filter(
    (one) =>
      one.due === "stay_home" && one.newsAt > now && one.party.right?.toldNewsAt?.getTime() !== one.newsAt.getTime(),
  );
  const inside = due.filter((one) => one.due === "right_only");
  const validUntil = await untilFor(tx, { officeId, today });
  const give = [
    ...toTell.map(({ party, newsAt }) => ({ party, toldNewsAt: newsAt })),
    ...inside.filter(({ party }) => !party.right).map(({ party }) => ({ party, toldNewsAt: null })),
  ];
  await giveRights(
    tx,
    officeId,
    give.map(({ party: { bookingId, localDate }, toldNewsAt }) => ({
      bookingId,
      localDate,
      validUntil: earlier(validUntil, lastReturnDay(localDate)),
      toldNewsAt,
    })),
    now,
  );
  await insertEvents(
    tx,
    toTell.map(({ party }) => dayNews("visits.suspended", officeId, party, now)),
  );
  return { told: toTell.length, inside: inside.length };
}

/** What keeps one party from being attended to now, on its way or at the very station where it waits; gives it the right to return when all of it is held and it stands in the hall. */
export async function findHeld(
  tx: Tx,
  { officeId, today }: OfficeDay,
  bookingId: BookingId,
): Promise<{ readonly suspended: ReadonlySet<ServiceSlug>; readonly held: boolean; readonly heldHere: boolean }> {
  const suspensions = await listSuspensions(tx, officeId, today);
  const [party] = suspensions.length === 0 ? [] : await listParties(tx, officeId, today, bookingId);
  if (!party) return { suspended: suspendedFor(suspensions, undefined), held: false, heldHere: false };
  const suspended = suspendedFor(suspensions, wayOf(party));
  const held = isHeld(party.appointments, suspended);
  const heldHere = held && isHeld(party.appointments, suspendedAt(suspensions, party.station ?? "window"));
  return { suspended, held, heldHere };
}

/** The same right as everybody else's who is kept from being attended to. */
export async function giveRight(
  tx: Tx,
  day: OfficeDay,
  { id, localDate }: { readonly id: BookingId; readonly localDate: LocalDate },
  now: Date,
): Promise<void> {
  const validUntil = earlier(await untilFor(tx, day), lastReturnDay(localDate));
  await giveRights(tx, day.officeId, [{ bookingId: id, localDate, validUntil, toldNewsAt: null }], now);
}

/** Of two days; past the second the file is erased. */
function earlier(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}

async function untilFor(tx: Tx, { officeId, today }: OfficeDay): Promise<LocalDate> {
  return returnUntil(today, await listClosedDays(tx, officeId, today, lastReturnDay(today)));
}

/** Who waits for two services hears when the later news of them comes. */
function newsFor(party: PartyToday, suspensions: readonly Suspension[]): Date {
  const open = new Set(openServices(party.appointments));
  const own = suspendedFor(suspensions, wayOf(party));
  const awaited = suspensions.filter((one) => open.has(one.service) && own.has(one.service));
  return new Date(Math.max(...awaited.map((one) => one.newsAt.getTime())));
}

function hourOf({ visit, expectedAt, startsAt, right }: PartyToday) {
  return { visit: visit ?? undefined, hour: expectedAt ?? startsAt, told: right?.toldNewsAt != null };
}
