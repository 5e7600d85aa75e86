import { afterEach, beforeEach, expect, test } from "vitest";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import type { BookingId, ContactId } from "#kernel/ids.ts";
import { codes, COMINGS, FILED_TWICE, samePersonFromTwoContacts } from "./booking.fixtures.ts";
import { book, cancelBooking, type ApplicantRequest, type WantedTime } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

const contacts = (count: number) => someContacts(services, count);
const asks = (contactId: ContactId, wanted: WantedTime, applicants: ApplicantRequest[]) =>
  book(citizen(services, contactId), { contactId, wanted, applicants });
const consistent = () => expectConsistent(services.adminQuery);

test.each(COMINGS)(
  "the same person from two contacts, %s: both are served and answered alike, and one counts",
  async (coming) => {
    const otherServer = servicesOn(services.url);
    try {
      expect(await samePersonFromTwoContacts(services, otherServer, coming)).toEqual({
        codes: { booked: 2 * FILED_TWICE },
        answers: new Set(["bookingId officeId"]),
        standings: [{ counting: 1, contested: 1 }],
        broken: {},
      });
    } finally {
      await otherServer.close();
    }
  },
);

test("when the booking that counts is cancelled, one that another contact filed for the same person counts", async () => {
  const { wanted } = await aSession(services, { counters: 4 });
  const people = await contacts(3);
  const curp = "HEGG900517MOCRRD02";
  const outcomes = await Promise.all(people.map((contact) => asks(contact, wanted, [anApplicant(7, { curp })])));
  expect(codes(outcomes)).toEqual({ booked: 3 });
  for (const left of [2, 1, 0]) {
    const [counting] = await services.adminQuery<{ contactId: ContactId; bookingId: BookingId; keys: number }>(
      `select contact_id as "contactId", booking_id as "bookingId", count(*)::int as keys from booking.claims where standing = 'counting' group by 1, 2`,
    );
    expect(counting).toMatchObject({ keys: 2 });
    expect(await cancelBooking(citizen(services, counting!.contactId), counting!)).toMatchObject({ ok: true });
    const [rest] = await services.adminQuery(
      "select count(*) filter (where standing = 'counting')::int as counting, count(*)::int as all from booking.claims",
    );
    expect(rest).toEqual({ counting: left > 0 ? 2 : 0, all: 2 * left });
  }
  await consistent();
});

test("cancelling against booking for the same person leaves exactly one that counts", async () => {
  const { wanted } = await aSession(services, { counters: 40 });
  const everybody = await contacts(12);
  const standing = (which: "counting" | "contested") =>
    services.adminQuery<{ contactId: ContactId; bookingId: BookingId }>(
      `select contact_id as "contactId", booking_id as "bookingId" from booking.claims where standing = $1`,
      [which],
    );
  expect(codes(await Promise.all(everybody.splice(0, 2).map((one) => asks(one, wanted, [anApplicant(7)]))))).toEqual({
    booked: 2,
  });
  for (const late of everybody) {
    const [counting] = await standing("counting");
    await Promise.all([
      cancelBooking(citizen(services, counting!.contactId), counting!),
      asks(late, wanted, [anApplicant(7)]),
    ]);
    expect([(await standing("counting")).length, (await standing("contested")).length]).toEqual([1, 1]);
  }
  await consistent();
});

test("whoever asks twice is shown her own booking, also when another contact filed for the same person first: nobody learns of it", async () => {
  const { wanted } = await aSession(services, { counters: 4 });
  const [stranger, her] = await contacts(2);
  expect(codes([await asks(stranger!, wanted, [anApplicant(7)])])).toEqual({ booked: 1 });
  const outcomes = [
    ...(await Promise.all([1, 2, 3].map(() => asks(her!, wanted, [anApplicant(7)])))),
    await asks(her!, wanted, [anApplicant(7)]),
  ];
  expect(codes(outcomes)).toEqual({ booked: 1, already_booked: 3 });
  const [own] = await services.adminQuery("select id from booking.bookings where contact_id = $1", [her]);
  for (const one of outcomes) if (!one.ok) expect(one.refusal).toMatchObject({ bookingId: own!["id"], ordinal: 1 });
  await consistent();
});
