import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { ContactId } from "#kernel/ids.ts";
import { checkChain, getNetwork } from "#modules/offices/index.ts";
import { coalesce } from "#platform/coalesce.ts";
import { transaction, type Context, type Services } from "#platform/context.ts";
import { extendHold as extendHeldPlaces, MIN_LEAD_HOURS, releaseHolds } from "#modules/schedules/index.ts";
import { judgeTicket, ROOM_HOLD_MS, type RoomId, type RoomRefusal } from "#modules/room/index.ts";
import { idempotencyDigests } from "#platform/idempotency.ts";
import { takeOne, type TooOften } from "#platform/limits/index.ts";
import { newId } from "#platform/random.ts";
import { nameKeyText } from "../rules/names.ts";
import { refuseParty, needsOf, HOLD_MINUTES, type ServiceLookup } from "../rules/party.ts";
import { findCommitted } from "../store/changes.ts";
import { extendHoldOnce, findHoldOf, setHolds } from "../store/counters.ts";
import type { ApplicantRequest, Booked, BookingRefusal, WantedTime } from "../types.ts";
import { bookMany, type PreparedBooking } from "./book-many.ts";
import { holdInRoomMany, type RoomHold } from "./hold-in-room-many.ts";
import { holdOnceMany, type HoldOnce } from "./hold-once-many.ts";
import { prepare, type BookRequest } from "./prepare.ts";

/** A hold that somebody looks at: until when, and under which id it is confirmed. */
export interface Held {
  readonly holdId: string;
  readonly heldUntil: Date;
}

interface Queues {
  readonly book: (input: PreparedBooking) => Promise<Outcome<Booked, BookingRefusal>>;
  readonly hold: (input: HoldOnce) => Promise<Outcome<Held, BookingRefusal>>;
  readonly holdInRoom: (input: RoomHold) => Promise<Outcome<Held, BookingRefusal | RoomRefusal>>;
  idle(): Promise<void>;
}

const queues = new WeakMap<object, Queues>();

/** One queue per database of the process: what arrives while the last batch commits is the next one. */
function queuesOf(services: Pick<Services, "database">): Queues {
  let own = queues.get(services.database);
  if (!own) {
    const { database } = services;
    const book = coalesce<PreparedBooking, Outcome<Booked, BookingRefusal>>({
      database,
      role: "citizen_writer",
      many: (tx, inputs) => bookMany(tx, inputs),
      resolve: async (inputs) => {
        const committed = await database.transaction("citizen_writer", {}, (tx) =>
          findCommitted(
            tx,
            inputs.map((one) => one.bookingId),
          ),
        );
        return inputs.map(({ bookingId, officeId }) =>
          committed.has(bookingId) ? accept({ bookingId, officeId }) : undefined,
        );
      },
    });
    const hold = coalesce<HoldOnce, Outcome<Held, BookingRefusal>>({
      database,
      role: "citizen_writer",
      many: (tx, inputs) => holdOnceMany(tx, inputs),
    });
    const holdInRoom = coalesce<RoomHold, Outcome<Held, BookingRefusal | RoomRefusal>>({
      database,
      role: "citizen_writer",
      many: holdInRoomMany,
    });
    const all = [book, hold, holdInRoom];
    own = { book, hold, holdInRoom, idle: async () => void (await Promise.all(all.map((one) => one.idle()))) };
    queues.set(database, own);
  }
  return own;
}

/** Resolves when every command that was accepted has been answered: asked at shutdown. */
export async function bookingIdle(services: Pick<Services, "database">): Promise<void> {
  await queues.get(services.database)?.idle();
}

/** Books a party at a free time, or confirms what it holds. Refuses in the person's favour: all or nothing, never because of a stranger. */
export async function book(ctx: Context, request: BookRequest): Promise<Outcome<Booked, BookingRefusal>> {
  const service = await serviceLookup(ctx);
  const lead = request.holdId === undefined ? MIN_LEAD_HOURS : 0;
  const refusal =
    refuseParty(request.applicants, service, request.wanted.localDate) ?? (await refuseTime(ctx, request.wanted, lead));
  if (refusal) return refuse(refusal);
  // What is held already was taken from the budget when it was held.
  const asked = request.holdId === undefined ? takeFromBudget(ctx) : accept(true);
  // Sealed meanwhile: what the few who are refused cost is less than everybody's waiting for the one and then the other.
  const [taken, prepared] = await Promise.all([
    asked,
    inOrder(ctx, request.applicants).then((applicants) => prepare(ctx, { ...request, applicants }, service)),
  ]);
  return taken.ok ? queuesOf(ctx).book(prepared) : taken;
}

/** Books the seats that a draw gave a household. Its party was judged at filing; the day may show what has changed since. */
export async function bookOffer(
  ctx: Context,
  request: BookRequest & { readonly offer: NonNullable<BookRequest["offer"]> },
): Promise<Outcome<Booked, BookingRefusal>> {
  const service = await serviceLookup(ctx);
  const refusal = refuseParty(request.applicants, service, request.wanted.localDate);
  if (refusal) return refuse(refusal);
  return queuesOf(ctx).book(await prepare(ctx, request, service));
}

/**
 * Keeps places for some minutes while the person reads and confirms. A new hold of the same contact gives the old one
 * back; one that is asked for again with its key does not.
 */
