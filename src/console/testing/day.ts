import type {
  FilePerson,
  OfficeFile,
  Party,
  PartyFile,
  PartyPerson,
  Session,
  StaffMember,
  Today,
} from "../api/types.ts";
import { anAppointment, aParty, aVisit } from "./fixtures.ts";

/** 10:42 at the office. */
export const NOW = "2026-12-03T18:42:00.000Z";
const GIVEN = [
  "María Guadalupe",
  "José Luis",
  "Ana Lucía",
  "Óscar",
  "Rosa Isela",
  "Juan Carlos",
  "Xóchitl",
  "Ángel",
  "Yareli",
  "Miguel",
];
const SURNAMES = [
  "Hernández",
  "Ñandú",
  "Xolalpa",
  "López",
  "de la Cruz",
  "Pérez",
  "Guzmán",
  "Tzintzun",
  "Ruiz",
  "Ávila",
  "Méndez",
];
const SERVICES = [
  ["pasaporte-adulto"],
  ["pasaporte-adulto", "matricula-consular"],
  ["matricula-consular", "credencial-votar"],
  ["registro-nacimiento"],
  ["poder-notarial"],
  ["copia-acta"],
];

/** A day of a big office, the same each time; the people are invented. */
export function aDay(parties: number): Today {
  return {
    officeId: "fresno",
    zone: "America/Los_Angeles",
    localDate: "2026-12-03",
    at: NOW,
    suspensions: [],
    parties: Array.from({ length: parties }, (_, i) => partyOf(i, parties)),
  };
}

function partyOf(i: number, of: number): Party {
  const bookingId = `0190bbbb-0000-7000-8000-${String(i).padStart(12, "0")}`;
  const minutes = Math.floor((i / of) * 54) * 5;
  const startsAt = new Date(Date.parse("2026-12-03T16:30:00.000Z") + minutes * 60_000);
  const localTime = `${String(8 + Math.floor((30 + minutes) / 60)).padStart(2, "0")}:${String((30 + minutes) % 60).padStart(2, "0")}`;
  const people: PartyPerson[] = Array.from({ length: [1, 1, 2, 1, 4, 1, 3][i % 7]! }, (_, n) => ({
    ordinal: n + 1,
    givenNames: GIVEN[(i * 3 + n) % GIVEN.length]!,
    firstSurname: SURNAMES[(i * 5) % SURNAMES.length]!,
    secondSurname: i % 9 === 4 ? "" : SURNAMES[(i * 7 + 2) % SURNAMES.length]!,
    child: n > 1,
  }));
  const ago = (m: number) => new Date(Date.parse(NOW) - m * 60_000).toISOString();
  const past = Date.parse(NOW) - startsAt.getTime();
  const visitOf = (): Pick<Party, "state" | "visit"> => {
    const visit = (changes: Parameters<typeof aVisit>[0]) =>
      aVisit({ id: bookingId.replace("bbbb", "aaaa"), bookingId, ...changes });
    if (past < -20 * 60_000 || i % 13 === 5) return { state: "active", visit: null };
    if (past > 45 * 60_000)
      return i % 11 === 7
        ? { state: "missed", visit: visit({ state: "left", arrivedAt: null }) }
        : {
            state: "completed",
            visit: visit({
              state: "done",
              counter: 1 + (i % 5),
              arrivedAt: ago(90),
              calledAt: ago(80),
              servedAt: ago(75),
              doneAt: ago(50 + (i % 20)),
            }),
          };
    if (past > 25 * 60_000)
      return {
        state: "active",
        visit: visit({
          state: i % 3 === 0 ? "called" : "serving",
          counter: 1 + (i % 5),
          arrivedAt: ago(50),
          calledAt: ago(8),
          servedAt: i % 3 === 0 ? null : ago(6),
        }),
      };
    return past > -10 * 60_000
      ? { state: "active", visit: visit({ state: "waiting", arrivedAt: ago(3 + (i % 40)) }) }
      : { state: "active", visit: null };
  };
  return aParty({
    bookingId,
    folioTail: `${"B4CDE9XQ7K"[i % 10]}${"3M7K0WZ8"[i % 8]}${"AB2C"[i % 4]}${i % 10}`,
    startsAt: startsAt.toISOString(),
    localTime,
    people,
    appointments: people.map(({ ordinal, child }) =>
      anAppointment({
        id: `${bookingId}-${ordinal}`,
        ordinal,
        services: child ? ["pasaporte-menor-3-a-17"] : SERVICES[(i + ordinal) % SERVICES.length]!,
        startsAt: startsAt.toISOString(),
        localTime,
        state: past > 45 * 60_000 && i % 13 !== 5 ? "served" : "booked",
      }),
    ),
    flags: i % 8 === 3 ? ["has_record"] : [],
    permission: people.some(({ child }) => child) ? "missing" : null,
    ...visitOf(),
  });
}

/** The file behind a line of the day. */
export function aFile(party: Party): PartyFile {
  return {
    bookingId: party.bookingId,
    folio: `7K3M-9QXA-2${party.folioTail}`,
    localDate: "2026-12-03",
    startsAt: party.startsAt,
    localTime: party.localTime,
    state: party.state,
    channel: "web",
    language: "es",
    createdAt: "2026-11-20T02:10:00.000Z",
    people: party.people.map((person) => aFilePerson(person, party)),
    appointments: party.appointments,
    checklist: [
      {
        id: "has_id",
        text: {
          es: "¿Todos tienen una identificación oficial con fotografía?",
          en: "Does everyone have an official photo ID?",
        },
        answer: true,
        flagged: false,
      },
      {
        id: "has_record",
        text: {
          es: "¿Todos tienen su acta de nacimiento original o copia certificada?",
          en: "Does everyone have an original birth record or a certified copy?",
        },
        answer: false,
        flagged: true,
      },
    ],
    visit: party.visit,
    returnUntil: party.returnUntil,
  };
}

