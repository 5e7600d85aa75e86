import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { book, cancelBooking, listParties } from "#modules/booking/index.ts";
import { askAll, askFor, forgetAll, settleDown } from "#modules/integrity/integrity.fixtures.ts";
import { rekeyIdentity } from "#modules/integrity/index.ts";
import { systemContext, transaction } from "#platform/context.ts";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { identify, identifyLater } from "./commands/identify.ts";
import { eraseFilings } from "./jobs.ts";
import { listEntries } from "./store/observations.ts";

let services: TestServices;
let wanted: Awaited<ReturnType<typeof aSession>>["wanted"];
beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 6, counters: 6 }));
});
beforeEach(() => forgetAll(services));
afterAll(() => services.close());

const maria = { givenNames: "María Guadalupe", firstSurname: "Hernández", secondSurname: "Tzompantzi" };
const CURP = "HETG900517MOCRZD06";

async function files(contactId: ContactId, ...people: Parameters<typeof anApplicant>[1][]) {
  const applicants = people.map((change, i) => anApplicant(i, { ...maria, ...change }));
  const outcome = await book(citizen(services, contactId), { contactId, wanted, applicants });
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value.bookingId;
}
const persons = async () =>
  (
    await services.adminQuery<{ person: string }>(
      "select person_id as person from integrity.filings order by filed_at, ordinal",
    )
  ).map((one) => one.person);
const pairs = () =>
  services.adminQuery<{ bits: number; clash: boolean; one: boolean; terms: object }>(
    "select round(bits)::int as bits, person_a = person_b as clash, one_contact as one, terms from integrity.pairs order by bits desc",
  );

test("whom two contacts filed is one person and a clash; nothing of either booking is touched", async () => {
  const [mother, father] = await someContacts(services, 2);
  await files(mother!, {});
  services.clock.set(new Date(services.clock.now().getTime() + 1000));
  await files(father!, {});
  const stands = () =>
    services.adminQuery(
      "select (select jsonb_agg(b order by id) from booking.bookings b) b, (select jsonb_agg(c order by key) from booking.claims c) c, (select jsonb_agg(o order by id) from platform.outbox o) o",
    );
  const before = await stands();
  await askAll(services);
  const [one, other] = await persons();
  expect(other).toBe(one);
  expect(await pairs()).toEqual([{ bits: 0, clash: true, one: false, terms: { two_contacts: 0 } }]);
  expect(await stands()).toEqual(before);
});

test("a filing that was misspelt is another person, and a doubt that names nobody", async () => {
  const [mine, other] = await someContacts(services, 2);
  await files(mine!, {});
  await files(other!, { firstSurname: "Hernándes", bornOn: "1990-05-17" as LocalDate });
  await askAll(services);
  expect(new Set(await persons()).size).toBe(2);
  const [doubt, ...more] = await pairs();
  expect(more).toEqual([]);
  expect(doubt).toMatchObject({ clash: false, one: false, terms: { born_equal: 14, first_surname_alike: 4 } });
  const stored = JSON.stringify(
    await services.adminQuery("select f.*, p.terms from integrity.filings f, integrity.pairs p"),
  );
  expect(stored.toLowerCase()).not.toMatch(/hern|guadalupe|tzomp|1990-05-17|19900517/);
});

test("twins of one party are two persons and looked at, never proposed as one", async () => {
  const [mother] = await someContacts(services, 1);
  await files(mother!, {}, { givenNames: "Rosa Isela" });
  await askAll(services);
  expect(new Set(await persons()).size).toBe(2);
  const [doubt] = await pairs();
  expect(doubt).toMatchObject({ clash: false, one: true, terms: { given_other: -6 } });
  expect(doubt!.bits).toBeLessThan(6);
});

test("what is asked for twice is looked at once, and changes nothing", async () => {
  const [mine, other] = await someContacts(services, 2);
  await files(mine!, { curp: CURP });
  await files(other!, { curp: CURP, secondSurname: "" });
  await askAll(services);
  const before = [await persons(), await pairs()];
  await askAll(services);
  expect([await persons(), await pairs()]).toEqual(before);
  expect(await services.adminQuery("select * from integrity.due")).toEqual([]);
});

