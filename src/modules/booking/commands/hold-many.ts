import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { ContactId, ServiceGroup } from "#kernel/ids.ts";
import {
  arrange,
  placesByParty,
  placeStore,
  planWindows,
  type Need,
  type PlaceStore,
} from "#modules/schedules/index.ts";
import type { Tx } from "#platform/context.ts";
import { decide, stepsOf, type Party } from "../rules/decide.ts";
import { addPeople, setHolds } from "../store/counters.ts";
import type { BookingRefusal, WantedTime } from "../types.ts";
import type { Held } from "./bookings.ts";

export interface HoldRequest {
  readonly contactId: ContactId;
  readonly holdId: string;
  readonly wanted: WantedTime;
  readonly needs: readonly Need[];
  readonly people: number;
  readonly now: Date;
  readonly until: Date;
  /** Somebody of the house holds it for her. */
  readonly assisted?: boolean | undefined;
  /** The group in whose waiting room it is this contact's turn: such a hold sees the room's places, and is not lengthened. */
  readonly roomOf?: ServiceGroup | undefined;
}

/**
 * Holds places for many parties: the first half of a booking, in the same order of locks, with no claim made.
 * A contact has one hold: of several in one batch the last one counts. Who asked the same is answered the same;
 * who asked for something else has been overtaken by herself.
 */
export async function holdMany(
  tx: Tx,
  inputs: readonly HoldRequest[],
  places: PlaceStore = placeStore,
): Promise<Outcome<Held, BookingRefusal>[]> {
  const last = new Map(inputs.map((input) => [input.contactId, input]));
  const counted = [...last.values()];
  const outcomes = await holdEach(tx, counted, places);
  return inputs.map((input) => {
    const winner = last.get(input.contactId)!;
    return asksTheSame(input, winner) ? outcomes[counted.indexOf(winner)]! : refuse({ code: "hold_expired" });
  });
}

function asksTheSame(one: HoldRequest, other: HoldRequest): boolean {
  return (
    one === other ||
    JSON.stringify([one.wanted, one.needs, one.people]) === JSON.stringify([other.wanted, other.needs, other.people])
  );
}

async function holdEach(
  tx: Tx,
  inputs: readonly HoldRequest[],
  places: PlaceStore,
): Promise<Outcome<Held, BookingRefusal>[]> {
  // In a waiting room all turns of a batch may have been taken before.
  if (inputs.length === 0) return [];
  const wanting = inputs.map(({ wanted, needs, roomOf }) => ({
    ...wanted,
    startsAt: wanted.startsAt.getTime(),
    needs,
    roomOf,
  }));
  const plan = planWindows(wanting);
  const counters = await addPeople(tx, new Map(inputs.map((input) => [input.contactId, 0])));
  const former = counters.flatMap((one) => one.holdId ?? []);
  const [, open] = await Promise.all([places.releaseHolds(tx, former), places.lockOpenPlaces(tx, plan.windows)]);
  const late = await places.waitForOpenPlaces(tx, plan.windows, new Set(shortWindows()));

  const contacts = new Map(counters.map((one) => [one.contactId, one]));
  const byParty = placesByParty(plan, [...open, ...late]);
  const parties: Party[] = inputs.map((input, i) => ({
    bookingId: input.holdId as Party["bookingId"],
    contactId: input.contactId,
    officeId: input.wanted.officeId,
    people: input.people,
    holdId: undefined,
    assisted: input.assisted,
    startsAt: wanting[i]!.startsAt,
    needs: input.needs,
    claims: [],
  }));
  const outcomes = decide(parties, { contacts, inTheWay: new Map(), places: byParty, now: inputs[0]!.now }, arrange);
  const held = outcomes.flatMap((outcome, i) =>
    outcome.ok ? [{ input: inputs[i]!, arrangement: outcome.value.arrangement }] : [],
  );
  const taken = held.flatMap(({ input, arrangement }) =>
    stepsOf(arrangement).map((place) => ({ ...place, officeId: input.wanted.officeId, holder: input.holdId })),
  );
  if (held.length > 0) await places.takePlaces(tx, taken, held[0]!.input.until);
  await setHolds(
    tx,
    inputs.map((input, i) => ({
      contactId: input.contactId,
      holdId: outcomes[i]!.ok ? input.holdId : null,
      until: outcomes[i]!.ok ? input.until : null,
      final: input.roomOf !== undefined,
    })),
  );
  return outcomes.map((outcome, i) =>
    outcome.ok ? accept({ holdId: inputs[i]!.holdId, heldUntil: inputs[i]!.until }) : refuse(outcome.refusal),
  );

  /** Windows in which fewer places were free than are wanted: another batch may have had them in its hands. */
  function shortWindows(): number[] {
    const found = placesByParty(plan, open);
    return plan.ofParty.flatMap((own, i) => (arrange(found[i]!, wanting[i]!.needs, wanting[i]!.startsAt) ? [] : own));
  }
}
