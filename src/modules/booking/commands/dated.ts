import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can, makeCard, restorePresence, saveCard, usePresence, type IssuedCard } from "#modules/people/index.ts";
import {
  arrange,
  dropKept,
  keepPlaces,
  listSpare,
  stepsOf,
  type Need,
  type PlacePool,
  type SparePlace,
} from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { needsOf } from "../rules/party.ts";
import type { ApplicantRequest, Booked, BookingRefusal } from "../types.ts";
import { peopleAtDesk } from "./at-desk.ts";
import { book, inOrder, serviceLookup } from "./bookings.ts";

/** Days ahead within which whoever cannot be served today gets a date. Our own number: four weeks can be planned by a family. */
const DATED_WITHIN_DAYS = 28;
/** Dates that a desk offers at once. Our own number: what a person at a counter can choose between. */
const MOST_DATES = 6;
/** Minutes for which the chosen place is kept while its booking is made. */
const KEPT_MINUTES = 2;
/**
 * Whose places are given, the first that has any: what offices keep for the telephone and the desk, with what is open
 * to all; then what is kept for urgent cases and for whoever waits. None that was promised to a draw.
 */
const DATED_POOLS: readonly (readonly PlacePool[])[] = [["assisted"], ["assisted", "urgent", "waitlist"]];

/** A day and hour at which a whole party fits. */
export interface DatedTime {
  readonly localDate: LocalDate;
  readonly startsAt: Date;
}

/** What a family leaves with. */
export interface DatedBooking extends Booked {
  readonly localDate: LocalDate;
  /** Shown once, for whoever has no other contact. */
  readonly card: IssuedCard | undefined;
}

/** What is asked of a party before anybody types a name: the services of each of its people. */
export type WantedServices = readonly { readonly services: readonly ServiceSlug[] }[];

/**
 * Dates at the caller's office for whoever stands at its desk and cannot be served today: the first hour of each of the
 * next days. Empty when there is none, and for whoever books for nobody.
 */
export async function listDatedTimes(ctx: Context, people: WantedServices): Promise<DatedTime[]> {
  const desk = await deskOf(ctx);
  if (!desk) return [];
  const needs = needsOf(people as readonly ApplicantRequest[], await serviceLookup(ctx));
  if (needs.length === 0) return [];
  return transaction(ctx, "console", async (tx) => {
    for (const pools of DATED_POOLS) {
      const found = firstHours(await sparePlaces(tx, ctx, desk, needs, pools), needs);
      if (found.length > 0) return found.slice(0, MOST_DATES);
    }
    return [];
  });
}

/**
 * Books one of those dates at once, so that nobody leaves with a word only. Only for whoever was shown to be there, by
 * her code, her card or a second member of staff (fairness.md 3.2): a desk alone books nobody a date. What was shown is
 * used up by the booking and by nothing else.
 */
export async function bookDated(
  ctx: Context,
  request: {
    /** What was shown; with a code or a card it is booked on that contact, else on a new paper card. */
    readonly presence: string;
    readonly applicants: readonly ApplicantRequest[];
    readonly startsAt: Date;
  },
): Promise<
  Outcome<DatedBooking, BookingRefusal | { readonly code: "not_allowed" | "presence_needed" | "changed_meanwhile" }>
