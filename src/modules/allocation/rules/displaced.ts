import type { Assigned, DrawPlace, Need as PersonNeed } from "#modules/schedules/index.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { MINUTE_MS, weekdayOf } from "#kernel/time.ts";
import type { Option } from "../types.ts";
import { DRAW_POLICY } from "./policy.ts";
import { needOfParty, piecesOf, seatParties, supplyOf, type PartyToSeat, type Piece } from "./seats.ts";

type Steps = Readonly<Record<string, number>>;

/**
 * Of a day's parties those for whom there is still room when places were cut after the lock: in the order of the draw,
 * each whole or not at all. Where nothing was cut that is everybody, for a draw gives no more than it has.
 */
export function whoFits<Party extends PartyToSeat & { readonly position: number }>(
  pieces: readonly Piece[],
  parties: readonly Party[],
  steps: Steps,
): Party[] {
  const left = new Map(supplyOf(pieces).map((cell) => [`${cell.group} ${cell.band}`, cell.places]));
  return [...parties]
    .sort((a, b) => a.position - b.position)
    .filter((party) => {
      const need = cellsOf(party, steps);
      if (need === undefined || need.some(([cell, count]) => (left.get(cell) ?? 0) < count)) return false;
      for (const [cell, count] of need) left.set(cell, left.get(cell)! - count);
      return true;
    });
}

/** Places that a party needs of each cell and of its parts in pairs and fours (seats.ts). */
function cellsOf({ needs, bandOf }: PartyToSeat, steps: Steps): [string, number][] | undefined {
  const need = needOfParty(needs, steps);
  return need && Object.entries(need).map(([part, count]) => [`${part} ${bandOf.get(groupOf(part))}`, count]);
}

function groupOf(part: string): PersonNeed["group"] {
  return part.split(".")[0] as PersonNeed["group"];
}

/** A household whose place was cut. */
export interface DisplacedHousehold {
  readonly id: string;
  readonly officeId: OfficeId;
  /** The day that it lost. */
  readonly localDate: LocalDate;
  readonly needs: readonly PersonNeed[];
  readonly options: readonly Option[];
}

/**
 * Other seats for the whole household among some places of its office: on the lost day if there is room, else on the
 * soonest other day that it asked for, nobody at two counters at once. Nobody is given a day, or a part of it, for which she did not ask.
 */
export function seatElsewhere(
  household: DisplacedHousehold,
  places: readonly DrawPlace[],
  steps: Steps,
): { readonly localDate: LocalDate; readonly seats: readonly Assigned[] } | undefined {
  const days = [...new Set(places.map((one) => one.localDate))].sort();
  const first = days.filter((day) => day === household.localDate);
  for (const localDate of [...first, ...days.filter((day) => day !== household.localDate)]) {
    const own = places.filter((one) => one.localDate === localDate && one.stepMinutes === steps[one.serviceGroup]);
    for (const [bit, band] of DRAW_POLICY.bands.entries()) {
      if (!household.options.some((option) => allows(option, household.officeId, localDate, bit))) continue;
      const bandOf = new Map(household.needs.map((need) => [need.group, band]));
      const party = { id: household.id, needs: household.needs, bandOf, position: 0 };
      const seats = seatApart(
        own.filter((one) => one.band === band),
        party,
        steps,
      );
      if (seats) return { localDate, seats };
    }
  }
  return undefined;
}

/**
 * Seats for one party alone, of whom nobody is at two counters at once: with whom could she change? Where she would be,
 * one of her two groups is looked for at other hours, then the other.
 */
function seatApart(
  places: readonly DrawPlace[],
  party: PartyToSeat & { readonly position: number },
  steps: Steps,
): readonly Assigned[] | undefined {
  const pieces = piecesOf(places);
  if (whoFits(pieces, [party], steps).length === 0) return undefined;
  const seats = seatParties(pieces, [party]).get(party.id)!;
  const one = seats.find((seat) => seats.some((other) => seat !== other && isTwice(seat, other)));
  const other = seats.find((seat) => one && seat !== one && isTwice(seat, one));
  if (!one || !other) return seats;
  return seatApart(without(places, one, other), party, steps) ?? seatApart(without(places, other, one), party, steps);
}

/** Places but for those of one seat's group during the other seat. */
function without(places: readonly DrawPlace[], { serviceGroup }: Assigned, during: Assigned): DrawPlace[] {
  return places.filter(
    (place) =>
      place.serviceGroup !== serviceGroup ||
      place.startsAt + place.stepMinutes * MINUTE_MS <= during.startsAt ||
      place.startsAt >= during.endsAt,
  );
}

function isTwice(one: Assigned, other: Assigned): boolean {
  return one.ordinal === other.ordinal && one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

function allows(
  { offices, from, to, weekdays, bands }: Option,
  officeId: OfficeId,
  day: LocalDate,
  bit: number,
): boolean {
  const isDay = from <= day && day <= to && ((weekdays >> (weekdayOf(day) - 1)) & 1) === 1;
  return isDay && offices.includes(officeId) && ((bands >> bit) & 1) === 1;
}
