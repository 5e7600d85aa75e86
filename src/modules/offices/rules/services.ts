import { MOST_SERVICES } from "#kernel/limits.ts";
import type { ServiceGroup, ServiceSlug } from "#kernel/ids.ts";
import type { AbsentParent, Bilingual, Network, Service } from "../types.ts";

/** Planned counter minutes of one person's services together. */
export function minutesFor(services: readonly Pick<Service, "minutes">[]): number {
  return services.reduce((total, service) => total + service.minutes, 0);
}

/** How many places of a session those minutes take. */
export function stepsFor(minutes: number, stepMinutes: number): number {
  return Math.max(1, Math.ceil(minutes / stepMinutes));
}

/** The minutes one person needs of each service group, in the order in which her services come. */
export function minutesByGroup(services: readonly Service[]): Map<ServiceGroup, number> {
  const needed = new Map<ServiceGroup, number>();
  for (const service of services) needed.set(service.group, (needed.get(service.group) ?? 0) + service.minutes);
  return needed;
}

/** What somebody of that age may book, in the order of the catalogue. */
export function servicesForAge(network: Network, age: number): Service[] {
  return network.services.filter((service) => service.bookable && fitsAge(service, age));
}

export function fitsAge(service: Pick<Service, "ages">, age: number): boolean {
  return age >= service.ages.min && age <= service.ages.max;
}

/** The words for absent parents of the first of these services that has any. */
export function absentParentOf(services: readonly Service[]): AbsentParent | undefined {
  return services.find((service) => service.absentParent)?.absentParent;
}

export type ServiceProblem =
  | { readonly code: "none_chosen" }
  | { readonly code: "too_many"; readonly most: number }
  | { readonly code: "unknown_service"; readonly slug: string }
  | { readonly code: "not_bookable"; readonly slug: ServiceSlug }
  | { readonly code: "wrong_age"; readonly slug: ServiceSlug }
  | { readonly code: "same_document_twice"; readonly slug: ServiceSlug };

/** Why one person of that age cannot come for these services in one visit; undefined when she can. */
export function findServiceProblem(
  network: Pick<Network, "serviceBySlug">,
  person: { readonly age: number; readonly services: readonly string[] },
): ServiceProblem | undefined {
  if (person.services.length === 0) return { code: "none_chosen" };
  if (person.services.length > MOST_SERVICES) return { code: "too_many", most: MOST_SERVICES };
  const scopes = new Set<string>();
  for (const slug of person.services) {
    const service = network.serviceBySlug.get(slug);
    if (!service) return { code: "unknown_service", slug };
    if (!service.bookable) return { code: "not_bookable", slug: service.slug };
    if (!fitsAge(service, person.age)) return { code: "wrong_age", slug: service.slug };
    if (scopes.has(service.claimScope)) return { code: "same_document_twice", slug: service.slug };
    scopes.add(service.claimScope);
  }
  return undefined;
}

export interface ChainCheck {
  /** The services in the order in which their papers build on each other. */
  readonly order: readonly Service[];
  readonly reordered: boolean;
  /** All of them fit in one visit. */
  readonly oneVisit: boolean;
  /** What must be true for that, one sentence for each chain in use. */
  readonly conditions: readonly Bilingual[];
}

/** Puts one person's services into the order of their chains: the copy before the card, the card before the passport. */
export function checkChain(network: Pick<Network, "chains">, services: readonly Service[]): ChainCheck {
  const chosen = (slugs: readonly ServiceSlug[]): boolean => services.some((one) => slugs.includes(one.slug));
  const used = network.chains.filter((chain) => chain.steps.filter((step) => chosen(step.services)).length > 1);
  const before = new Map<string, Set<string>>(services.map((one) => [one.slug, new Set()]));
  for (const { steps } of used) {
    steps.forEach((step, i) => {
      for (const slug of step.services) {
        for (const earlier of steps.slice(0, i).flatMap((one) => one.services)) before.get(slug)?.add(earlier);
      }
    });
  }
  const order: Service[] = [];
  const waiting = [...services];
  while (waiting.length > 0) {
    const next = waiting.findIndex((one) => !waiting.some((other) => before.get(one.slug)!.has(other.slug)));
    order.push(...waiting.splice(Math.max(0, next), 1));
  }
  return {
    order,
    reordered: order.some((one, i) => one !== services[i]),
    oneVisit: used.every((chain) =>
      chain.steps.filter((step) => chosen(step.services)).every((step, i) => i === 0 || step.sameVisit),
    ),
    conditions: used.map((chain) => chain.condition),
  };
}
