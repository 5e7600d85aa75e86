import type { Party, PartyAppointment, Today } from "../api/types.ts";
import { openServices } from "./outcomes.ts";

type Held = Pick<Party, "appointments">;
type Suspensions = Today["suspensions"];

/**
 * What stands still for one party: a station that does holds whoever still has it before her. Without a visit all of it.
 * The server decides the same.
 */
export function suspendedFor(suspensions: Suspensions, visit: Party["visit"]): ReadonlySet<string> {
  const isInside = visit !== null && visit.state !== "expected" && visit.state !== "left";
  const holds = ({ station }: Suspensions[number]): boolean =>
    station === null || !isInside || visit.route.indexOf(station) >= visit.route.indexOf(visit.station);
  return new Set(suspensions.filter(holds).map(({ service }) => service));
}

/** Whether a party cannot be called where it waits now: a station further on does not hinder that. */
export function isHeldHere({ appointments, visit }: Held & Pick<Party, "visit">, suspensions: Suspensions): boolean {
  const here = suspensions.filter(({ station }) => station === null || station === visit?.station);
  return isHeld({ appointments }, suspendedFor(here, visit));
}

/** What the day's bar says: services that stand still, and stations with all that stands still on their account. */
export function standing(suspensions: Suspensions): (Suspensions[number] & { readonly services: string[] })[] {
  const byName = new Map<string, Suspensions[number] & { services: string[] }>();
  for (const one of suspensions) {
    const found = byName.get(one.station ?? one.service);
    if (found) found.services.push(one.service);
    else byName.set(one.station ?? one.service, { ...one, services: [one.service] });
  }
  return [...byName.values()];
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
export function heldInside({ parties, suspensions }: Pick<Today, "parties" | "suspensions">): Party[] {
  return parties.filter(
    (party) =>
      (party.visit?.state === "waiting" || party.visit?.state === "called") &&
      isHeld(party, suspendedFor(suspensions, party.visit)),
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
