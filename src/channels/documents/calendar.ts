import { icsEscaped, icsLocal, icsText, icsUtc } from "./ics.ts";
import { timeZoneLines } from "./time-zone.ts";
import type { ConfirmationView } from "./view.ts";
import { SLIP_WORDS } from "./words.ts";

/** How long before the visit the calendar speaks up. */
const ALARM = "-P1D";

/**
 * A calendar file with one entry. Its title says "Cita" and nothing else, and the office's name stays
 * out: a calendar is seen on locked screens and shared with others (hardening 19).
 */
export function renderIcs(view: ConfirmationView): string {
  const words = SLIP_WORDS[view.language];
  const { zone, name, city, addressLines, note } = view.office;
  // The consulate is not named on a shared screen; a church or a school has to be found.
  const place = addressLines.length > 0 ? [...(note ? [name] : []), ...addressLines].join(", ") : city;
  const tail = view.folio.slice(-4);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//Ventanilla//Citas//${view.language.toUpperCase()}`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...timeZoneLines(zone, view.startsAt),
    "BEGIN:VEVENT",
    `UID:${view.bookingId}@${new URL(view.pageUrl).hostname}`,
    // Grows with each download, so that the entry of a booking that moved replaces the older one.
    `SEQUENCE:${Math.max(0, Math.floor((view.issuedAt.getTime() - view.bookedAt.getTime()) / 1_000))}`,
    `DTSTAMP:${icsUtc(view.issuedAt)}`,
    `DTSTART;TZID=${zone}:${icsLocal(view.startsAt, zone)}`,
    `DTEND;TZID=${zone}:${icsLocal(view.endsAt, zone)}`,
    `SUMMARY:${icsEscaped(words.calendarTitle)}`,
    `LOCATION:${icsEscaped(place)}`,
    `DESCRIPTION:${icsEscaped(`${words.folioEndsIn(tail)}\n${words.change} ${view.pageUrl}`)}`,
    `URL:${view.pageUrl}`,
    "CLASS:PRIVATE",
    "STATUS:CONFIRMED",
    "TRANSP:OPAQUE",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${icsEscaped(words.calendarTitle)}`,
    `TRIGGER:${ALARM}`,
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return icsText(lines);
}
