import { folioFrom, folioTail } from "#kernel/folio.ts";
import type { AppointmentId, BookingId, Folio, LocalDate, ServiceGroup, ServiceSlug } from "#kernel/ids.ts";
import { addDays, HOUR_MS } from "#kernel/time.ts";
import type { ApplicantDetails } from "../types.ts";
import { BIRTH_STATES } from "./curp.ts";

/** Parties of a day from which on one more is nobody: among few she would be looked for. Our own number. */
export const HONEY_LEAST_PARTIES = 12;
/** Hours before hers from which on she is gone, like one who cancelled: before anybody waits for her at the door. Our own number. */
export const HONEY_GONE_HOURS = 2;
/** Bytes of which an invented person is made: 12 for the folio, one for each of the other choices. */
export const HONEY_SEED_BYTES = 32;

/** A row of `booking.honey`. */
export interface Honey {
  readonly id: BookingId;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly filedAt: Date;
  readonly services: readonly ServiceSlug[];
  readonly serviceGroup: ServiceGroup;
  readonly seed: Uint8Array;
}

const WOMEN =
  "María Guadalupe|Juana|Margarita|Verónica|Leticia|Alejandra|Gabriela|Yolanda|Silvia|Adriana|Patricia|Rosa María|Norma|Teresa|Carmen|Elizabeth".split(
    "|",
  );
const MEN =
  "José Luis|Juan|Francisco|Pedro|Alejandro|Manuel|Roberto|Fernando|Ricardo|Javier|Miguel Ángel|Raúl|Arturo|Sergio|Antonio|Carlos".split(
    "|",
  );
/** So common that each belongs to many: nobody's own name is on a list because of it. */
const SURNAMES =
  "Hernández|García|Martínez|López|González|Pérez|Rodríguez|Sánchez|Ramírez|Cruz|Flores|Gómez|Morales|Vázquez|Jiménez|Reyes|Torres|Díaz|Gutiérrez|Mendoza|Ruiz|Aguilar|Ortiz|Castillo|Chávez|Juárez|Domínguez|Muñoz|Ramos|Herrera|Medina|Castro".split(
    "|",
  );
/** Whole years of whoever comes alone to a counter, of the ages that no service refuses. */
const YOUNGEST = 24;
const OLDEST_MORE = 32;
const YEAR_DAYS = 365.25;

/** The invented person of a seed, and her folio: the same each time. */
export function honeyPerson({ seed, localDate }: Pick<Honey, "seed" | "localDate">): {
  readonly folio: Folio;
  readonly folioTail: string;
  readonly person: ApplicantDetails;
} {
  const folio = folioFrom(seed.subarray(0, 12));
  const pick = (place: number, from: readonly string[]): string => from[seed[place]! % from.length]!;
  const woman = seed[12]! % 2 === 0;
  const days = (seed[17]! * 256 + seed[18]!) % 365;
  const states = BIRTH_STATES.filter((state) => state !== "NE");
  return {
    folio,
    folioTail: folioTail(folio),
    person: {
      givenNames: pick(13, woman ? WOMEN : MEN),
      firstSurname: pick(14, SURNAMES),
      secondSurname: pick(15, SURNAMES),
      otherName: "",
      bornOn: addDays(localDate, -Math.floor((YOUNGEST + (seed[16]! % OLDEST_MORE)) * YEAR_DAYS) - days),
      bornIn: pick(19, states),
      sex: woman ? "M" : "H",
      curp: "",
      parents: [],
    },
  };
}

/** Her appointment: an id of its own that is the same each time, and is no appointment's. */
export function honeyAppointment({ seed }: Pick<Honey, "seed">): AppointmentId {
  const hex = [...seed.subarray(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join(
    "-",
  ) as AppointmentId;
}

/** Whether she is on the day's list: from its first minute until two hours before hers. */
export function honeyStands({ localDate, startsAt }: Honey, today: LocalDate, now: Date): boolean {
  return localDate === today && startsAt.getTime() - now.getTime() > HONEY_GONE_HOURS * HOUR_MS;
}
