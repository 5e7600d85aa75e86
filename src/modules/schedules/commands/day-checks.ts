import { readShows } from "../queries/shows.ts";
import { mostOverbooked } from "../rules/overbooking.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { Context, Tx } from "#platform/context.ts";
import {
  dateProblem,
  givenOutOn,
  kindProblem,
  laidOn,
  layoutProblem,
  overlapProblem,
  type Opening,
  type PlanProblem,
} from "../rules/plan.ts";
import { planSessions } from "../rules/sessions.ts";
import { isTakenAway } from "../store/closings.ts";
import { listReleases } from "../store/releases.ts";
import { listClosures, listTemplates } from "../store/sessions.ts";
import { countResources, listDrafts, listElsewhere, listOpenings, setResourceDays } from "../store/special-days.ts";
import { listVenues } from "../store/venues.ts";
import type { GivenOut, Layout, SpecialDay, SpecialDayId } from "../types.ts";

/** What a planner wants of a special day. */
export type SpecialDayWish = Pick<SpecialDay, "kind" | "localDate" | "venueId" | "resources" | "sessions">;

export type PlanRefusal =
  | PlanProblem
  | { readonly code: "unknown_special_day"; readonly about?: undefined }
  /** People came, or were served: what is left is closed, or the service suspended; nobody's visit goes to another day. */
  | { readonly code: "day_has_begun"; readonly about?: undefined }
  /** So many families have an appointment of the same visit in another session, which does not move. */
  | { readonly code: "visits_divided"; readonly about: { readonly families: string } }
  /** No such template holds on that day; somebody may have changed it meanwhile. */
  | { readonly code: "unknown_template"; readonly about?: undefined }
  /** A closing or a cut has the whole of that day: what was opened on it would be at a closed door. */
  | { readonly code: "day_closed"; readonly about: { readonly localDate: LocalDate } }
  /** The draft is not the one that was seen. */
  | { readonly code: "changed_meanwhile"; readonly about?: undefined }
  /** What is asked does not follow from its state: a draft is published, a published day is moved. */
  | { readonly code: "wrong_state"; readonly about?: undefined };

/** A refusal from within a transaction, which takes back what was written before it. */
export class PlanRefused extends Error {
  constructor(readonly problem: PlanRefusal) {
    super(problem.code);
  }
}

export async function orRefused<T>(work: Promise<T>): Promise<Outcome<T, PlanRefusal>> {
  try {
    return accept(await work);
  } catch (error) {
    if (error instanceof PlanRefused) return refuse(error.problem);
    throw error;
  }
}

/** An office as a place to plan at. */
export interface Place {
  readonly officeId: OfficeId;
  readonly zone: string;
  readonly today: LocalDate;
  /** By which each office's town is told. */
  readonly townOf: (officeId: OfficeId) => string;
}

export async function placeOf(ctx: Context, officeId: OfficeId): Promise<Place> {
  const { officeById } = await getNetwork(ctx);
  const { zone } = officeById.get(officeId)!;
  const townOf = (id: OfficeId): string => officeById.get(id)?.city ?? id;
  return { officeId, zone, today: localDateAt(ctx.now, zone), townOf };
}

/** Refuses a day that cannot be: by its date, its hours, whoever else opens there, its crews and kits. */
export async function checkDay(
  tx: Tx,
  place: Place,
  wish: SpecialDayWish,
  id: SpecialDayId | undefined,
): Promise<void> {
  const { officeId, zone, today } = place;
  const refuseIf = (problem: PlanProblem | undefined): void => {
    if (problem) throw new PlanRefused(problem);
  };
  refuseIf(dateProblem(wish.localDate, today) ?? kindProblem(wish.kind, wish.localDate, wish.venueId));
  for (const layout of wish.sessions) refuseIf(layoutProblem(layout, wish.localDate, zone));
  await checkOverbooked(tx, officeId, today, wish.sessions);
  const venues = await listVenues(tx, officeId);
  if (wish.venueId !== null && !venues.some((one) => one.id === wish.venueId && !one.retired))
    throw new PlanRefused({ code: "unknown_venue" });
  if (await isTakenAway(tx, officeId, wish.localDate))
    throw new PlanRefused({ code: "day_closed", about: { localDate: wish.localDate } });
  const own = wish.sessions.map((layout): Opening => ({
    ...laidOn(layout, wish.localDate, zone),
    venueId: wish.venueId,
  }));
  refuseIf(overlapProblem(own, await otherOpenings(tx, place, wish.localDate, id), zone));
  if ((await countResources(tx, wish.resources)) !== new Set(wish.resources).size)
    throw new PlanRefused({ code: "unknown_resource" });
  await refuseElsewhere(tx, place, wish, id);
}

