import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { AppointmentId, ContactId } from "#kernel/ids.ts";
import {
  arrange,
  placesByParty,
  placeStore,
  planWindows,
  type LockedPlace,
  type PlaceStore,
  type SpecialDayId,
} from "#modules/schedules/index.ts";
import { confirmOffers, reopenOffers, type Confirmation, type RequestId } from "#modules/allocation/index.ts";
import { settleAtCommit, type Actor, type Channel, type Tx } from "#platform/context.ts";
import { findOutcomes, type StoredOutcome } from "#platform/idempotency.ts";
import { insertRecord } from "#platform/record.ts";
import { bookingEvent } from "../events.ts";
import type { ClaimRequest, StandingClaim } from "../rules/claims.ts";
import { claimId, decide, stepsOf, type Accepted, type Party } from "../rules/decide.ts";
import { insertParties, type NewApplicant, type NewBooking } from "../store/bookings.ts";
import { deleteClaims, findStandingClaims, insertClaims, type ClaimRow } from "../store/claims.ts";
import { addPeople, removePeople, setHolds } from "../store/counters.ts";
import type { Booked, BookingRefusal } from "../types.ts";
import { replayed, storedCode } from "./replay.ts";

/** A party whose secrets are sealed and whose keys are digested: all that is left is to find out whether there is room. */
export interface PreparedBooking extends Party {
  /** The special day at a venue that was chosen. */
  readonly specialDayId?: SpecialDayId | undefined;
  readonly booking: Omit<NewBooking, "startsAt"> & { readonly sheets: string };
  readonly applicants: readonly NewApplicant[];
  readonly members: readonly {
    ordinal: number;
    group: string;
    appointmentId: AppointmentId;
    services: readonly string[];
  }[];
  readonly idempotency: { readonly route: string; readonly key: string; readonly bodyDigest: Buffer } | undefined;
  readonly actor: Actor;
  readonly channel: Channel;
  readonly purpose: string;
  /** Pseudonym of the booking for the audit log. */
  readonly subject: Buffer;
  readonly now: Date;
}

export type BookOutcome = Outcome<Booked, BookingRefusal>;

/**
 * Books many parties in one transaction, each all or nothing, in the fixed order that keeps two batches
 * from waiting for each other in a circle: contacts, claims, places; then the pure rule; then the rows.
 * Between the two halves nothing is asked of the network but when keys clash or places are short.
 */
export async function bookMany(
  tx: Tx,
  inputs: readonly PreparedBooking[],
  places: PlaceStore = placeStore,
): Promise<BookOutcome[]> {
  const now = inputs[0]!.now;
  const offered = inputs.filter((input) => input.seating !== undefined);
  const confirmed = confirmOffers(tx, offered.map(confirmationOf));
  const added = peopleByContact(inputs);
  const plan = planWindows(
    inputs.map((input) => (input.holdId === undefined ? { ...input, localDate: input.booking.localDate } : undefined)),
  );
  const holdIds = inputs.flatMap((input) => input.holdId ?? []);
  const asked = inputs.flatMap((input) => claimRows(input, input.claims, "counting"));
  const [counters, stored, claimed, standing, open, held] = await Promise.all([
    addPeople(tx, added),
    findOutcomes(
      tx,
      inputs.flatMap((input) => (input.idempotency ? [{ callerId: input.contactId, ...input.idempotency }] : [])),
    ),
    insertClaims(tx, asked),
    // Of all keys and right behind them, so that neither a turn nor the time of an answer tells that somebody else has filed.
    findStandingClaims(tx, asked),
    places.lockOpenPlaces(tx, plan.windows),
    places.lockHeldPlaces(tx, holdIds, now),
  ]);

  const contacts = new Map(
    counters.map((one) => [one.contactId, { ...one, people: one.people - added.get(one.contactId)! }]),
  );
  const { inTheWay, pending } = clashes(inputs, claimed, standing);
  const repeated = answerRepeated(inputs, stored);
  const placesOf = (rows: readonly LockedPlace[]): LockedPlace[][] => {
    const byParty = placesByParty(plan, rows);
    return inputs.map((input, i) =>
      input.holdId === undefined ? byParty[i]! : held.filter((row) => holdIds[row.window] === input.holdId),
    );
  };
  const gone = new Set((await confirmed).flatMap((still, i) => (still ? [] : offered[i]!)));
  const passedOver = repeated.map((one, i) => {
    if (one !== undefined) return refuse({ code: "place_taken" } as const);
    return gone.has(inputs[i]!) ? refuse({ code: "hold_expired" } as const) : undefined;
  });
  let outcomes = decide(inputs, { contacts, inTheWay, places: placesOf(open), now }, arrange, passedOver);

  const short = new Set(
    outcomes.flatMap((one, i) =>
      !one.ok && one.refusal.code === "place_taken" && repeated[i] === undefined ? [i] : [],
    ),
  );
  if (short.size > 0) {
    // Another batch may have had these rows in its hands, and may have given them back.
    const wantedAgain = new Set([...short].flatMap((i) => plan.ofParty[i]!));
    const late = await places.waitForOpenPlaces(tx, plan.windows, wantedAgain);
    if (late.length > 0) {
      const settled = outcomes.map((one, i) => (short.has(i) ? undefined : one));
      outcomes = decide(inputs, { contacts, inTheWay, places: placesOf([...open, ...late]), now }, arrange, settled);
    }
  }

  await write(tx, inputs, outcomes, repeated, pending, places, now);
  return outcomes.map((outcome, i) => {
    const before = repeated[i];
    if (typeof before === "number") return sameAs(inputs[before]!, inputs[i]!, outcomes[before]!);
    return before ?? answer(inputs[i]!, outcome);
  });
}

