import type { Party, PartyAppointment, Visit } from "../api/types.ts";

export function aVisit(changes: Partial<Visit> = {}): Visit {
  return {
    id: "0190aaaa-0000-7000-8000-000000000001",
    bookingId: "0190bbbb-0000-7000-8000-000000000001",
    state: "waiting",
    counter: null,
    arrivedAt: "2026-12-03T16:00:00.000Z",
    calledAt: null,
    servedAt: null,
    doneAt: null,
    turn: { picture: "corn", number: 1 },
    line: "appointment",
    priority: null,
    station: "window",
    route: ["window"],
    stationSince: "2026-12-03T16:00:00.000Z",
    parkedAt: null,
    calls: 0,
    undoUntil: null,
    version: 1,
    ...changes,
  };
}

export function anAppointment(changes: Partial<PartyAppointment> = {}): PartyAppointment {
  return {
    id: "0190cccc-0000-7000-8000-000000000001",
    ordinal: 1,
    serviceGroup: "documentacion",
    services: ["pasaporte-adulto"],
    startsAt: "2026-12-03T16:00:00.000Z",
    localTime: "08:00",
    state: "booked",
    outcomes: [],
    ...changes,
  };
}

/** Fictional people only. */
export function aParty(changes: Partial<Party> = {}): Party {
  return {
    bookingId: "0190bbbb-0000-7000-8000-000000000001",
    folioTail: "B4CD",
    startsAt: "2026-12-03T16:00:00.000Z",
    localTime: "08:00",
    state: "active",
    visit: null,
    people: [{ ordinal: 1, givenNames: "Ana Lucía", firstSurname: "Prueba", secondSurname: "Ficticia", child: false }],
    appointments: [anAppointment()],
    flags: [],
    permission: null,
    expectedTime: null,
    returnUntil: null,
    lostOn: null,
    ...changes,
  };
}
