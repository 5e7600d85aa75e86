import type { LocalDate, SessionId } from "#kernel/ids.ts";
import { addDays, MINUTE_MS, weekdayOf } from "#kernel/time.ts";
import type { Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { layPlaces, withCount, type Laid } from "../rules/layout.ts";
import { givenOutOn, templateProblem, templatesOverlap } from "../rules/plan.ts";
import { yieldOf, type SessionYield } from "../rules/preview.ts";
import { replan, type Busy } from "../rules/replan.ts";
import { planSessions } from "../rules/sessions.ts";
import { listReleases } from "../store/releases.ts";
import {
  adoptSessions,
  endTemplate,
  insertTemplate,
  listPlacesOf,
  listTemplateSessions,
  lockPlacesOf,
  repoolPlaces,
  updateSessions,
  type SessionPlace,
  type TemplateSession,
} from "../store/replan.ts";
import {
  insertLaidPlaces,
  insertSessionsOf,
  listClosures,
  listTemplates,
  lockHorizon,
  type NewPlace,
} from "../store/sessions.ts";
import { listSpecialDays } from "../store/special-days.ts";
import {
  NO_EXTRAS,
  type CutPlace,
  type Layout,
  type PlannedSession,
  type SessionKind,
  type SparePlace,
  type Template,
} from "../types.ts";
import { checkOverbooked, PlanRefused, type Place } from "./day-checks.ts";
import { HORIZON_WEEKS } from "./fill-horizon.ts";
import { planOffice } from "./set-release.ts";

/** A template from a day on: `templateId` is the one that changes, null for a new one; without a layout it ends. */
export interface TemplateWish {
  readonly templateId: string | null;
  readonly from: LocalDate;
  readonly kind: SessionKind;
  readonly weekdays: readonly number[];
  readonly layout: Layout | null;
}

/** What a template from a day on changes within the horizon. */
export interface TemplatePlan {
  readonly before: Template | undefined;
  readonly after: Template | undefined;
  readonly from: LocalDate;
  /** Sessions that keep their places, with what they are from now on. */
  readonly kept: readonly (PlannedSession & { readonly id: SessionId })[];
  readonly made: readonly (PlannedSession & { readonly id: SessionId })[];
  /** Closed ones. */
  readonly adopted: readonly SessionId[];
  readonly gained: readonly (NewPlace & SparePlace)[];
  readonly repooled: readonly Parameters<typeof repoolPlaces>[2][number][];
  /** To be cut, day by day. */
  readonly lost: readonly (CutPlace & { readonly localDate: LocalDate })[];
  readonly days: number;
  readonly sessions: readonly SessionYield[];
}

/**
 * Says what a template from a day on changes; refuses what cannot be. Changes nothing. Whoever is about to save it has
 * the places kept for her until her transaction ends.
 */
export async function planTemplate(
  tx: Tx,
  place: Place,
  wish: TemplateWish,
  options: { readonly toSave: boolean },
): Promise<TemplatePlan> {
  const { officeId, zone, today } = place;
  if (options.toSave) await lockHorizon(tx, officeId);
  const templates = await listTemplates(tx, officeId);
  const before = templates.find((one) => one.id === wish.templateId);
  const isOver = before?.validTo !== undefined && before.validTo !== null && before.validTo < wish.from;
  if (wish.templateId !== null && (!before || isOver)) throw new PlanRefused({ code: "unknown_template" });
  if (wish.from <= today) throw new PlanRefused({ code: "in_the_past", about: { localDate: wish.from } });
  const after = wish.layout ? templateOf(wish, wish.layout, before) : undefined;
  if (!before && !after) throw new PlanRefused({ code: "unknown_template" });
  if (before && after && before.serviceGroup !== after.serviceGroup) throw new PlanRefused({ code: "other_group" });
  if (after) await checkTemplate(tx, place, wish.layout!, after, templates, before?.id);

  const to = addDays(today, HORIZON_WEEKS * 7 - 1);
  const closures = await listClosures(tx, officeId, wish.from, to);
  const wanted = after ? planSessions([after], { zone, closedOn: new Set(closures) }, wish.from, to) : [];
  const { serviceGroup } = (after ?? before)!;
  const standing = await listTemplateSessions(tx, officeId, before?.id ?? null, wish.from, to);
  const ids = standing.map((one) => one.id);
  if (options.toSave) await lockPlacesOf(tx, officeId, ids);
  const places = await listPlacesOf(tx, officeId, ids);
  const changes = changesOf(place, { before, wanted, standing, places });
  const release = (await listReleases(tx)).find(
    (one) => one.officeId === officeId && one.serviceGroup === serviceGroup,
  );
  // A day of it as it would be, also where none of its days lies within the horizon.
  const [sample] = after ? planSessions([after], { zone, closedOn: new Set() }, wish.from, addDays(wish.from, 6)) : [];
  const drawsFrom = release?.regime === "draw" ? release.drawsFrom : undefined;
  return {
    ...changes,
    before,
    after,
    from: wish.from,
    sessions: wish.layout ? [yieldOn(wish.layout, sample, zone, givenOutOfTemplate(wish.from, drawsFrom))] : [],
  };
}

function templateOf({ from, kind, weekdays }: TemplateWish, layout: Layout, before: Template | undefined): Template {
  const { serviceGroup, opens, closes, counters, stepMinutes, breaks, percent, overbook, reserves, stations } = layout;
  return {
    id: newId<string>(),
    serviceGroup,
    kind,
    weekdays: [...new Set(weekdays)].sort(),
    opens,
    closes,
    counters,
    stepMinutes,
    validFrom: from,
    validTo: before?.validTo ?? null,
    layout: { breaks, percent, overbook, reserves, stations },
  };
}

async function checkTemplate(
  tx: Tx,
  { officeId, zone, today }: Place,
  layout: Layout,
  after: Template,
  templates: readonly Template[],
  replaced: string | undefined,
): Promise<void> {
  const problem = templateProblem(layout, after.weekdays, after.validFrom, zone);
  if (problem) throw new PlanRefused(problem);
  await checkOverbooked(tx, officeId, today, [layout]);
  const refuse = (one: Pick<Layout, "opens" | "closes">, day: Record<string, string> = {}): never => {
    const { opens, closes } = one;
    throw new PlanRefused({
      code: "overlapping_sessions",
      about: { serviceGroup: after.serviceGroup, opens, closes, ...day },
    });
  };
  const other = templates.find((one) => one.id !== replaced && templatesOverlap(after, one));
  if (other) refuse(other);
  for (const day of await listSpecialDays(tx, officeId, { from: after.validFrom })) {
    const isHere =
      day.venueId === null && day.state !== "cancelled" && after.weekdays.includes(weekdayOf(day.localDate));
    const there = isHere && (after.validTo === null || day.localDate <= after.validTo);
    const opening = day.sessions.find(
      (one) => one.serviceGroup === after.serviceGroup && one.opens < after.closes && after.opens < one.closes,
    );
    if (there && opening) refuse(opening, { localDate: day.localDate });
  }
}

/** A template's places are never given at short notice as a whole: what it makes on near days is open, or drawn when it is. */
function givenOutOfTemplate(from: LocalDate, drawsFrom: LocalDate | undefined): SessionYield["givenOut"] {
  return givenOutOn(addDays(from, 365), from, drawsFrom);
}

function yieldOn(
  layout: Layout,
  session: PlannedSession | undefined,
  zone: string,
  givenOut: SessionYield["givenOut"],
): SessionYield {
  return yieldOf(layout, session ? layPlaces(laidOf(session), zone) : [], givenOut);
}

function laidOf(session: PlannedSession): Laid {
  return { ...session, layout: session.layout ?? NO_EXTRAS };
}

type Changes = Omit<TemplatePlan, "before" | "after" | "from" | "sessions">;

/** Day by day: what the template's session becomes, and what of older ones can stay. */
function changesOf(
  { officeId, zone }: Place,
  {
    before,
    wanted,
    standing,
    places,
  }: {
    readonly before: Template | undefined;
    readonly wanted: readonly PlannedSession[];
    readonly standing: readonly TemplateSession[];
    readonly places: readonly SessionPlace[];
  },
): Changes {
  const bySession = new Map<SessionId, SessionPlace[]>(standing.map((one) => [one.id, []]));
  for (const one of places) bySession.get(one.sessionId)!.push(one);
  const found = {
    kept: [] as TemplatePlan["kept"][number][],
    made: [] as TemplatePlan["made"][number][],
    adopted: [] as SessionId[],
    gained: [] as TemplatePlan["gained"][number][],
    repooled: [] as TemplatePlan["repooled"][number][],
    lost: [] as TemplatePlan["lost"][number][],
  };
  const dates = new Set([...wanted, ...standing].map((one) => one.localDate));
  for (const localDate of dates) {
    const session = wanted.find((one) => one.localDate === localDate);
    const today = standing.filter((one) => one.localDate === localDate);
    const own = today.find((one) => one.templateId === before?.id);
    if (own?.state === "closed") {
      if (session) found.adopted.push(own.id);
      continue;
    }
    const laid = session ? layPlaces(laidOf(session), zone) : [];
    const after = { stepMinutes: session?.stepMinutes ?? own?.stepMinutes ?? 1, places: laid };
    const inTheWay: Busy[] = [];
    for (const older of today) {
      if (older === own || older.state === "closed") continue;
      const standingThere = bySession.get(older.id)!;
      const { lost } = replan({ stepMinutes: older.stepMinutes, places: standingThere }, after);
      const isLost = new Set(lost);
      found.lost.push(...lost.filter((one) => one.state !== "used").map((one) => ({ ...one, localDate })));
      const stays = standingThere.filter((one) => one.state !== "withdrawn" && !isLost.has(one));
      inTheWay.push(...stays.map((one) => ({ ...one, lengthMs: older.stepMinutes * MINUTE_MS })));
    }
    const change = replan(
      { stepMinutes: own?.stepMinutes ?? after.stepMinutes, places: own ? bySession.get(own.id)! : [] },
      after,
      inTheWay,
    );
    found.lost.push(...change.lost.filter((one) => one.state !== "used").map((one) => ({ ...one, localDate })));
    found.repooled.push(...change.repooled);
    if (!session) continue;
    const counted = withCount(session, zone);
    const id = own && change.stays ? own.id : newId<SessionId>();
    const there = own && change.stays ? bySession.get(own.id)!.length : 0;
    // Places that stand in the way are not missing: the horizon is full without them.
    const plannedPlaces = Math.min(counted.plannedPlaces ?? laid.length, there + change.gained.length);
    (own && change.stays ? found.kept : found.made).push({ ...counted, plannedPlaces, id });
    found.gained.push(
      ...change.gained.map((one) => ({
        ...one,
        officeId,
        sessionId: id,
        serviceGroup: session.serviceGroup,
        stepMinutes: session.stepMinutes,
        localDate,
      })),
    );
  }
  const days = new Set([...found.gained, ...found.lost].map((one) => one.localDate)).size;
  return { ...found, days };
}

/** Writes all of a plan but what it takes away from somebody: that is cut, and settled, by whoever calls. */
export async function writeTemplate(tx: Tx, { officeId, zone }: Place, plan: TemplatePlan): Promise<void> {
  const { before, after } = plan;
  if (before) await endTemplate(tx, before.id, addDays(plan.from, -1));
  if (after) {
    await insertTemplate(tx, officeId, after, before?.id ?? null);
    await updateSessions(tx, officeId, plan.kept);
    await adoptSessions(tx, officeId, plan.adopted, after.id);
    await insertSessionsOf(tx, officeId, plan.made);
  }
  await insertLaidPlaces(tx, officeId, plan.gained);
  await repoolPlaces(tx, officeId, plan.repooled);
  await planOffice(tx, officeId, zone);
}

/** The figures of a plan by which a save is known to be of what was seen. */
export function figuresOf(plan: TemplatePlan): readonly unknown[] {
  return [plan.before?.id ?? null, plan.from, plan.gained.length, plan.lost.length, plan.days, plan.sessions];
}