async function write(
  tx: Tx,
  inputs: readonly PreparedBooking[],
  outcomes: readonly Outcome<Accepted, BookingRefusal>[],
  repeated: readonly Repeated[],
  pending: ReadonlyMap<string, readonly Buffer[]>,
  places: PlaceStore,
  now: Date,
): Promise<void> {
  const accepted = outcomes.flatMap((outcome, i) => (outcome.ok ? [{ input: inputs[i]!, ...outcome.value }] : []));
  const refused = inputs.filter((_, i) => !outcomes[i]!.ok);
  const contested = accepted.flatMap(({ input, contested: claims }) => claims.map((claim) => ({ input, claim })));
  const withdrawn = [...refused.flatMap((input) => input.claims), ...contested.map(({ claim }) => claim)];
  const late = accepted.flatMap(({ input, contested: lost, namesakes }) =>
    input.claims
      .filter((claim) => !lost.includes(claim))
      .flatMap((claim) => {
        const without = namesakes.find((one) => one.claim === claim)?.without ?? [];
        const keys = (pending.get(claimId(claim)) ?? []).filter((key) => !without.some((other) => other.equals(key)));
        return claimRows(
          input,
          [{ ...claim, keys: claim.keys.filter((one) => keys.some((key) => key.equals(one.key))) }],
          "counting",
        );
      }),
  );
  const appointments = accepted.flatMap(({ input, arrangement }) =>
    arrangement.map((one) => appointmentRow(input, one)),
  );
  const taken = accepted.flatMap(({ input, arrangement }) =>
    stepsOf(arrangement).map((place) => ({ ...place, officeId: input.officeId, holder: input.bookingId })),
  );
  const usedHolds = accepted.flatMap(({ input }) => input.holdId ?? []);

  // Sent first, so that keys which a refused party gave back can be written again; sent for none as well, like the contested
  // claims below, so that the time of an answer does not tell whether somebody else has filed.
  const gaveBack = deleteClaims(
    tx,
    withdrawn.map((claim) => claim.appointmentId),
    withdrawn.map((claim) => claim.scope),
  );
  if (late.length > 0) {
    const [written] = await Promise.all([insertClaims(tx, late), gaveBack]);
    if (written.length !== late.length) throw new Error("a key slipped away from the batch that had locked it");
  }
  const rest = Promise.all([
    gaveBack,
    removePeople(tx, peopleByContact(refused)),
    reopenOffers(
      tx,
      refused.flatMap((input) => (input.seating === undefined ? [] : input.bookingId)),
    ),
    insertClaims(
      tx,
      contested.flatMap(({ input, claim }) => claimRows(input, [claim], "contested")),
    ),
    places.takePlaces(tx, taken, undefined),
    places.releaseHolds(tx, usedHolds),
    setHolds(
      tx,
      accepted.flatMap(({ input }) =>
        input.holdId === undefined || input.seating !== undefined || input.kept
          ? []
          : [{ contactId: input.contactId, holdId: null, until: null }],
      ),
    ),
    insertParties(
      tx,
      accepted.map(({ input, arrangement }) => ({
        ...input.booking,
        startsAt: new Date(Math.min(...arrangement.map((one) => one.startsAt))),
      })),
      appointments,
      accepted.flatMap(({ input }) => input.applicants),
    ),
    insertRecord(
      tx,
      {
        outcomes: outcomeRows(inputs, outcomes, repeated),
        events: accepted.map(({ input }) =>
          bookingEvent("booking.confirmed", { ...input.booking, device: deviceOf(input.actor) }, now),
        ),
        audit: accepted.map(({ input }) => ({ ...input, at: now, action: "booking.confirm" })),
      },
      now,
    ),
  ]);
  settleAtCommit(tx, rest);
}

