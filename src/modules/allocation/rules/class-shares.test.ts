import fc from "fast-check";
import { expect, it } from "vitest";
import { CONTACT_CLASSES, type ContactClass } from "../types.ts";
import { sharesByShow, type Shows } from "./class-shares.ts";
import { DRAW_POLICY } from "./policy.ts";

const BASE = DRAW_POLICY.contactShares;
const shows = (contact: ContactClass, came: number, missed: number): Shows => ({ contact, came, missed });
const USUAL = [shows("known", 900, 100), shows("level_2", 90, 10)];

it("is the policy's where nothing was counted, or too little", () => {
  expect(sharesByShow(BASE, [])).toEqual(BASE);
  expect(sharesByShow(BASE, [...USUAL, shows("email_only", 0, 199)])).toEqual(BASE);
});

it("is the policy's for a kind that comes like the others, or somewhat less", () => {
  expect(sharesByShow(BASE, [...USUAL, shows("email_only", 800, 120), shows("unseen_number", 900, 110)])).toEqual(BASE);
});

it("falls for a kind that fills places with nobody, and for that kind alone", () => {
  const after = sharesByShow(BASE, [...USUAL, shows("email_only", 12, 988), shows("unseen_number", 900, 100)]);
  expect(after).toEqual({ ...BASE, email_only: 22 });
});

it("comes back when its people come again", () => {
  expect(sharesByShow(BASE, [...USUAL, shows("email_only", 180, 20)])).toEqual(BASE);
});

it("is measured beside those who were seen in person: where nobody comes on a day of snow, no kind is cut", () => {
  const snow = CONTACT_CLASSES.map((contact) => shows(contact, 100, 900));
  expect(sharesByShow(BASE, snow)).toEqual(BASE);
});

it("never gives a kind more than the policy, never nothing, and never lets it waste more than 2 % beyond the usual", () => {
  const any = fc.record({
    contact: fc.constantFrom(...CONTACT_CLASSES),
    came: fc.nat(5_000),
    missed: fc.nat(5_000),
  });
  fc.assert(
    fc.property(fc.uniqueArray(any, { selector: (one) => one.contact }), (counted) => {
      const after = sharesByShow(BASE, counted);
      expect(Object.keys(after)).toEqual(Object.keys(BASE));
      for (const contact of ["email_only", "unseen_number"] as const) {
        expect(after[contact]).toBeLessThanOrEqual(BASE[contact]!);
        expect(after[contact]).toBeGreaterThanOrEqual(20);
        const own = counted.find((one) => one.contact === contact);
        const trusted = counted.filter((one) => one.contact === "known" || one.contact === "level_2");
        const [came, missed] = [sum(trusted, "came"), sum(trusted, "missed")];
        const usual = came + missed < 200 ? 0.1 : missed / (came + missed);
        if (own && own.came + own.missed >= 200)
          expect(after[contact]! * (own.missed / (own.came + own.missed) - usual)).toBeLessThanOrEqual(20);
      }
    }),
  );
});

function sum(counted: readonly Shows[], field: "came" | "missed"): number {
  return counted.reduce((total, one) => total + one[field], 0);
}
