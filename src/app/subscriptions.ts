import type { BookingId, ContactId } from "#kernel/ids.ts";
import { ADVERT_CONFIRMED, ADVERT_MATCHED, ADVERT_WITHDRAWN, matchAdverts } from "#modules/adverts/index.ts";
import { emptyServed } from "#modules/allocation/index.ts";
import { listObserved, revokeBookings, suspendContacts } from "#modules/booking/index.ts";
import { forgetEntries, noteEntries } from "#modules/helpers/index.ts";
import {
  APPEAL_WON,
  CASE_CANCELLED,
  CASE_CHALLENGED,
  CONTACT_SANCTIONED,
  forgetObserved,
  forgetResale,
  identifyLater,
  noteHoney,
  observeLater,
  recordResale,
} from "#modules/integrity/index.ts";
import { enqueueForEvents } from "#modules/messaging/index.ts";
import { keepAddresses } from "#modules/people/index.ts";
import { EMERGENCY_ANSWERED, EMERGENCY_CHANGED, emptyBooked } from "#modules/emergencies/index.ts";
import { DOCUMENTS_READY } from "#modules/issuing/index.ts";
import { tellOffices, wakeQueues } from "#modules/visits/index.ts";
import type { Reaction, Subscriptions } from "#platform/dispatcher.ts";
import type { StoredEvent } from "#platform/outbox.ts";

const tellTheContact: Reaction = (_ctx, tx, events) => enqueueForEvents(tx, events);
const keepTheAddress: Reaction = async (ctx, tx, events) => {
  await keepAddresses(
    ctx,
    tx,
    events.map((event) => event.subjectId),
  );
};

const matchTheAdvert: Reaction = async (ctx, tx, events) => {
  await matchAdverts(
    ctx,
    tx,
    events.map((event) => event.subjectId),
  );
};

const identifyThePeople: Reaction = (ctx, tx, events) =>
  identifyLater(
    ctx,
    tx,
    events.map((event) => event.subjectId),
  );

const observe: Reaction = (_ctx, tx, events) => observeLater(tx, events);
const noteHelp =
  (kind: "booking" | "request"): Reaction =>
  (ctx, tx, events) =>
    noteEntries(ctx, tx, kind, events, listObserved);
const forget: Reaction = async (_ctx, tx, events) => {
  const ids = events.map((event) => event.subjectId);
  await forgetObserved(tx, ids);
  await forgetEntries(tx, ids);
  // What led to the booking holds the same people.
  await emptyServed(tx, ids as BookingId[]);
  await emptyBooked(tx, ids as BookingId[]);
};
const revoke: Reaction = (ctx, tx, events) =>
  revokeBookings(
    ctx,
    tx,
    events.map((event) => event.subjectId as BookingId),
  );

const suspend: Reaction = async (_ctx, tx, events) => {
  // In the order in which they were decided: the last one of a contact says what holds.
  const last = new Map(events.map((event) => [event.subjectId as ContactId, event.detail!["until"]]));
  await suspendContacts(
    tx,
    [...last].map(([contactId, until]) => ({ contactId, until: typeof until === "string" ? new Date(until) : null })),
  );
};

const resalesOf = (events: readonly StoredEvent[]) =>
  events.map(({ subjectId, detail }) => ({
    contactId: subjectId as ContactId,
    advertId: detail!["advertId"] as string,
  }));
const countAgainst: Reaction = (ctx, tx, events) => recordResale(ctx, tx, resalesOf(events));
const countNoMore: Reaction = (_ctx, tx, events) => forgetResale(tx, resalesOf(events));

const noteTheLook: Reaction = (_ctx, tx, events) => noteHoney(tx, events);

/** Every event with its reactions, on one page. What reacts runs in the transaction that marks the event done. */
export const subscriptions: Subscriptions = {
  "people.code_requested": [tellTheContact],
  "people.contact_verified": [keepTheAddress],
  "people.contact_joined": [tellTheContact],
  "booking.confirmed": [tellTheContact, tellOffices, identifyThePeople, noteHelp("booking"), observe],
  "booking.moved": [tellTheContact, tellOffices, identifyThePeople, observe],
  "booking.cancelled": [tellTheContact, tellOffices, identifyThePeople, observe],
  "booking.absent": [tellTheContact, tellOffices, identifyThePeople],
  "booking.lapsed": [tellTheContact, tellOffices, identifyThePeople, observe],
  "booking.erased": [identifyThePeople, forget],
  "booking.displaced": [tellTheContact],
  "booking.restored": [tellTheContact],
  "booking.day_moved": [tellTheContact, tellOffices, identifyThePeople],
  "booking.day_suspended": [tellTheContact],
  "visits.suspended": [tellTheContact],
  "visits.resumed": [tellTheContact],
  "visits.hour_changed": [tellTheContact],
  "visits.served": [tellTheContact, identifyThePeople, observe],
  "allocation.filed": [tellTheContact, noteHelp("request")],
  "allocation.offered": [tellTheContact],
  "allocation.waiting": [tellTheContact],
  "allocation.identity": [tellTheContact],
  "allocation.displaced": [tellTheContact],
  "booking.file_changed": [tellOffices, identifyThePeople],
  "booking.staff_acted": [tellTheContact],
  "booking.honey_opened": [noteTheLook],
  [CASE_CHALLENGED]: [tellTheContact],
  [CASE_CANCELLED]: [revoke],
  [APPEAL_WON]: [tellTheContact],
  [CONTACT_SANCTIONED]: [suspend],
  [EMERGENCY_CHANGED]: [wakeQueues],
  [DOCUMENTS_READY]: [tellTheContact],
  [EMERGENCY_ANSWERED]: [tellTheContact],
  [ADVERT_CONFIRMED]: [matchTheAdvert],
  [ADVERT_MATCHED]: [countAgainst],
  [ADVERT_WITHDRAWN]: [countNoMore],
};
