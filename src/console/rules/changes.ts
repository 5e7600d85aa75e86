import type { ListEvent, Party, PartyChange, Today, Visit } from "../api/types.ts";

/** The list after a change of one party; undefined when the party is not on it, so that the list must be read. */
export function withChange(today: Today, change: PartyChange): Today | undefined {
  if (!today.parties.some(({ bookingId }) => bookingId === change.bookingId)) return undefined;
  const parties = today.parties.map((party) =>
    party.bookingId === change.bookingId ? partyWith(party, change) : party,
  );
  return { ...today, parties };
}

/** The list as it was read, with what was told while it was under way: an answer must not bring an older picture back. */
export function caughtUp(read: Today, told: ReadonlyMap<string, PartyChange>): Today {
  if (told.size === 0) return read;
  return {
    ...read,
    parties: read.parties.map((party) => {
      const change = told.get(party.bookingId);
      return change && change.visit.version > (party.visit?.version ?? 0) ? partyWith(party, change) : party;
    }),
  };
}

/** Whether the list must be read again: somebody on it, or of its day, is other than it says, in ways that are not told. */
export function mustReadAgain(today: Today, event: ListEvent): boolean {
  if (event.event === "changed") return true;
  const known = today.parties.some(({ bookingId }) => bookingId === event.data.bookingId);
  return event.event === "party" ? !known : known || event.data.localDate === today.localDate;
}

/** An answer that was overtaken by a later change does not bring the old picture back. */
export function newer(known: Visit | null, told: Visit): Visit {
  return known && known.id === told.id && known.version > told.version ? known : told;
}

function partyWith(party: Party, { visit, state, appointments }: PartyChange): Party {
  if (newer(party.visit, visit) !== visit) return party;
  const told = new Map(appointments.map((one) => [one.id, one]));
  return {
    ...party,
    visit,
    state,
    appointments: party.appointments.map((one) => ({ ...one, ...told.get(one.id) })),
  };
}
