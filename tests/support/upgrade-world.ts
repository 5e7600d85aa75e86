import type { TestServices } from "./database.ts";
import { aDrawWorld, ANY_MORNING, DRAWN_DAY, goOn, HOURS, someRequests, type AskingHousehold } from "./draw-world.ts";
import { aSession, FRESNO } from "./fixtures.ts";
import type { OfficeId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { setRelease } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";

const DALLAS = "dallas" as OfficeId;

/** Five minutes after the answers, and before the second round. */
export const SECOND_LOCK = new Date(HOURS.answers.getTime() + 6 * MINUTE_MS);

export interface UpgradeWorld {
  /** Was given Fresno's one place. */
  readonly first: AskingHousehold;
  /** Was given one of eight in Dallas, and would rather have Fresno's. */
  readonly upgrader: AskingHousehold;
  /** Nine that want Dallas alone. */
  readonly others: readonly AskingHousehold[];
}

/** A first round with its offers: who must not wait goes first, so that everybody knows who has what. */
export async function anUpgradeWorld(services: TestServices): Promise<UpgradeWorld> {
  await aDrawWorld(services, { hours: 0.25, counters: 1 });
  await aSession(services, { officeId: DALLAS, localDate: DRAWN_DAY, opens: "09:00", steps: 2, counters: 4 });
  await setRelease(systemContext(services, "test"), {
    officeId: DALLAS,
    serviceGroup: "documentacion",
    regime: "draw",
    drawsFrom: DRAWN_DAY,
    demand: null,
    decidedAt: services.clock.now(),
    decidedBy: "staff",
  });
  const ask = { autoConfirm: false, wish: { ...ANY_MORNING, to: null } } as const;
  const rather = { ...ask.wish, offices: [FRESNO, DALLAS], first: "office" } as const;
  const deadline = { kind: "deadline" as const, ordinal: 1, on: DRAWN_DAY };
  const [first] = await someRequests(services, 1, { ...ask, declared: [deadline] });
  const disability = { kind: "disability" as const, ordinal: 1 };
  const [upgrader] = await someRequests(services, 1, { ...ask, wish: rather, declared: [disability] }, 50);
  const others = await someRequests(services, 9, { wish: { ...ask.wish, offices: [DALLAS] } }, 100);
  // Half an hour is less than a draw is given of a calendar.
  await services.adminQuery("update schedules.places set pool = 'draw'");
  // They were served before: of so few places a mailbox alone has no share.
  await services.adminQuery("update allocation.requests set contact_class = 'known'");
  await services.adminQuery("update allocation.entries set contact = 'known'");
  for (const to of [HOURS.lock, HOURS.round]) await goOn(services, to);
  return { first: first!, upgrader: upgrader!, others };
}
