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

/** Services that still want an outcome: appointments that were cancelled want none. */
export function openServices(appointments: readonly PartyAppointment[]): { appointmentId: string; ordinal: number; service: string }[] {
  return appointments
    .filter(({ state }) => state === "booked")
    .flatMap(({ id, ordinal, services }) => services.map((service) => ({ appointmentId: id, ordinal, service })));
}

/** One key for the whole family: the same outcome for every service that has none yet. */
export function sameForAll(appointments: readonly PartyAppointment[], code: OutcomeCode): OutcomeInput[] {
  return openServices(appointments).map(({ appointmentId, service }) => ({ appointmentId, service, code }));
}

/** The outcomes to send, or undefined while a service has none or its reason is missing: a party is closed as a whole. */
export function completeOutcomes(appointments: readonly PartyAppointment[], choices: Choices): OutcomeInput[] | undefined {
  const outcomes: OutcomeInput[] = [];
  for (const { appointmentId, service } of openServices(appointments)) {
    const choice = choices[choiceKey(appointmentId, service)];
    if (!choice || (needsReason(choice.code) && choice.reason === undefined)) return undefined;
    outcomes.push({ appointmentId, service, ...choice });
  }
  return outcomes.length > 0 ? outcomes : undefined;
}

/** How many services have no complete choice yet. */
export function countMissing(appointments: readonly PartyAppointment[], choices: Choices): number {
  return openServices(appointments).filter(({ appointmentId, service }) => {
    const choice = choices[choiceKey(appointmentId, service)];
    return !choice || (needsReason(choice.code) && choice.reason === undefined);
  }).length;
}
