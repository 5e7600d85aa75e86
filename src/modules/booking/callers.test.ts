import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BookingId, ContactId, LocalDate } from "#kernel/ids.ts";
import { formatFolio } from "#kernel/folio.ts";
import { DAY_MS } from "#kernel/time.ts";
import { askCodeOfCaller, codeDigits, verifyCode } from "#modules/people/index.ts";
import { askForCode, contextOf } from "#modules/people/people.fixtures.ts";
import { contextFor, type Context, type StaffRole } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen } from "#tests/support/fixtures.ts";
import { book, getBooking, hideBooking, listLooks, openCaller, type CallerAsked, type WantedTime } from "./index.ts";
import type { ApplicantRequest } from "./types.ts";

let services: TestServices;
let wanted: WantedTime;
let number = 0;
beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 8, counters: 30 }));
});
afterAll(() => services.close());

const BORN = "1990-05-17" as LocalDate;
const as = (role: StaffRole = "agent", staffId: string = randomUUID()): Context => {
  const officeId = role === "clerk" ? "fresno" : undefined;
  const actor = { kind: "staff", staffId, officeId, role } as const;
  return contextFor(services, { actor, channel: "console", purpose: "desk", requestId: "1", language: "es" });
};
const someone = (change: Partial<ApplicantRequest> = {}): ApplicantRequest =>
  anApplicant((number += 1), { bornOn: BORN, curp: "", ...change });

interface Family {
  readonly phone: string;
  readonly contactId: ContactId;
  readonly bookingId: BookingId;
  readonly folio: string;
}
async function aFamily(...applicants: ApplicantRequest[]): Promise<Family> {
  const phone = `+1559555${String(1000 + (number += 1))}`;
  const { sessionId, digits } = await askForCode(services, phone, undefined, "sms");
  const verified = await verifyCode(contextOf(services), { sessionId, code: digits });
  const contactId = (verified.ok ? verified.value.session.contactId : undefined)!;
  const ctx = citizen(services, contactId);
  const booked = await book(ctx, { contactId, wanted, applicants });
  if (!booked.ok) throw new Error(booked.refusal.code);
  const { bookingId } = booked.value;
  return { phone, contactId, bookingId, folio: formatFolio((await getBooking(ctx, contactId, bookingId))!.folio) };
}
const ask = (by: CallerAsked["by"], change: Partial<CallerAsked> = {}, ctx = as()) =>
  openCaller(ctx, { by, bornOn: BORN, nth: 1, reason: "where_and_when", ...change });
const code = (outcome: Awaited<ReturnType<typeof ask>>) => (outcome.ok ? "opened" : outcome.refusal.code);

async function codeOf(ctx: Context, phone: string): Promise<{ token: string; code: string }> {
  const sent = await askCodeOfCaller(ctx, { kind: "sms", address: phone });
  if (!sent.ok) throw new Error(sent.refusal.code);
  const [row] = await services.adminQuery<{ id: string }>(
    "select id from people.codes order by created_at desc limit 1",
  );
  return { token: sent.value.token, code: await codeDigits(services, row!.id) };
}

test("opens one person by her folio, her number or the code that she reads out, each with her birth date", async () => {
  const father = someone({ givenNames: "Melquíades", bornOn: "1962-02-03" as LocalDate });
  const mother = someone();
  const { phone, folio, bookingId } = await aFamily(mother, father);
  const ctx = as();
  for (const by of [{ folio }, { phone }, await codeOf(ctx, phone)]) {
    const opened = await ask(by, {}, ctx);
    if (!opened.ok) throw new Error(opened.refusal.code);
    const { person, bornThen, bookings, requests } = opened.value;
    expect(person).toMatchObject({ givenNames: mother.givenNames, firstSurname: mother.firstSurname });
    expect({ bornThen, requests }).toEqual({ bornThen: 1, requests: [] });
    expect(bookings).toMatchObject([{ id: bookingId, officeId: "fresno", people: 2, services: mother.services }]);
    expect(JSON.stringify(opened.value)).not.toContain(father.givenNames);
  }
});

