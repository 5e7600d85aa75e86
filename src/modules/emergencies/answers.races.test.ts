import { afterAll, beforeAll, expect, test } from "vitest";
import type { OfficeId } from "#kernel/ids.ts";
import { aStaffId, staffContext } from "#modules/visits/visits.fixtures.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { expectConsistent } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { citizen, someContacts } from "#tests/support/fixtures.ts";
import { proposeAnswer, signAnswer } from "./commands/answer.ts";
import { askEmergency } from "./commands/ask.ts";
import { bookGranted } from "./commands/book.ts";
import { anOpenOffice, aPlace, aQuestion, asked, whoComes } from "./emergencies.fixtures.ts";
import { emergencyStore, type EmergencyStore } from "./store/requests.ts";
import type { EmergencyId, EmergencyRow } from "./types.ts";

let services: TestServices;
let clerks: string[];
beforeAll(async () => {
  services = await openTestServices();
  await anOpenOffice(services, 8);
  clerks = await Promise.all(Array.from({ length: 8 }, () => aStaffId(services)));
});
afterAll(() => services.close());

const wonBy = (outcomes: readonly { ok: boolean }[]) => outcomes.filter((one) => one.ok).length;
const answers = (id: EmergencyId) =>
  services.adminQuery("select name from platform.outbox where name = 'emergencies.answered' and subject_id = $1", [id]);

/** The guard taken away: it reads the row and locks nothing. */
const unguarded: EmergencyStore = {
  lockEmergency: async (tx: Tx, officeId: OfficeId, id: EmergencyId) => {
    const [found] = await rows<EmergencyRow>(
      tx,
      sql`select id, office_id as "officeId", contact_id as "contactId", state, version, reviewed, language, asked_at as "askedAt", due_at as "dueAt", proposal,
            proposed_at as "proposedAt", proposed_by as "proposedBy", service, people, to_char(local_date, 'YYYY-MM-DD') as "localDate", starts_at as "startsAt",
            opening_minutes as "openingMinutes", booking_id as "bookingId" from emergencies.requests where office_id = ${officeId} and id = ${id}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    return found;
  },
};

/** Eight clerks propose at once, then seven colleagues of whoever was first sign at once. */
async function raced(store: EmergencyStore) {
  const { id } = await asked(services);
  const proposals = await Promise.all(
    clerks.map((clerk, i) =>
      proposeAnswer(
        staffContext(services, clerk),
        { id, version: 1 },
        aPlace(["09:00", "09:15", "09:30"][i % 3]),
        store,
      ),
    ),
  );
  const [first] = await services.adminQuery<{ proposed_by: string; version: number }>(
    "select proposed_by, version from emergencies.requests where id = $1",
    [id],
  );
  const signatures = await Promise.all(
    clerks
      .filter((clerk) => clerk !== first!.proposed_by)
      .map((clerk) => signAnswer(staffContext(services, clerk), { id, version: first!.version }, store)),
  );
  return { id, proposed: wonBy(proposals), signed: wonBy(signatures), told: (await answers(id)).length };
}

test("of clerks who answer at once one proposes and one signs, one place is kept, and the person is told once", async () => {
  const { id, ...counts } = await raced(emergencyStore);
  expect(counts).toEqual({ proposed: 1, signed: 1, told: 1 });
  expect(await services.adminQuery("select from schedules.places where holder = $1", [id])).toHaveLength(1);
  await expectConsistent(services.adminQuery);
});

test("of questions that one contact sends at once one is taken", async () => {
  const [contactId] = await someContacts(services, 1);
  const sent = await Promise.all(
    Array.from({ length: 8 }, () => askEmergency(citizen(services, contactId!), aQuestion())),
  );
  expect(wonBy(sent)).toBe(1);
});

test("who comes, sent several times at once, is one booking and one answer", async () => {
  const { id, ctx } = await asked(services);
  const [first, second] = clerks.map((clerk) => staffContext(services, clerk));
  await proposeAnswer(first!, { id, version: 1 }, aPlace("09:45"));
  await signAnswer(second!, { id, version: 2 });
  const sent = await Promise.all(Array.from({ length: 6 }, () => bookGranted(ctx, id, [whoComes(50)])));
  expect(wonBy(sent)).toBe(6);
  expect(new Set(sent.map((one) => (one.ok ? one.value.bookingId : one.refusal.code))).size).toBe(1);
  const [row] = await services.adminQuery("select state, booking_id from emergencies.requests where id = $1", [id]);
  const [one] = sent;
  expect(row).toEqual({ state: "booked", booking_id: one?.ok ? one.value.bookingId : undefined });
  await expectConsistent(services.adminQuery);
});

test("negative control: without the lock several propose and sign, and she is told several times", async () => {
  const { proposed, signed, told } = await raced(unguarded);
  expect(proposed).toBeGreaterThan(1);
  expect(signed).toBeGreaterThan(1);
  expect(told).toBe(signed);
});
