import { formatFolio } from "#kernel/folio.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { localDateAt, localTimeAt } from "#kernel/time.ts";
import type { AppointmentOfParty, PartyFile, PartyOfDay } from "#modules/booking/index.ts";
import type { Ficha, Network } from "#modules/offices/index.ts";
import type { StaffMember as Member } from "#modules/people/index.ts";
import {
  turnCode,
  undoUntil,
  type DayNotices,
  type PartyChange as DomainChange,
  type Visit as DomainVisit,
} from "#modules/visits/index.ts";
import type {
  File,
  OfficeFile,
  Party,
  PartyAppointment,
  PartyChange,
  StaffMember,
  Suspension,
  Visit,
} from "./contract.ts";

const instantOf = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

export function viewStaff({ id, name, role, officeId }: Member): StaffMember {
  return { id, name, role, officeId: officeId ?? null };
}

type ShownVisit = Omit<DomainVisit, "officeId" | "localDate" | "dueAt" | "lot" | "people" | "firstCalledAt">;

export function viewVisit(visit: ShownVisit, now: Date): Visit {
  const until = undoUntil(visit);
  return {
    id: visit.id,
    bookingId: visit.bookingId,
    state: visit.state,
    counter: visit.counter,
    arrivedAt: instantOf(visit.arrivedAt),
    calledAt: instantOf(visit.calledAt),
    servedAt: instantOf(visit.servedAt),
    doneAt: instantOf(visit.doneAt),
    turn: visit.turnNo === null ? null : turnCode(visit.turnNo),
    line: visit.line,
    priority: visit.priority,
    station: visit.station,
    route: [...visit.route],
    stationSince: instantOf(visit.stationSince),
    parkedAt: instantOf(visit.parkedAt),
    calls: visit.calls,
    undoUntil: until && until > now ? until.toISOString() : null,
    version: visit.version,
  };
}

export function viewChange({ visit, state, appointments }: DomainChange, now: Date): PartyChange {
  return {
    bookingId: visit.bookingId,
    visit: viewVisit(visit, now),
    state,
    appointments: appointments.map((one) => ({ ...one, outcomes: [...one.outcomes] })),
  };
}

/** In the order in which they are expected; whoever came back on another day than its own, when it came. */
export function viewParties(
  parties: readonly PartyOfDay[],
  notices: DayNotices["parties"],
  { zone, localDate }: { readonly zone: string; readonly localDate: LocalDate },
  now: Date,
): Party[] {
  const localTime = localClock(zone);
  const dueAt = ({ bookingId, startsAt, visit }: PartyOfDay): Date => {
    const { expectedAt, returnUntil } = notices.get(bookingId) ?? NO_NOTICE;
    if (expectedAt) return expectedAt;
    const isBack = returnUntil !== null && localDateAt(startsAt, zone) !== localDate;
    return isBack ? (visit?.arrivedAt ?? startsAt) : startsAt;
  };
  const due = new Map(parties.map((one) => [one, dueAt(one).getTime()]));
  const inOrder = notices.size === 0 ? parties : [...parties].sort((a, b) => due.get(a)! - due.get(b)!);
  return inOrder.map((one) => {
    const { expectedAt, returnUntil } = notices.get(one.bookingId) ?? NO_NOTICE;
    const ownDay = returnUntil === null ? localDate : localDateAt(one.startsAt, zone);
    const isOther = expectedAt !== null && expectedAt.getTime() !== one.startsAt.getTime();
    return {
      ...viewParty(one, localTime, now),
      expectedTime: isOther ? localTime(expectedAt) : null,
      returnUntil,
      lostOn: ownDay === localDate ? null : ownDay,
    };
  });
}

const NO_NOTICE = { expectedAt: null, returnUntil: null };

function viewParty(
  { bookingId, folioTail, startsAt, state, visit, people, appointments, flags, permission }: PartyOfDay,
  localTime: (at: Date) => string,
  now: Date,
): Omit<Party, "expectedTime" | "returnUntil" | "lostOn"> {
  return {
    bookingId,
    folioTail,
    startsAt: startsAt.toISOString(),
    localTime: localTime(startsAt),
    state,
    visit: visit ? viewVisit(visit, now) : null,
    people: [...people],
    appointments: viewAppointments(appointments, localTime),
    flags: [...flags],
    permission: permission ?? null,
  };
}

export function viewSuspensions(suspensions: DayNotices["suspensions"], zone: string): Suspension[] {
  return suspensions.map(({ service, station, reason, newsAt }) => ({
    service,
    station,
    reason,
    newsAt: newsAt.toISOString(),
    newsTime: localTimeAt(newsAt, zone),
  }));
}

export function viewFile(
  file: PartyFile,
  { officeById, checklist }: Network,
  officeId: string,
  returnUntil: string | null,
  now: Date,
): File {
  const localTime = localClock(officeById.get(officeId)!.zone);
  const { bookingId, localDate, startsAt, state, channel, language, createdAt, visit } = file;
  return {
    bookingId,
    folio: formatFolio(file.folio),
    localDate,
    startsAt: startsAt.toISOString(),
    localTime: localTime(startsAt),
    state,
    channel,
    language,
    createdAt: createdAt.toISOString(),
    people: file.people.map((one) => ({
      ordinal: one.ordinal,
      givenNames: one.givenNames,
      firstSurname: one.firstSurname,
      secondSurname: one.secondSurname,
      otherName: one.otherName,
      bornOn: one.bornOn,
      bornIn: one.bornIn,
      sex: one.sex,
      curp: one.curp,
      child: one.child,
      parents: one.parents.map(({ part, reason, permissionOn, received }) => ({
        part,
        reason: reason ?? null,
        permissionOn: permissionOn ?? null,
        receivedOn: received?.signedOn ?? null,
      })),
      declared: (one.declared ?? []).map(({ kind, on }) => ({ kind, on: on ?? null })),
      services: file.appointments.filter((other) => other.ordinal === one.ordinal).flatMap((other) => other.services),
    })),
    appointments: viewAppointments(file.appointments, localTime),
    checklist: file.checklist.map((one) => ({
      ...one,
      text: checklist.find((question) => question.id === one.id)!.text,
    })),
    visit: visit ? viewVisit(visit, now) : null,
    returnUntil,
  };
}

export function viewOfficeFile({ officeId, fields, progress, mayConfirm }: Ficha): OfficeFile {
  return {
    officeId,
    progress,
    mayConfirm,
    fields: fields.map(({ field, value, level, source, confirmedBy, confirmedAt, dueAt, due }) => ({
      field,
      value: value ?? null,
      level,
      source: source ?? null,
      confirmedBy: confirmedBy ?? null,
      confirmedAt: instantOf(confirmedAt),
      dueAt: instantOf(dueAt),
      due,
    })),
  };
}

function viewAppointments(
  appointments: readonly AppointmentOfParty[],
  localTime: (at: Date) => string,
): PartyAppointment[] {
  return appointments.map(({ id, ordinal, serviceGroup, services, startsAt, state, outcomes }) => ({
    id,
    ordinal,
    serviceGroup,
    services: [...services],
    startsAt: startsAt.toISOString(),
    localTime: localTime(startsAt),
    state,
    outcomes: [...outcomes],
  }));
}

/** A day has few distinct hours and hundreds of appointments, and the calendar is slow to ask. */
function localClock(zone: string): (at: Date) => string {
  const known = new Map<number, string>();
  return (at) => {
    let text = known.get(at.getTime());
    if (text === undefined) known.set(at.getTime(), (text = localTimeAt(at, zone)));
    return text;
  };
}
