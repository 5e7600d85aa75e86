import { enqueueForEvents } from "#modules/messaging/index.ts";
import { keepAddresses } from "#modules/people/index.ts";
import { tellOffices } from "#modules/visits/index.ts";
import type { Reaction, Subscriptions } from "#platform/dispatcher.ts";

const tellTheContact: Reaction = (_ctx, tx, events) => enqueueForEvents(tx, events);
const keepTheAddress: Reaction = async (ctx, tx, events) => {
  await keepAddresses(
    ctx,
    tx,
    events.map((event) => event.subjectId),
  );
};

/** Every event with its reactions, on one page. What reacts runs in the transaction that marks the event done. */
export const subscriptions: Subscriptions = {
  "people.code_requested": [tellTheContact],
  "people.contact_verified": [keepTheAddress],
  "booking.confirmed": [tellTheContact, tellOffices],
  "booking.moved": [tellTheContact, tellOffices],
  "booking.cancelled": [tellTheContact, tellOffices],
  "booking.lapsed": [tellTheContact, tellOffices],
  "booking.displaced": [tellTheContact],
  "booking.restored": [tellTheContact],
  "booking.day_moved": [tellTheContact, tellOffices],
  "booking.day_suspended": [tellTheContact],
  "visits.suspended": [tellTheContact],
  "visits.resumed": [tellTheContact],
  "visits.hour_changed": [tellTheContact],
  "allocation.filed": [tellTheContact],
  "allocation.offered": [tellTheContact],
  "allocation.waiting": [tellTheContact],
  "allocation.identity": [tellTheContact],
  "allocation.displaced": [tellTheContact],
  "booking.file_changed": [tellOffices],
};
