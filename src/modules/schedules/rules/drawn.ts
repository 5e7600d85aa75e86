import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { Release } from "../types.ts";

/** Days whose places are drawn: from the first on, to the last where the office will not go on drawing. */
export interface DrawnDays {
  readonly from: LocalDate;
  readonly to: LocalDate | undefined;
}
/** Of each office the service groups whose places are drawn. */
export type DrawnGroups = ReadonlyMap<OfficeId, ReadonlyMap<ServiceGroup, DrawnDays>>;

/** Groups that were turned back to immediate booking while a draw was open that had their places, and that draw's days. */
export interface KeptGroups {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly groups: readonly { readonly officeId: OfficeId; readonly serviceGroup: ServiceGroup }[];
}

export function drawnOf(releases: readonly Release[], kept: KeptGroups | undefined): DrawnGroups {
  const drawn = new Map<OfficeId, Map<ServiceGroup, DrawnDays>>();
  const add = (officeId: OfficeId, serviceGroup: ServiceGroup, days: DrawnDays): void => {
    const groups = drawn.get(officeId) ?? new Map<ServiceGroup, DrawnDays>();
    drawn.set(officeId, groups.set(serviceGroup, days));
  };
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
  const count = groups.filter((group) => here?.has(group)).length;
  return count === 0 ? "none" : count === groups.length ? "all" : "some";
}
