import type { Party, PartyAppointment, Today } from "../api/types.ts";
import { openServices } from "./outcomes.ts";

type Held = Pick<Party, "appointments">;

export function suspendedOf({ suspensions }: Pick<Today, "suspensions">): ReadonlySet<string> {
  return new Set(suspensions.map(({ service }) => service));
}

/** Whether nothing of what a party still comes for can be done now. The server decides the same. */
export function isHeld({ appointments }: Held, suspended: ReadonlySet<string>): boolean {
  const open = openServices(appointments);
  return open.length > 0 && open.every(({ service }) => suspended.has(service));
}

/** What a party waits for that stands still, though it goes on with the rest. */
export function heldServices(appointments: readonly PartyAppointment[], suspended: ReadonlySet<string>): string[] {
  return [...new Set(openServices(appointments).map(({ service }) => service))].filter((one) => suspended.has(one));
}

/** Services of today's list, the most wanted first, with how many parties want each: what can be suspended. */
export function servicesOfDay({ parties }: Pick<Today, "parties">): { service: string; parties: number }[] {
  const counts = new Map<string, number>();
  for (const party of parties)
    for (const service of new Set(party.appointments.flatMap(({ services }) => services)))
      counts.set(service, (counts.get(service) ?? 0) + 1);
  return [...counts]
    .map(([service, count]) => ({ service, parties: count }))
    .sort((a, b) => b.parties - a.parties || (a.service < b.service ? -1 : 1));
}

/** Parties in the hall that cannot be attended to now: who may be given a paper. */
export function heldInside({ parties }: Pick<Today, "parties">, suspended: ReadonlySet<string>): Party[] {
  return parties.filter(
    (party) => (party.visit?.state === "waiting" || party.visit?.state === "called") && isHeld(party, suspended),
  );
}

export interface AbsentCounter {
  readonly sessionId: string;
  readonly counter: number;
}

/** Counters at which nobody works, as the server lists them by session. */
export function absentOf(
  sessions: readonly { readonly id: string; readonly absent: readonly number[] }[],
): AbsentCounter[] {
  return sessions.flatMap(({ id, absent }) => absent.map((counter) => ({ sessionId: id, counter })));
}

/** The same list with that counter added, or without it. */
export function withToggled(absent: readonly AbsentCounter[], one: AbsentCounter): AbsentCounter[] {
  const isIt = (other: AbsentCounter) => other.sessionId === one.sessionId && other.counter === one.counter;
  return absent.some(isIt) ? absent.filter((other) => !isIt(other)) : [...absent, one];
}
