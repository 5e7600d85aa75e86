import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { LEVELS, listDays, type Availability, type Level, type PublicDay } from "#modules/schedules/index.ts";
import { viewOfDay } from "#channels/common/special-day.ts";
import { standOf, type SpecialDayView } from "#channels/documents/special-day.ts";
import type { Seen } from "../public-page.ts";

/** A special day as a page of everybody sees it at its minute. */
export function dayView(seen: Seen, day: PublicDay): SpecialDayView | undefined {
  const { language, network, releases, publicOrigin, snapshot } = seen;
  return viewOfDay(day, { language, network, draws: releases.draws, publicOrigin, now: snapshot.builtAt });
}

/** Days to which people may still go or of which they must hear, in their order: published, closed and suspended ones ahead. */
export function daysAhead(seen: Seen, officeId?: OfficeId): SpecialDayView[] {
  return seen.releases.planned.flatMap((day) => {
    const view = officeId === undefined || day.officeId === officeId ? dayView(seen, day) : undefined;
    return view && ["published", "closed", "suspended"].includes(standOf(view)) ? [view] : [];
  });
}

/** What is left of a day for all of these groups together; undefined where it has not all of them. */
export function levelOn(
  availability: Availability,
  day: PublicDay,
  groups: readonly ServiceGroup[],
): Level | undefined {
  const site = day.venue === null ? day.officeId : day.id;
  return listDays(availability, site, groups).find(({ date }) => date === day.localDate)?.level;
}

/** The best of its groups: whether anybody should come here to book at all. */
export function bestLevel(availability: Availability, day: PublicDay): Level {
  const ranks = day.sessions.map(({ serviceGroup }) =>
    LEVELS.indexOf(levelOn(availability, day, [serviceGroup]) ?? "none"),
  );
  return LEVELS[Math.max(0, ...ranks)]!;
}

/** Opens the maps of the phone at the venue. */
export function venueMap({
  name,
  street,
  city,
  region,
}: Readonly<Record<"name" | "street" | "city" | "region", string>>): string {
  const query = `${name}, ${street}, ${city}, ${region}`;
  return `https://www.google.com/maps/search/?${new URLSearchParams({ api: "1", query }).toString()}`;
}
