import type { OfficeId } from "#kernel/ids.ts";
import type { Availability, GroupAvailability, OfficeAvailability } from "../types.ts";

/** The public document of one office: every day of the horizon with its levels. */
export function officeDocument(id: OfficeId, office: OfficeAvailability): string {
  return JSON.stringify({
    office: id,
    groups: byGroup(office, (group) => ({ ...soonOf(group), days: Object.fromEntries(group.days) })),
  });
}

/** The public document of the network: the next days of each office, so that offices can be compared. */
export function networkDocument(availability: Availability): string {
  const offices = [...availability.offices].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ offices: Object.fromEntries(offices.map(([id, office]) => [id, byGroup(office, soonOf)])) });
}

function soonOf(group: GroupAvailability): object {
  return { soonest: group.soonest ?? null, next_days: group.nextDays };
}

function byGroup(office: OfficeAvailability, render: (group: GroupAvailability) => object): object {
  const groups = [...office].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(groups.map(([name, group]) => [name, render(group)]));
}
