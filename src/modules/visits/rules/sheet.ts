import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import { initialsOf } from "#kernel/text.ts";
import { daysBetween } from "#kernel/time.ts";
import type { AppointmentOfParty, PartyOfDay } from "#modules/booking/index.ts";

/** Days ahead for which the list can be printed: over the longest run of holidays the next opening is nearer. */
export const SHEET_DAYS_AHEAD = 7;
/** Days for which a day that was worked on paper can be typed in; long before its bookings are erased. */
export const PAPER_DAYS = 7;

/** One appointment of a person on the list, with her initials in place of a name. */
export interface SheetLine extends Pick<
  AppointmentOfParty,
  "id" | "ordinal" | "serviceGroup" | "services" | "startsAt" | "state" | "outcomes"
> {
  readonly initials: string;
  /** As it hangs over the counter; null when its session planned none there. */
  readonly counter: number | null;
}

/** A counter as it hangs in the hall. */
interface Counter {
  readonly number: number;
  readonly serviceGroup: ServiceGroup;
}

/** What is other on that day than the appointment says. */
export interface SheetNotice {
  readonly expectedAt: Date | null;
  readonly returnUntil: LocalDate | null;
}

/** People who come together, known by hour and end of folio: a place in the list would be another after each booking. */
export interface SheetParty extends Pick<PartyOfDay, "bookingId" | "folioTail" | "startsAt" | "state">, SheetNotice {
  readonly lines: readonly SheetLine[];
}

/** Whether the list of that day can be read, and whether what was written on it can be typed in. */
export function sheetOf(day: LocalDate, today: LocalDate): { readonly shown: boolean; readonly typed: boolean } {
  const ahead = daysBetween(today, day);
  return { shown: ahead >= -PAPER_DAYS && ahead <= SHEET_DAYS_AHEAD, typed: ahead >= -PAPER_DAYS && ahead <= 0 };
}

const NO_NOTICE: SheetNotice = { expectedAt: null, returnUntil: null };

/** The day by hour; what names anybody is left behind here. */
export function sheetParties(
  parties: readonly PartyOfDay[],
  counterOf: ReadonlyMap<string, number>,
  hall: readonly Counter[],
  notices: ReadonlyMap<string, SheetNotice>,
): SheetParty[] {
  return parties.map(({ bookingId, folioTail, startsAt, state, people, appointments }) => ({
    ...(notices.get(bookingId) ?? NO_NOTICE),
    bookingId,
    folioTail,
    startsAt,
    state,
    lines: appointments.map(({ id, ordinal, serviceGroup, services, startsAt: at, state: stands, outcomes }) => {
      const person = people.find((one) => one.ordinal === ordinal);
      return {
        id,
        ordinal,
        serviceGroup,
        services,
        startsAt: at,
        state: stands,
        outcomes,
        initials: person ? initialsOf([person.givenNames, person.firstSurname, person.secondSurname]) : "",
        counter: hallNumber(hall, serviceGroup, counterOf.get(id)),
      };
    }),
  }));
}

/** Each session counts its counters from 1; over the hall they are numbered group after group. */
function hallNumber(hall: readonly Counter[], group: ServiceGroup, counter: number | undefined): number | null {
  const own = hall.filter(({ serviceGroup }) => serviceGroup === group);
  return counter === undefined ? null : (own[counter - 1]?.number ?? null);
}
