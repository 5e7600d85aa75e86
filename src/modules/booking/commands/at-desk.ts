import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { AppointmentId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { takeOne } from "#platform/limits/index.ts";
import { newId } from "#platform/random.ts";
import type { ClaimRequest } from "../rules/claims.ts";
import { needsOf, type ServiceLookup } from "../rules/party.ts";
import { findClaimsOfDay } from "../store/claims.ts";
import type { ApplicantRequest, BookingRefusal } from "../types.ts";
import { claimsOf } from "./prepare.ts";

/** How often and after how many milliseconds it is looked whether the other desk is ready: two seconds in all. Own policy. */
const LOOKS = 20;
const LOOK_EVERY_MS = 100;

type AlreadyBooked = Extract<BookingRefusal, { code: "already_booked" }>;

/** The people whom a desk is about to book, at its office on a day. */
export interface PeopleAtDesk {
  /**
   * Whoever has an appointment or a turn there on that day has it already: the desk that asks sees her on its list. What
   * she has elsewhere or on another day is told to nobody.
   */
  standing(): Promise<AlreadyBooked | undefined>;
  /**
   * Last before the booking: for some seconds these people are this desk's. When they are another's, who writes them down
   * in the same second, what became of them there; so two desks, or a form that is sent twice, give one turn.
   */
  keep(): Promise<AlreadyBooked | { readonly code: "changed_meanwhile" } | undefined>;
}

export async function peopleAtDesk(
  ctx: Context,
  { officeId, localDate }: { readonly officeId: OfficeId; readonly localDate: LocalDate },
  applicants: readonly ApplicantRequest[],
  service: ServiceLookup,
): Promise<PeopleAtDesk> {
  const members = needsOf(applicants, service).map((need) => ({ ...need, appointmentId: newId<AppointmentId>() }));
  const claims = await claimsOf(ctx, applicants, members, service);
  const standing = () => findStanding(ctx, officeId, localDate, claims);
  return {
    standing,
    async keep() {
      if (await takeAll(ctx, personKeys(claims, `${officeId} ${localDate}`))) return standing();
      for (let look = 0; look < LOOKS; look++) {
        const there = await standing();
        if (there) return there;
        await pause(LOOK_EVERY_MS);
      }
      return { code: "changed_meanwhile" };
    },
  };
}

/** One after the other in the order of all desks: of two households with some people in common, one gets all of hers. */
async function takeAll(ctx: Context, keys: readonly string[]): Promise<boolean> {
  for (const key of [...keys].sort()) if (!(await takeOne(ctx, "desk_person", key)).ok) return false;
  return true;
}

/** Ids for people on one day at one office, from the digests of their names: they say nothing by themselves. */
function personKeys(claims: readonly ClaimRequest[], where: string): string[] {
  const names = claims.flatMap(({ keys }) => keys.flatMap(({ key, kind }) => (kind === "name" ? [key] : [])));
  const ids = names.map((key) => {
    const hex = createHash("sha256").update(where).update(key).digest("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
  });
  return [...new Set(ids)];
}

async function findStanding(
  ctx: Context,
  officeId: OfficeId,
  localDate: LocalDate,
  claims: readonly ClaimRequest[],
): Promise<AlreadyBooked | undefined> {
  const keys = claims.flatMap((one) => one.keys.map(({ key }) => key));
  const found = await transaction(ctx, "citizen_writer", (tx) => findClaimsOfDay(tx, officeId, localDate, keys));
  const there = new Map(found.map(({ key, bookingId }) => [key.toString("hex"), bookingId]));
  for (const { ordinal, keys: own } of claims) {
    const bookingId = own.map(({ key }) => there.get(key.toString("hex"))).find((id) => id !== undefined);
    if (bookingId) return { code: "already_booked", bookingId, ordinal };
  }
  return undefined;
}
