import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { BookingId } from "#kernel/ids.ts";
import { placeStore, type PlaceStore } from "#modules/schedules/index.ts";
import type { Tx } from "#platform/context.ts";
import { findOutcomes, type StoredOutcome } from "#platform/idempotency.ts";
import { insertRecord } from "#platform/record.ts";
import { addPeople, findHoldOf } from "../store/counters.ts";
import type { BookingRefusal } from "../types.ts";
import type { Held } from "./bookings.ts";
import { holdMany, type HoldRequest } from "./hold-many.ts";
import { replayed, storedCode } from "./replay.ts";

export interface HoldOnce extends HoldRequest {
  /** The caller's key for repeating the request, digested. */
  readonly idempotency?: { readonly route: string; readonly key: string; readonly bodyDigest: Buffer } | undefined;
}

type HoldOutcome = Outcome<Held, BookingRefusal>;

/** Answered with places; a booking's own word is `accepted`. */
const HELD = "held";

/**
 * Holds for many, each key once: whoever sends a request again is answered from the first and takes nothing. A hold
 * that was given back, confirmed or overtaken since is answered as one that ended, and the one that stands is left alone.
 */
export async function holdOnceMany(
  tx: Tx,
  inputs: readonly HoldOnce[],
  places: PlaceStore = placeStore,
): Promise<HoldOutcome[]> {
  if (inputs.every((input) => input.idempotency === undefined)) return holdMany(tx, inputs, places);
  const [, stored] = await Promise.all([
    // The contacts' rows first: of two that carry one key the second then sees what the first one was answered.
    addPeople(tx, new Map(inputs.map((input) => [input.contactId, 0]))),
    findOutcomes(
      tx,
      inputs.flatMap((input) => (input.idempotency ? [{ callerId: input.contactId, ...input.idempotency }] : [])),
    ),
  ]);
  const before = new Map(stored.map((one) => [`${one.callerId} ${one.route} ${one.key}`, one]));
  const first = new Map<string, HoldOnce>();
  const going = inputs.filter((input) => {
    const name = nameOf(input);
    if (name === undefined) return true;
    if (before.has(name) || first.has(name)) return false;
    first.set(name, input);
    return true;
  });
  const found = going.length === 0 ? [] : await holdMany(tx, going, places);
  await insertRecord(
    tx,
    { outcomes: going.flatMap((input, i) => outcomeRow(input, found[i]!)), events: [], audit: [] },
    inputs[0]!.now,
  );
  const outcomes = new Map(going.map((input, i) => [input, found[i]!]));
  return Promise.all(
    inputs.map(async (input) => {
      const own = outcomes.get(input);
      if (own !== undefined) return own;
      const name = nameOf(input)!;
      const earlier = before.get(name);
      return earlier ? answerAgain(tx, input, earlier) : sameAs(first.get(name)!, input, outcomes);
    }),
  );
}

/** Of a request with a key: the key, as it belongs to its caller and route. */
function nameOf({ contactId, idempotency }: HoldOnce): string | undefined {
  return idempotency && `${contactId} ${idempotency.route} ${idempotency.key}`;
}

function outcomeRow({ contactId, holdId, idempotency }: HoldOnce, outcome: HoldOutcome): StoredOutcome[] {
  if (!idempotency) return [];
  const answer = outcome.ok
    ? { outcome: HELD, resultId: outcome.value.holdId }
    : storedCode(outcome, holdId as BookingId);
  return [{ callerId: contactId, ...idempotency, ...answer }];
}

async function answerAgain(tx: Tx, input: HoldOnce, stored: StoredOutcome): Promise<HoldOutcome> {
  const { bodyDigest } = input.idempotency!;
  if (stored.outcome !== HELD || !stored.bodyDigest.equals(bodyDigest)) {
    const answer = replayed(stored, bodyDigest, input.wanted.officeId);
    return answer.ok ? refuse({ code: "idempotency_mismatch" }) : answer;
  }
  const standing = await findHoldOf(tx, input.contactId);
  if (standing === undefined || standing.holdId !== stored.resultId || standing.until <= input.now)
    return refuse({ code: "hold_expired" });
  return accept({ holdId: standing.holdId, heldUntil: standing.until });
}

/** Twice in one batch. */
function sameAs(first: HoldOnce, again: HoldOnce, outcomes: ReadonlyMap<HoldOnce, HoldOutcome>): HoldOutcome {
  const same = first.idempotency!.bodyDigest.equals(again.idempotency!.bodyDigest);
  return same ? outcomes.get(first)! : refuse({ code: "idempotency_mismatch" });
}
