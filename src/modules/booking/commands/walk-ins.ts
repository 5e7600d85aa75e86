import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS, localDateAt } from "#kernel/time.ts";
import type { ContactId, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import {
  dropWalkInPlaces,
  makeWalkInPlaces,
  WALK_IN_STEP_MINUTES,
  type Need,
  type WalkInStretch,
} from "#modules/schedules/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { needsOf } from "../rules/party.ts";
import type { ApplicantRequest, Booked, BookingRefusal } from "../types.ts";
import { peopleAtDesk } from "./at-desk.ts";
import { book, serviceLookup } from "./bookings.ts";

/** Minutes for which the places that are made for a walk-in wait for its booking. */
const MADE_FOR_MINUTES = 5;

/**
 * Books a household that stands at the door without an appointment: its places are made for it today, so that names,
 * claims, caps, outcomes and erasure are those of any booking. One per person over the whole network, like everywhere.
 */
export async function bookWalkIn(
  ctx: Context,
  request: { readonly contactId: ContactId; readonly applicants: readonly ApplicantRequest[] },
): Promise<Outcome<Booked, BookingRefusal | { readonly code: "not_allowed" | "changed_meanwhile" }>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || actor.officeId === undefined || !can(actor, "book_for_person", actor.officeId))
    return refuse({ code: "not_allowed" });
  const officeId = actor.officeId as OfficeId;
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const service = await serviceLookup(ctx);
  const needs = needsOf(request.applicants, service);
  if (needs.length === 0) return refuse({ code: "wrong_services", ordinal: 1 });
  // The next whole minute: what has begun cannot be booked.
  const from = (Math.floor(ctx.now.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  const startsAt = new Date(from);
  const localDate = localDateAt(startsAt, zone);
  const people = await peopleAtDesk(ctx, { officeId, localDate }, request.applicants, service);
  const standing = await people.standing();
  if (standing) return refuse(standing);
  const holder = newId<string>();
  const until = new Date(from + MADE_FOR_MINUTES * MINUTE_MS);
  await transaction(ctx, "console", (tx) =>
    makeWalkInPlaces(tx, { officeId, localDate, holder, until, stretches: stretchesOf(needs, from) }),
  );
  const wanted = { officeId, localDate, startsAt };
  const elsewhere = await people.keep();
  const outcome = elsewhere
    ? refuse(elsewhere)
    : await book({ ...ctx, channel: "walk_in" }, { ...request, wanted, holdId: holder, kept: true });
  if (!outcome.ok) await transaction(ctx, "console", (tx) => dropWalkInPlaces(tx, officeId, holder));
  return outcome.ok ? accept(outcome.value) : outcome;
}

/** One group after the other, each person at a counter of her own: nobody is at two counters at once. */
function stretchesOf(needs: readonly Need[], from: number): WalkInStretch[] {
  const stretches: WalkInStretch[] = [];
  let at = from;
  for (const group of new Set<ServiceGroup>(needs.map((one) => one.group))) {
    const own = needs.filter((one) => one.group === group);
    const steps = own.map((one) => Math.ceil(one.minutes / WALK_IN_STEP_MINUTES));
    stretches.push(...own.map((_, i) => ({ serviceGroup: group, startsAt: at, steps: steps[i]! })));
    at += Math.max(...steps) * WALK_IN_STEP_MINUTES * MINUTE_MS;
  }
  return stretches;
}
