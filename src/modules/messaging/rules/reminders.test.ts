import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { localTimeAt } from "#kernel/time.ts";
import { dueReminderDays, nextDecentInstant, reminderSequence } from "./reminders.ts";

const { offices } = JSON.parse(readFileSync("db/reference/offices.json", "utf8")) as { offices: { zone: string }[] };

describe("reminders", () => {
  const network = [
    { id: "new-york" as OfficeId, zone: "America/New_York" },
    { id: "los-angeles" as OfficeId, zone: "America/Los_Angeles" },
  ];

  it("are due where the hour is decent, for the day that it is there", () => {
    // 09:30 in New York, 06:30 in Los Angeles.
    expect(dueReminderDays(network, new Date("2026-12-03T14:30:00Z"))).toEqual([
      { officeId: "new-york", kind: "reminder_7", localDate: "2026-12-10" },
      { officeId: "new-york", kind: "reminder_1", localDate: "2026-12-04" },
      { officeId: "new-york", kind: "permission_5", localDate: "2026-12-08" },
    ]);
    // 19:30 in Los Angeles; in New York it is the next day's concern already.
    expect(
      dueReminderDays(network, new Date("2026-12-04T03:30:00Z")).map((one) => [one.officeId, one.localDate]),
    ).toEqual([
      ["los-angeles", "2026-12-10"],
      ["los-angeles", "2026-12-04"],
      ["los-angeles", "2026-12-08"],
    ]);
  });

  it("wait for a decent hour in every zone and season", () => {
    const zones = [...new Set(offices.map((office) => office.zone))];
    const instants = fc.date({
      min: new Date("2026-01-01T00:00:00Z"),
      max: new Date("2028-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (now, zone) => {
        const next = nextDecentInstant(now, zone);
        const time = localTimeAt(next, zone);
        return time >= "09:00" && time < "20:00" && next >= now && next.getTime() - now.getTime() <= 14 * 3_600_000;
      }),
    );
  });

  it("of another day are other messages", () => {
    expect(reminderSequence("2026-12-10" as LocalDate)).toBe(20261210);
  });
});
