import type { LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import type { RequestState } from "#modules/allocation/index.ts";
import type { ApplicantDetails, ApplicantRequest, BookingView } from "../types.ts";

type Person = Pick<ApplicantDetails, "givenNames" | "firstSurname" | "secondSurname" | "bornOn">;

/** One person, and what stands for her. Of those who come along only how many they are. */
export interface CallerFile {
  readonly person: Person;
  /** How many of the contact's people were born that day. */
  readonly bornThen: number;
  readonly bookings: readonly {
    readonly id: string;
    readonly officeId: OfficeId;
    readonly zone: string;
    readonly localDate: LocalDate;
    /** Her own first hour. */
    readonly startsAt: Date;
    readonly services: readonly ServiceSlug[];
    readonly people: number;
    /** She lost this hour, and a new one is proposed to her. */
    readonly displaced: boolean;
  }[];
  readonly requests: readonly {
    readonly id: string;
    readonly state: "standing" | "offered";
    readonly offices: readonly OfficeId[];
    readonly services: readonly ServiceSlug[];
    readonly people: number;
  }[];
}

interface Asked {
  readonly id: string;
  readonly state: RequestState;
  readonly people: number;
  readonly options: readonly { readonly offices: readonly string[] }[];
  readonly applicants: readonly ApplicantRequest[];
}

/** Everybody born on that day, each once, in the order of their names: twins stand in one order on every call. */
export function bornThen(files: readonly { readonly applicants: readonly Person[] }[], bornOn: LocalDate): Person[] {
  const people = files.flatMap((one) => one.applicants).filter((one) => one.bornOn === bornOn);
  const byName = new Map(people.map((one) => [nameOf(one), one]));
  return [...byName].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, person]) => person);
}

export function fileOf(
  person: Person,
  count: number,
  bookings: readonly BookingView[],
  requests: readonly Asked[],
  offices: ReadonlyMap<string, { readonly zone: string }>,
): CallerFile {
  const { givenNames, firstSurname, secondSurname, bornOn } = person;
  const isShe = (one: Person): boolean => nameOf(one) === nameOf(person) && one.bornOn === bornOn;
  return {
    person: { givenNames, firstSurname, secondSurname, bornOn },
    bornThen: count,
    bookings: bookings.flatMap(({ id, officeId, localDate, displaced, applicants, appointments }) => {
      const ordinal = applicants.findIndex(isShe) + 1;
      const own = appointments.filter((one) => one.ordinal === ordinal);
      if (ordinal === 0 || own.length === 0) return [];
      const startsAt = new Date(Math.min(...own.map((one) => one.startsAt.getTime())));
      const services = own.flatMap((one) => one.services);
      const { zone } = offices.get(officeId)!;
      return [{ id, officeId, zone, localDate, startsAt, services, people: applicants.length, displaced }];
    }),
    requests: requests.flatMap(({ id, state, people, options, applicants }) => {
      const own = applicants.find(isShe);
      const where = [...new Set(options.flatMap((one) => one.offices as readonly OfficeId[]))];
      return own
        ? [{ id, state: state === "offered" ? state : "standing", offices: where, services: own.services, people }]
        : [];
    }),
  };
}

function nameOf({ givenNames, firstSurname, secondSurname }: Person): string {
  return [firstSurname, secondSurname, givenNames].join(" ");
}
