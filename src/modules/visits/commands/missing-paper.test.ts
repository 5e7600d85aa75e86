import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { AppointmentId, BookingId, ContactId, ServiceSlug } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import type { Context } from "#platform/context.ts";
import type { OutcomeInput } from "../types.ts";
import {
  aBooking,
  appointmentsOf,
  aStaffId,
  goToVisit,
  staffContext,
  visitOf,
  whatIsLeft,
  worker,
} from "../visits.fixtures.ts";
import type { VisitOutcome } from "./office.ts";
import { recordOutcomes, undo } from "./outcomes.ts";
import { printReturns } from "./papers.ts";
import { checkIn } from "./reception.ts";
import { closePast, settleOutcomes } from "./settle.ts";

const PASSPORT = "pasaporte-adulto" as ServiceSlug;
const MATRICULA = "matricula-consular" as ServiceSlug;

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let clerkId: string;
let person = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 16, counters: 20 }));
  contacts = await someContacts(services, 10);
  clerkId = await aStaffId(services);
});
afterAll(() => services.close());

const clerk = (): Context => staffContext(services, clerkId);
const value = (outcome: VisitOutcome) => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const code = (outcome: VisitOutcome) => (outcome.ok ? outcome.value.state : outcome.refusal.code);

/** Two who come for both, of whom the second lacks a photo for one; recorded with one key. */
async function aPartyThatLacksAPaper() {
  services.clock.set(new Date("2026-11-23T18:00:00Z"));
  const both = { services: [PASSPORT, MATRICULA] };
  const people = [anApplicant(++person, both), anApplicant(++person, both)];
  const bookingId = await aBooking(services, contacts.pop()!, wanted, people);
  goToVisit(services, wanted);
  value(await checkIn(clerk(), { bookingId }));
  const visit = value(await record(bookingId, (_, service, ordinal) => ordinal === 2 && service === MATRICULA));
  return { bookingId, visit };
}

async function record(
  bookingId: BookingId,
  lacks: (id: string, service: string, ordinal: number) => boolean,
  only?: string,
) {
  const { id, version } = await visitOf(services, bookingId);
  const outcomes = (await appointmentsOf(services, bookingId)).flatMap((one, i) =>
    one.services
      .filter((service) => only === undefined || (i === 1 && service === only))
      .map((service): OutcomeInput => {
        const about = { appointmentId: one.id as AppointmentId, service };
        return lacks(one.id, service, i + 1)
          ? { ...about, code: "missing_document", reason: "photo" }
          : { ...about, code: "issued" };
      }),
  );
  return recordOutcomes(clerk(), { visitId: id, version, outcomes });
}
const states = async (bookingId: BookingId) => (await appointmentsOf(services, bookingId)).map((one) => one.state);
const rightOf = async (bookingId: BookingId) => {
  const [right] = await services.adminQuery<{ until: string; given: boolean }>(
    "select valid_until::text as until, undone_at is null as given from visits.return_rights where booking_id = $1",
    [bookingId],
  );
  return right;
};

test("whoever lacks a paper comes back within fifteen working days, while the rest of her family is served", async () => {
  const { bookingId, visit } = await aPartyThatLacksAPaper();
  expect(visit.state).toBe("done");
  expect(await states(bookingId)).toEqual(["served", "booked"]);
  // Fifteen working days after Thursday the 3rd of December.
  expect(await rightOf(bookingId)).toEqual({ until: "2026-12-24", given: true });
  services.clock.advance(DAY_MS);
  expect([await settleOutcomes(worker(services)), await closePast(worker(services))]).toEqual([0, 0]);
  expect(await whatIsLeft(services, bookingId)).toMatchObject({ state: "active" });
  const paper = await printReturns(clerk(), [{ bookingId, receipt: "A-204" }]);
  expect(paper).toMatchObject({ ok: true, value: [{ localDate: VISIT_DAY, validUntil: "2026-12-24" }] });

  const back = value(await checkIn(clerk(), { bookingId }));
  expect(back).toMatchObject({ state: "waiting", localDate: "2026-12-04", line: "return" });
  expect(code(await record(bookingId, () => false, PASSPORT))).toBe("wrong_outcomes");
  expect(value(await record(bookingId, () => false, MATRICULA)).state).toBe("done");
  expect(await states(bookingId)).toEqual(["served", "served"]);
  services.clock.advance(60_000);
  await settleOutcomes(worker(services));
  expect(await whatIsLeft(services, bookingId)).toMatchObject({ state: "completed", claims: 0, people: 0 });
});

test("whoever fetches the paper on the day itself is received again, and what the others got stands", async () => {
  const { bookingId } = await aPartyThatLacksAPaper();
  services.clock.advance(2 * 3_600_000);
  expect(value(await checkIn(clerk(), { bookingId }))).toMatchObject({ state: "waiting", localDate: VISIT_DAY });
  expect(await states(bookingId)).toEqual(["served", "booked"]);
  expect(value(await record(bookingId, () => false, MATRICULA)).state).toBe("done");
  expect(await states(bookingId)).toEqual(["served", "served"]);
});

test("a slip of the key takes the right back with the outcomes, unless its paper was printed", async () => {
  const { bookingId, visit } = await aPartyThatLacksAPaper();
  value(await undo(clerk(), { visitId: visit.id }));
  expect(await rightOf(bookingId)).toMatchObject({ given: false });
  expect(await states(bookingId)).toEqual(["booked", "booked"]);
  value(await record(bookingId, (_, service, ordinal) => ordinal === 1 && service === PASSPORT));
  expect(await rightOf(bookingId)).toMatchObject({ given: true });
  await printReturns(clerk(), [{ bookingId }]);
  value(await undo(clerk(), { visitId: visit.id }));
  expect(await rightOf(bookingId)).toMatchObject({ given: true });
});

test("who does not come back was served with what she got, and never counts as not come", async () => {
  const { bookingId } = await aPartyThatLacksAPaper();
  services.clock.set(new Date("2026-12-26T18:00:00Z"));
  expect(code(await checkIn(clerk(), { bookingId }))).toBe("right_is_over");
  await closePast(worker(services));
  expect(await states(bookingId)).toEqual(["served", "served"]);
  expect(await whatIsLeft(services, bookingId)).toMatchObject({ state: "completed", claims: 0, people: 0 });
});