> {
  const desk = await deskOf(ctx);
  if (!desk) return refuse({ code: "not_allowed" });
  const { startsAt, presence } = request;
  const applicants = await inOrder(ctx, request.applicants);
  const service = await serviceLookup(ctx);
  const needs = needsOf(applicants, service);
  const localDate = localDateAt(startsAt, desk.zone);
  const people = await peopleAtDesk(ctx, { officeId: desk.officeId, localDate }, applicants, service);
  const standing = await people.standing();
  if (standing) return refuse(standing);
  const holder = newId<string>();
  const until = new Date(ctx.now.getTime() + KEPT_MINUTES * MINUTE_MS);
  const begun = await transaction(ctx, "console", async (tx) => {
    const shown = await usePresence(ctx, tx, presence, "date");
    if (!shown) return undefined;
    for (const pools of DATED_POOLS) {
      const spare = needs.length > 0 ? await sparePlaces(tx, ctx, desk, needs, pools) : [];
      const own = { officeId: desk.officeId, holder, until };
      if (
        await keepOneOf(
          tx,
          spare.filter((one) => one.localDate === localDate),
          { needs, startsAt, pools, own },
        )
      )
        return { shown, kept: true };
    }
    await restorePresence(ctx, tx, presence);
    return { shown, kept: false };
  });
  if (!begun) return refuse({ code: "presence_needed" });
  if (!begun.kept) return refuse({ code: "place_taken" });
  const made = begun.shown.contactId === undefined ? await makeCard(ctx) : undefined;
  if (made && !made.ok) return made;
  const card = made?.value.card;
  const contactId = begun.shown.contactId ?? card!.contactId;
  const wanted = { officeId: desk.officeId, localDate, startsAt };
  const elsewhere = await people.keep();
  const outcome = elsewhere
    ? refuse(elsewhere)
    : await book(ctx, { contactId, applicants, wanted, holdId: holder, kept: true });
  if (outcome.ok) {
    if (made) await saveCard(ctx, made.value);
    return accept({ ...outcome.value, localDate, card });
  }
  await transaction(ctx, "console", async (tx) => {
    await dropKept(tx, [holder]);
    await restorePresence(ctx, tx, presence);
  });
  return outcome;
}

/** Keeps places for all needs at this hour; what another desk has in its hands is passed over for the counter beside it. */
async function keepOneOf(
  tx: Tx,
  spare: readonly SparePlace[],
  to: {
    readonly needs: readonly Need[];
    readonly startsAt: Date;
    readonly pools: readonly PlacePool[];
    readonly own: { readonly officeId: OfficeId; readonly holder: string; readonly until: Date };
  },
): Promise<boolean> {
  const arrangement = arrange(spare, to.needs, to.startsAt.getTime());
  if (!arrangement) return false;
  const steps = stepsOf(arrangement);
  const kept = new Set(
    (
      await keepPlaces(
        tx,
        steps.map((step) => ({ ...step, ...to.own })),
        to.pools,
      )
    ).map(placeOf),
  );
  if (kept.size === steps.length) return true;
  await dropKept(tx, [to.own.holder]);
  const gone = new Set(steps.map(placeOf).filter((one) => !kept.has(one)));
  return keepOneOf(
    tx,
    spare.filter((one) => !gone.has(placeOf(one))),
    to,
  );
}

const placeOf = (one: { readonly sessionId: string; readonly startsAt: number; readonly counter: number }): string =>
  `${one.sessionId} ${Math.round(one.startsAt)} ${one.counter}`;

interface Desk {
  readonly officeId: OfficeId;
  /** IANA name. */
  readonly zone: string;
}

async function deskOf(ctx: Context): Promise<Desk | undefined> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || actor.officeId === undefined || !can(actor, "book_for_person", actor.officeId))
    return undefined;
  const office = (await getNetwork(ctx)).officeById.get(actor.officeId);
  return office && { officeId: office.id, zone: office.zone };
}

/** From tomorrow on, at the office itself: what is today is the hall's. */
async function sparePlaces(
  tx: Tx,
  { now }: Context,
  { officeId, zone }: Desk,
  needs: readonly Need[],
  pools: readonly PlacePool[],
): Promise<SparePlace[]> {
  const today = localDateAt(now, zone);
  const groups = [...new Set(needs.map((one) => one.group))];
  const span = { from: addDays(today, 1), to: addDays(today, DATED_WITHIN_DAYS), after: now };
  const spare = await listSpare(tx, { officeId, groups, ...span, heldBy: [] }, pools);
  return spare.filter((one) => (one.site ?? null) === null);
}

/** The first hour of each day at which the whole party fits; `places` are in the order of their hours. */
function firstHours(places: readonly SparePlace[], needs: readonly Need[]): DatedTime[] {
  return [...new Set(places.map((one) => one.localDate))].flatMap((localDate) => {
    const own = places.filter((one) => one.localDate === localDate);
    const first = [...new Set(own.map((one) => one.startsAt))].find((start) => arrange(own, needs, start));
    return first === undefined ? [] : [{ localDate, startsAt: new Date(first) }];
  });
}
