import type { AppointmentId, ServiceSlug } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { AppointmentState, LockedParty } from "#modules/booking/index.ts";
import {
  MISSING_DOCUMENTS,
  REFUSAL_REASONS,
  type OutcomeInput,
  type Visit,
  type VisitRefusal,
  type VisitState,
} from "../types.ts";

/** Seconds for which outcomes can be taken back: a slip of a key shows at once (issue: "undo within a minute"). */
export const UNDO_SECONDS = 60;

export type VisitAction = "arrive" | "call" | "serve" | "pass" | "park" | "record" | "leave";

/** What each action makes of a visit; a state that is not here refuses it. A party may be called again, and served without a call. */
const STEPS: Readonly<Record<VisitAction, Readonly<Partial<Record<VisitState, VisitState>>>>> = {
  // Whoever went away or came late is never turned away for it (people.md 17).
  arrive: { expected: "waiting", left: "waiting" },
  call: { waiting: "called", called: "called" },
  serve: { waiting: "serving", called: "serving" },
  // On to the next station, or out of the calls for a while.
  pass: { called: "waiting", serving: "waiting" },
  park: { waiting: "waiting", called: "waiting", serving: "waiting" },
  record: { waiting: "done", called: "done", serving: "done" },
  leave: { expected: "left", waiting: "left", called: "left" },
};

/** The state that a visit takes by an action; undefined when the action does not fit it. */
export function visitAfter(state: VisitState, action: VisitAction): VisitState | undefined {
  return STEPS[action][state];
}

/** The state that a visit had before outcomes were recorded, as its times tell. */
export function visitBefore(visit: Pick<Visit, "arrivedAt" | "calledAt" | "servedAt">): VisitState {
  if (!visit.arrivedAt) return "expected";
  if (visit.servedAt) return "serving";
  return visit.calledAt ? "called" : "waiting";
}

/** Until when the last outcomes can be taken back; undefined when there is nothing to take back any more. The instant itself is too late. */
export function undoUntil({ recordedAt, settledAt }: Pick<Visit, "recordedAt" | "settledAt">): Date | undefined {
  return recordedAt && !settledAt ? new Date(recordedAt.getTime() + UNDO_SECONDS * 1_000) : undefined;
}

/** What was recorded of a party before, and what cannot be done now. */
export interface OutcomesSoFar {
  readonly before: readonly Pick<OutcomeInput, "appointmentId" | "service" | "code">[];
  readonly suspended: ReadonlySet<ServiceSlug>;
  /** Whether whoever lacks a paper keeps her appointment open and comes back with it. */
  readonly mayReturn?: boolean;
}

const NOTHING_SO_FAR: OutcomesSoFar = { before: [], suspended: new Set() };

/**
 * What appointments become by the outcomes of their services. A person's appointment is recorded as a
 * whole: served as soon as one service was issued, missed when she came for none of them. Only what is suspended may
 * be left out; then the appointment stays as it is, as it does for whoever comes back with the paper that she lacked.
 * Nobody counts as not come for what could not be done.
 */
export function judgeOutcomes(
  appointments: LockedParty["appointments"],
  outcomes: readonly OutcomeInput[],
  { before, suspended, mayReturn = false }: OutcomesSoFar = NOTHING_SO_FAR,
): Outcome<
  ReadonlyMap<AppointmentId, AppointmentState>,
  Extract<VisitRefusal, { code: "wrong_outcomes" | "incomplete_outcomes" }>
> {
  const given = new Set(outcomes.map((one) => `${one.appointmentId} ${one.service}`));
  if (given.size < outcomes.length || outcomes.length === 0 || !outcomes.every(hasItsReason))
    return refuse({ code: "wrong_outcomes" });
  const states = new Map<AppointmentId, AppointmentState>();
  for (const id of new Set(outcomes.map((one) => one.appointmentId))) {
    const appointment = appointments.find((one) => one.id === id);
    const own = outcomes.filter((one) => one.appointmentId === id);
    const earlier = before.filter((one) => one.appointmentId === id);
    const open = appointment?.services.filter((one) => !earlier.some((other) => other.service === one)) ?? [];
    const isWrong = ({ service, code }: OutcomeInput): boolean =>
      !open.includes(service) || (code === "no_show" && suspended.has(service));
    if (appointment?.state !== "booked" || own.some(isWrong)) return refuse({ code: "wrong_outcomes" });
    const left = open.filter((one) => !own.some((other) => other.service === one));
    if (left.some((one) => !suspended.has(one))) return refuse({ code: "incomplete_outcomes" });
    const all = [...earlier, ...own];
    if (left.length === 0 && !(mayReturn && all.some(lacksPaper))) states.set(id, stateFrom(all));
  }
  return accept(states);
}

/** Whether somebody comes back with a paper: the others of her party are served meanwhile. */
export function lacksPaper({ code }: Pick<OutcomeInput, "code">): boolean {
  return code === "missing_document";
}

/** Whether nothing of what is still booked can be done today: of each service an outcome stands. */
export function isOverForToday(
  appointments: LockedParty["appointments"],
  recorded: readonly Pick<OutcomeInput, "appointmentId" | "service">[],
): boolean {
  return appointments
    .filter((one) => one.state === "booked")
    .every(({ id, services }) =>
      services.every((service) => recorded.some((one) => one.appointmentId === id && one.service === service)),
    );
}

function stateFrom(outcomes: readonly Pick<OutcomeInput, "code">[]): AppointmentState {
  if (outcomes.some((one) => one.code === "issued")) return "served";
  return outcomes.every((one) => one.code === "no_show") ? "missed" : "unserved";
}

/** A missing paper and a refusal say which and why; the others say nothing. */
function hasItsReason({ code, reason }: OutcomeInput): boolean {
  switch (code) {
    case "missing_document":
      return MISSING_DOCUMENTS.some((one) => one === reason);
    case "refused":
      return REFUSAL_REASONS.some((one) => one === reason);
    case "issued":
    case "no_show":
      return reason === undefined;
  }
}