/** Refuses to add more places than people were measured to stay away, and says how many may be. */
export async function checkOverbooked(
  tx: Tx,
  officeId: OfficeId,
  today: LocalDate,
  layouts: readonly Pick<Layout, "serviceGroup" | "overbook">[],
): Promise<void> {
  for (const { serviceGroup, overbook = 0 } of layouts) {
    if (overbook === 0) continue;
    const shows = await readShows(tx, officeId, serviceGroup, today);
    const most = mostOverbooked(shows);
    if (overbook <= most) continue;
    const people = shows.came + shows.missed;
    const away = people === 0 ? 0 : Math.round((100 * shows.missed) / people);
    const about = { serviceGroup, most: String(most), away: String(away), people: String(people) };
    throw new PlanRefused({ code: "overbooked_too_much", about });
  }
}

/** Names the first crew or kit that is in another town on that day. */
async function refuseElsewhere(
  tx: Tx,
  { townOf }: Place,
  { resources, localDate }: Pick<SpecialDay, "resources" | "localDate">,
  id: SpecialDayId | undefined,
): Promise<void> {
  const [elsewhere] = await listElsewhere(tx, resources, localDate, id);
  if (!elsewhere) return;
  const town = elsewhere.city ?? townOf(elsewhere.officeId);
  throw new PlanRefused({ code: "resource_elsewhere", about: { resource: elsewhere.name, town, localDate } });
}

/** Sends crews and kits; who sends one at the same moment elsewhere is refused, whoever is second. */
export async function send(
  tx: Tx,
  place: Place,
  day: Pick<SpecialDay, "officeId" | "id" | "localDate" | "resources">,
): Promise<void> {
  if (await setResourceDays(tx, day)) return;
  await refuseElsewhere(tx, place, day, day.id);
  throw new Error("a crew or kit could not be sent, and is nowhere else");
}

/** What is open or planned there on that day: beyond the horizon by the templates alone. */
async function otherOpenings(
  tx: Tx,
  { officeId, zone }: Place,
  localDate: LocalDate,
  id: SpecialDayId | undefined,
): Promise<Opening[]> {
  const [standing, drafts, templates, closedOn] = [
    await listOpenings(tx, officeId, localDate, id),
    await listDrafts(tx, officeId, localDate, id),
    await listTemplates(tx, officeId),
    await listClosures(tx, officeId, localDate, localDate),
  ];
  const made = new Set(standing.map((one) => one.templateId));
  const toCome = planSessions(templates, { zone, closedOn: new Set(closedOn) }, localDate, localDate);
  return [
    ...standing.filter((one) => one.isOpen),
    ...drafts.flatMap(({ venueId, sessions }) =>
      sessions.map((layout) => ({ ...laidOn(layout, localDate, zone), venueId })),
    ),
    ...toCome.filter((one) => !made.has(one.templateId)).map((one) => ({ ...one, venueId: null })),
  ];
}

/** How the places of each of its groups would go out. */
export async function givenOutBy(
  tx: Tx,
  { officeId, today }: Place,
  { localDate, venueId }: Pick<SpecialDay, "localDate" | "venueId">,
): Promise<(layout: Layout) => GivenOut> {
  const releases = (await listReleases(tx)).filter((one) => one.officeId === officeId && one.regime === "draw");
  return ({ serviceGroup }) =>
    givenOutOn(localDate, today, releases.find((one) => one.serviceGroup === serviceGroup)?.drawsFrom, venueId);
}
