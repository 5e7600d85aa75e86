import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { listRequests } from "#modules/allocation/index.ts";
import { contextFor } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, ANY_MORNING, goOn, HOURS } from "#tests/support/draw-world.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import { getFile, moveBookingTo, requestPlaces } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
  await aDrawWorld(services);
});
afterEach(() => services.close());

test("what somebody declared so as not to wait is in the file that the counter opens, also after a move", async () => {
  const [contactId] = await someContacts(services, 1);
  const family = citizen(services, contactId!);
  const filed = await requestPlaces(family, {
    contactId: contactId!,
    applicants: [anApplicant(1), anApplicant(2), anApplicant(3)],
    wish: ANY_MORNING,
    autoConfirm: true,
    declared: [
      { kind: "deadline", ordinal: 1, on: "2026-12-20" as LocalDate },
      { kind: "pregnancy", ordinal: 3 },
      { kind: "disability", ordinal: 3 },
    ],
  });
  expect(filed).toMatchObject({ ok: true });
  await goOn(services, HOURS.lock);
  await goOn(services, HOURS.round);
  const bookingId = (await listRequests(family))[0]!.bookingId!;
  const clerk = contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: FRESNO, role: "clerk" },
    channel: "console",
    purpose: "reception",
    requestId: "r",
    language: "es",
  });
  const declared = async () => {
    const file = await getFile(clerk, FRESNO, bookingId);
    if (!file.ok) throw new Error(file.refusal.code);
    return file.value.people.map((one) => one.declared);
  };
  const said = [[{ kind: "deadline", on: "2026-12-20" }], undefined, [{ kind: "pregnancy" }, { kind: "disability" }]];
  expect(await declared()).toEqual(said);

  const { wanted } = await aSession(services, { localDate: "2026-12-11" as LocalDate, steps: 4 });
  const later = citizen(services, contactId!);
  expect(await moveBookingTo(later, { contactId: contactId!, bookingId, wanted })).toMatchObject({ ok: true });
  expect(await declared()).toEqual(said);
});
