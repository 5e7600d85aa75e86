import type { LocalDate, OfficeId, SessionId } from "#kernel/ids.ts";
import type { Outcome } from "#kernel/outcome.ts";
import { addDays, weekdayOf } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { layPlaces } from "../rules/layout.ts";
import { laidOn, stepProblem } from "../rules/plan.ts";
import { seenOf, storedOf, yieldOf, type SessionYield } from "../rules/preview.ts";
import { insertLaidPlaces, lockHorizon, type NewPlace } from "../store/sessions.ts";
import { listStepsOf } from "../store/releases.ts";
import {
  insertCircuit,
  insertSpecialDay,
  insertSpecialSessions,
  lockSpecialDay,
  updateSpecialDay,
} from "../store/special-days.ts";
import type { GivenOut, Layout, SpecialDay, SpecialDayId } from "../types.ts";
import {
  checkDay,
  givenOutBy,
  orRefused,
  placeOf,
  PlanRefused,
  send,
  type Place,
  type PlanRefusal,
  type SpecialDayWish,
} from "./day-checks.ts";
import { planOffice } from "./set-release.ts";

export interface DayPreview {
  readonly seen: string;
  readonly places: number;
  readonly sessions: readonly SessionYield[];
}

/** A draft that is being changed, and as what it was seen (`storedOf`). */
export interface SeenDraft {
  readonly id: SpecialDayId;
  readonly stored: string;
}

/** What a special day would give. Changes nothing. */
export async function previewSpecialDay(
  ctx: Context,
  officeId: OfficeId,
  wish: SpecialDayWish,
  draft?: SeenDraft,
): Promise<Outcome<DayPreview, PlanRefusal>> {
  const place = await placeOf(ctx, officeId);
  return orRefused(
    transaction(ctx, "console", async (tx) => {
      if (draft) await lockDraft(tx, officeId, draft);
      return lookAt(tx, ctx, place, wish, draft?.id);
    }),
  );
}

export interface DaySaved {
  /** Null: what was seen is not true any more, and nothing was saved. */
  readonly id: SpecialDayId | null;
  /** As what it is kept now; empty when nothing was saved. */
  readonly stored: string;
  readonly preview: DayPreview;
}

/** Keeps a special day as a draft that staff alone sees; its crews and kits are bound to that day from here on. */
export async function saveSpecialDay(
  ctx: Context,
  officeId: OfficeId,
  wish: SpecialDayWish & { readonly seen: string },
  draft?: SeenDraft,
): Promise<Outcome<DaySaved, PlanRefusal>> {
  const place = await placeOf(ctx, officeId);
  return orRefused(
    transaction(ctx, "console", async (tx) => {
      await lockHorizon(tx, officeId);
      const before = draft && (await lockDraft(tx, officeId, draft));
      const preview = await lookAt(tx, ctx, place, wish, draft?.id);
      if (preview.seen !== wish.seen) return { id: null, stored: "", preview };
      const day = {
        ...before,
        ...wish,
        officeId,
        circuitId: before?.circuitId ?? null,
        id: draft?.id ?? newId<SpecialDayId>(),
      };
      if (before) await updateSpecialDay(tx, { ...before, ...wish });
      else await insertSpecialDay(tx, day, ctx.now);
      await send(tx, place, day);
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "plan.special_day", officeId }]);
      return { id: day.id, stored: storedOf((await lockSpecialDay(tx, officeId, day.id))!), preview };
    }),
  );
}

/** A route on wheels: one draft for each stop and round, all of them or none. */
export async function planCircuit(
  ctx: Context,
  officeId: OfficeId,
  wish: {
    readonly name: string;
    readonly from: LocalDate;
    readonly weeks: number;
    readonly everyWeeks: number;
    readonly stops: readonly {
      readonly venueId: string;
      readonly weekday: number;
      readonly sessions: readonly Layout[];
    }[];
    readonly resources: readonly string[];
  },
): Promise<
  Outcome<{ readonly circuitId: string; readonly days: readonly Pick<SpecialDay, "id" | "localDate">[] }, PlanRefusal>
> {
  const place = await placeOf(ctx, officeId);
  return orRefused(
    transaction(ctx, "console", async (tx) => {
      await lockHorizon(tx, officeId);
      const circuitId = newId<string>();
      await insertCircuit(tx, { id: circuitId, officeId, name: wish.name }, ctx.now);
      const days: Pick<SpecialDay, "id" | "localDate">[] = [];
      for (const { localDate, venueId, sessions } of stopsOf(wish)) {
        const day = { kind: "on_wheels" as const, localDate, venueId, sessions, resources: wish.resources };
        await lookAt(tx, ctx, place, day, undefined);
        const id = newId<SpecialDayId>();
        await insertSpecialDay(tx, { ...day, id, officeId, circuitId }, ctx.now);
        await send(tx, place, { ...day, id, officeId });
        days.push({ id, localDate });
      }
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "plan.circuit", officeId, count: days.length }]);
      return { circuitId, days };
    }),
  );
}

