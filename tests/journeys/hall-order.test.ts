import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { addDays, HOUR_MS } from "#kernel/time.ts";
import { callNext, checkIn } from "#modules/visits/index.ts";
import { aBooking, aStaffId, staffContext } from "#modules/visits/visits.fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { misordersOf, type Fact } from "./hall-facts.ts";

const OLD = "1950-03-01" as LocalDate;
let services: TestServices;
let people = 0;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

test("negative control: a hall whose queue forgets who goes first is noticed, and one that does not is in order", async () => {
  const clerk = staffContext(services, await aStaffId(services));
  const misordered = async (localDate: LocalDate): Promise<number> => {
    const { wanted } = await aSession(services, { localDate, opens: "07:00", counters: 16 });
    const facts: Fact[] = [];
    const opensAt = wanted.startsAt.getTime();
    const contacts = await someContacts(services, 12);
    for (const [i, contactId] of contacts.entries()) {
      const isOld = i % 3 === 2;
      const person = anApplicant((people += 1), isOld ? { bornOn: OLD } : {});
      const bookingId = await aBooking(services, contactId, wanted, [person]);
      services.clock.set(new Date(opensAt - HOUR_MS + i * 1_000));
      const received = await checkIn(staffNow(), { bookingId });
      if (!received.ok) throw new Error(received.refusal.code);
      const { turnNo, station, line } = received.value;
      const at = services.clock.now().getTime();
      const priority = isOld ? "age_60" : null;
      facts.push({ does: "arrives", turn: turnNo!, at, station, line, dueAt: opensAt, priority });
    }
    for (let i = 0; i < contacts.length; i++) {
      services.clock.set(new Date(opensAt + i * 1_000));
      const called = await callNext(staffNow(), { station: "window", counter: 2 });
      if (!called.ok) throw new Error(called.refusal.code);
      facts.push({ does: "called", turn: called.value.turnNo!, at: opensAt + i * 1_000, station: "window" });
    }
    return misordersOf(facts, opensAt).length;
  };
  const staffNow = () => ({ ...clerk, now: services.clock.now() });
  expect(await misordered(addDays(VISIT_DAY, 1))).toBe(0);
  await services.adminQuery(
    `create function public.forget_priority() returns trigger language plpgsql as $$ begin new.priority := null; return new; end $$;
     create trigger forgets before insert or update on visits.visits for each row execute function public.forget_priority()`,
  );
  expect(await misordered(addDays(VISIT_DAY, 2))).toBeGreaterThan(0);
});
