import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { OVER_KEPT_DAYS } from "#modules/allocation/index.ts";
import { COOL_DOWN_HOURS, REQUEST_DAYS } from "#modules/booking/index.ts";
import { KEEP_DAYS_AFTER_VISIT } from "#modules/booking/rules/party.ts";
import { KEPT_DAYS as EMERGENCY_DAYS } from "#modules/emergencies/rules/asking.ts";
import { OBSERVED_DAYS } from "#modules/integrity/commands/observe.ts";
import { CONTACT_MONTHS, UNVERIFIED_CONTACT_DAYS } from "#modules/people/rules.ts";
import { ROOM_KEPT_DAYS as ROOM_DAYS } from "#modules/room/rules/rooms.ts";
import { AUDIT_YEARS } from "#platform/keyring/index.ts";
import type { Language } from "../texts/texts.ts";
import { PrivacyInShort } from "./in-short.tsx";
import {
  AUDIT_KEPT_YEARS,
  BOOKING_KEPT_DAYS,
  CANCEL_KEPT_HOURS,
  CONTACT_KEPT_MONTHS,
  EMERGENCY_KEPT_DAYS,
  OBSERVED_KEPT_DAYS,
  REQUEST_KEPT_DAYS,
  REQUEST_WAITS_DAYS,
  ROOM_KEPT_DAYS,
  UNVERIFIED_KEPT_DAYS,
} from "./retention.ts";

it("is what the notice promises", () => {
  expect(BOOKING_KEPT_DAYS).toBe(KEEP_DAYS_AFTER_VISIT);
  expect(CONTACT_KEPT_MONTHS).toBe(CONTACT_MONTHS);
  expect(UNVERIFIED_KEPT_DAYS).toBe(UNVERIFIED_CONTACT_DAYS);
  expect(CANCEL_KEPT_HOURS).toBe(COOL_DOWN_HOURS);
  expect(ROOM_KEPT_DAYS).toBe(ROOM_DAYS);
  expect(REQUEST_KEPT_DAYS).toBe(OVER_KEPT_DAYS);
  expect(REQUEST_WAITS_DAYS).toBe(REQUEST_DAYS);
  expect(EMERGENCY_KEPT_DAYS).toBe(EMERGENCY_DAYS);
  expect(OBSERVED_KEPT_DAYS).toBe(OBSERVED_DAYS);
  expect(AUDIT_KEPT_YEARS).toBe(AUDIT_YEARS);
});

it("is told apart in short: names and data by the visit, the contact by its last use", () => {
  const inShort = (language: Language) => renderToStaticMarkup(createElement(PrivacyInShort, { language }));
  expect(inShort("es")).toContain(`los nombres y sus datos ${KEEP_DAYS_AFTER_VISIT} días después de la visita`);
  expect(inShort("es")).toContain(`su correo o teléfono ${CONTACT_MONTHS} meses después de la última vez que los use`);
  expect(inShort("en")).toContain(`the names and their data ${KEEP_DAYS_AFTER_VISIT} days after the visit`);
  expect(inShort("en")).toContain(`your e-mail or phone ${CONTACT_MONTHS} months after the last use`);
});
