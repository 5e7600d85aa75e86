import type { BookingId, ContactId, OfficeId } from "#kernel/ids.ts";
import { refuse, type Outcome } from "#kernel/outcome.ts";
import { fromHex } from "#kernel/digest.ts";
import { roundAt } from "#kernel/quicknet.ts";
import { localDateAt, MINUTE_MS } from "#kernel/time.ts";
import { bookWalkIn, type ApplicantRequest, type BookingRefusal } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { makeCard, saveCard, type IssuedCard } from "#modules/people/index.ts";
import { operatorBeacon, type BeaconRound } from "#platform/beacon/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { doorSeed, lotOrder } from "../rules/lot.ts";
import { listOpenedDoors, type OpenedDoor } from "../queries/opened-doors.ts";
import { listGivenToday, readWalkInHours } from "../queries/walk-in-room.ts";
import { insertLot, listAtDoor, saveLots } from "../store/lots.ts";
import { notifyOffices } from "../store/visits.ts";
import type { Visit, VisitRefusal } from "../types.ts";
import { checkIn } from "./reception.ts";
import { sweep } from "./sweep.ts";

/** Minutes for which people at an open door wait for a public number; then the installation's own is taken and marked. Our own number. */
export const LOT_WAITS_MINUTES = 10;
/** Whoever is being registered while the door opens is in the lot: it is drawn when that request is over, which takes half as long at most. */
export const REGISTRATION_SECONDS = 30;

export interface WalkIn {
  readonly visit: Visit;
  readonly bookingId: BookingId;
  /** For whoever has no contact: folio and PIN of her paper, shown once. */
  readonly card: IssuedCard | undefined;
  /** Registered before the door opened: its place is drawn then. */
  readonly byLot: boolean;
}

/**
 * Registers a household that came without an appointment: one turn, bound to its people, who have one each day over the
 * whole network. Whoever has no telephone gets a paper card in its place.
 */
export async function registerWalkIn(
  ctx: Context,
  input: { readonly contactId?: ContactId | undefined; readonly applicants: readonly ApplicantRequest[] },
): Promise<Outcome<WalkIn, BookingRefusal | VisitRefusal>> {
  if (!(await areGivenToday(ctx, input.applicants))) return refuse({ code: "not_given_today" });
  const made = input.contactId === undefined ? await makeCard(ctx) : undefined;
  if (made && !made.ok) return made;
  const card = made?.value.card;
  const booked = await bookWalkIn(ctx, { contactId: input.contactId ?? card!.contactId, applicants: input.applicants });
  if (!booked.ok) return booked;
  // A card is written for who has a turn: of whoever is refused nothing stays.
  if (made) await saveCard(ctx, made.value);
  const { bookingId } = booked.value;
  // A crash before this leaves a party on today's list that nobody received: a clerk does it there.
  const received = await checkIn(ctx, { bookingId });
  if (!received.ok) return received;
  const visit = received.value;
  const { opensAt } = await transaction(ctx, "console", (tx) => readWalkInHours(tx, visit.officeId, visit.localDate));
  const byLot = opensAt !== null && visit.arrivedAt !== null && visit.arrivedAt < opensAt;
  return { ok: true, value: { visit, bookingId, card, byLot } };
}

/** Whether all that they come for is given today. An office that one has no right to register at is refused elsewhere. */
async function areGivenToday(ctx: Context, applicants: readonly ApplicantRequest[]): Promise<boolean> {
  const office = ctx.actor.kind === "staff" && (await getNetwork(ctx)).officeById.get(ctx.actor.officeId as OfficeId);
  if (!office) return true;
  const today = localDateAt(ctx.now, office.zone);
  const given = new Set(await transaction(ctx, "console", (tx) => listGivenToday(ctx, tx, office.id, today)));
  return applicants.every((one) => one.services.every((service) => given.has(service)));
}

/** Draws the lot of each door that has opened with people before it. Runs each minute, and gives one result however often. */
export async function drawDoorLots(ctx: Context): Promise<number> {
  const { offices } = await getNetwork(ctx);
  const days = new Map(offices.map(({ id, zone }) => [id, localDateAt(ctx.now, zone)]));
  const closedAt = new Date(ctx.now.getTime() - REGISTRATION_SECONDS * 1_000);
  const doors = await transaction(ctx, "worker", (tx) => listOpenedDoors(tx, days, closedAt));
  // Doors that opened together share a round: a beacon that answers slowly is asked once.
  const rounds = new Map<number, Promise<Found | undefined>>();
  return sweep(doors, async (door) => {
    const opened = door.opensAt.getTime();
    if (!rounds.has(opened)) rounds.set(opened, roundOf(ctx, door));
    const found = await rounds.get(opened);
    return found !== undefined && drawLot(ctx, door, found);
  });
}

interface Found {
  readonly source: "drand" | "operator";
  readonly round: BeaconRound;
}

/** The first round after the door opened: nobody knew it while the list was open. */
async function roundOf(ctx: Context, { opensAt }: OpenedDoor): Promise<Found | undefined> {
  const seconds = Math.floor(opensAt.getTime() / 1_000);
  const { source } = ctx.beacon;
  const round = await ctx.beacon.fetchRound(source === "drand" ? roundAt(seconds) + 1 : seconds);
  if (round) return { source, round };
  if (ctx.now.getTime() < opensAt.getTime() + LOT_WAITS_MINUTES * MINUTE_MS) return undefined;
  const own = await operatorBeacon(ctx.keyring).fetchRound(seconds);
  return own && { source: "operator", round: own };
}

function drawLot(ctx: Context, door: OpenedDoor, { source, round: { round, randomness } }: Found): Promise<boolean> {
  return transaction(ctx, "worker", async (tx) => {
    const turns = await listAtDoor(tx, door);
    const seed = doorSeed(door.officeId, door.localDate, fromHex(randomness));
    // The number of the turn is its name in the lot: it stands on the paper, so that anybody can draw again.
    const order = lotOrder(
      seed,
      turns.map((one) => ({ ...one, visitId: one.id, id: String(one.turnNo) })),
    );
    const first = turns.filter((one) => one.priority !== null).length;
    const drawn = order.map((one) => Number(one.id));
    if (!(await insertLot(tx, { ...door, source, round, randomness, drawn, first, drawnAt: ctx.now }))) return false;
    await saveLots(
      tx,
      door.officeId,
      order.map((one) => one.visitId),
    );
    await notifyOffices(tx, [{ officeId: door.officeId }]);
    return true;
  });
}
