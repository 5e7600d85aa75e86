import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { contactAddress } from "#modules/people/index.ts";
import { verifiedSession } from "#modules/people/people.fixtures.ts";
import { systemContext } from "#platform/context.ts";
import { startDispatcher } from "#platform/dispatcher.ts";
import { checkIn, recordOutcomes, settleOutcomes } from "#modules/visits/index.ts";
import { aBooking, allOf, aStaffId, goToVisit, staffContext, worker } from "#modules/visits/visits.fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts } from "#tests/support/fixtures.ts";
import { subscriptions } from "./subscriptions.ts";

let services: TestServices;
beforeEach(async () => {
  services = await openTestServices();
});
afterEach(() => services.close());

async function react(): Promise<void> {
  const dispatcher = startDispatcher(services, subscriptions, { automatic: false });
  await dispatcher.drain();
  await dispatcher.stop();
}

test("whose booking lapsed because the person was served is sent a message, and whoever was served is thanked and told nothing of it", async () => {
  const { wanted } = await aSession(services, { steps: 16, counters: 6 });
  const [squatter, herself] = await someContacts(services, 2);
  const squatted = await aBooking(services, squatter!, wanted, [anApplicant(1)]);
  const own = await aBooking(services, herself!, wanted, [anApplicant(1)]);
  const clerk = staffContext(services, await aStaffId(services));
  goToVisit(services, wanted);
  const visit = await checkIn({ ...clerk, now: services.clock.now() }, { bookingId: own });
  if (!visit.ok) throw new Error(visit.refusal.code);
  const outcome = await recordOutcomes(
    { ...clerk, now: services.clock.now() },
    { visitId: visit.value.id, version: visit.value.version, outcomes: await allOf(services, own) },
  );
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  services.clock.advance(MINUTE_MS);
  await settleOutcomes(worker(services));

  await react();
  const messages = await services.adminQuery<{ contact: string; subject: string; kind: string }>(
    "select contact_id as contact, subject_id as subject, kind from messaging.messages where kind <> 'confirmed' order by kind",
  );
  expect(messages.map((one) => ({ ...one }))).toEqual([
    { contact: squatter, subject: squatted, kind: "lapsed" },
    { contact: herself, subject: own, kind: "thanks" },
  ]);
});

test("an address that was proved outlives the key of the month in which it was typed, once the reaction ran", async () => {
  services.clock.set(new Date("2026-12-01T12:00:00Z"));
  const prove = async (address: string) => (await verifiedSession(services, address)).session.contactId!;
  const moved = await prove("guardar@example.org");
  await react();
  const left = await prove("olvidar@example.org");
  await services.keyring.destroyDue("2027-02-01" as LocalDate);
  const found = await contactAddress(systemContext(services, "test"), [moved, left]);
  expect([found.get(moved)?.address, found.get(left)?.address]).toEqual(["guardar@example.org", undefined]);
});