export async function hold(
  ctx: Context,
  request: Pick<BookRequest, "contactId" | "wanted" | "applicants" | "idempotency">,
): Promise<Outcome<Held, BookingRefusal>> {
  const service = await serviceLookup(ctx);
  const refusal =
    refuseParty(request.applicants, service, request.wanted.localDate) ?? (await refuseTime(ctx, request.wanted));
  if (refusal) return refuse(refusal);
  const taken = await takeFromBudget(ctx);
  if (!taken.ok) return taken;
  const { idempotency } = request;
  return queuesOf(ctx).hold({
    contactId: request.contactId,
    holdId: newId(),
    wanted: request.wanted,
    needs: needsOf(await inOrder(ctx, request.applicants), service),
    people: request.applicants.length,
    assisted: ctx.actor.kind === "staff",
    now: ctx.now,
    until: new Date(ctx.now.getTime() + HOLD_MINUTES * MINUTE_MS),
    idempotency: idempotency && {
      route: idempotency.route,
      ...(await idempotencyDigests(ctx.keyring, idempotency)),
    },
  });
}

/** The same of a waiting room's places, for whoever's turn it is: once for a ticket, for six minutes, and not lengthened. */
export async function holdInRoom(
  ctx: Context,
  request: {
    roomId: RoomId;
    token: string;
    contactId: ContactId;
    wanted: WantedTime;
    applicants: readonly ApplicantRequest[];
  },
): Promise<Outcome<Held, BookingRefusal | RoomRefusal>> {
  const { roomId, token, contactId, wanted, applicants } = request;
  const service = await serviceLookup(ctx);
  const refusal = refuseParty(applicants, service, wanted.localDate) ?? (await refuseTime(ctx, wanted));
  if (refusal) return refuse(refusal);
  const judged = await judgeTicket(ctx, { roomId, token, contactId, persons: applicants.map(nameKeyText) });
  if (!judged.ok) return judged;
  const { room } = judged.value;
  if (room.officeId !== wanted.officeId) return refuse({ code: "ticket_not_valid" });
  return queuesOf(ctx).holdInRoom({
    turn: judged.value,
    contactId,
    holdId: newId(),
    wanted,
    needs: needsOf(await inOrder(ctx, applicants), service),
    people: applicants.length,
    assisted: ctx.actor.kind === "staff",
    now: ctx.now,
    until: new Date(ctx.now.getTime() + ROOM_HOLD_MS),
    roomOf: room.serviceGroup,
  });
}

/** A citizen's own budget; whoever helps at a desk or a telephone has none, nor has what a draw gave. */
function takeFromBudget(ctx: Context): Promise<Outcome<true, TooOften>> {
  const { actor } = ctx;
  return actor.kind === "citizen" ? takeOne(ctx, "reserve", actor.contactId) : Promise.resolve(accept(true));
}

/** Lengthens a hold by as long again, once (WCAG 2.2.1). */
export function extendHold(ctx: Context, contactId: ContactId, held: Held): Promise<Outcome<Held, BookingRefusal>> {
  const heldUntil = new Date(held.heldUntil.getTime() + HOLD_MINUTES * MINUTE_MS);
  return transaction(ctx, "citizen_writer", async (tx) => {
    const first = await extendHoldOnce(tx, contactId, { holdId: held.holdId, until: held.heldUntil }, heldUntil);
    if (!first || (await extendHeldPlaces(tx, held.holdId, ctx.now, heldUntil)) === 0)
      return refuse({ code: "hold_expired" });
    return accept({ holdId: held.holdId, heldUntil });
  });
}

/** Gives held places back at once: the person went back to choose another time. */
export function releaseHold(ctx: Context, contactId: ContactId): Promise<void> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    const own = await findHoldOf(tx, contactId);
    if (!own) return;
    await releaseHolds(tx, [own.holdId]);
    await setHolds(tx, [{ contactId, holdId: null, until: null }]);
  });
}

/** The services of the network, by slug. */
export async function serviceLookup(ctx: Context): Promise<ServiceLookup> {
  const { serviceBySlug } = await getNetwork(ctx);
  return (slug) => serviceBySlug.get(slug);
}

/** Everybody's services in the order of their chains: the copy before the card, the card before the passport. */
export async function inOrder(
  ctx: Context,
  applicants: readonly ApplicantRequest[],
): Promise<readonly ApplicantRequest[]> {
  const network = await getNetwork(ctx);
  return applicants.map((applicant) => {
    if (applicant.services.length === 1) return applicant;
    const chosen = applicant.services.flatMap((slug) => network.serviceBySlug.get(slug) ?? []);
    return { ...applicant, services: checkChain(network, chosen).order.map((one) => one.slug) };
  });
}

/** Days ahead beyond which no office ever opens its calendar. Without a bound every made-up day would get a key of its own. */
const MOST_DAYS_AHEAD = 370;

/**
 * Nothing is to be had in the past, at shorter notice than offices plan for, at the end of time or at an office that
 * there is not: no key is made for it and nothing is stored.
 */
export async function refuseTime(
  ctx: Context,
  { officeId, localDate, startsAt }: WantedTime,
  leadHours = MIN_LEAD_HOURS,
): Promise<BookingRefusal | undefined> {
  const { officeById } = await getNetwork(ctx);
  const now = ctx.now.getTime();
  const lastDay = now + MOST_DAYS_AHEAD * DAY_MS;
  const isPossible =
    officeById.has(officeId) &&
    startsAt.getTime() > now &&
    startsAt.getTime() >= now + leadHours * HOUR_MS &&
    startsAt.getTime() < lastDay &&
    Date.parse(localDate) > now - 2 * DAY_MS &&
    Date.parse(localDate) < lastDay;
  return isPossible ? undefined : { code: "place_taken" };
}
