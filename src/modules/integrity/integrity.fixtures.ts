import { randomUUID } from "node:crypto";
import type { BookingId, ContactId, StaffId } from "#kernel/ids.ts";
import {
  book,
  cancelBooking,
  listObserved,
  listParties,
  revokeBookings,
  suspendContacts,
} from "#modules/booking/index.ts";
import { contextFor, systemContext, transaction, type Context, type Services } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { claimEvents, markEventsDone } from "#platform/outbox.ts";
import type { TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { REFERENCE_NOW } from "#tests/support/reference.ts";
import { identify } from "./commands/identify.ts";
import { observe, observeLater } from "./commands/observe.ts";
import { fillQueue } from "./commands/queue.ts";
import { scoreChanged } from "./commands/score.ts";
import { CASE_CANCELLED, CONTACT_SANCTIONED } from "./events.ts";
import { identifyLater } from "./index.ts";

/** Asks that the people of bookings be looked at, of all if none is named, as the event of each does. */
export async function askFor(services: Services, bookingIds?: readonly string[]): Promise<void> {
  const ctx = systemContext(services, "test");
  await transaction(ctx, "worker", async (tx) => {
    const found =
      bookingIds?.map((id) => ({ id })) ?? (await rows<{ id: string }>(tx, sql`select id from booking.bookings`));
    await identifyLater(
      ctx,
      tx,
      found.map((one) => one.id),
    );
  });
}

/** The same, and the minute after it. */
export async function askAll(services: Services, bookingIds?: readonly string[]): Promise<void> {
  await askFor(services, bookingIds);
  await identify(systemContext(services, "test"), listParties);
}

/** Nobody has filed yet, on the first day again. */
export async function forgetAll(services: TestServices): Promise<void> {
  services.clock.set(REFERENCE_NOW);
  await services.adminQuery(
    `truncate booking.bookings, booking.appointments, booking.applicants, booking.claims, booking.contact_counters, platform.outbox,
       integrity.persons, integrity.due cascade;
     update schedules.places set state = 'open', holder = null, held_until = null`,
  );
}

export interface Holder {
  readonly contactId: ContactId;
  readonly bookingId: BookingId;
}

/** An analyst, who belongs to no office. */
export async function anAnalyst(services: TestServices): Promise<Context> {
  const staffId = randomUUID() as string as StaffId;
  await services.adminQuery(
    "insert into people.staff (id, role, name, created_at) values ($1, 'analyst', 'Inventada Prueba', now())",
    [staffId],
  );
  return contextFor(services, {
    actor: { kind: "staff", staffId, officeId: undefined, role: "analyst" },
    channel: "console",
    purpose: "office",
    requestId: randomUUID(),
    language: "es",
  });
}

/**
 * A middleman: so many young contacts verified one after the other in one browser, two strangers each, and one hour given
 * back and taken by another client at once. Beside him a family of four with its own telephone.
 */
export async function aMiddleman(services: TestServices, contacts = 12): Promise<{ his: Holder[]; family: Holder }> {
  const { wanted } = await aSession(services, { steps: 2, counters: 32 });
  const ids = await someContacts(services, contacts + 1);
  await services.adminQuery("update people.contacts set created_at = $1", [services.clock.now()]);
  const sessionId = randomUUID();
  const booking = async (contactId: ContactId, numbers: readonly number[], surname?: string): Promise<BookingId> => {
    const ctx = citizen(services, contactId);
    const actor = { kind: "citizen", contactId, sessionId: surname === undefined ? sessionId : randomUUID() } as const;
    const applicants = numbers.map((n) =>
      anApplicant(n, { firstSurname: surname ?? `Prueba ${anApplicant(n).givenNames.slice(9)}` }),
    );
    const outcome = await book({ ...ctx, actor }, { contactId, wanted, applicants });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value.bookingId;
  };
  const [first, ...others] = ids.slice(0, contacts);
  const given = { contactId: first!, bookingId: await booking(first!, [1, 2]) };
  await cancelBooking(citizen(services, first!), given);
  const his: Holder[] = [];
  for (const [i, contactId] of others.entries())
    his.push({ contactId, bookingId: await booking(contactId, [10 + 2 * i, 11 + 2 * i]) });
  const family = { contactId: ids.at(-1)!, bookingId: await booking(ids.at(-1)!, [90, 91, 92, 93], "Inventada") };
  return { his, family };
}

/** What the dispatcher and the timetable would do now, as far as integrity goes. */
export async function settleDown(services: TestServices): Promise<void> {
  const ctx = systemContext(services, "test");
  await transaction(ctx, "worker", async (tx) => {
    const events = await claimEvents(tx, ctx.now);
    await observeLater(
      tx,
      events.filter(({ name }) => name.startsWith("booking.")),
    );
    const ended = events.filter(({ name }) => name === CASE_CANCELLED);
    await revokeBookings(
      ctx,
      tx,
      ended.map((one) => one.subjectId as BookingId),
    );
    for (const { name, subjectId, detail } of events)
      if (name === CONTACT_SANCTIONED) {
        const until = detail!["until"] as string | null;
        await suspendContacts(tx, [
          { contactId: subjectId as ContactId, until: until === null ? null : new Date(until) },
        ]);
      }
    await markEventsDone(
      tx,
      events.map((one) => one.id),
      ctx.now,
    );
  });
  await observe(ctx, listObserved);
  await scoreChanged(ctx);
  await fillQueue(ctx);
}
