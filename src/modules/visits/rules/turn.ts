import type { BookingId, LocalDate, OfficeId, ServiceSlug, VisitId } from "#kernel/ids.ts";
import { STATIONS, type Station, type Visit, type VisitState } from "../types.ts";

/** What stands beside the number of a turn, so that nobody has to read to know that it is hers (people.md 20). */
export const PICTURES = [
  "corn",
  "hummingbird",
  "nopal",
  "butterfly",
  "bell",
  "guitar",
  "fish",
  "sun",
  "moon",
  "star",
  "flower",
  "house",
] as const;
export type Picture = (typeof PICTURES)[number];

/** The code of a turn through all stations: the number alone tells it apart from every other of the day. */
export interface TurnCode {
  readonly picture: Picture;
  readonly number: number;
}

export function turnCode(turnNo: number): TurnCode {
  return { picture: PICTURES[(turnNo - 1) % PICTURES.length]!, number: turnNo };
}

/** A visit before anything happened, of a party that has not arrived. */
export function newVisit(
  id: VisitId,
  of: {
    readonly officeId: OfficeId;
    readonly bookingId: BookingId;
    readonly people: number;
    readonly dueAt: Date | null;
  },
  localDate: LocalDate,
  state: VisitState = "expected",
): Visit {
  return {
    ...of,
    id,
    localDate,
    state,
    counter: null,
    arrivedAt: null,
    calledAt: null,
    servedAt: null,
    recordedAt: null,
    doneAt: null,
    settledAt: null,
    turnNo: null,
    line: "appointment",
    lot: null,
    priority: null,
    station: "window",
    route: ["window"],
    stationSince: null,
    parkedAt: null,
    calls: 0,
    firstCalledAt: null,
    version: 1,
  };
}

/** What an office has: its stations, and which of them its services go through. */
export interface HallPlan {
  /** Counters at each station; empty where there is a window for everything. */
  readonly stations: ReadonlyMap<Station, number>;
  readonly routes: ReadonlyMap<ServiceSlug, readonly Station[]>;
}

/**
 * The stations of a party, in the order of {@link STATIONS}: a family stays together, so it goes through every station
 * that one of its services needs. Never empty.
 */
export function routeOf(services: readonly ServiceSlug[], { stations, routes }: HallPlan): Station[] {
  const all = STATIONS.filter((one) => stations.has(one));
  const standard = all.some((one) => one !== "window") ? all.filter((one) => one !== "window") : all;
  const needed = new Set(services.flatMap((service) => routes.get(service) ?? standard));
  const route = all.filter((one) => needed.has(one));
  return route.length > 0 ? route : ["window"];
}

/** The station after this one; undefined at the last. */
export function stationAfter({ route, station }: Pick<Visit, "route" | "station">): Station | undefined {
  return route[route.indexOf(station) + 1];
}
