import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import type { Arrangement, LockedPlace, Need } from "#modules/schedules/index.ts";
import type { BookingRefusal } from "../types.ts";
import { judgeClaim, type ClaimRequest, type StandingClaim } from "./claims.ts";
import { MOST_PEOPLE_ONLINE } from "./party.ts";

/** One party of a batch, as far as the decision needs it. */
export interface Party {
  readonly bookingId: BookingId;
  readonly contactId: ContactId;
  readonly officeId: OfficeId;
  readonly people: number;
  /** Set when the places are already held for this contact, or assigned to its request. */
  readonly holdId: string | undefined;
  /** Held under `holdId` by the office and not by this contact, as two people signed: then its own hold and its waiting do not matter. */
  readonly kept?: boolean | undefined;
  /** Somebody of the house books with her: what closes a contact's own form is not meant for whoever calls or comes. */
  readonly assisted?: boolean | undefined;
  /** The seats that a draw assigned: these and no others. */
  readonly seating?: Arrangement | undefined;
  readonly startsAt: number;
  readonly needs: readonly Need[];
  readonly claims: readonly ClaimRequest[];
}

/** What the batch found and locked before deciding. */
export interface Found {
  /** People of each contact before this batch, the hold that is theirs, and until when it books nothing at once, or nothing by itself. */
  readonly contacts: ReadonlyMap<
    ContactId,
    { people: number; holdId: string | null; coolingUntil: Date | null; suspendedUntil?: Date | null }
  >;
  readonly now: Date;
  /** Rows in the way of a party's claim: by `appointment scope`. */
  readonly inTheWay: ReadonlyMap<string, readonly StandingClaim[]>;
  /** Locked places by party. */
  readonly places: readonly (readonly LockedPlace[])[];
}

export type Arrange = (open: readonly LockedPlace[], needs: readonly Need[], from: number) => Arrangement | undefined;

export interface Accepted {
  readonly arrangement: Arrangement;
  /** Scopes whose claim is contested, by appointment. */
  readonly contested: readonly ClaimRequest[];
  /** Keys that belong to namesakes and stay theirs. */
  readonly namesakes: readonly { claim: ClaimRequest; without: readonly Buffer[] }[];
}

/**
 * Decides party by party, in the order of arrival (those in `already` were settled before): all of a party or nothing of it. A party that is
 * refused leaves its place, its people and its keys to those after it.
 */
