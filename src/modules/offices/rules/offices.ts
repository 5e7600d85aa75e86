import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import type {
  DefaultSession,
  Fact,
  FactField,
  FactLevel,
  GeoPoint,
  Holiday,
  Jurisdiction,
  Network,
  Office,
  OfficeSize,
  PublicFacts,
} from "../types.ts";

/** Days after which a confirmed field of an office must be confirmed again (people.md 16). */
export const FACT_DUE_DAYS = 180;
/** Levels that the public may be shown; what comes from memory or a community file is not a fact. */
const PUBLIC_LEVELS: readonly FactLevel[] = ["confirmed", "page", "partial", "invented"];
/** On its clock it is decided what day and hour it is as long as no office is known: in the middle of the network. */
export const MIDDLE_ZONE = "America/Chicago";
/** Mean radius of the earth, kilometres. */
const EARTH_RADIUS_KM = 6371;

export interface NearOffice {
  readonly office: Office;
  /** As the crow flies, from a position exact to about a kilometre. */
  readonly km: number;
  /** Its jurisdiction covers the place's state, or a part of it, on the day asked for. A hint, never a condition. */
  readonly serves: Jurisdiction["extent"] | undefined;
}

/** The offices nearest to a place, nearest first. Jurisdiction never leaves one out: most services may be booked anywhere. */
export function nearestOffices(
  network: Network,
  point: Pick<GeoPoint, "lat" | "lng"> & { readonly state?: string },
  limit: number,
  on: LocalDate,
): NearOffice[] {
  return network.offices
    .map((office) => ({ office, km: distanceKm(point, office), serves: servedPart(office, point.state, on) }))
    .sort((a, b) => a.km - b.km)
    .slice(0, limit);
}

/** An office and so many of the nearest to it, nearest first. */
export function officesInReach(network: Pick<Network, "offices">, from: OfficeId, limit: number): OfficeId[] {
  return byDistance(network, from)
    .slice(0, 1 + limit)
    .map(({ id }) => id);
}

/** The other offices within so many kilometres, nearest first. */
export function officesWithin(network: Pick<Network, "offices">, from: OfficeId, mostKm: number): OfficeId[] {
  return byDistance(network, from).flatMap(({ id, km }) => (id !== from && km <= mostKm ? [id] : []));
}

/** All offices from one of them, which comes first; ids break a tie, so that every caller gets the same. */
function byDistance({ offices }: Pick<Network, "offices">, from: OfficeId): { id: OfficeId; km: number }[] {
  const own = offices.find((one) => one.id === from);
  if (!own) return [];
  const others = offices.filter((one) => one !== own).map((one) => ({ id: one.id, km: distanceKm(own, one) }));
  return [{ id: from, km: 0 }, ...others.sort((a, b) => a.km - b.km || (a.id < b.id ? -1 : 1))];
}

/** Kilometres along the surface of the earth (haversine). */
export function distanceKm(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const [latA, latB] = [radians(a.lat), radians(b.lat)];
  const h =
    Math.sin((latB - latA) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin(radians(b.lng - a.lng) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Offices whose jurisdiction names this state on that day; those that serve all of it come first. */
export function officesOfState(network: Network, state: string, on: LocalDate): Office[] {
  const serving = network.offices.flatMap((office) => {
    const found = office.jurisdictions.find((one) => one.area === state && holdsOn(one, on));
    return found ? [{ office, extent: found.extent }] : [];
  });
  return serving.sort((a, b) => Number(b.extent === "whole") - Number(a.extent === "whole")).map((one) => one.office);
}

/** True when staff must confirm the field: nobody has, or it was longer ago than `FACT_DUE_DAYS`. */
export function factIsDue(fact: { readonly level: FactLevel; readonly dueAt: Date | undefined }, now: Date): boolean {
  return fact.level !== "confirmed" || fact.dueAt === undefined || fact.dueAt <= now;
}

export function factDueAt(confirmedAt: Date): Date {
  return new Date(confirmedAt.getTime() + FACT_DUE_DAYS * DAY_MS);
}

/** The facts that may be shown to the public. */
export function publicFacts(facts: readonly Fact[]): PublicFacts {
  const shown = facts.filter((fact) => PUBLIC_LEVELS.includes(fact.level));
  return Object.fromEntries(shown.map((fact): [FactField, Fact] => [fact.field, fact]));
}

/** What the public may be told that an office serves on that day. */
export function publicJurisdictions(office: Pick<Office, "jurisdictions">, on: LocalDate): Jurisdiction[] {
  return office.jurisdictions.filter((one) => PUBLIC_LEVELS.includes(one.level) && holdsOn(one, on));
}

/** Days of a year on which an office rests: Mexico's own and those of the country it stands in. */
export function listHolidays(network: Network, office: Pick<Office, "country">, year: number): Holiday[] {
  const calendars = ["mx_lft74", office.country === "CA" ? "ca_federal" : "us_federal"];
  return network.holidays
    .filter((one) => calendars.includes(one.calendar) && one.date.startsWith(`${year}-`))
    .sort((a, b) => a.date.localeCompare(b.date));
}

/** The sessions an office starts with: planning defaults by its size, until staff plan their own. */
export function defaultSessions(network: Network, office: Pick<Office, "id">): DefaultSession[] {
  const { sizes, sessions, exceptions } = network.planning;
  const size = (Object.keys(sizes) as OfficeSize[]).find((one) => sizes[one].includes(office.id)) ?? "small";
  return sessions.flatMap(({ counters: bySize, ...session }) => {
    const own = exceptions.find(
      (one) => one.office === office.id && one.group === session.group && one.kind === session.kind,
    );
    const counters = own?.counters ?? bySize[size];
    return counters === undefined ? [] : [{ ...session, counters }];
  });
}

function servedPart(office: Office, state: string | undefined, on: LocalDate): Jurisdiction["extent"] | undefined {
  return publicJurisdictions(office, on).find((one) => one.area === state)?.extent;
}

function holdsOn(one: Jurisdiction, on: LocalDate): boolean {
  return one.validFrom <= on && (one.validTo === undefined || on <= one.validTo);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
