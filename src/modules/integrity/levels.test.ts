import { afterEach, beforeEach, expect, test } from "vitest";
import type { ContactId } from "#kernel/ids.ts";
import { requestPlaces } from "#modules/booking/index.ts";
import { checkIn, recordOutcomes } from "#modules/visits/index.ts";
import { aBooking, allOf, aStaffId, goToVisit, staffContext, visitOf } from "#modules/visits/visits.fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, ANY_MORNING } from "#tests/support/draw-world.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { askAll } from "./integrity.fixtures.ts";
import { isIdentified } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const identified = (contactId: ContactId, ...people: number[]) =>
  isIdentified(
    citizen(services, contactId),
    contactId,
    people.map((one) => anApplicant(one)),
  );

test("who filed a person has level 2 for her once her document was issued; another contact that filed her too has not", async () => {
  const { wanted } = await aSession(services, { counters: 4 });
  const [hers, stranger] = await someContacts(services, 2);
  await aBooking(services, stranger!, wanted, [anApplicant(1)]);
  const bookingId = await aBooking(services, hers!, wanted, [anApplicant(1)]);
  await askAll(services);
  expect(await identified(hers!, 1)).toBe(false);
  goToVisit(services, wanted);
  const clerk = staffContext(services, await aStaffId(services));
  await checkIn(clerk, { bookingId });
  const { id, version } = await visitOf(services, bookingId);
  const recorded = await recordOutcomes(clerk, { visitId: id, version, outcomes: await allOf(services, bookingId) });
  expect(recorded).toMatchObject({ ok: true });
  await askAll(services);
  expect(await identified(hers!, 1)).toBe(true);
  expect([
    await identified(stranger!, 1),
    await identified(hers!, 1, 2),
    await identified(hers!, 2),
    await identified(hers!),
  ]).toEqual([false, false, false, false]);
});

test("in a draw the request of a contact with level 2 for all its people is of that class, and no other is", async () => {
  const { wanted } = await aSession(services, { counters: 4 });
  const [hers, other, stranger] = await someContacts(services, 3);
  await aBooking(services, hers!, wanted, [anApplicant(1)]);
  await aBooking(services, other!, wanted, [anApplicant(2)]);
  await askAll(services);
  await services.adminQuery("update integrity.filings set seen = true");
  await aDrawWorld(services, { counters: 2 });
  const classOf = async (contactId: ContactId, person: number) => {
    const filed = await requestPlaces(citizen(services, contactId), {
      contactId,
      applicants: [anApplicant(person, { services: ["pasaporte-adulto"] as never })],
      wish: ANY_MORNING,
      autoConfirm: false,
    });
    if (!filed.ok) return filed.refusal.code;
    const asked = "select contact_class from allocation.requests where contact_id = $1";
    return (await services.adminQuery<{ contact_class: string }>(asked, [contactId]))[0]!.contact_class;
  };
  expect(await classOf(hers!, 1)).toBe("level_2");
  expect(await classOf(other!, 3)).toBe("email_only");
  expect(await classOf(stranger!, 1)).toBe("email_only");
});