export function decide(
  parties: readonly Party[],
  found: Found,
  arrange: Arrange,
  already: readonly (Outcome<Accepted, BookingRefusal> | undefined)[] = [],
): Outcome<Accepted, BookingRefusal>[] {
  const added = new Map<ContactId, number>();
  const taken = new Set<string>();
  const refused = new Set<BookingId>();
  const contestedHere = new Map<string, BookingId>();
  for (const [index, party] of parties.entries()) if (already[index]) settle(party, already[index]);
  return parties.map((party, index) => already[index] ?? settle(party, decideOne(party, found, index)));

  function settle(party: Party, outcome: Outcome<Accepted, BookingRefusal>): Outcome<Accepted, BookingRefusal> {
    if (outcome.ok) {
      added.set(party.contactId, (added.get(party.contactId) ?? 0) + party.people);
      for (const place of placesOf(party.officeId, outcome.value.arrangement)) taken.add(place);
      for (const key of outcome.value.contested.flatMap((claim) => ownKeys(party.contactId, claim)))
        contestedHere.set(key, party.bookingId);
    } else {
      refused.add(party.bookingId);
    }
    return outcome;
  }

  function decideOne(
    party: Party,
    { contacts, inTheWay, places, now }: Found,
    index: number,
  ): Outcome<Accepted, BookingRefusal> {
    const contact = contacts.get(party.contactId);
    const people = (contact?.people ?? 0) + (added.get(party.contactId) ?? 0) + party.people;
    // What an office keeps for somebody in need is beside what anybody may book.
    if (people > MOST_PEOPLE_ONLINE && !party.kept)
      return refuse({ code: "too_many_people", most: MOST_PEOPLE_ONLINE });
    // A draw's places are open to whoever cancelled: its order cannot be bought (fairness.md 4.3).
    if (contact?.coolingUntil && contact.coolingUntil > now && !party.seating && !party.kept)
      return refuse({ code: "wait_after_cancel", until: contact.coolingUntil });
    // What a draw gave belongs to the family that is named in it: only what is new is closed.
    if (contact?.suspendedUntil && contact.suspendedUntil > now && !party.seating && !party.kept && !party.assisted)
      return refuse({ code: "contact_suspended", until: contact.suspendedUntil });
    const contested: ClaimRequest[] = [];
    const namesakes: { claim: ClaimRequest; without: readonly Buffer[] }[] = [];
    for (const claim of party.claims) {
      const others = (inTheWay.get(claimId(claim)) ?? []).filter((other) => !refused.has(other.bookingId));
      const judged = judgeClaim(claim, party.contactId, others);
      if (judged.standing === "refused")
        return refuse({ code: "already_booked", bookingId: judged.bookingId, ordinal: claim.ordinal });
      const filedHere =
        judged.standing === "contested"
          ? ownKeys(party.contactId, claim).find((key) => contestedHere.has(key))
          : undefined;
      if (filedHere !== undefined)
        return refuse({ code: "already_booked", bookingId: contestedHere.get(filedHere)!, ordinal: claim.ordinal });
      if (judged.standing === "contested") contested.push(claim);
      else if (judged.without.length > 0) namesakes.push({ claim, without: judged.without });
    }
    const isHold = party.holdId !== undefined;
    if (isHold && !party.seating && !party.kept && contact?.holdId !== party.holdId)
      return refuse({ code: "hold_expired" });
    const free = places[index]!.filter((place) => !taken.has(placeId(party.officeId, place)));
    const from = isHold ? Math.min(...free.map((place) => place.startsAt)) : party.startsAt;
    const arrangement = party.seating ? seated(party.seating, free) : arrange(free, party.needs, from);
    if (!arrangement) return refuse({ code: isHold ? "hold_expired" : "place_taken" });
    return accept({ arrangement, contested, namesakes });
  }
}

export function claimId(claim: Pick<ClaimRequest, "appointmentId" | "scope">): string {
  return `${claim.appointmentId} ${claim.scope}`;
}

/** Every place of an arrangement, step by step. */
export function stepsOf(
  arrangement: Arrangement,
): { sessionId: Arrangement[number]["sessionId"]; startsAt: number; counter: number }[] {
  return arrangement.flatMap((one) =>
    Array.from({ length: one.steps }, (_, step) => ({
      sessionId: one.sessionId,
      startsAt: one.startsAt + step * one.stepMinutes * 60_000,
      counter: one.counter,
    })),
  );
}

/** An assigned seating stands as it is, or not at all. */
function seated(seating: Arrangement, free: readonly LockedPlace[]): Arrangement | undefined {
  const ours = new Set(free.map((place) => `${place.sessionId} ${place.startsAt} ${place.counter}`));
  const isOurs = stepsOf(seating).every((step) => ours.has(`${step.sessionId} ${step.startsAt} ${step.counter}`));
  return isOurs ? seating : undefined;
}

function ownKeys(contactId: ContactId, claim: ClaimRequest): string[] {
  return claim.keys.map(({ key }) => `${contactId} ${claim.scope} ${key.toString("hex")}`);
}

function placesOf(officeId: OfficeId, arrangement: Arrangement): string[] {
  return stepsOf(arrangement).map((place) => placeId(officeId, place));
}

function placeId(officeId: OfficeId, place: { sessionId: string; startsAt: number; counter: number }): string {
  return `${officeId} ${place.sessionId} ${place.startsAt} ${place.counter}`;
}