test("a wrong date, another's folio, a number of nobody and what is delicate are one answer", async () => {
  const one = await aFamily(someone());
  const other = await aFamily(someone({ bornOn: "1971-01-01" as LocalDate }));
  const hidden = await aFamily(someone());
  await hideBooking(citizen(services, hidden.contactId), hidden);
  expect(code(await ask({ phone: one.phone }, { bornOn: "1990-05-18" as LocalDate }))).toBe("unknown_caller");
  expect(code(await ask({ folio: other.folio }))).toBe("unknown_caller");
  expect(code(await ask({ phone: "+1 559 555 0999" }))).toBe("unknown_caller");
  expect(code(await ask({ phone: hidden.phone }))).toBe("unknown_caller");
  expect(code(await ask({ folio: hidden.folio }))).toBe("unknown_caller");
  expect(code(await ask({ folio: "AAAA-AAAA" }))).toBe("folio_mistyped");
});

test("twins are two people: one answer shows one of them", async () => {
  const [first, second] = [someone({ givenNames: "Ana" }), someone({ givenNames: "Zoila" })];
  const { phone } = await aFamily(first, { ...second, firstSurname: first.firstSurname });
  const shown = await Promise.all([1, 2, 3].map((nth) => ask({ phone }, { nth })));
  expect(shown.map((one) => (one.ok ? one.value.person.givenNames : one.refusal.code))).toEqual([
    "Ana",
    "Zoila",
    "unknown_caller",
  ]);
  expect(shown[0]).toMatchObject({ value: { bornThen: 2 } });
});

test("five birth dates a day, whoever calls; and agents only", async () => {
  const { phone } = await aFamily(someone());
  const dates = [1, 2, 3, 4, 5].map((day) => `1980-01-0${day}` as LocalDate);
  for (const bornOn of dates) expect(code(await ask({ phone }, { bornOn }))).toBe("unknown_caller");
  expect(code(await ask({ phone }))).toBe("too_many_tries");
  for (const role of ["clerk", "hq", "analyst", "admin"] as const)
    expect(code(await ask({ phone }, {}, as(role)))).toBe("not_allowed");
});

test("is on record with its reason, under the file that was shown, and told to her on the next morning", async () => {
  const { phone, contactId, bookingId } = await aFamily(someone());
  const agent = as();
  expect(code(await ask({ phone }, { reason: "papers" }, agent))).toBe("opened");
  expect(code(await ask({ phone }, { bornOn: "1950-01-01" as LocalDate }, agent))).toBe("unknown_caller");
  const lines = await services.adminQuery<{ action: string; purpose: string; found: boolean }>(
    "select action, purpose, subject is not null as found from audit.entries where actor_id = $1 order by at, action",
    [agent.actor.kind === "staff" ? agent.actor.staffId : ""],
  );
  expect(lines).toEqual([
    { action: "file.nothing_opened", purpose: "call_where_and_when", found: false },
    { action: "file.read", purpose: "call_papers", found: true },
  ]);
  const { looks } = await listLooks(citizen(services, contactId), {
    id: bookingId,
    officeId: wanted.officeId,
    contactId,
  });
  expect(looks).toContainEqual(expect.objectContaining({ what: "read", times: 1 }));
  const told = await services.adminQuery<{ act: string }>(
    "select detail ->> 'act' as act from platform.outbox where name = 'booking.staff_acted' and subject_id = $1",
    [bookingId],
  );
  expect(told).toEqual([{ act: "opened" }]);
});

test("nobody opens files on the telephone faster than people are served", async () => {
  const staffId = randomUUID();
  const outcomes = [];
  for (let i = 0; i < 31; i++) outcomes.push(code(await ask({ phone: "+1 559 555 0998" }, {}, as("agent", staffId))));
  expect(outcomes.filter((one) => one === "unknown_caller")).toHaveLength(30);
  expect(outcomes.at(-1)).toBe("too_many_files");
  services.clock.set(new Date(services.clock.now().getTime() + DAY_MS / 24));
  expect(code(await ask({ phone: "+1 559 555 0998" }, {}, as("agent", staffId)))).toBe("unknown_caller");
});