function aFilePerson(person: PartyPerson, party: Party): FilePerson {
  return {
    ...person,
    otherName: person.ordinal === 1 ? "Maria Hernandez-Lopez" : "",
    bornOn: person.child ? "2016-02-29" : "1988-07-14",
    bornIn: person.child ? "NE" : "OC",
    sex: person.ordinal % 2 === 1 ? "M" : "H",
    curp: person.child ? "" : "FICT880714MOCNSR09",
    parents: person.child
      ? [
          { part: "comes", reason: null, permissionOn: null, receivedOn: null },
          person.ordinal === 3
            ? { part: "signs_elsewhere", reason: null, permissionOn: "2026-08-20", receivedOn: null }
            : { part: "signs_elsewhere", reason: null, permissionOn: null, receivedOn: "2026-11-12" },
        ]
      : [],
    declared: person.ordinal === 1 ? [{ kind: "deadline", on: "2026-12-20" }] : [],
    services: party.appointments
      .filter(({ ordinal }) => ordinal === person.ordinal)
      .flatMap(({ services }) => services),
  };
}

const CLERK: StaffMember = {
  id: "0190dddd-0000-7000-8000-000000000001",
  name: "Elena Muestra",
  role: "clerk",
  officeId: "fresno",
};

export function aSession(changes: Partial<Session> = {}): Session {
  const names = [
    ["pasaporte-adulto", "Pasaporte, 18 años o más", "Passport, aged 18 or over"],
    ["pasaporte-menor-3-a-17", "Pasaporte, de 3 a 17 años", "Passport, aged 3 to 17"],
    ["matricula-consular", "Matrícula consular de alta seguridad", "High-security consular ID"],
    ["credencial-votar", "Credencial para votar desde el extranjero (INE)", "Voter card from abroad (INE)"],
    ["registro-nacimiento", "Registro de nacimiento (doble nacionalidad)", "Birth registration (dual nationality)"],
    ["poder-notarial", "Poder notarial", "Power of attorney"],
    ["copia-acta", "Copia certificada de acta", "Certified copy of a record"],
  ] as const;
  return {
    staff: CLERK,
    office: {
      id: "fresno",
      name: { es: "Consulado de México en Fresno", en: "Consulate of Mexico in Fresno" },
      zone: "America/Los_Angeles",
      localDate: "2026-12-03",
    },
    may: ["see_today", "open_file", "receive", "record_outcome", "book_for_person", "issue_card"],
    services: names.map(([slug, es, en]) => ({ slug, group: "documentacion", name: { es, en } })),
    missingDocuments: [
      "birth_record",
      "proof_of_nationality",
      "identification",
      "proof_of_address",
      "previous_document",
      "parent_present",
      "parent_permission",
      "photo",
      "payment",
      "other_document",
    ],
    refusalReasons: [
      "identity_unclear",
      "record_differs",
      "not_entitled",
      "wrong_service",
      "legal_impediment",
      "system_down",
      "other_reason",
    ],
    ...changes,
  };
}

export function anOfficeFile(mayConfirm: boolean): OfficeFile {
  const fact = (
    field: string,
    value: unknown,
    level: OfficeFile["fields"][number]["level"],
    source: string | null,
  ): OfficeFile["fields"][number] => {
    const confirmed = level === "confirmed";
    return {
      field,
      value,
      level,
      source,
      confirmedBy: confirmed ? CLERK.id : null,
      confirmedAt: confirmed ? "2026-10-01T17:00:00.000Z" : null,
      dueAt: confirmed ? "2027-03-30T17:00:00.000Z" : null,
      due: !confirmed,
    };
  };
  const fields = [
    fact(
      "address",
      { street: "100 Calle Inventada", city: "Fresno", state: "CA", postalCode: "93711" },
      "confirmed",
      "ficha",
    ),
    fact("phone", "+1 559 555 0100", "page", "página oficial de la oficina"),
    fact("duty_line", null, "missing", null),
    fact("email", "citas@example.org", "confirmed", "ficha"),
    fact(
      "hours:documentacion",
      [
        { weekdays: [1, 2, 3, 4, 5], opens: "08:00", closes: "13:30" },
        { weekdays: [6], opens: "09:00", closes: "12:00" },
      ],
      "memory",
      "de memoria",
    ),
    fact("hours:registro_civil", [{ weekdays: [1, 3, 5], opens: "09:00", closes: "12:00" }], "memory", "de memoria"),
    fact("hours:visas", [], "confirmed", "ficha"),
    fact("payment_means", ["cash", "money_order"], "community_file", "archivo de la comunidad"),
    fact("lunch_closing", "none", "confirmed", "ficha"),
    fact("parking", null, "missing", null),
    fact(
      "bus",
      { es: "Rutas 28 y 34, parada Ingram.", en: "Routes 28 and 34, Ingram stop." },
      "partial",
      "página oficial de la oficina",
    ),
  ];
  return {
    officeId: "fresno",
    fields,
    progress: { done: fields.filter(({ due }) => !due).length, of: fields.length },
    mayConfirm,
  };
}
