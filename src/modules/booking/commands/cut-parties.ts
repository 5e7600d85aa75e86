import type { BookingId } from "#kernel/ids.ts";
import { addDays, HOUR_MS } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import {
  closeCutSessions,
  dropKept,
  freePlaces,
  insertCut,
  keepPlaces,
  keepsHours,
  listSpare,
  placeStore,
  PROPOSE_LEAD_HOURS,
  PROPOSE_WITHIN_DAYS,
  proposeMoves,
  stepsOf,
  withdrawPlaces,
  type Cut,
  type CutArea,
  type CutId,
  type CutPlace,
  type Proposal,
  type SparePlace,
} from "#modules/schedules/index.ts";
import type { Context, Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { bookingEvent } from "../events.ts";
import { displacedOf, listAffected, type AffectedParty } from "../queries/cuts.ts";
import { insertProposals, listOverrun, lockIdle, overrunProposals, seatAtCounters } from "../store/proposals.ts";

/** Who loses a place by a cut of these, and where each party could go: also to places that are to be made with it. Changes nothing. */
export async function previewMoves(
  tx: Tx,
  ctx: Context,
  area: CutArea,
  places: readonly CutPlace[],
  made: readonly SparePlace[] = [],
): Promise<{ affected: readonly AffectedParty[]; proposals: ReadonlyMap<string, Proposal> }> {
  const overrun = await listOverrun(tx, area.officeId, holdersOf(places));
  const affected = await listAffected(tx, area.officeId, whoLoses(places, overrun));
  const ids = overrun.map((one) => one.id);
  return { affected, proposals: await propose(tx, ctx, area, places, affected, ids, made) };
}

/** Takes locked places of an area away from everybody who has none of them yet; sessions of which nothing is left are closed. */
export async function withdrawArea(
  tx: Tx,
  ctx: Context,
  area: CutArea,
  cut: Pick<Cut, "id" | "reason" | "closingId"> & { readonly places: readonly CutPlace[] },
): Promise<void> {
  await insertCut(tx, { ...area, ...cut, places: cut.places.length, madeAt: ctx.now });
  await withdrawPlaces(tx, cut.id, cut.places);
  await closeCutSessions(tx, area);
}

/**
 * Finds another place for each party whose own a cut took, or whose proposed one. What it was asked before is over first.
 * Where everybody keeps her hour she is sent to another counter, and nobody has to be asked, nor told unless she had been
 * told not to come; what is on another hour or day is kept and proposed; the rest, and one whose booking or new place
 * somebody is changing at this moment, is left to the work list. Returns all of them.
 */
export async function settleParties(
  tx: Tx,
  ctx: Context,
  cut: CutArea & { readonly id: CutId },
  places: readonly CutPlace[],
): Promise<readonly AffectedParty[]> {
  const { officeId } = cut;
  const overrun = await listOverrun(tx, officeId, holdersOf(places));
  const idle = await lockIdle(tx, officeId, [
    ...new Set([...holdersOf(places).bookingIds, ...overrun.map((one) => one.bookingId)]),
  ]);
  // Whose kept place is cut has it no more, whatever she is doing; anybody else who is busy may be saying yes.
  const { heldBy } = holdersOf(places);
  const lost = overrun.filter((one) => idle.has(one.bookingId) || heldBy.includes(one.id)).map((one) => one.id);
  const over = await overrunProposals(tx, lost, ctx.now);
  await dropKept(tx, over);
  const isOver = new Set(over);
  const affected = await listAffected(
    tx,
    officeId,
    whoLoses(
      places,
      overrun.filter((one) => isOver.has(one.id)),
    ),
    cut.id,
  );
  const waiting = affected.filter((one) => idle.has(one.bookingId));
  const found = await keepFor(tx, officeId, waiting, await propose(tx, ctx, cut, places, waiting, []));
  const seated = found.filter(({ party, arrangement }) => keepsHours(party, arrangement));
  for (const { party, arrangement } of seated) {
    const { bookingId } = party;
    await freePlaces(tx, [bookingId]);
    const steps = stepsOf(arrangement).map((step) => ({ ...step, officeId, holder: bookingId }));
    await placeStore.takePlaces(tx, steps, undefined);
    await seatAtCounters(tx, bookingId, arrangement);
  }
  const asked = found.filter((one) => !seated.includes(one));
  await insertProposals(
    tx,
    asked.map(({ id, party, keptUntil, ...proposal }) => {
      const { bookingId } = party;
      return { id, officeId, bookingId, cutId: cut.id, ...placeOf(proposal)!, keptUntil };
    }),
    ctx.now,
  );
  const keeps = new Set(seated.map(({ party }) => party));
  await insertEvents(
    tx,
    affected.flatMap((party) => {
      if (keeps.has(party) && !party.told) return [];
      const name = keeps.has(party) ? "booking.restored" : "booking.displaced";
      return [bookingEvent(name, { ...party, id: party.bookingId, officeId }, ctx.now)];
    }),
  );
  return affected;
}

/** Days whose places are read at once: most find one within a week. */
const READ_DAYS = 7;

/** Places of the cut itself are proposed to nobody, also in a preview, where they still stand; nothing to whoever is there already. */
async function propose(
  tx: Tx,
  ctx: Context,
  { officeId, localDate }: CutArea,
  cut: readonly CutPlace[],
  affected: readonly AffectedParty[],
  heldBy: readonly string[],
  made: readonly SparePlace[] = [],
): Promise<Map<string, Proposal>> {
  const gone = new Set(cut.map((one) => `${one.sessionId} ${one.startsAt} ${one.counter}`));
  const askFrom = ctx.now.getTime() + PROPOSE_LEAD_HOURS * HOUR_MS;
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const proposals = new Map<string, Proposal>();
  let parties = affected.filter((one) => one.startsAt > ctx.now);
  const last = addDays(localDate, PROPOSE_WITHIN_DAYS);
  let from = [localDate, ...parties.map((one) => one.localDate)].sort()[0]!;
  // The soonest day with room is theirs: later places are read only for who finds none before.
  for (; parties.length > 0 && from <= last; from = addDays(from, READ_DAYS)) {
    const groups = [...new Set(parties.flatMap((one) => one.needs.map((need) => need.group)))];
    const to = [addDays(from, READ_DAYS - 1), last].sort()[0]!;
    const spare = await listSpare(tx, { officeId, groups, from, to, after: ctx.now, heldBy });
    const there = [...spare, ...made.filter((one) => from <= one.localDate && one.localDate <= to)];
    const left = there.filter((one) => !gone.has(`${one.sessionId} ${one.startsAt} ${one.counter}`));
    // A place in another town is no other place: whoever is expected at a venue is proposed that venue, and nobody else is.
    for (const site of new Set(parties.map((one) => one.site))) {
      const here = parties.filter((one) => one.site === site).map(displacedOf);
      const beside = left.filter((one) => (one.site ?? null) === site);
      for (const [id, proposal] of proposeMoves(here, beside, askFrom, zone)) proposals.set(id, proposal);
    }
    parties = parties.filter((one) => !proposals.has(one.bookingId));
  }
  return proposals;
}

type Kept = Proposal & { readonly id: string; readonly party: AffectedParty; readonly keptUntil: Date };

/** Keeps what was found, all of a party or nothing: until the hour that is lost, or the proposed one where that is sooner. */
async function keepFor(
  tx: Tx,
  officeId: CutArea["officeId"],
  affected: readonly AffectedParty[],
  proposals: ReadonlyMap<string, Proposal>,
): Promise<Kept[]> {
  const found = affected.flatMap((party): Kept[] => {
    const proposal = proposals.get(party.bookingId);
    if (!proposal) return [];
    const keptUntil = new Date(Math.min(party.startsAt.getTime(), placeOf(proposal)!.startsAt.getTime()));
    return [{ id: newId<string>(), party, ...proposal, keptUntil }];
  });
  const kept = await keepPlaces(
    tx,
    found.flatMap(({ id, arrangement, keptUntil }) =>
      stepsOf(arrangement).map((step) => ({ ...step, officeId, holder: id, until: keptUntil })),
    ),
  );
  const isWhole = ({ id, arrangement }: Kept): boolean =>
    kept.filter((one) => one.holder === id).length === stepsOf(arrangement).length;
  await dropKept(
    tx,
    found.flatMap((one) => (isWhole(one) ? [] : one.id)),
  );
  return found.filter(isWhole);
}

/** Bookings that stand on these places, and ids under which some are kept. */
export function holdersOf(places: readonly CutPlace[]) {
  const of = (state: CutPlace["state"]) =>
    [...new Set(places.flatMap((one) => (one.state === state ? one.holder! : [])))] as BookingId[];
  return { bookingIds: of("booked"), heldBy: of("held") as readonly string[] };
}

function whoLoses(places: readonly CutPlace[], overrun: readonly { readonly bookingId: BookingId }[]): BookingId[] {
  return [...holdersOf(places).bookingIds, ...overrun.map((one) => one.bookingId)];
}

export function isSameHour(proposal: Proposal | undefined, needs: AffectedParty["needs"]): boolean {
  return proposal !== undefined && keepsHours({ needs }, proposal.arrangement);
}

/** Day and first hour of another place. */
export function placeOf(proposal: Proposal | undefined) {
  return proposal
    ? {
        localDate: proposal.localDate,
        startsAt: new Date(Math.min(...proposal.arrangement.map((one) => one.startsAt))),
      }
    : null;
}
