import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "#kernel/time.ts";
import { renderIcs } from "./calendar.ts";
import { aConfirmation } from "./documents.fixtures.ts";

const { offices } = JSON.parse(readFileSync("db/reference/offices.json", "utf8")) as { offices: { zone: string }[] };
const ZONES = [...new Set(offices.map((office) => office.zone))];

interface Observance {
  readonly kind: string;
  readonly start: string;
  readonly from: string;
  readonly to: string;
}

/** Reads a calendar file from its text alone, as a calendar that has no zone data of its own would. */
function read(ics: string) {
  const lines = ics.replace(/\r\n /g, "").split("\r\n");
  const event = lines.slice(lines.indexOf("BEGIN:VEVENT"));
  const value = (name: string): string => {
    const line = event.find((one) => one.startsWith(`${name}:`) || one.startsWith(`${name};`));
    return line?.slice(line.indexOf(":") + 1) ?? "";
  };
  const observances: Observance[] = [
    ...lines
      .join("\n")
      .matchAll(/BEGIN:(STANDARD|DAYLIGHT)\nDTSTART:(.+)\nTZOFFSETFROM:(.+)\nTZOFFSETTO:(.+)\nTZNAME:(.+)\nEND:/g),
  ].map((one) => ({
    kind: one[1]!,
    start: one[2]!,
    from: one[3]!,
    to: one[4]!,
  }));
  return { lines, value, observances };
}

const offsetMs = (offset: string): number =>
  Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5))) * 60_000;
const wallClock = (text: string): number =>
  Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)$/, "$1-$2-$3T$4:$5:$6Z"));

/** The instant of a local time by the file's own VTIMEZONE: the last observance that began before it holds (RFC 5545, 3.6.5). */
function instantByFile(ics: string, name: "DTSTART" | "DTEND"): number {
  const { value, observances } = read(ics);
  const local = wallClock(value(name));
  const begun = observances
    .filter((one) => wallClock(one.start) <= local)
    .sort((a, b) => wallClock(a.start) - wallClock(b.start));
  return local - offsetMs(begun.at(-1)!.to);
}

const forVisit = (zone: string, startsAt: Date): string =>
  renderIcs(
    aConfirmation({
      office: { ...aConfirmation().office, zone },
      startsAt,
      endsAt: new Date(startsAt.getTime() + HOUR_MS),
    }),
  );

describe("the calendar file", () => {
  it("tells the right instant in every zone of the network, all year", () => {
    expect(ZONES).toHaveLength(12);
    const starts = fc.date({
      min: new Date("2026-01-02T00:00:00Z"),
      max: new Date("2029-12-30T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), starts, (zone, at) => {
        const startsAt = new Date(Math.floor(at.getTime() / 60_000) * 60_000);
        // The hour that comes twice in autumn has one name for two instants; no office is open then.
        const ics = forVisit(zone, startsAt);
        const difference = instantByFile(ics, "DTSTART") - startsAt.getTime();
        const local = read(ics).value("DTSTART").slice(9, 13);
        return difference === 0 || (Math.abs(difference) === HOUR_MS && local >= "0100" && local < "0200");
      }),
      { numRuns: 300 },
    );
  });

  it.each(ZONES)("is right on the days around both changes of the clock in %s", (zone) => {
    for (const day of [
      "2026-03-07",
      "2026-03-08",
      "2026-03-09",
      "2026-10-31",
      "2026-11-01",
      "2026-11-02",
      "2027-03-14",
      "2027-11-07",
    ]) {
      for (const hour of ["15", "18", "23"]) {
        const startsAt = new Date(`${day}T${hour}:30:00Z`);
        const ics = forVisit(zone, startsAt);
        expect(instantByFile(ics, "DTSTART")).toBe(startsAt.getTime());
        expect(instantByFile(ics, "DTEND")).toBe(startsAt.getTime() + HOUR_MS);
      }
    }
  });

  it("describes summer and winter where there are both, and one time where there is one", () => {
    const california = read(forVisit("America/Los_Angeles", new Date("2026-12-03T18:30:00Z"))).observances;
    expect(california.map((one) => [one.kind, one.start, one.from, one.to])).toEqual([
      ["STANDARD", "20251102T020000", "-0700", "-0800"],
      ["DAYLIGHT", "20260308T020000", "-0800", "-0700"],
      ["STANDARD", "20261101T020000", "-0700", "-0800"],
      ["DAYLIGHT", "20270314T020000", "-0800", "-0700"],
    ]);
    const arizona = read(forVisit("America/Phoenix", new Date("2026-07-03T18:30:00Z"))).observances;
    expect(arizona.map((one) => [one.kind, one.to])).toEqual([["STANDARD", "-0700"]]);
  });

  it("says Cita and nothing that tells what for", () => {
    const view = aConfirmation();
    const ics = renderIcs(view);
    const { value } = read(ics);
    expect(value("SUMMARY")).toBe("Cita");
    expect(value("LOCATION")).toBe("100 Example Street\\, Suite 4\\, Fresno\\, CA 93701");
    expect(value("URL")).toBe(view.pageUrl);
    expect(ics).not.toMatch(/[Cc]onsul|Pasaporte|Matr|Citlali|7K3M/);
    expect(read(renderIcs({ ...view, language: "en" })).value("SUMMARY")).toBe("Appointment");
  });

  it("is one entry that a later one replaces", () => {
    const first = read(renderIcs(aConfirmation()));
    const later = read(
      renderIcs(
        aConfirmation({ issuedAt: new Date("2026-11-24T18:00:00Z"), startsAt: new Date("2026-12-10T18:30:00Z") }),
      ),
    );
    expect(later.value("UID")).toBe(first.value("UID"));
    expect(Number(later.value("SEQUENCE"))).toBeGreaterThan(Number(first.value("SEQUENCE")));
    expect(first.value("UID")).toMatch(/^[0-9a-f-]{36}@citas\.example\.org$/);
  });

  it("ends every line with CRLF and folds those of more than 75 octets between characters", () => {
    const office = { ...aConfirmation().office, addressLines: [`Avenida ${"ñandú ".repeat(40)}`, "Montréal; QC"] };
    const ics = renderIcs(aConfirmation({ office }));
    const lines = ics.split("\r\n");
    expect(lines.at(-1)).toBe("");
    expect(ics.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(ics).not.toContain("\uFFFD");
    expect(read(ics).value("LOCATION")).toBe(`${office.addressLines[0]}\\, Montréal\\; QC`);
    expect(
      lines
        .filter((line) => line.startsWith("BEGIN:"))
        .map((line) => line.slice(6))
        .sort(),
    ).toEqual(
      lines
        .filter((line) => line.startsWith("END:"))
        .map((line) => line.slice(4))
        .sort(),
    );
  });
});
