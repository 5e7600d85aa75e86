import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { ageOn, localDateAt } from "#kernel/time.ts";
import {
  isChild,
  needsOf,
  permissionHolds,
  type ApplicantDetails,
  type ApplicantRequest,
  type BookingView,
} from "#modules/booking/index.ts";
import { findServiceProblem, MIDDLE_ZONE, type Network, type Service } from "#modules/offices/index.ts";
import type { Need } from "#modules/schedules/index.ts";
import type { Draft, DraftPerson } from "./draft.ts";

export function todayIn(network: Network, now: Date, officeId?: OfficeId): LocalDate {
  return localDateAt(now, (officeId && network.officeById.get(officeId)?.zone) ?? MIDDLE_ZONE);
}

/** The people of the party; whoever was not asked yet is there without answers. */
export function peopleOf(draft: Draft): DraftPerson[] {
  return Array.from({ length: draft.people ?? 0 }, (_, i) => draft.persons[i] ?? { services: [] });
}

export function withPerson(draft: Draft, person: number, change: Partial<DraftPerson>): Draft {
  const persons = Array.from(
    { length: Math.max(draft.persons.length, person) },
    (_, i): DraftPerson => draft.persons[i] ?? { services: [] },
  );
  persons[person - 1] = { ...persons[person - 1]!, ...change };
  return { ...draft, persons };
}

/** What the rules of the office and the fees need to know of somebody. */
export interface Member {
  readonly age: number;
  readonly services: readonly Service[];
  readonly details: Pick<ApplicantDetails, "givenNames" | "firstSurname" | "secondSurname" | "parents">;
}

export function membersOf(draft: Draft, network: Network, on: LocalDate): Member[] {
  return peopleOf(draft).flatMap((person) => {
    if (!person.details) return [];
    return [memberOf({ ...person.details, parents: person.parents ?? [], services: person.services }, network, on)];
  });
}

export function memberOf(request: ApplicantRequest, network: Network, on: LocalDate): Member {
  const services = request.services.flatMap((slug) => network.serviceBySlug.get(slug) ?? []);
  return { age: Math.max(0, ageOn(request.bornOn, on)), services, details: request };
}

/** The people of a booking that exists, each with what she comes for. */
export function membersOfBooking(view: BookingView, network: Network): Member[] {
  return requestsOfBooking(view).map((request) => memberOf(request, network, view.localDate));
}

export function requestsOfBooking(view: BookingView): ApplicantRequest[] {
  return view.applicants.map((applicant, i) => ({
    ...applicant,
    services: view.appointments.filter((one) => one.ordinal === i + 1).flatMap((one) => one.services),
  }));
}

/** What is sent to the booking, once every person is complete. Parents of whoever has come of age are left out. */
export function requestsOf(draft: Draft, network: Network, on: LocalDate): ApplicantRequest[] {
  return peopleOf(draft).flatMap((person) => {
    if (!person.details) return [];
    const asked = parentsAsked(person, network, on);
    return [{ ...person.details, services: person.services, parents: asked ? (person.parents ?? []) : [] }];
  });
}

export function needsIn(requests: readonly ApplicantRequest[], network: Network): Need[] {
  return needsOf(requests, (slug) => network.serviceBySlug.get(slug));
}

/** Service groups of the party in the order in which they are visited. */
export function groupsOf(requests: readonly ApplicantRequest[], network: Network): ServiceGroup[] {
  return [...new Set(needsIn(requests, network).map((need) => need.group))];
}

/** Whether everybody on this person's birth record takes part. */
export function parentsAsked(person: DraftPerson, network: Network, on: LocalDate): boolean {
  if (!person.details || !isChild(person.details.bornOn, on)) return false;
  return person.services.some((slug) => network.serviceBySlug.get(slug)?.parentsTakePart);
}

export type VisitProblem = { readonly code: "wrong_age" | "permission_too_old"; readonly ordinal: number };

/** Why this party cannot come on that day: somebody has another age by then, or a permission is not good. */
export function findVisitProblem(
  requests: readonly ApplicantRequest[],
  network: Network,
  on: LocalDate,
): VisitProblem | undefined {
  for (const [i, request] of requests.entries()) {
    const age = Math.max(0, ageOn(request.bornOn, on));
    if (findServiceProblem(network, { age, services: request.services })?.code === "wrong_age")
      return { code: "wrong_age", ordinal: i + 1 };
    if (request.parents.some((parent) => !permissionHolds(parent, on)))
      return { code: "permission_too_old", ordinal: i + 1 };
  }
  return undefined;
}

/** How somebody is called on a page: the given names as typed. */
export function calledName(person: {
  readonly details?: Pick<ApplicantDetails, "givenNames"> | undefined;
}): string | undefined {
  return person.details?.givenNames;
}

export function fullName(details: Pick<ApplicantDetails, "givenNames" | "firstSurname" | "secondSurname">): string {
  return [details.givenNames, details.firstSurname, details.secondSurname].filter((part) => part !== "").join(" ");
}
