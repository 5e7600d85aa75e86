import { expect, it } from "vitest";
import { KEEP_DAYS_AFTER_VISIT } from "#modules/booking/rules/party.ts";
import { CONTACT_MONTHS, UNVERIFIED_CONTACT_DAYS } from "#modules/people/rules.ts";
import { AUDIT_YEARS } from "#platform/keyring/index.ts";
import { AUDIT_KEPT_YEARS, BOOKING_KEPT_DAYS, CONTACT_KEPT_MONTHS, UNVERIFIED_KEPT_DAYS } from "./retention.ts";

it("is what the notice promises", () => {
  expect(BOOKING_KEPT_DAYS).toBe(KEEP_DAYS_AFTER_VISIT);
  expect(CONTACT_KEPT_MONTHS).toBe(CONTACT_MONTHS);
  expect(UNVERIFIED_KEPT_DAYS).toBe(UNVERIFIED_CONTACT_DAYS);
  expect(AUDIT_KEPT_YEARS).toBe(AUDIT_YEARS);
});