/** Each stop on its weekday of every round, from the first day on: by their days, so that two routes with one kit take them in one order. */
function stopsOf<Stop extends { readonly weekday: number }>({
  from,
  weeks,
  everyWeeks,
  stops,
}: {
  readonly from: LocalDate;
  readonly weeks: number;
  readonly everyWeeks: number;
  readonly stops: readonly Stop[];
}): (Stop & { readonly localDate: LocalDate })[] {
  const DAYS_OF_A_WEEK = 7;
  const days = stops.flatMap((stop) => {
    const first = addDays(from, (stop.weekday - weekdayOf(from) + DAYS_OF_A_WEEK) % DAYS_OF_A_WEEK);
    return Array.from({ length: weeks }, (_, round) => round)
      .filter((round) => round % everyWeeks === 0)
      .map((round) => ({ ...stop, localDate: addDays(first, round * DAYS_OF_A_WEEK) }));
  });
  return days.sort((a, b) => (a.localDate < b.localDate ? -1 : Number(a.localDate > b.localDate)));
}

/**
 * Publishes a draft: in one transaction its sessions and places are there, to be booked, drawn each week, or drawn at
 * short notice. Only as it was seen. The second click finds it published and does nothing.
 */
export async function publishSpecialDay(
  ctx: Context,
  officeId: OfficeId,
  { id, stored }: SeenDraft,
): Promise<Outcome<SpecialDay, PlanRefusal>> {
  const place = await placeOf(ctx, officeId);
  return orRefused(
    transaction(ctx, "console", async (tx) => {
      await lockHorizon(tx, officeId);
      const day = await lockSpecialDay(tx, officeId, id);
      if (!day) throw new PlanRefused({ code: "unknown_special_day" });
      if (day.state === "published") return day;
      checkSeen(day, stored);
      await lookAt(tx, ctx, place, day, id);
      const givenOut = await givenOutBy(tx, place, day);
      const published = {
        ...day,
        state: "published" as const,
        givenOut: strictest(day.sessions.map((one) => givenOut(one))),
        publishedAt: ctx.now,
      };
      await updateSpecialDay(tx, published);
      await openSessions(tx, place, published, (layout) => givenOut(layout) === "short_draw");
      await planOffice(tx, officeId, place.zone);
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "plan.publish", officeId }]);
      return published;
    }),
  );
}

/** Writes the sessions of a special day with all their places; some of its groups may be given at short notice alone. */
async function openSessions(
  tx: Tx,
  place: Place,
  day: SpecialDay,
  isShort: (layout: Layout) => boolean,
): Promise<void> {
  const sessions = day.sessions.map((layout) => {
    const laid = laidOn(layout, day.localDate, place.zone);
    return { ...laid, id: newId<SessionId>(), laid: layPlaces(laid, place.zone), shortNotice: isShort(layout) };
  });
  await insertSpecialSessions(
    tx,
    day,
    sessions.map(({ laid, ...session }) => ({ ...session, places: laid.length })),
  );
  const places = sessions.flatMap(({ id, laid, shortNotice }): NewPlace[] =>
    laid.map((one) => ({ ...one, sessionId: id, isDrawn: shortNotice })),
  );
  await insertLaidPlaces(tx, day.officeId, places);
}

/** Refuses what cannot be, and says what the rest would give. */
async function lookAt(
  tx: Tx,
  ctx: Context,
  place: Place,
  wish: SpecialDayWish,
  id: SpecialDayId | undefined,
): Promise<DayPreview> {
  await checkDay(tx, place, wish, id);
  const givenOut = await givenOutBy(tx, place, wish);
  const drawn = new Map((await listStepsOf(tx, ctx.now)).map((one) => [one.serviceGroup, one.stepMinutes]));
  for (const layout of wish.sessions) {
    const problem = stepProblem(layout, givenOut(layout), drawn.get(layout.serviceGroup));
    if (problem) throw new PlanRefused(problem);
  }
  const sessions = wish.sessions.map((layout) =>
    yieldOf(layout, layPlaces(laidOn(layout, wish.localDate, place.zone), place.zone), givenOut(layout)),
  );
  const places = sessions.reduce((sum, one) => sum + one.places, 0);
  const { kind, localDate, venueId, resources, sessions: layouts } = wish;
  return { seen: seenOf([kind, localDate, venueId, resources, layouts, sessions]), places, sessions };
}

/** What is told of a day whose groups differ: that some of it is drawn. */
function strictest(ways: readonly GivenOut[]): GivenOut {
  return ways.find((way) => way !== "open") ?? "open";
}

async function lockDraft(tx: Tx, officeId: OfficeId, { id, stored }: SeenDraft): Promise<SpecialDay> {
  const day = await lockSpecialDay(tx, officeId, id);
  if (!day) throw new PlanRefused({ code: "unknown_special_day" });
  checkSeen(day, stored);
  return day;
}

/** Refuses what is no draft, and a draft that somebody changed since it was seen: two planners know of each other. */
function checkSeen(day: SpecialDay, stored: string): void {
  if (day.state !== "draft") throw new PlanRefused({ code: "wrong_state" });
  if (storedOf(day) !== stored) throw new PlanRefused({ code: "changed_meanwhile" });
}
