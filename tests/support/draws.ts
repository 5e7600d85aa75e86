import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { LocalDate } from "../../src/kernel/ids.ts";
import { DRAWN_DAY, goOn, someRequests } from "./draw-world.ts";
import { hurryDemo, openNextDraw, type DrawId } from "../../src/modules/allocation/index.ts";
import { setRelease } from "../../src/modules/schedules/index.ts";
import { systemContext } from "../../src/platform/context.ts";
import type { TestServices } from "./database.ts";
import { aSession, FRESNO, FRESNO_ZONE } from "./fixtures.ts";

/** Long enough for every step of a hurried demonstration, its second round included. */
const DEMO_STEPS_MS = [0, 6_000, 26_000, 32_000, 60_000];

/** Fresno draws its documents: one hour of two counters, eight places of which are drawn. */
export async function fresnoDraws(services: TestServices, day: LocalDate = DRAWN_DAY): Promise<void> {
  // A draw knows the length of its places from templates; this one is over, and makes none.
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from, valid_to)
     values ($1, 'fresno', 'documentacion', 'regular', '{1}', '09:00', '15:00', 1, 15, '2026-01-01', '2026-01-31')`,
    [randomUUID()],
  );
  await aSession(services, { localDate: day, opens: "09:00", steps: 4, counters: 2 });
  await patiently(() =>
    setRelease(systemContext(services, "test"), {
      officeId: FRESNO,
      serviceGroup: "documentacion",
      regime: "draw",
      drawsFrom: day,
      demand: null,
      decidedAt: services.clock.now(),
      decidedBy: "demo",
    }),
  );
}

/** Where the program runs by itself, it may be filling that calendar at this very moment. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return void (await work());
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await wait(TRY_AGAIN_MS);
    }
  }
}
const MOST_TRIES = 20;
const TRY_AGAIN_MS = 100;

/** A demonstration in Fresno with so many households; the clock goes on to its result, or to its end with the second round. */
export async function aDrawnDemo(
  services: TestServices,
  { households = 12, until = "result" }: { households?: number; until?: "result" | "end" } = {},
): Promise<DrawId> {
  await fresnoDraws(services);
  const draw = await openNextDraw(systemContext(services, "test"), "demo");
  if (!draw) throw new Error("no draw was opened");
  await someRequests(services, households);
  // A draw is open for some time, however short.
  services.clock.advance(1_000);
  await hurryDemo(systemContext(services, "test"));
  const began = services.clock.now().getTime();
  const steps = until === "end" ? DEMO_STEPS_MS : DEMO_STEPS_MS.slice(0, 2);
  for (const after of steps) await goOn(services, new Date(began + after));
  return draw;
}

/** A special day of an office, as its supervisor would have opened it: a Saturday for documents. */
export async function aSaturday(services: TestServices, localDate: LocalDate, officeId = FRESNO): Promise<void> {
  const { sessionId } = await aSession(services, {
    officeId,
    localDate,
    opens: "08:00",
    steps: 20,
    counters: 4,
    zone: FRESNO_ZONE,
  });
  await services.adminQuery("update schedules.sessions set kind = 'saturday' where id = $1", [sessionId]);
}
