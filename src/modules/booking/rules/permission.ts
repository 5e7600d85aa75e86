import { PERMISSION_DAYS } from "#kernel/limits.ts";
import { addDays, daysBetween } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import type { ApplicantDetails, Parent } from "../types.ts";

type Parents = Pick<ApplicantDetails, "parents">;

/** Where the permissions of a child or of a party stand; undefined when nobody signs elsewhere. */
export type PermissionStanding = "missing" | "received";

/** The first day on which a signature is still good at the visit. */
export function firstSigningDay(visitOn: LocalDate): LocalDate {
  return addDays(visitOn, -PERMISSION_DAYS);
}

/** Whether one signed that day is good at the visit: not older than 90 days, nor signed after it. */
export function isGoodAt(signedOn: LocalDate, visitOn: LocalDate): boolean {
  const age = daysBetween(signedOn, visitOn);
  return age >= 0 && age <= PERMISSION_DAYS;
}

/** The day that stands on the paper once it came, until then the one that the family told. */
export function signedOn({ received, permissionOn }: Parent): LocalDate | undefined {
  return received?.signedOn ?? permissionOn;
}

/** A permission whose day is not known yet does not stand in the way of any visit. */
export function permissionHolds(parent: Parent, visitOn: LocalDate): boolean {
  const on = signedOn(parent);
  return parent.part !== "signs_elsewhere" || on === undefined || isGoodAt(on, visitOn);
}

export function isPermissionMissing({ part, received }: Parent): boolean {
  return part === "signs_elsewhere" && received === undefined;
}

export function permissionsMissing(people: readonly Parents[]): number {
  return people.flatMap((one) => one.parents).filter(isPermissionMissing).length;
}

export function permissionStanding(people: readonly Parents[]): PermissionStanding | undefined {
  if (permissionsMissing(people) > 0) return "missing";
  return people.some((one) => one.parents.some((parent) => parent.received)) ? "received" : undefined;
}

/** Which sheets are to be sent, as an event says it: `2.1` is the second person's first parent. Empty when none is. */
export function sheetsOf(people: readonly Parents[]): string {
  return people
    .flatMap((one, i) =>
      one.parents.flatMap((parent, j) => (isPermissionMissing(parent) && parent.sheetTo ? [`${i + 1}.${j + 1}`] : [])),
    )
    .join(" ");
}

/** Why a clerk cannot record a permission of that day; undefined when she can. */
export function refusePermission(
  parent: Parent | undefined,
  signed: LocalDate,
  { visitOn, today }: { visitOn: LocalDate; today: LocalDate },
): "permission_not_expected" | "permission_not_signed" | "permission_too_old" | undefined {
  if (parent?.part !== "signs_elsewhere") return "permission_not_expected";
  if (signed > today) return "permission_not_signed";
  return isGoodAt(signed, visitOn) ? undefined : "permission_too_old";
}
