import type { LocalDate } from "#kernel/ids.ts";
import { instantOf, MINUTE_MS } from "#kernel/time.ts";
import { listDay, type PartyOfDay } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { StaffMember } from "#modules/people/index.ts";
import {
  callParty,
  checkIn,
  listCounters,
  markNoShow,
  passOn,
  recordOutcomes,
  startService,
  type HallCounter,
  type OutcomeInput,
  type VisitOutcome,
} from "#modules/visits/index.ts";
import type { Context, Services } from "#platform/context.ts";
import { diceOf, type Dice } from "./dice.ts";
import { DEMO_OFFICE, staffContext } from "./staff.ts";

const NO_SHOW_SHARE = 0.07;
/** Minutes at a counter for each person of a party. */
const MINUTES_EACH = 11;
/** Parties received at once; each step of one waits for the step before. */
const LANES = 4;
const COMES_SOON_MINUTES = 20;
/** Minutes within which papers and cashier are behind a party; when in the share of each it is called there, and goes on. */
const MOST_BEFORE_MINUTES = 12;
const CALLED_SHARE = 0.5;
const PASSED_SHARE = 0.9;

/** Lets the demo office's day go as it might have gone until now: who came, who is at a counter, what came of it. */
export async function playHall(services: Services, clerk: StaffMember, localDate: LocalDate): Promise<void> {
  const now = services.clock.now().getTime();
  const { zone } = (await getNetwork(services)).officeById.get(DEMO_OFFICE)!;
  const midnight = instantOf(localDate, "00:00", zone).getTime();
  const day = await listDay(staffContext(services, clerk), DEMO_OFFICE, localDate);
  if (!day.ok) throw new Error(`demo hall: ${day.refusal.code}`);
  const counters = await listCounters(staffContext(services, clerk), DEMO_OFFICE, localDate);
  const due = day.value.filter(
    (party) => party.visit === undefined && party.startsAt.getTime() < now + COMES_SOON_MINUTES * MINUTE_MS,
  );
  const turns = planTurns(due, counters, { midnight, taken: takenCounters(day.value) });
  const lane = async (): Promise<void> => {
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift())
      await playParty(services, clerk, turn, now);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

export interface Turn {
  readonly party: PartyOfDay;
  /** Goes on where the plan left off. */
  readonly dice: Dice;
  readonly comes: boolean;
  readonly arrives: number;
  readonly called: number;
  readonly serving: number;
  readonly done: number;
  readonly counter: number;
}

/** Until when each counter is taken by parties of an earlier start that was interrupted. */
function takenCounters(parties: readonly PartyOfDay[]): Map<number, number> {
  const taken = new Map<number, number>();
  for (const { visit } of parties)
    if (visit && visit.counter !== null)
      taken.set(visit.counter, Math.max(taken.get(visit.counter) ?? 0, visit.doneAt?.getTime() ?? Infinity));
  return taken;
}

/** When each party comes, and when which counter calls it: the first of its service that is free. Who finds none free waits. */
export function planTurns(
  parties: readonly PartyOfDay[],
  counters: readonly HallCounter[],
  { midnight, taken }: { midnight: number; taken: ReadonlyMap<number, number> },
): Turn[] {
  const freeAt = new Map(counters.map(({ number }) => [number, taken.get(number) ?? 0]));
  const wishes = parties.map((party) => {
    const key = keyOf(party);
    const dice = diceOf(`hall ${key}`);
    const startsAt = party.startsAt.getTime();
    // Whoever has the first place after midnight has come on the same day.
    const arrives = Math.max(midnight, startsAt - dice.between(3, 25) * MINUTE_MS);
    const wish = Math.max(arrives + MINUTE_MS, startsAt + dice.between(-2, 14) * MINUTE_MS);
    return { party, key, dice, arrives, wish, comes: !dice.chance(NO_SHOW_SHARE) };
  });
  wishes.sort((a, b) => a.wish - b.wish || (a.key < b.key ? -1 : 1));
  return wishes.map(({ party, dice, arrives, wish, comes }): Turn => {
    const group = party.appointments[0]?.serviceGroup;
    const own = counters.filter((one) => one.serviceGroup === group).map(({ number }) => number);
    const counter = own.toSorted((a, b) => freeAt.get(a)! - freeAt.get(b)!)[0];
    const called = counter === undefined ? Infinity : Math.max(wish, freeAt.get(counter)!);
    const serving = called + MINUTE_MS;
    const done = serving + party.people.length * MINUTES_EACH * MINUTE_MS;
    if (comes && counter !== undefined) freeAt.set(counter, done);
    return { party, dice, comes, arrives, called, serving, done, counter: counter ?? 0 };
  });
}

/** What is the same in every run of one day: ids and folios are drawn anew each time. */
function keyOf({ startsAt, people, appointments }: PartyOfDay): string {
  const names = people.map((one) => [one.givenNames, one.firstSurname, one.secondSurname]);
  return JSON.stringify([DEMO_OFFICE, startsAt, names, appointments.map(({ services }) => services)]);
}

async function playParty(services: Services, clerk: StaffMember, turn: Turn, now: number): Promise<void> {
  const { party, dice, arrives, called, serving, done, counter } = turn;
  const { bookingId } = party;
  if (!turn.comes) {
    const missed = party.startsAt.getTime() + 30 * MINUTE_MS;
    if (missed < now) await markNoShow(staffContext(services, clerk, new Date(missed)), { bookingId });
    return;
  }
  if (arrives > now) return;
  let visit = visitOf(await checkIn(staffContext(services, clerk, new Date(arrives)), { bookingId }));
  // Papers and cashier lie before the counter of her service, within the time for which she waits for it.
  const before = visit.route.slice(0, -1);
  const room = Math.min(called - arrives, MOST_BEFORE_MINUTES * MINUTE_MS);
  for (const [i] of before.entries()) {
    const at = (share: number): Context =>
      staffContext(services, clerk, new Date(arrives + ((i + share) / before.length) * room));
    if (at(CALLED_SHARE).now.getTime() > now) return;
    visit = visitOf(await callParty(at(CALLED_SHARE), { visitId: visit.id, version: visit.version, counter: 1 }));
    if (at(PASSED_SHARE).now.getTime() > now) return;
    visit = visitOf(await passOn(at(PASSED_SHARE), { visitId: visit.id, version: visit.version }));
  }
  if (called > now) return;
  visit = visitOf(
    await callParty(staffContext(services, clerk, new Date(called)), {
      visitId: visit.id,
      version: visit.version,
      counter,
    }),
  );
  if (serving > now) return;
  visit = visitOf(
    await startService(staffContext(services, clerk, new Date(serving)), { visitId: visit.id, version: visit.version }),
  );
  if (done > now) return;
  visitOf(
    await recordOutcomes(staffContext(services, clerk, new Date(done)), {
      visitId: visit.id,
      version: visit.version,
      outcomes: outcomesOf(dice, party),
    }),
  );
}

function outcomesOf(dice: Dice, party: PartyOfDay): OutcomeInput[] {
  return party.appointments.flatMap(({ id, services }) =>
    services.map((service): OutcomeInput => {
      const code = dice.weighted([
        [90, "issued"],
        [8, "missing_document"],
        [2, "refused"],
      ] as const);
      if (code === "missing_document")
        return {
          appointmentId: id,
          service,
          code,
          reason: dice.pick(["birth_record", "identification", "proof_of_address", "parent_permission"]),
        };
      return code === "refused"
        ? { appointmentId: id, service, code, reason: "record_differs" }
        : { appointmentId: id, service, code };
    }),
  );
}

function visitOf(outcome: VisitOutcome) {
  if (!outcome.ok) throw new Error(`demo hall: ${outcome.refusal.code}`);
  return outcome.value;
}
