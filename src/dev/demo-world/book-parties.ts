import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { addDays, DAY_MS, HOUR_MS, localDateAt } from "#kernel/time.ts";
import { book, type ApplicantRequest, type BookRequest } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { contextFor, type Channel, type Context, type Services } from "#platform/context.ts";
import { isDatabaseError, run, sql } from "#platform/db/index.ts";
import { newId } from "#platform/random.ts";
import { makeContacts } from "./contacts.ts";
import type { Dice } from "./dice.ts";
import { answersOf } from "./people.ts";
import type { PlannedParty } from "./plan.ts";

/** SQLSTATE of a lock that did not come in time. */
const LOCK_TIMEOUT = "55P03";
/** The last hour before its visit at which a party of the demo world booked. */
const LATEST_HOURS = 2;
const EARLIEST_DAYS = 12;
/** Days after its signature at which a permission has reached the office. */
const PERMISSION_TRAVELS_DAYS = 7;
const CHANNELS: readonly (readonly [number, Channel])[] = [
  [70, "web"],
  [15, "whatsapp"],
  [9, "phone"],
  [4, "counter"],
  [2, "api"],
];

/** Whose appointments they are: one contact for all, or a new one for each, this share of them with an address. */
export type Booker = { readonly contactId: ContactId } | { readonly withAddress: number };

/** Books each party by the command that everybody uses, as if on an earlier day. Returns how many found their places. */
export async function bookParties(
  services: Services,
  dice: Dice,
  parties: readonly PlannedParty[],
  booker: Booker = { withAddress: 0 },
): Promise<number> {
  const { checklist } = await getNetwork(services);
  const contacts =
    "contactId" in booker
      ? parties.map(() => booker.contactId)
      : await makeContacts(services, dice, parties.length, booker.withAddress);
  const arrivedBy = addDays(localDateAt(services.clock.now(), "UTC"), -PERMISSION_TRAVELS_DAYS);
  const wanted = parties.map(({ officeId, localDate, startsAt, applicants }, i) => {
    const latest = Math.min(services.clock.now().getTime(), startsAt.getTime() - LATEST_HOURS * HOUR_MS);
    const bookedAt = new Date(latest - Math.floor(dice.roll() * EARLIEST_DAYS * DAY_MS));
    return {
      ctx: citizen(services, contacts[i]!, dice, bookedAt),
      request: {
        contactId: contacts[i]!,
        applicants: applicants.map((one) => withPermissions(one, arrivedBy)),
        checklist: answersOf(dice, applicants, checklist),
        wanted: { officeId, localDate, startsAt },
      },
    };
  });
  let booked = 0;
  for (const wave of waves(wanted, ({ request }) => `${request.wanted.officeId} ${request.wanted.localDate}`)) {
    const outcomes = await Promise.all(wave.map(({ ctx, request }) => bookOne(ctx, request)));
    const bookings = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.bookingId] : []));
    await silence(services, bookings);
    booked += bookings.length;
  }
  return booked;
}

/** Absent parents' permissions of long ago have come, and a clerk has said so. */
function withPermissions(applicant: ApplicantRequest, signedBy: LocalDate): ApplicantRequest {
  const parents = applicant.parents.map((parent) =>
    parent.permissionOn !== undefined && parent.permissionOn <= signedBy
      ? { ...parent, received: { signedOn: parent.permissionOn } }
      : parent,
  );
  return { ...applicant, parents };
}

/** Nobody waits for thousands of messages about invented bookings and requests; what the dispatcher was faster with stays said. */
export async function silence(services: Services, subjects: readonly string[]): Promise<void> {
  const now = services.clock.now();
  await services.database
    .transaction("worker", {}, (tx) =>
      run(
        tx,
        sql`update platform.outbox set done_at = ${now} where done_at is null and subject_id = any(${subjects}::uuid[])`,
      ),
    )
    .catch((error: unknown) => {
      if (!isLockTimeout(error)) throw error;
    });
}

/** Puts no two of one day of an office into one wave: they would only wait for each other's places. */
function waves<One>(all: readonly One[], dayOf: (one: One) => string): One[][] {
  const seen = new Map<string, number>();
  const list: One[][] = [];
  for (const one of all) {
    const day = dayOf(one);
    const wave = seen.get(day) ?? 0;
    seen.set(day, wave + 1);
    (list[wave] ??= []).push(one);
  }
  return list;
}

/** A newcomer may be booking the same places at this moment, on a busy computer. */
async function bookOne(ctx: Context, request: BookRequest): ReturnType<typeof book> {
  try {
    return await book(ctx, request);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    return book(ctx, request);
  }
}

function isLockTimeout(error: unknown): boolean {
  return isDatabaseError(error) && error.code === LOCK_TIMEOUT;
}

function citizen(services: Services, contactId: ContactId, dice: Dice, now: Date): Context {
  const ctx = contextFor(services, {
    actor: { kind: "citizen", sessionId: newId(), contactId },
    channel: dice.weighted(CHANNELS),
    purpose: "booking",
    requestId: newId(),
    language: dice.chance(0.85) ? "es" : "en",
  });
  return { ...ctx, now };
}
