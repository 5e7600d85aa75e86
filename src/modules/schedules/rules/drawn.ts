import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { Release } from "../types.ts";

/** Days whose places are drawn: from the first on, to the last where the office will not go on drawing. */
export interface DrawnDays {
  readonly from: LocalDate;
  readonly to: LocalDate | undefined;
  /** Only dated days that are given at short notice: the office gives all else at once. */
  readonly short?: true;
}
/** Of each office the service groups whose places are drawn. */
export type DrawnGroups = ReadonlyMap<OfficeId, ReadonlyMap<ServiceGroup, DrawnDays>>;

/** Groups that were turned back to immediate booking while a draw was open that had their places, and that draw's days. */
export interface KeptGroups {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly groups: readonly { readonly officeId: OfficeId; readonly serviceGroup: ServiceGroup }[];
}

/** Of an office and group the first and last day that is given at short notice. */
export interface ShortDays {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

export function drawnOf(
  releases: readonly Release[],
  kept: KeptGroups | undefined,
  short: readonly ShortDays[] = [],
): DrawnGroups {
  const drawn = new Map<OfficeId, Map<ServiceGroup, DrawnDays>>();
  const add = (officeId: OfficeId, serviceGroup: ServiceGroup, days: DrawnDays): void => {
    const groups = drawn.get(officeId) ?? new Map<ServiceGroup, DrawnDays>();
    drawn.set(officeId, groups.set(serviceGroup, days));
  };
  for (const { officeId, serviceGroup, from, to } of short) add(officeId, serviceGroup, { from, to, short: true });
  for (const { officeId, serviceGroup, regime, drawsFrom } of releases)
    if (regime === "draw") add(officeId, serviceGroup, { from: drawsFrom, to: undefined });
  for (const { officeId, serviceGroup } of kept?.groups ?? [])
    add(officeId, serviceGroup, { from: kept!.from, to: kept!.to });
  return drawn;
}

/** How much of what somebody wants an office draws; `some` cannot be had in one visit by a request alone. */
export function drawnShare(
  drawn: DrawnGroups,
  officeId: OfficeId,
  groups: readonly ServiceGroup[],
): "all" | "some" | "none" {
  const here = drawn.get(officeId);
  const count = groups.filter((group) => isWeekly(here?.get(group))).length;
  return count === 0 ? "none" : count === groups.length ? "all" : "some";
}

/** Whether places of all of it can be asked for there: drawn each week, or of a day at short notice. */
export function isAskable(drawn: DrawnGroups, officeId: OfficeId, groups: readonly ServiceGroup[]): boolean {
  return groups.length > 0 && groups.every((group) => drawn.get(officeId)?.has(group));
}

/** Whether an office draws all of a group's places, not those of some dated days alone. */
export function isWeekly(days: DrawnDays | undefined): boolean {
  return days !== undefined && days.short === undefined;
}
