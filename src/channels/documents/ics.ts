import { Temporal } from "temporal-polyfill";
import { timeZoneLines } from "./time-zone.ts";

/** Longest line of a calendar file, in octets without its end (RFC 5545, 3.1). */
const LINE_OCTETS = 75;

/** Lines in their order, folded and ended as a calendar file wants them. */
export function icsText(lines: readonly string[]): string {
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** Breaks between characters, never inside one. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join("\r\n");
}

export function icsEscaped(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replace(/\r?\n/g, "\\n");
}

export function icsUtc(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** On the wall clock of the zone, which stands beside it as TZID. */
export function icsLocal(instant: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "second" })
    .replace(/[-:]/g, "");
}

/** An entry of a calendar that people subscribe to: it asks nobody for anything and blocks nobody's day. */
export interface IcsEvent {
  /** The same for as long as the thing is the same, whatever moves. */
  readonly uid: string;
  readonly startsAt: Date;
  /** Without it the entry is an instant. */
  readonly endsAt?: Date | undefined;
  /** IANA; undefined for what happens at an hour of UTC, whatever the clocks of the place do. */
  readonly zone: string | undefined;
  readonly daily?: boolean | undefined;
  /** It will not be; who keeps the entry is told so. */
  readonly cancelled?: boolean | undefined;
  readonly summary: string;
  readonly description: string;
  readonly location?: string | undefined;
  readonly url: string;
}

export interface IcsCalendar {
  readonly language: "es" | "en";
  readonly name: string;
  readonly madeAt: Date;
  readonly events: readonly IcsEvent[];
}

/** Reading programs ask again after so long: what they hold is at most so old. */
const REFRESH = "PT6H";

export function calendarFeed({ language, name, madeAt, events }: IcsCalendar): string {
  const zones = [...new Set(events.flatMap(({ zone }) => zone ?? []))].sort();
  return icsText([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:-//Ventanilla//Calendario//${language.toUpperCase()}`,
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME:${icsEscaped(name)}`,
    `X-WR-CALNAME:${icsEscaped(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`,
    `X-PUBLISHED-TTL:${REFRESH}`,
    ...zones.flatMap((zone) => timeZoneLines(zone, madeAt)),
    ...events.flatMap((event) => eventLines(event, madeAt)),
    "END:VCALENDAR",
  ]);
}

function eventLines(event: IcsEvent, madeAt: Date): string[] {
  const { uid, startsAt, endsAt, zone, daily, cancelled, summary, description, location, url } = event;
  const at = (name: string, instant: Date): string =>
    zone === undefined ? `${name}:${icsUtc(instant)}` : `${name};TZID=${zone}:${icsLocal(instant, zone)}`;
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${icsUtc(madeAt)}`,
    at("DTSTART", startsAt),
    ...(endsAt ? [at("DTEND", endsAt)] : []),
    ...(daily ? ["RRULE:FREQ=DAILY"] : []),
    `SUMMARY:${icsEscaped(summary)}`,
    ...(location === undefined ? [] : [`LOCATION:${icsEscaped(location)}`]),
    `DESCRIPTION:${icsEscaped(description)}`,
    `URL:${url}`,
    "CLASS:PUBLIC",
    `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}
