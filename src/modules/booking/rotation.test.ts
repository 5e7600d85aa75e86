import { afterEach, beforeEach, expect, test } from "vitest";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { systemContext } from "#platform/context.ts";
import type { Keyring } from "#platform/keyring/index.ts";
import { rekeyBookings } from "./commands/retention.ts";
import { book } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const CLIENTS = 64;
const PEOPLE = 8;
const [CURP_KIND, NAME_KIND] = ["claim.curp", "claim.name"] as const;

/** 64 clients file for 8 people while the keys are rotated; answers how many claims count for each person. */
async function rotateUnderLoad(keyring: Keyring): Promise<number[]> {
  const { wanted } = await aSession(services, { steps: 1, counters: 3 * CLIENTS });
  const contacts = await someContacts(services, 3 * CLIENTS);
  const file = (contact: number) =>
    book(
      { ...citizen(services, contacts[contact]!), keyring },
      { contactId: contacts[contact]!, wanted, applicants: [anApplicant(contact % PEOPLE)] },
    );
  const round = (from: number, count = CLIENTS) => Promise.all(Array.from({ length: count }, (_, i) => file(from + i)));
  await round(0);
  const before = round(CLIENTS, CLIENTS / 2);
  await Promise.all([services.keyring.rotate(NAME_KIND), services.keyring.rotate(CURP_KIND)]);
  await Promise.all([before, round(CLIENTS + CLIENTS / 2, CLIENTS / 2)]);
  await rekeyBookings(systemContext(services, "rotation"));
  await services.keyring.endRotation(NAME_KIND);
  await services.keyring.endRotation(CURP_KIND);
  await round(2 * CLIENTS);
  const counting = await services.adminQuery<{ bookings: number }>(
    `select count(distinct c.booking_id)::int as bookings from booking.claims c where c.standing = 'counting' group by (select ordinal from booking.applicants a where a.booking_id = c.booking_id)`,
  );
  return counting.map((row) => row.bookings);
}

test("rotating the digest key under 64 clients never makes a second counting claim", async () => {
  expect(await rotateUnderLoad(services.keyring)).toEqual([PEOPLE]);
});

test("a keyring that writes one version only counts people twice: the negative control", async () => {
  const newestOnly: Keyring = {
    ...services.keyring,
    digest: async (name, values) =>
      (await services.keyring.digest(name, values)).map((versions) => versions.slice(0, 1)),
  };
  const [bookings] = await rotateUnderLoad(newestOnly);
  expect(bookings).toBeGreaterThan(PEOPLE);
});
