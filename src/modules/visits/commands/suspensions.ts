import type { LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { instantOf, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { dayNews } from "../events.ts";
import {
  listParties,
  listSessions,
  listSuspendedOffices,
  listSuspensions,
  type PartyToday,
} from "../queries/the-day.ts";
import { TOLD_FROM_MINUTES } from "../rules/pacing.ts";
import { suspendedFor, type SuspensionReason } from "../rules/suspension.ts";
import {
  endSuspensions,
  insertSuspensions,
  lockDay,
  markToldBack,
  saveHours,
  setNews,
  undoRights,
} from "../store/the-day.ts";
import { readHallPlan } from "../store/turns.ts";
import { routeOf } from "../rules/turn.ts";
import { notifyOffices } from "../store/visits.ts";
import type { Station } from "../types.ts";
import { holdParties, isPartyHeld } from "./hold.ts";
import { inHall, type Hall } from "./office.ts";

export type SuspensionRefusal =
  | { readonly code: "not_allowed" }
  /** The office does not give it today, or at all. */
  | { readonly code: "unknown_service" }
  | { readonly code: "already_suspended" }
  | { readonly code: "not_suspended" }
  | { readonly code: "news_in_the_past" };

/** Parties that were told to stay at home, and that stand in the hall with a right to return. */
export interface Held {
  readonly told: number;
  readonly inside: number;
}

/** Services of today whose way leads through a station. */
async function servicesThrough(
  tx: Tx,
  officeId: OfficeId,
  station: Station,
  given: readonly ServiceSlug[],
): Promise<ServiceSlug[]> {
  const plan = await readHallPlan(tx, officeId);
  return given.filter((slug) => routeOf([slug], plan).includes(station));
}

/**
 * Stops services for a part of today, or a station with all whose way leads through it. Nobody who needs nothing else is called; who is expected in the next hours is told
 * to stay at home, and all of them may come back without an appointment. `newsAt`: `HH:MM` on the office's clock.
 */
export function suspendServices(
  ctx: Context,
  input: { reason: SuspensionReason; newsAt: string } & (
    { readonly services: readonly ServiceSlug[] } | { readonly station: Station }
  ),
): Promise<Outcome<Held, SuspensionRefusal>> {
  return onTheDay(ctx, async (hall) => {
    const { tx, officeId, today } = hall;
    const groups = new Set((await listSessions(tx, officeId, today)).map((one) => one.serviceGroup));
    const { serviceBySlug } = await getNetwork(ctx);
    const isGiven = (slug: ServiceSlug): boolean => {
      const service = serviceBySlug.get(slug);
      return service !== undefined && groups.has(service.group);
    };
    const station = "station" in input ? input.station : null;
    const wanted =
      "services" in input
        ? [...new Set(input.services)]
        : await servicesThrough(
            tx,
            officeId,
            input.station,
            [...serviceBySlug.values()].map(({ slug }) => slug).filter(isGiven),
          );
    if (wanted.length === 0 || !wanted.every(isGiven)) return refuse({ code: "unknown_service" });
    const newsAt = newsHour(ctx, hall, input.newsAt);
    if (!newsAt) return refuse({ code: "news_in_the_past" });
    const standing = suspendedFor(await listSuspensions(tx, officeId, today), undefined);
    // Of a station whatever stands still already stays as it is.
    const services = station === null ? wanted : wanted.filter((one) => !standing.has(one));
    if (services.length === 0 || services.some((one) => standing.has(one)))
      return refuse({ code: "already_suspended" });
    const rows = services.map((service) => ({ id: newId<string>(), service }));
    await insertSuspensions(tx, { officeId, localDate: today, reason: input.reason, station }, rows, {
      newsAt,
      startedAt: ctx.now,
    });
    const held = await holdParties(tx, hall, ctx.now);
    await note(ctx, hall, "day.suspend", held.told + held.inside);
    return accept(held);
  });
}

/** Moves the hour of the next news, where there is none yet. Who was told to stay at home is told that hour too. */
export function postponeNews(
  ctx: Context,
  input: { services: readonly ServiceSlug[]; newsAt: string },
): Promise<Outcome<Held, SuspensionRefusal>> {
  return onTheDay(ctx, async (hall) => {
    const ids = await standingOf(hall, input.services);
    if (!ids) return refuse({ code: "not_suspended" });
    const newsAt = newsHour(ctx, hall, input.newsAt);
    if (!newsAt) return refuse({ code: "news_in_the_past" });
    await setNews(hall.tx, hall.officeId, ids, newsAt);
    const held = await holdParties(hall.tx, hall, ctx.now);
    await note(ctx, hall, "day.postpone_news", held.told);
    return accept(held);
  });
}

/**
 * Services go on, in the order in which people stood. Who was told to stay at home is told once that it may come, and keeps
 * the right to come another day. `undone`: it was a slip of the hand, so that who was told nothing and has no paper is
 * where it was before.
 */
export function resumeServices(
  ctx: Context,
  input: { services: readonly ServiceSlug[]; undone?: boolean | undefined },
): Promise<Outcome<{ readonly told: number }, SuspensionRefusal>> {
  return onTheDay(ctx, async (hall) => {
    const { tx, officeId, today } = hall;
    const ids = await standingOf(hall, input.services);
    if (!ids) return refuse({ code: "not_suspended" });
    const undone = input.undone === true;
    await endSuspensions(tx, officeId, ids, undone, ctx.now);
    const suspensions = await listSuspensions(tx, officeId, today);
    const free = (await listParties(tx, officeId, today)).filter(
      (one) => one.right?.localDate === today && !isPartyHeld(one, suspensions),
    );
    const away = free.filter((one) => one.right!.toldNewsAt && (one.visit === null || one.visit === "expected"));
    if (undone) {
      const told = new Set(away);
      const back = free.filter((one) => !told.has(one)).map((one) => one.bookingId);
      await undoRights(tx, officeId, back, ctx.now);
    }
    // Her hour became another one while she was told to stay at home: that hour is the news, in one message.
    const atAnother = away.filter((one) => one.expectedAt !== null && isAnotherHour(one, one.expectedAt, ctx.now));
    await saveHours(
      tx,
      officeId,
      today,
      atAnother.map(({ bookingId, expectedAt }) => ({ bookingId, expectedAt: expectedAt!, toldFor: expectedAt })),
    );
    await markToldBack(
      tx,
      officeId,
      away.map((one) => one.bookingId),
      ctx.now,
    );
    await insertEvents(
      tx,
      away.map((one) =>
        dayNews(atAnother.includes(one) ? "visits.hour_changed" : "visits.resumed", officeId, one, ctx.now),
      ),
    );
    await note(ctx, hall, undone ? "day.undo_suspension" : "day.resume", away.length);
    return accept({ told: away.length });
  });
}

/** While a service stands still: whoever has come so near to her hour meanwhile is told too. Returns how many were told. */
export async function sweepSuspended(ctx: Context): Promise<number> {
  const { offices } = await getNetwork(ctx);
  const days = new Map<OfficeId, LocalDate>(offices.map((one) => [one.id, localDateAt(ctx.now, one.zone)]));
  const suspended = await transaction(ctx, "worker", (tx) => listSuspendedOffices(tx, days));
  let told = 0;
  for (const { officeId } of suspended)
    told += await transaction(ctx, "worker", async (tx) => {
      await lockDay(tx, officeId);
      const held = await holdParties(tx, { officeId, today: days.get(officeId)! }, ctx.now);
      if (held.told > 0) await notifyOffices(tx, [{ officeId }]);
      return held.told;
    });
  return told;
}

/** Whether an hour that is still to come is another than the one that the party knows, by more than an ordinary wait. */
function isAnotherHour({ startsAt, toldFor }: PartyToday, hour: Date, now: Date): boolean {
  const known = toldFor ?? startsAt;
  return hour > now && Math.abs(hour.getTime() - known.getTime()) >= TOLD_FROM_MINUTES * MINUTE_MS;
}

/** What changes a whole day takes turns: of two supervisors the second sees what the first did. */
function onTheDay<Value>(
  ctx: Context,
  work: (hall: Hall) => Promise<Outcome<Value, SuspensionRefusal>>,
): Promise<Outcome<Value, SuspensionRefusal>> {
  return inHall(ctx, "edit_schedule", async (hall) => {
    await lockDay(hall.tx, hall.officeId);
    return work(hall);
  });
}

/** Ids of the suspensions of these services; undefined when one of them is not suspended. */
async function standingOf(
  { tx, officeId, today }: Hall,
  services: readonly ServiceSlug[],
): Promise<string[] | undefined> {
  const standing = await listSuspensions(tx, officeId, today);
  const ids = [...new Set(services)].map((service) => standing.find((one) => one.service === service)?.id);
  return ids.length > 0 && ids.every((one) => one !== undefined) ? ids : undefined;
}

/** The hour of the next news: later today, or undefined. */
function newsHour(ctx: Context, { today, zone }: Hall, time: string): Date | undefined {
  const newsAt = instantOf(today, time, zone);
  return newsAt > ctx.now ? newsAt : undefined;
}

async function note(ctx: Context, { tx, officeId }: Hall, action: string, count: number): Promise<void> {
  await insertAudit(tx, [{ ...ctx, at: ctx.now, action, officeId, count }]);
  await notifyOffices(tx, [{ officeId }]);
}
