import { randomUUID } from "node:crypto";
import type { TestServices } from "./database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "./fixtures.ts";
import type { ContactId, LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { advanceDraws, openNextDraw, type DrawId, type RequestId, type Wish } from "#modules/allocation/index.ts";
import { CalendarBusy, setRelease } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { bookDueOffers, requestPlaces, type PlacesRequest } from "#modules/booking/index.ts";

/** First day of the draw that is open at the reference instant. */
export const DRAWN_DAY = "2026-12-14" as LocalDate;

/** Fresno draws its documents: one session of so many blocks of an hour, and a draw that is open. */
export async function aDrawWorld(
  services: TestServices,
  { hours = 1, counters = 2, day = DRAWN_DAY } = {},
): Promise<DrawId> {
  // It says how long a place of the group is, and makes none: where a timetable runs, it would fill the days of the draw
  // between one step of a test and the next.
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from, valid_to)
     values ($1, 'fresno', 'documentacion', 'regular', '{1}', '09:00', '15:00', 1, 15, '2026-01-01', '2026-01-31')`,
    [randomUUID()],
  );
  // One block in ten is kept for urgent cases and one for what is left over: counters 5 and 10 of an hour.
  await aSession(services, { localDate: day, opens: "09:00", steps: hours * 4, counters });
  const ctx = systemContext(services, "test");
  await whenFree(() =>
    setRelease(ctx, {
      officeId: FRESNO,
      serviceGroup: "documentacion",
      regime: "draw",
      drawsFrom: day,
      demand: null,
      decidedAt: services.clock.now(),
      decidedBy: "staff",
    }),
  );
  const draw = await openNextDraw(ctx, "weekly");
  if (!draw) throw new Error("no draw was opened");
  return draw;
}

/** While a timetable fills a calendar, whoever decides about it tries again, as a person at the console does. */
async function whenFree(decide: () => Promise<unknown>, tries = 20): Promise<void> {
  try {
    await decide();
  } catch (error) {
    if (!(error instanceof CalendarBusy) || tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 250));
    await whenFree(decide, tries - 1);
  }
}

export const ANY_MORNING: Wish = {
  offices: [FRESNO],
  weekdays: [1, 2, 3, 4, 5],
  bands: ["morning"],
  from: DRAWN_DAY,
  to: "2026-12-18" as LocalDate,
  first: "day",
  orElse: [],
};

export interface AskingHousehold {
  readonly contactId: ContactId;
  readonly requestId: RequestId;
}

/** Households of one person each (matrícula, fifteen minutes) that ask for any morning; each number is another person. */
export async function someRequests(
  services: TestServices,
  count: number,
  change: Partial<PlacesRequest> = {},
  first = 0,
): Promise<AskingHousehold[]> {
  const contacts = await someContacts(services, count);
  const asked: AskingHousehold[] = [];
  for (const [i, contactId] of contacts.entries()) {
    const filed = await requestPlaces(citizen(services, contactId), {
      contactId,
      applicants: [anApplicant(first + i, { services: ["matricula-consular" as ServiceSlug] })],
      wish: ANY_MORNING,
      autoConfirm: true,
      ...change,
    });
    if (!filed.ok) throw new Error(filed.refusal.code);
    asked.push({ contactId, requestId: filed.value.requestId });
  }
  return asked;
}

/** Goes to an instant and does what is due of every draw, as the timetable would. */
export async function goOn(services: TestServices, to: Date): Promise<void> {
  services.clock.set(to);
  const ctx = systemContext(services, "test");
  // Each run takes one step of each draw.
  for (let step = 0; step < 3; step++) await advanceDraws({ ...ctx, now: to });
  await bookDueOffers({ ...ctx, now: to });
}

/** How long a step of a node beside may take before something is wrong. */
const STEP_MOST_MS = 30_000;

/** The same where an application runs: the step that its timetable has in hand is waited for, and the next one done. */
export async function goOnBeside(services: TestServices, to: Date): Promise<void> {
  const giveUp = Date.now() + STEP_MOST_MS;
  const underWay = () =>
    services.adminQuery(
      "select id from allocation.draws where (state = 'open' and follows is null and locks_at <= $1) or (state = 'locked' and draws_at <= $1)",
      [to],
    );
  do await goOn(services, to);
  while ((await underWay()).length > 0 && Date.now() < giveUp);
  await goOn(services, to);
}

/** The hours of that draw, in UTC: Sunday evening, half an hour later, Wednesday evening, half an hour later, Friday noon. */
export const HOURS = {
  lock: new Date("2026-11-30T02:00:00Z"),
  round: new Date("2026-11-30T02:30:00Z"),
  answers: new Date("2026-12-03T02:00:00Z"),
  secondRound: new Date("2026-12-03T02:35:00Z"),
  over: new Date("2026-12-04T18:00:00Z"),
} as const;

/** The day's draw of what came back: cut-off at six in the evening, the round half an hour later, the answers by noon. */
export const DAILY = {
  tick: new Date("2026-12-05T22:00:00Z"),
  lock: new Date("2026-12-06T00:00:00Z"),
  round: new Date("2026-12-06T00:30:00Z"),
  over: new Date("2026-12-06T18:00:00Z"),
} as const;