test("two nodes that look at the same name at once make one person of it", async () => {
  const contacts = await someContacts(services, 6);
  for (const contact of contacts) await files(contact, {});
  const second = servicesOn(services.url);
  await Promise.all([askAll(services), askAll(second)]);
  await second.close();
  expect(new Set(await persons()).size).toBe(1);
});

test("a rotation leaves every person who she was, found by the new key alone", async () => {
  const [mine, other, third] = await someContacts(services, 3);
  await files(mine!, {});
  await askAll(services);
  const [person] = await persons();
  await services.keyring.rotate("identity");
  await rekeyIdentity(systemContext(services, "rotation"), listParties);
  await files(other!, {});
  await askAll(services);
  await services.keyring.endRotation("identity");
  await files(third!, {});
  await askAll(services);
  expect(new Set(await persons())).toEqual(new Set([person]));
});

test("without that, a rotation would make another person of her", async () => {
  const [mine, other] = await someContacts(services, 2);
  await files(mine!, {});
  await askAll(services);
  await services.keyring.rotate("identity");
  await services.keyring.endRotation("identity");
  await askAll(services, [await files(other!, {})]);
  expect(new Set(await persons()).size).toBe(2);
});

describe("a filing ends with its booking", () => {
  test("a cancelled one clashes with nobody, and person and doubt go with the last filing that is erased", async () => {
    const [mine, other] = await someContacts(services, 2);
    const bookingId = await files(mine!, {});
    await askAll(services);
    const cancelled = await cancelBooking(citizen(services, mine!), { contactId: mine!, bookingId });
    expect(cancelled.ok).toBe(true);
    await files(other!, {});
    await askAll(services);
    expect(await pairs()).toEqual([]);
    // The visit is on 3 December; 2 January is its thirtieth day after.
    services.clock.set(new Date("2027-01-02T23:59:00Z"));
    expect(await eraseFilings(systemContext(services, "test"))).toBe(0);
    services.clock.set(new Date("2027-01-03T00:01:00Z"));
    expect(await eraseFilings(systemContext(services, "test"))).toBe(2);
    expect(await services.adminQuery("select id from integrity.persons")).toEqual([]);
  });

  test("a booking that is erased before it was looked at leaves nothing", async () => {
    const [mine] = await someContacts(services, 1);
    await files(mine!, {});
    await askFor(services);
    await services.adminQuery("delete from booking.bookings");
    await identify(systemContext(services, "test"), listParties);
    expect(await persons()).toEqual([]);
  });
});

test("a CURP that says otherwise is a fact of its filing, and weighs until a paper is seen", async () => {
  const [mine] = await someContacts(services, 1);
  await files(mine!, { curp: CURP }, { curp: "HEGG560427MVZRRL04" });
  await askAll(services);
  const differ = () => services.adminQuery("select ordinal, differs from integrity.filings order by ordinal");
  const [booking] = await services.adminQuery<{ id: string }>("select id from booking.bookings");
  const [first, second] = await differ();
  expect([first!["differs"], second!["differs"]]).toEqual([false, true]);
  await settleDown(services);
  const weighs = async () =>
    (
      await transaction(systemContext(services, "test"), "worker", (tx) =>
        listEntries(tx, "00000000-0000-0000-0000-000000000000"),
      )
    )[0];
  expect(await weighs()).toMatchObject({ bookingId: booking!.id, mismatch: true });
  await services.adminQuery("update integrity.filings set seen = true");
  expect(await weighs()).toMatchObject({ mismatch: false });
});

test("a node that is stopping leaves a backlog to the next run, and nothing of it is forgotten", async () => {
  const gone = Array.from({ length: 120 }, () => randomUUID());
  const ctx = systemContext(services, "test");
  await transaction(ctx, "worker", (tx) => identifyLater(ctx, tx, gone));
  const first = await identify(ctx, listParties, AbortSignal.abort());
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(gone.length);
  expect(await identify(ctx, listParties)).toBe(gone.length - first);
});
