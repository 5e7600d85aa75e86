import type { LocalDate } from "#kernel/ids.ts";
import { instantOf, MINUTE_MS } from "#kernel/time.ts";
import { listDay, type PartyOfDay } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { StaffMember } from "#modules/people/index.ts";
import {
  callParty,
  checkIn,
  markNoShow,
  recordOutcomes,
  startService,
  type OutcomeInput,
  type VisitOutcome,
} from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";
import { diceOf, type Dice } from "./dice.ts";
import { DEMO_OFFICE, staffContext } from "./staff.ts";

const NO_SHOW_SHARE = 0.07;
/** Minutes at a counter for each person of a party. */
const MINUTES_EACH = 11;
/** Counters of the documentation hall that call people. */
const COUNTERS = 8;
/** Parties received at once; each step of one waits for the step before. */
const LANES = 4;
const COMES_SOON_MINUTES = 20;

/** Lets the demo office's day go as it might have gone until now: who came, who is at a counter, what came of it. */
export async function playHall(services: Services, clerk: StaffMember, localDate: LocalDate): Promise<void> {
  const now = services.clock.now().getTime();
  const { zone } = (await getNetwork(services)).officeById.get(DEMO_OFFICE)!;
  const midnight = instantOf(localDate, "00:00", zone).getTime();
  const day = await listDay(staffContext(services, clerk), DEMO_OFFICE, localDate);
  if (!day.ok) throw new Error(`demo hall: ${day.refusal.code}`);
  const due = day.value.filter(
    (party) => party.visit === undefined && party.startsAt.getTime() < now + COMES_SOON_MINUTES * MINUTE_MS,
  );
  const lane = async (): Promise<void> => {
    for (let party = due.shift(); party !== undefined; party = due.shift())
      await playParty(services, clerk, party, { now, midnight }, diceOf(`hall ${party.bookingId}`));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function playParty(
  services: Services,
  clerk: StaffMember,
  party: PartyOfDay,
  { now, midnight }: { now: number; midnight: number },
  dice: Dice,
): Promise<void> {
  const { bookingId } = party;
  const startsAt = party.startsAt.getTime();
  // Whoever has the first place after midnight has come on the same day.
  const arrives = Math.max(midnight, startsAt - dice.between(3, 25) * MINUTE_MS);
  const called = Math.max(arrives + MINUTE_MS, startsAt + dice.between(-2, 14) * MINUTE_MS);
  const serving = called + MINUTE_MS;
  const done = serving + party.people.length * MINUTES_EACH * MINUTE_MS;
  if (dice.chance(NO_SHOW_SHARE)) {
    if (startsAt + 30 * MINUTE_MS < now)
      await markNoShow(staffContext(services, clerk, new Date(startsAt + 30 * MINUTE_MS)), { bookingId });
    return;
  }
  if (arrives > now) return;
  let visit = visitOf(await checkIn(staffContext(services, clerk, new Date(arrives)), { bookingId }));
  if (called > now) return;
  visit = visitOf(
    await callParty(staffContext(services, clerk, new Date(called)), {
      visitId: visit.id,
      version: visit.version,
      counter: dice.between(1, COUNTERS),
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
