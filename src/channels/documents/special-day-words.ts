import type { ServiceGroup } from "#kernel/ids.ts";
import type { GivenOut, SpecialKind } from "#modules/schedules/index.ts";

export interface SpecialDayPhrases {
  readonly service: string;
  readonly kinds: Readonly<Record<SpecialKind, string>>;
  readonly headline: (kind: string, city: string) => string;
  readonly hours: (from: string, to: string) => string;
  readonly where: string;
  /** Within a sentence. */
  readonly groups: Readonly<Record<ServiceGroup, string>>;
  readonly forGroups: (groups: string) => string;
  readonly places: (count: string) => string;
  readonly given: Readonly<Record<GivenOut, string>>;
  readonly until: (moment: string) => string;
  readonly free: string;
  readonly noPay: string;
  readonly demo: string;
  readonly suspended: string;
  readonly keepFolio: string;
  readonly cancelled: string;
  readonly closed: string;
  readonly closedOn: (day: string) => string;
  /** Behind an arrow. */
  readonly closedIs: string;
  readonly closedTold: string;
  readonly elsewhere: string;
  readonly over: string;
  readonly correction: string;
  readonly changed: Readonly<Record<"day" | "hours" | "place", string>>;
  readonly wasIs: (label: string, was: string, is: string) => string;
  readonly atOffice: (city: string) => string;
  readonly revision: (number: number, date: string) => string;
  readonly scan: string;
  readonly radioHello: (city: string) => string;
  readonly radioOpens: (kind: string, day: string, hours: string) => string;
  readonly radioPlace: (place: string) => string;
  readonly radioWays: (phone: string) => string;
  readonly radioNoLonger: (what: readonly string[]) => string;
}

/** What is sent out about a special day, in every form. Sentences of at most fifteen words. */
export const SPECIAL_DAY_WORDS: Readonly<Record<"es" | "en", SpecialDayPhrases>> = {
  es: {
    service: "Citas del consulado",
    kinds: {
      saturday: "Sábado de citas",
      sunday: "Domingo de citas",
      extraordinary: "Jornada especial",
      mobile: "Consulado móvil",
      on_wheels: "Consulado sobre ruedas",
    },
    headline: (kind, city) => `${kind} en ${city}`,
    hours: (from, to) => `de ${from} a ${to}`,
    where: "Dónde",
    groups: {
      documentacion: "pasaporte, matrícula y credencial",
      registro_civil: "actas y registro civil",
      fe_publica: "poderes y papeles notariales",
      visas: "visas",
      proteccion: "protección",
      ventanillas: "ventanillas de apoyo",
    },
    forGroups: (groups) => `Para ${groups}.`,
    places: (count) => `${count} ${count === "1" || count === "un" ? "lugar" : "lugares"}.`,
    given: {
      open: "Saque su cita en la página oficial o por teléfono.",
      draw: "Los lugares se reparten entre quienes los pidan.",
      short_draw: "Los lugares se reparten entre familias que aceptan aviso corto.",
    },
    until: (moment) => `Pida su lugar antes del ${moment}`,
    free: "La cita es gratuita.",
    noPay: "Si alguien le cobra por ella, no pague.",
    demo: "Demostración: los datos son inventados.",
    suspended: "Cambia de lugar o de fecha.",
    keepFolio: "Conserve su folio: su lugar está guardado.",
    cancelled: "Esta jornada no se hará.",
    closed: "No se llevará a cabo ese día.",
    closedOn: (day) => `${day}: no se llevará a cabo`,
    closedIs: "no se llevará a cabo",
    closedTold: "Si ya tiene cita, no se pierde: le avisamos.",
    elsewhere: "Vea otras jornadas y consulados en la página oficial.",
    over: "Esta jornada ya pasó.",
    correction: "CORRECCIÓN",
    changed: { day: "Día", hours: "Horario", place: "Lugar" },
    wasIs: (label, was, is) => `${label}: ${was} → ${is}`,
    atOffice: (city) => `el consulado en ${city}`,
    revision: (number, date) => `Versión ${number}, ${date}`,
    scan: "Abra la página con la cámara de su teléfono.",
    radioHello: (city) => `Atención, comunidad mexicana de ${city}.`,
    radioOpens: (kind, day, hours) => `${kind}: ${day}, ${hours}.`,
    radioPlace: (place) => `Es en ${place}.`,
    radioWays: (phone) => `Informes al ${phone}.`,
    radioNoLonger: (what) => `Ya no es ${what.join(", ni ")}.`,
  },
  en: {
    service: "Consulate appointments",
    kinds: {
      saturday: "Saturday of appointments",
      sunday: "Sunday of appointments",
      extraordinary: "Special day",
      mobile: "Mobile consulate",
      on_wheels: "Consulate on wheels",
    },
    headline: (kind, city) => `${kind} in ${city}`,
    hours: (from, to) => `from ${from} to ${to}`,
    where: "Where",
    groups: {
      documentacion: "passport, consular ID and voter card",
      registro_civil: "civil records",
      fe_publica: "powers of attorney and notarial papers",
      visas: "visas",
      proteccion: "protection",
      ventanillas: "support desks",
    },
    forGroups: (groups) => `For ${groups}.`,
    places: (count) => `${count} ${count === "1" || count === "one" ? "place" : "places"}.`,
    given: {
      open: "Book your appointment on the official page or by phone.",
      draw: "Places are shared out among all who ask for them.",
      short_draw: "Places are shared out among families who accept short notice.",
    },
    until: (moment) => `Ask for a place before ${moment}`,
    free: "Appointments are free.",
    noPay: "If someone charges you for one, do not pay.",
    demo: "Demonstration: the facts are invented.",
    suspended: "The place or the date changes.",
    keepFolio: "Keep your folio: your place is kept.",
    cancelled: "This day will not take place.",
    closed: "It will not take place that day.",
    closedOn: (day) => `${day}: will not take place`,
    closedIs: "will not take place",
    closedTold: "If you have an appointment, it is not lost: we tell you.",
    elsewhere: "See other days and consulates on the official page.",
    over: "This day is over.",
    correction: "CORRECTION",
    changed: { day: "Day", hours: "Hours", place: "Place" },
    wasIs: (label, was, is) => `${label}: ${was} → ${is}`,
    atOffice: (city) => `the consulate in ${city}`,
    revision: (number, date) => `Version ${number}, ${date}`,
    scan: "Open the page with your phone's camera.",
    radioHello: (city) => `Attention, Mexican community of ${city}.`,
    radioOpens: (kind, day, hours) => `${kind}: ${day}, ${hours}.`,
    radioPlace: (place) => `It is at ${place}.`,
    radioWays: (phone) => `Call ${phone}.`,
    radioNoLonger: (what) => `It is no longer ${what.join(", nor ")}.`,
  },
};
