import { Temporal } from "temporal-polyfill";
import { timeZoneLines } from "./time-zone.ts";
import type { ConfirmationView } from "./view.ts";
import { SLIP_WORDS } from "./words.ts";

/** Longest line of a calendar file, in octets without its end (RFC 5545, 3.1). */
const LINE_OCTETS = 75;
/** How long before the visit the calendar speaks up. */
const ALARM = "-P1D";

/**
 * A calendar file with one entry. Its title says "Cita" and nothing else, and the office's name stays
 * out: a calendar is seen on locked screens and shared with others (hardening 19).
 */
export function renderIcs(view: ConfirmationView): string {
  const words = SLIP_WORDS[view.language];
  const { zone, city, addressLines } = view.office;
  const place = addressLines.length > 0 ? addressLines.join(", ") : city;
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
    `DTSTAMP:${utc(view.issuedAt)}`,
    `DTSTART;TZID=${zone}:${local(view.startsAt, zone)}`,
    `DTEND;TZID=${zone}:${local(view.endsAt, zone)}`,
    `SUMMARY:${escaped(words.calendarTitle)}`,
    `LOCATION:${escaped(place)}`,
    `DESCRIPTION:${escaped(`${words.folioEndsIn(tail)}\n${words.change} ${view.pageUrl}`)}`,
    `URL:${view.pageUrl}`,
    "CLASS:PRIVATE",
    "STATUS:CONFIRMED",
    "TRANSP:OPAQUE",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(words.calendarTitle)}`,
    `TRIGGER:${ALARM}`,
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Breaks between characters, never inside one. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    if (Buffer.byteLength(part + character) > LINE_OCTETS) {
      parts.push(part);
      part = " ";
    }
    part += character;
  }
  return [...parts, part].join("\r\n");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r?\n/g, "\\n");
}

function utc(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function local(instant: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "second" })
    .replace(/[-:]/g, "");
}
