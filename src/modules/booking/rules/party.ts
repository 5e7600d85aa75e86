import { parseCurp } from "./curp.ts";
import { MOST_SERVICES } from "#kernel/limits.ts";
import { addDays, ageOn } from "#kernel/time.ts";
import type { LocalDate, ServiceGroup, ServiceSlug } from "#kernel/ids.ts";
import type { Need } from "#modules/schedules/index.ts";
import type { ApplicantRequest, BookingRefusal } from "../types.ts";
import { permissionHolds } from "./permission.ts";

/** People of one household that a contact books by itself; an agent adds up to eight (people.md 2). */
export const MOST_PEOPLE_ONLINE = 5;
/** From this age on nobody has to come along. */
export const ADULT_AGE = 18;
/** Days after the visit after which everything that names the people is erased (security 4.2). */
export const KEEP_DAYS_AFTER_VISIT = 30;
/** Minutes for which places are kept while a person reads and confirms. */
export const HOLD_MINUTES = 10;

/** What of a service the rules need. */
export interface ServiceFacts {
  readonly slug: ServiceSlug;
  readonly group: ServiceGroup;
  readonly claimScope: string;
  readonly minutes: number;
  readonly bookable: boolean;
  /** Whole years on the day of the visit, both included. */
  readonly ages: { readonly min: number; readonly max: number };
}
export type ServiceLookup = (slug: ServiceSlug) => ServiceFacts | undefined;

/** Minutes per person and group, a person's groups in the order of her services. */
export function needsOf(applicants: readonly ApplicantRequest[], service: ServiceLookup): Need[] {
  return applicants.flatMap((applicant, index) => {
    const minutes = new Map<ServiceGroup, number>();
    for (const slug of applicant.services) {
      const facts = service(slug);
      if (facts) minutes.set(facts.group, (minutes.get(facts.group) ?? 0) + facts.minutes);
    }
    return [...minutes].map(([group, sum]) => ({ ordinal: index + 1, group, minutes: sum }));
  });
}

/** Whether a party may be booked at all, whatever the place; undefined when it may. */
export function refuseParty(
  applicants: readonly ApplicantRequest[],
  service: ServiceLookup,
  visitOn: LocalDate,
): BookingRefusal | undefined {
  if (applicants.length > MOST_PEOPLE_ONLINE) return { code: "too_many_people", most: MOST_PEOPLE_ONLINE };
  const seen = new Set<string>();
  for (const [index, applicant] of applicants.entries()) {
    const ordinal = index + 1;
    const facts = applicant.services.map(service);
    const scopes = new Set(facts.map((one) => one?.claimScope));
    if (
      facts.length < 1 ||
      facts.length > MOST_SERVICES ||
      facts.some((one) => !one?.bookable || !fitsAge(one, applicant.bornOn, visitOn)) ||
      scopes.size < facts.length
    )
      return { code: "wrong_services", ordinal };
    if (isChild(applicant.bornOn, visitOn) && applicant.parents.length === 0)
      return { code: "parents_missing", ordinal };
    if (applicant.parents.some((parent) => !permissionHolds(parent, visitOn)))
      return { code: "permission_too_old", ordinal };
    const identity = personText(applicant);
    if (seen.has(identity)) return { code: "twice_in_party", ordinal };
    seen.add(identity);
  }
  return undefined;
}

function fitsAge(service: ServiceFacts, bornOn: LocalDate, visitOn: LocalDate): boolean {
  const age = ageOn(bornOn, visitOn);
  return age >= service.ages.min && age <= service.ages.max;
}

export function isChild(bornOn: LocalDate, on: LocalDate): boolean {
  return ageOn(bornOn, on) < ADULT_AGE;
}

export function eraseAfterVisit(visitOn: LocalDate): LocalDate {
  return addDays(visitOn, KEEP_DAYS_AFTER_VISIT);
}

/** Within one party, the same names, birth and sex are the same person typed twice. */
function personText(applicant: ApplicantRequest): string {
  return [
    parseCurp(applicant.curp)?.curp ?? "",
    applicant.givenNames,
    applicant.firstSurname,
    applicant.secondSurname,
    applicant.bornOn,
    applicant.sex,
  ]
    .join("|")
    .toUpperCase();
}
