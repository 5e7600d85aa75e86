import type { Office } from "#modules/offices/index.ts";
import { hoursOf, standOf, type SpecialDayView } from "#channels/documents/special-day.ts";

const STATUS = {
  published: "EventScheduled",
  closed: "EventCancelled",
  suspended: "EventPostponed",
  cancelled: "EventCancelled",
  over: "EventScheduled",
} as const;

/** For search engines: what the page says, in the words of schema.org. Nothing where the day has no hours to tell. */
export function structuredDay(view: SpecialDayView, office: Office, name: string): object | undefined {
  const { day, language, address } = view;
  const hours = hoursOf(day);
  if (hours === undefined) return undefined;
  const stand = standOf(view);
  return {
    "@context": "https://schema.org",
    "@type": "Event",
    name,
    url: address,
    eventStatus: `https://schema.org/${STATUS[stand]}`,
    eventAttendanceMode: "https://schema.org/OfflineEventAttendanceMode",
    isAccessibleForFree: true,
    organizer: { "@type": "GovernmentOffice", name: office.name[language] },
    // Of one that is suspended neither day nor place is told: it has none.
    ...(stand !== "suspended" && {
      startDate: hours.from.toISOString(),
      endDate: hours.to.toISOString(),
      location: {
        "@type": "Place",
        name: day.venue?.name ?? office.name[language],
        address: {
          "@type": "PostalAddress",
          addressCountry: office.country,
          addressRegion: day.venue?.region ?? office.state,
          addressLocality: day.venue?.city ?? office.city,
          ...(day.venue ? { streetAddress: day.venue.street } : {}),
        },
      },
    }),
  };
}
