import type { MissingDocument, OutcomeCode, OutcomeInput, PartyAppointment, RefusalReason } from "../api/types.ts";

/** What the clerk has chosen so far for one service; `code` alone is enough only where no reason is asked. */
export interface Choice {
  readonly code: OutcomeCode;
  readonly reason?: MissingDocument | RefusalReason;
}

/** By `appointmentId service`. */
export type Choices = Readonly<Record<string, Choice | undefined>>;

export function choiceKey(appointmentId: string, service: string): string {
  return `${appointmentId} ${service}`;
}

export function needsReason(code: OutcomeCode): boolean {
  return code === "missing_document" || code === "refused";
}

const NONE: ReadonlySet<string> = new Set();

/** Services that still want an outcome: appointments that were cancelled want none, nor does what was recorded on another day. */
export function openServices(
  appointments: readonly PartyAppointment[],
): { appointmentId: string; ordinal: number; service: string }[] {
  return appointments
    .filter(({ state }) => state === "booked")
    .flatMap(({ id, ordinal, services, outcomes }) =>
      services
        .filter((service) => !outcomes.some((one) => one.service === service))
        .map((service) => ({ appointmentId: id, ordinal, service })),
    );
}

/** One key for the whole family: the same outcome for every service that has none yet and does not stand still. */
export function sameForAll(
  appointments: readonly PartyAppointment[],
  code: OutcomeCode,
  suspended: ReadonlySet<string> = NONE,
): OutcomeInput[] {
  return openServices(appointments)
    .filter(({ service }) => !suspended.has(service))
    .map(({ appointmentId, service }) => ({ appointmentId, service, code }));
}

/**
 * The outcomes to send, or undefined while nobody's are complete. A person is recorded as a whole, so
 * that one with a gap holds back the others too: a half-filled form is never sent by mistake. What stands still may be
 * left open.
 */
export function completeOutcomes(
  appointments: readonly PartyAppointment[],
  choices: Choices,
  suspended: ReadonlySet<string> = NONE,
): OutcomeInput[] | undefined {
  const open = openServices(appointments).map((one) => ({
    ...one,
    choice: choices[choiceKey(one.appointmentId, one.service)],
  }));
  const begun = new Set(open.filter(({ choice }) => choice).map(({ appointmentId }) => appointmentId));
  const wanted = open.filter(
    ({ appointmentId, service, choice }) => begun.has(appointmentId) && (choice || !suspended.has(service)),
  );
  if (wanted.length === 0 || !wanted.every(({ choice }) => isComplete(choice))) return undefined;
  return wanted.map(({ appointmentId, service, choice }) => ({ appointmentId, service, ...choice! }));
}

/** How many services have no complete choice yet. */
export function countMissing(
  appointments: readonly PartyAppointment[],
  choices: Choices,
  suspended: ReadonlySet<string> = NONE,
): number {
  return openServices(appointments).filter(
    ({ appointmentId, service }) => !suspended.has(service) && !isComplete(choices[choiceKey(appointmentId, service)]),
  ).length;
}

/** Whether a choice waits to be saved: nothing may then record all at once by a single key. */
export function isBegun(appointments: readonly PartyAppointment[], choices: Choices): boolean {
  return openServices(appointments).some(
    ({ appointmentId, service }) => choices[choiceKey(appointmentId, service)] !== undefined,
  );
}

function isComplete(choice: Choice | undefined): boolean {
  return choice !== undefined && (!needsReason(choice.code) || choice.reason !== undefined);
}
