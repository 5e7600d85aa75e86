import fc from "fast-check";
import { expect } from "vitest";
import { brokenRules } from "./consistency.ts";
import { openTestServices, type TestServices } from "./database.ts";
import { anApplicant, aSession, citizen, FRESNO } from "./fixtures.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { listRequests, openDailyDraw, openShortDraw } from "#modules/allocation/index.ts";
import { buildSnapshot, reopenFreed, setRelease } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import {
  aDrawWorld,
  ANY_MORNING,
  DAILY,
  DRAWN_DAY,
  goOn,
  HOURS,
  someRequests,
  type AskingHousehold,
} from "./draw-world.ts";
import { at } from "./short-draws.ts";
import {
  acceptOffer,
  cancelBooking,
  changeRequest,
  decline,
  keepForBetterPlace,
  withdraw,
} from "#modules/booking/index.ts";

const HOUSEHOLDS = 12;
const PLACES = 8;
const DALLAS = "dallas" as OfficeId;

/** What a household may do at any moment, whether or not it makes sense then. */
const DEEDS = {
  async withdraw(services: TestServices, { contactId, requestId }: AskingHousehold) {
    return withdraw(citizen(services, contactId), requestId, contactId);
  },
  async decline(services: TestServices, { contactId, requestId }: AskingHousehold) {
    return decline(citizen(services, contactId), requestId, contactId);
  },
  async accept(services: TestServices, { contactId, requestId }: AskingHousehold) {
    return acceptOffer(citizen(services, contactId), requestId, contactId);
  },
  async keep(services: TestServices, { contactId, requestId }: AskingHousehold) {
    return keepForBetterPlace(citizen(services, contactId), requestId, contactId);
  },
  async change(services: TestServices, { contactId, requestId }: AskingHousehold) {
    return changeRequest(citizen(services, contactId), requestId, {
      contactId,
      applicants: [anApplicant(9_000)],
      wish: ANY_MORNING,
      autoConfirm: false,
    });
  },
  async cancel(services: TestServices, { contactId }: AskingHousehold) {
    const [request] = await listRequests(citizen(services, contactId));
    const bookingId = request?.bookingId;
    return bookingId ? cancelBooking(citizen(services, contactId), { bookingId, contactId }) : undefined;
  },
} as const;
type Deed = keyof typeof DEEDS;

/** A day of short draws before the visit: what came back is drawn, offered, passed on and drawn again. */
const SHORT = ["16:00", "16:05", "16:15", "18:15", "19:00", "19:05", "19:15", "21:15", "22:00"].map((time) => at(time));

/** Every moment of a cycle, of the daily draw after it, and of the last day, in order. */
const MOMENTS = [
  HOURS.lock,
  HOURS.round,
  HOURS.answers,
  new Date(HOURS.answers.getTime() + 5 * MINUTE_MS),
  HOURS.secondRound,
  HOURS.over,
  DAILY.tick,
  DAILY.lock,
  DAILY.round,
  DAILY.over,
  ...SHORT,
] as const;

const deed = fc.record({
  what: fc.constantFrom(...(Object.keys(DEEDS) as Deed[])),
  who: fc.nat(HOUSEHOLDS - 1),
});
const trace = fc.tuple(...MOMENTS.map(() => fc.array(deed, { maxLength: 5 })));

/**
 * Whatever households do and when, no place is doubled or lost, and none is seen before it is drawn again (invariants
 * 1, 2 and 15 of fairness.md). Asserts it over so many random traces, and says how many places a short draw offered in them, and how many were held in a second round.
 */
export async function tracesHold(runs: number): Promise<{ offered: number; held: number }> {
  let [offered, held] = [0, 0];
  await fc.assert(
    fc.asyncProperty(trace, fc.boolean(), async (deeds, isExchange) => {
      const services = await openTestServices();
      try {
        await twoOffices(services);
        const half = { wish: { ...ANY_MORNING, to: null }, shortNotice: true };
        const rather = { ...half.wish, offices: [FRESNO, DALLAS], first: "office" } as const;
        const households = [
          ...(await someRequests(services, HOUSEHOLDS / 2, half)),
          ...(await someRequests(services, HOUSEHOLDS / 2, { ...half, wish: rather, autoConfirm: false }, HOUSEHOLDS)),
        ];
        for (const [i, moment] of MOMENTS.entries()) {
          for (const { what, who } of deeds[i]!) await DEEDS[what](services, households[who]!);
          if (moment === HOURS.answers && isExchange) await wouldRather(services, households);
          services.clock.set(moment);
          const ctx = systemContext(services, "test");
          if (moment === DAILY.tick) {
            await reopenFreed(ctx);
            await openDailyDraw(ctx);
          }
          await openShortDraw(ctx);
          await goOn(services, moment);
          expect(await brokenRules(services.adminQuery)).toEqual({});
          const [counts] = await services.adminQuery<{ places: number; held: number }>(
            "select count(*)::int as places, count(*) filter (where state in ('open', 'held'))::int as held from schedules.places",
          );
          expect({ ...counts }).toEqual({ places: PLACES, held: 0 });
          const picture = await buildSnapshot(ctx);
          const seen = [...picture.offices.values()].flatMap((groups) =>
            [...groups.values()].flatMap((one) => one.soonest ?? []),
          );
          expect(seen).toEqual([]);
        }
        const [short] = await services.adminQuery<{ offered: number }>(
          "select count(*)::int as offered from allocation.filings f join allocation.draws d on d.id = f.draw_id where d.kind = 'short' and f.seating is not null",
        );
        offered += short!.offered;
        const [second] = await services.adminQuery<{ held: number }>(
          "select count(*)::int as held from allocation.entries where holds is not null",
        );
        held += second!.held;
      } finally {
        await services.close();
      }
    }),
    { numRuns: runs, endOnFailure: true },
  );
  return { offered, held };
}

/** Who has another than her first wish waits for that one, and one who has her first says no: by chance alone they seldom meet. */
async function wouldRather(services: TestServices, households: readonly AskingHousehold[]): Promise<void> {
  let isGiven = false;
  for (const household of households) {
    const kept = await DEEDS.keep(services, household);
    if (!kept.ok && kept.refusal.code === "no_better" && !isGiven)
      isGiven = (await DEEDS.decline(services, household)).ok;
  }
}

/** Four places in Fresno, four in Dallas. */
async function twoOffices(services: TestServices): Promise<void> {
  await aDrawWorld(services, { counters: 1 });
  await aSession(services, { officeId: DALLAS, localDate: DRAWN_DAY, opens: "09:00", steps: 4, counters: 1 });
  await setRelease(systemContext(services, "test"), {
    officeId: DALLAS,
    serviceGroup: "documentacion",
    regime: "draw",
    drawsFrom: DRAWN_DAY,
    demand: null,
    decidedAt: services.clock.now(),
    decidedBy: "staff",
  });
}
