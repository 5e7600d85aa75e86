import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS, localDateAt } from "#kernel/time.ts";
import type { AppointmentId, ContactId, LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
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
import { needsOf, type ServiceLookup } from "../rules/party.ts";
import { findClaimsOfDay } from "../store/claims.ts";
import type { ApplicantRequest, Booked, BookingRefusal } from "../types.ts";
import { book, serviceLookup } from "./bookings.ts";
import { claimsOf } from "./prepare.ts";

/** Minutes for which the places that are made for a walk-in wait for its booking. */
const MADE_FOR_MINUTES = 5;

/**
 * Books a household that stands at the door without an appointment: its places are made for it today, so that names,
 * claims, caps, outcomes and erasure are those of any booking. One per person over the whole network, like everywhere.
 */
export async function bookWalkIn(
  ctx: Context,
  request: { readonly contactId: ContactId; readonly applicants: readonly ApplicantRequest[] },
): Promise<Outcome<Booked, BookingRefusal | { readonly code: "not_allowed" }>> {
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
  const standing = await findHere(ctx, officeId, localDate, request.applicants, service);
  if (standing) return refuse(standing);
  const holder = newId<string>();
  const until = new Date(from + MADE_FOR_MINUTES * MINUTE_MS);
  await transaction(ctx, "console", (tx) =>
    makeWalkInPlaces(tx, { officeId, localDate, holder, until, stretches: stretchesOf(needs, from) }),
  );
  const outcome = await book(
    { ...ctx, channel: "walk_in" },
    { ...request, wanted: { officeId, localDate, startsAt }, holdId: holder, kept: true },
  );
  if (!outcome.ok) await transaction(ctx, "console", (tx) => dropWalkInPlaces(tx, officeId, holder));
  return outcome.ok ? accept(outcome.value) : outcome;
}

/**
 * Whoever has an appointment or a turn of this office on that day has it already: the desk that asks sees her on its list.
 * So a form that is sent twice gives one turn. What she has elsewhere or on another day is told to nobody.
 */
export async function findHere(
  ctx: Context,
  officeId: OfficeId,
  localDate: LocalDate,
  applicants: readonly ApplicantRequest[],
  service: ServiceLookup,
): Promise<Extract<BookingRefusal, { code: "already_booked" }> | undefined> {
  const members = needsOf(applicants, service).map((need) => ({ ...need, appointmentId: newId<AppointmentId>() }));
  const claims = await claimsOf(ctx, applicants, members, service);
  const keys = claims.flatMap((one) => one.keys.map(({ key }) => key));
  const found = await transaction(ctx, "citizen_writer", (tx) => findClaimsOfDay(tx, officeId, localDate, keys));
  const standing = new Map(found.map(({ key, bookingId }) => [key.toString("hex"), bookingId]));
  for (const { appointmentId, keys: own } of claims) {
    const bookingId = own.map(({ key }) => standing.get(key.toString("hex"))).find((id) => id !== undefined);
    const member = members.find((one) => one.appointmentId === appointmentId)!;
    if (bookingId) return { code: "already_booked", bookingId, ordinal: member.ordinal };
  }
  return undefined;
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
