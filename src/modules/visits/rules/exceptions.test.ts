import fc from "fast-check";
import { expect, test } from "vitest";
import type { OfficeId } from "#kernel/ids.ts";
import { networkExceptions, officeExceptions, type ExceptionMonth } from "./exceptions.ts";

const NONE = { dates: 0, attested: 0, door: 0, doorAlone: 0, urgent: 0, urgentAlone: 0 };
const row = (office: string, counts: Partial<ExceptionMonth>, month = "2026-10"): ExceptionMonth => ({
  ...NONE,
  ...counts,
  officeId: office as OfficeId,
  month,
});

test("the network is told month by month, without handfuls and without what would give them away", () => {
  const rows = [
    row("fresno", { dates: 30, attested: 12, door: 9 }),
    row("chicago", { dates: 20, attested: 3, door: 4, doorAlone: 1, urgent: 5 }),
    row("fresno", { dates: 9 }, "2026-11"),
  ];
  expect(networkExceptions(rows)).toEqual([
    { month: "2026-11", dates: null, attested: null, door: 0, doorAlone: 0, urgent: 0, urgentAlone: 0 },
    { month: "2026-10", dates: 50, attested: 15, door: 13, doorAlone: null, urgent: null, urgentAlone: null },
  ]);
});

test("no handful of an office is told, nor found by subtracting what is told from the network", () => {
  const counts = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.array(fc.tuple(counts, counts), { minLength: 1, maxLength: 6 }), (offices) => {
      const rows = offices.map(([dates, part], i) => row(`office ${i}`, { dates, attested: Math.min(part, dates) }));
      const [network] = networkExceptions(rows);
      const own = officeExceptions(rows);
      for (const one of own)
        for (const count of [
          one.dates,
          one.attested,
          one.dates === null || one.attested === null ? null : one.dates - one.attested,
        ])
          if (count !== null && count > 0) expect(count).toBeGreaterThanOrEqual(10);
      for (const name of ["dates", "attested"] as const) {
        const hidden = own.filter((one) => one[name] === null);
        const all = network![name];
        if (all === null || hidden.length === 0) continue;
        // What is left after all that is told is no handful, and of more than one office.
        const rest = all - own.reduce((told, one) => told + (one[name] ?? 0), 0);
        expect([rest === 0 || rest >= 10, hidden.length > 1 || own.length === 1]).toEqual([true, true]);
      }
    }),
  );
});
