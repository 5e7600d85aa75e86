import type { LoanedParty, OfflineAct, OutcomeInput, Party, PartyAppointment, Visit } from "../api/types.ts";
import { openServices } from "./outcomes.ts";
import { stationAfter, type Action } from "./party-states.ts";

/** An act of this tablet, as far as a screen needs it. */
export interface DoneAct {
  readonly bookingId: string;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly act: OfflineAct;
}

/** A party as this tablet knows it: as it was lent, with what was done since. */
export function withActs(party: LoanedParty, done: readonly DoneAct[]): Party {
  let visit = party.visit;
  for (const { act, at } of done) visit = visitAfter(visit ?? newVisit(party), act, new Date(at).toISOString(), party);
  const appointments = withOutcomes(party.appointments, standingRecords(done));
  const isOver = visit !== null && visit.state !== "left" && openServices(appointments).length === 0;
  return { ...party, appointments, visit: visit && isOver ? { ...visit, state: "done" } : visit };
}

/** Outcomes that were recorded here and not taken back, each with its instant. */
export function standingRecords(done: readonly DoneAct[]): { at: number; outcomes: readonly OutcomeInput[] }[] {
  const standing: { at: number; outcomes: readonly OutcomeInput[] }[] = [];
  for (const { act, at } of done) {
    if (act.do === "record") standing.push({ at, outcomes: act.outcomes });
    else if (act.do === "undo") standing.pop();
  }
  return standing;
}

/** What a key of the list writes down; undefined for what is not one act. */
export function actFor(action: Action, visit: Visit | null, counter: number): OfflineAct | undefined {
  if (action === "check_in") return { do: "arrive" };
  if (action === "no_show") return { do: "no_show" };
  if (action === "unpark") return { do: "unpark" };
  if (!visit) return undefined;
  const { station } = visit;
  if (action === "call") return { do: "call", station, counter };
  if (action === "serve" || action === "park") return { do: action, station };
  const to = stationAfter(visit);
  return action === "pass" && to ? { do: "pass", to } : undefined;
}

function newVisit({ bookingId, route }: LoanedParty): Visit {
  return {
    id: bookingId,
    bookingId,
    state: "expected",
    counter: null,
    arrivedAt: null,
    calledAt: null,
    servedAt: null,
    doneAt: null,
    turn: null,
    line: "appointment",
    priority: null,
    station: route[0]!,
    route,
    stationSince: null,
    parkedAt: null,
    calls: 0,
    undoUntil: null,
    version: 0,
  };
}

const AT_THE_DOOR = { counter: null, calledAt: null, servedAt: null, parkedAt: null, calls: 0 } as const;

function visitAfter(visit: Visit, act: OfflineAct, at: string, { route }: LoanedParty): Visit {
  switch (act.do) {
    case "arrive":
      return {
        ...visit,
        ...AT_THE_DOOR,
        state: "waiting",
        arrivedAt: visit.arrivedAt ?? at,
        station: route[0]!,
        route,
      };
    case "call":
      return { ...visit, state: "called", counter: act.counter, calledAt: at, parkedAt: null, calls: visit.calls + 1 };
    case "serve":
      return { ...visit, state: "serving", servedAt: at, parkedAt: null };
    case "pass":
      return { ...visit, ...AT_THE_DOOR, state: "waiting", station: act.to, stationSince: at };
    case "park":
      return { ...visit, state: "waiting", counter: null, parkedAt: at };
    case "unpark":
      return { ...visit, parkedAt: null };
    case "record":
      return { ...visit, doneAt: at };
    case "undo":
      return { ...visit, doneAt: null };
    case "no_show":
      return { ...visit, state: "left" };
  }
}

function withOutcomes(
  appointments: readonly PartyAppointment[],
  records: readonly { readonly outcomes: readonly OutcomeInput[] }[],
): PartyAppointment[] {
  const recorded = records.flatMap((one) => one.outcomes);
  return appointments.map((one) => {
    const own = recorded.filter(({ appointmentId }) => appointmentId === one.id);
    if (own.length === 0) return one;
    const outcomes = [
      ...one.outcomes,
      ...own.map(({ service, code, reason }) => ({ service, code, reason: reason ?? null })),
    ];
    return { ...one, outcomes };
  });
}
