import { Temporal } from "temporal-polyfill";

/**
 * The VTIMEZONE of one zone, complete for the year of that instant: every change of its clock from the
 * last one before the year to the first one after it, as the machine's zone data have them.
 */
export function timeZoneLines(zone: string, instant: Date): string[] {
  const there = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  const newYear = Temporal.ZonedDateTime.from({ timeZone: zone, year: there.year, month: 1, day: 1 });
  const nextYear = newYear.add({ years: 1 });
  const changes: Temporal.ZonedDateTime[] = [];
  let change = newYear.getTimeZoneTransition("previous");
  while (change && change.epochMilliseconds < nextYear.epochMilliseconds) {
    changes.push(change);
    change = change.getTimeZoneTransition("next");
  }
  if (change) changes.push(change);
  const periods = changes.length > 0 ? changes.map(period) : [constant(newYear)];
  return ["BEGIN:VTIMEZONE", `TZID:${zone}`, ...periods.flat(), "END:VTIMEZONE"];
}

function period(change: Temporal.ZonedDateTime): string[] {
  const before = change.subtract({ milliseconds: 1 });
  // The change is given on the clock that was valid until then (RFC 5545, 3.6.5).
  const onTheOldClock = change.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime();
  return observance(change, onTheOldClock, before.offset);
}

function constant(from: Temporal.ZonedDateTime): string[] {
  return observance(from, from.toPlainDateTime(), from.offset);
}

function observance(from: Temporal.ZonedDateTime, startsOn: Temporal.PlainDateTime, offsetBefore: string): string[] {
  const kind = isDaylight(from) ? "DAYLIGHT" : "STANDARD";
  return [
    `BEGIN:${kind}`,
    `DTSTART:${startsOn.toString({ smallestUnit: "second" }).replace(/[-:]/g, "")}`,
    `TZOFFSETFROM:${offsetBefore.replace(":", "")}`,
    `TZOFFSETTO:${from.offset.replace(":", "")}`,
    `TZNAME:${shortName(from)}`,
    `END:${kind}`,
  ];
}

/** Summer time is the later clock of the year's two. */
function isDaylight(at: Temporal.ZonedDateTime): boolean {
  const offsets = [1, 7].map((month) => at.with({ month, day: 1 }).offsetNanoseconds);
  return offsets[0] !== offsets[1] && at.offsetNanoseconds === Math.max(...offsets);
}

function shortName(at: Temporal.ZonedDateTime): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: at.timeZoneId, timeZoneName: "short" }).formatToParts(
    new Date(at.epochMilliseconds),
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? at.offset;
}
