import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { Release } from "../types.ts";

/** Of each office the service groups whose places are drawn, with the first day that is. */
export type DrawnGroups = ReadonlyMap<OfficeId, ReadonlyMap<ServiceGroup, LocalDate>>;

export function drawnOf(releases: readonly Release[]): DrawnGroups {
  const drawn = new Map<OfficeId, Map<ServiceGroup, LocalDate>>();
  for (const { officeId, serviceGroup, regime, drawsFrom } of releases) {
    if (regime !== "draw") continue;
    const groups = drawn.get(officeId) ?? new Map<ServiceGroup, LocalDate>();
    drawn.set(officeId, groups.set(serviceGroup, drawsFrom));
  }
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