function deviceOf(actor: Actor): string | undefined {
  return actor.kind === "citizen" ? actor.sessionId : undefined;
}

/** For every key that was already counted: whose it is, and which keys are still to be written. */
function clashes(
  inputs: readonly PreparedBooking[],
  claimed: readonly { key: Buffer; scope: string; appointmentId: AppointmentId }[],
  standing: readonly StandingClaim[],
) {
  const written = new Set(claimed.map((one) => `${claimId(one)} ${one.key.toString("hex")}`));
  const missing = inputs.flatMap((input) =>
    input.claims.flatMap((claim) =>
      claim.keys
        .filter((one) => !written.has(`${claimId(claim)} ${one.key.toString("hex")}`))
        .map((one) => ({ claim, key: one.key, contactId: input.contactId })),
    ),
  );
  const pending = new Map<string, Buffer[]>();
  for (const { claim, key } of missing) pending.set(claimId(claim), [...(pending.get(claimId(claim)) ?? []), key]);
  const inTheWay = new Map<string, StandingClaim[]>();
  for (const { claim, key, contactId } of missing) {
    const others = standing.filter(
      (other) =>
        other.scope === claim.scope &&
        other.key.equals(key) &&
        (other.standing === "counting" || other.contactId === contactId),
    );
    inTheWay.set(claimId(claim), [...(inTheWay.get(claimId(claim)) ?? []), ...others]);
  }
  return { inTheWay, pending };
}

/** Answered before: the outcome; standing twice in this batch: the position of the first; otherwise new. */
type Repeated = BookOutcome | number | undefined;

function answerRepeated(inputs: readonly PreparedBooking[], stored: readonly StoredOutcome[]): Repeated[] {
  const known = new Map(stored.map((one) => [`${one.callerId} ${one.route} ${one.key}`, one]));
  const first = new Map<string, number>();
  return inputs.map((input, i) => {
    if (!input.idempotency) return undefined;
    const key = `${input.contactId} ${input.idempotency.route} ${input.idempotency.key}`;
    const before = known.get(key);
    if (before) return replayed(before, input.idempotency.bodyDigest, input.officeId);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, i);
    return earlier;
  });
}

function sameAs(
  first: PreparedBooking,
  again: PreparedBooking,
  outcome: Outcome<Accepted, BookingRefusal>,
): BookOutcome {
  const same = first.idempotency!.bodyDigest.equals(again.idempotency!.bodyDigest);
  return same ? answer(first, outcome) : refuse({ code: "idempotency_mismatch" });
}

function answer(input: PreparedBooking, outcome: Outcome<Accepted, BookingRefusal>): BookOutcome {
  return outcome.ok ? accept({ bookingId: input.bookingId, officeId: input.officeId }) : outcome;
}

function outcomeRows(
  inputs: readonly PreparedBooking[],
  outcomes: readonly Outcome<Accepted, BookingRefusal>[],
  repeated: readonly Repeated[],
): StoredOutcome[] {
  return inputs.flatMap((input, i) => {
    if (!input.idempotency || repeated[i] !== undefined) return [];
    return [{ callerId: input.contactId, ...input.idempotency, ...storedCode(outcomes[i]!, input.bookingId) }];
  });
}

function claimRows(
  input: PreparedBooking,
  claims: readonly ClaimRequest[],
  standing: ClaimRow["standing"],
): ClaimRow[] {
  return claims.flatMap((claim) =>
    claim.keys.map(({ key, kind, version }) => ({
      key,
      kind,
      version,
      standing,
      scope: claim.scope,
      appointmentId: claim.appointmentId,
      bookingId: input.bookingId,
      contactId: input.contactId,
      curpKey: kind === "name" ? (claim.curpKey ?? null) : null,
    })),
  );
}

function confirmationOf({ holdId, contactId, bookingId, now }: PreparedBooking): Confirmation {
  return { requestId: holdId as RequestId, contactId, bookingId, at: now };
}

function appointmentRow(input: PreparedBooking, one: Accepted["arrangement"][number]) {
  const member = input.members.find((other) => other.ordinal === one.ordinal && other.group === one.serviceGroup)!;
  return {
    officeId: input.officeId,
    id: member.appointmentId,
    bookingId: input.bookingId,
    sessionId: one.sessionId,
    ordinal: one.ordinal,
    serviceGroup: one.serviceGroup,
    services: member.services,
    localDate: input.booking.localDate,
    startsAt: new Date(one.startsAt),
    counter: one.counter,
    steps: one.steps,
  };
}

function peopleByContact(inputs: readonly PreparedBooking[]): Map<ContactId, number> {
  const people = new Map<ContactId, number>();
  for (const input of inputs) people.set(input.contactId, (people.get(input.contactId) ?? 0) + input.people);
  return people;
}
