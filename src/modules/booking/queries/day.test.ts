import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anAttestation } from "#modules/people/people.fixtures.ts";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { contextFor, type Context, type StaffRole } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { book } from "../commands/bookings.ts";
import { correctName } from "../commands/names.ts";
import { LIMITS } from "#platform/limits/index.ts";
import { listDay } from "./day.ts";
import { findByFolio, findById, getFile } from "./file.ts";

const DALLAS = "dallas" as OfficeId;
let services: TestServices;
let contacts: ContactId[];
let family: BookingId;
let contested: BookingId;
let inDallas: BookingId;

const staff = (officeId: OfficeId = FRESNO, role: StaffRole = "clerk"): Context =>
  contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId, role },
    channel: "console",
    purpose: "reception",
    requestId: "r",
    language: "es",
  });
const audits = (action: string) =>
  services.adminQuery(
    "select office_id as office, count, subject is not null as named from audit.entries where action = $1 order by at",
    [action],
  );

beforeAll(async () => {
  services = await openTestServices();
  contacts = await someContacts(services, 3);
  const here = await aSession(services, { steps: 8, counters: 5 });
  const there = await aSession(services, { officeId: DALLAS, zone: "America/Chicago" });
  const child = anApplicant(2, {
    bornOn: "2020-01-31" as LocalDate,
    parents: [{ part: "comes" }, { part: "cannot", reason: "unknown" }],
  });
  const bookAs = async (
    contact: number,
    wanted: typeof here.wanted,
    applicants: ReturnType<typeof anApplicant>[],
    checklist = {},
  ) => {
    const outcome = await book(citizen(services, contacts[contact]!), {
      contactId: contacts[contact]!,
      wanted,
      applicants,
      checklist,
    });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value.bookingId;
  };
  family = await bookAs(0, here.wanted, [anApplicant(1, { givenNames: "Xóchitl ꞌÑandu" }), child], {
    has_record: false,
    registered_late: false,
  });
  contested = await bookAs(1, here.wanted, [anApplicant(1, { givenNames: "Xóchitl ꞌÑandu" })]);
  inDallas = await bookAs(2, there.wanted, [anApplicant(7)]);
});
afterAll(() => services.close());

test("a day lists parties with names, services and what asks for attention, and nothing tells that one is contested", async () => {
  const day = await listDay(staff(), FRESNO, VISIT_DAY);
  const parties = day.ok ? day.value : [];
  const ours = parties.find((one) => one.bookingId === family)!;
  expect(ours).toMatchObject({
    state: "active",
    visit: undefined,
    flags: ["has_record"],
    people: [
      { ordinal: 1, givenNames: "Xóchitl ꞌÑandu", child: false },
      { ordinal: 2, child: true },
    ],
    appointments: [{ ordinal: 1, services: ["matricula-consular"], state: "booked", outcomes: [] }, { ordinal: 2 }],
  });
  const other = parties.find((one) => one.bookingId === contested)!;
  expect(Object.keys(other)).toEqual(Object.keys(ours));
  expect(JSON.stringify(parties)).not.toContain("contest");
  expect(
    (await services.adminQuery("select distinct standing from booking.claims where booking_id = $1", [contested]))[0],
  ).toEqual({ standing: "contested" });
  expect(await audits("day.list")).toEqual([{ office: FRESNO, count: 2, named: false }]);
});

test("a file opens for its own office, with a line in the audit log; a foreign, an unknown and a forbidden one do not", async () => {
  const file = await getFile(staff(), FRESNO, family);
  expect(file).toMatchObject({
    ok: true,
    value: {
      bookingId: family,
      people: [{ ordinal: 1 }, { parents: [{ part: "comes" }, { part: "cannot", reason: "unknown" }] }],
      checklist: expect.arrayContaining([
        { id: "has_record", answer: false, flagged: true },
        { id: "registered_late", answer: false, flagged: false },
      ]),
    },
  });
  const unknown = { ok: false, refusal: { code: "unknown_booking" } };
  expect(await getFile(staff(), FRESNO, inDallas)).toEqual(unknown);
  expect(await getFile(staff(), FRESNO, randomUUID() as string as BookingId)).toEqual(unknown);
  expect(await getFile(staff(), DALLAS, inDallas)).toEqual({ ok: false, refusal: { code: "not_allowed" } });
  expect(await getFile(staff(FRESNO, "hq"), FRESNO, family)).toEqual({ ok: false, refusal: { code: "not_allowed" } });
  expect(await audits("file.read")).toEqual([{ office: FRESNO, count: 1, named: true }]);
});

test("nobody opens files faster than people are served, at however many nodes; each try is on record", async () => {
  const clerk = staff();
  const tries = LIMITS.files.burst + 20;
  const node = servicesOn(services.url);
  const elsewhere = { ...clerk, database: node.database };
  const open = (ctx: Context, count: number) =>
    Promise.all(Array.from({ length: count }, () => getFile(ctx, FRESNO, family)));
  const answers = (await Promise.all([open(clerk, tries / 2), open(elsewhere, tries / 2)])).flat();
  await node.close();
  expect(answers.filter((one) => one.ok)).toHaveLength(LIMITS.files.burst);
  expect(answers.find((one) => !one.ok)).toEqual({ ok: false, refusal: { code: "too_many_files", retryAfter: 2 } });
  expect(await audits("file.braked")).toHaveLength(tries - LIMITS.files.burst);
  expect((await audits("file.braked"))[0]).toEqual({ office: FRESNO, count: 1, named: true });

  // A colleague goes on, the list stays open, and a minute later so does she.
  expect((await getFile(staff(), FRESNO, family)).ok).toBe(true);
  expect((await listDay(clerk, FRESNO, VISIT_DAY)).ok).toBe(true);
  const later = { ...clerk, now: new Date(clerk.now.getTime() + MINUTE_MS) };
  expect((await getFile(later, FRESNO, family)).ok).toBe(true);
});

test("a folio finds a booking of the own office only", async () => {
  const file = await getFile(staff(), FRESNO, family);
  const folio = file.ok ? file.value.folio : ("" as never);
  expect(await findByFolio(staff(), FRESNO, ` ${folio.toLowerCase()} `)).toMatchObject({
    ok: true,
    value: { bookingId: family, localDate: VISIT_DAY },
  });
  expect(await findByFolio(staff(DALLAS), DALLAS, folio)).toEqual({ ok: false, refusal: { code: "unknown_booking" } });
  expect(await findById(staff(), FRESNO, inDallas)).toEqual({ ok: false, refusal: { code: "unknown_booking" } });
  expect(await findByFolio(staff(), FRESNO, `${folio.slice(0, 12)}${folio[12] === "0" ? "1" : "0"}`)).toEqual({
    ok: false,
    refusal: { code: "folio_mistyped" },
  });
});

test("an office sees only itself even where a statement forgets to ask", async () => {
  const sees = (officeId: string | undefined) =>
    services.database.transaction("console", { officeId, staffId: randomUUID() }, async (tx) => ({
      bookings: (
        await rows<{ office: string }>(tx, sql`select distinct office_id as office from booking.bookings`)
      ).map((one) => one.office),
      appointments: (
        await rows<{ office: string }>(tx, sql`select distinct office_id as office from booking.appointments`)
      ).map((one) => one.office),
      applicants: (
        await rows<{ office: string }>(tx, sql`select distinct office_id as office from booking.applicants`)
      ).map((one) => one.office),
    }));
  const only = (office: string) => ({ bookings: [office], appointments: [office], applicants: [office] });
  expect([await sees(FRESNO), await sees(DALLAS), await sees(undefined)]).toEqual([
    only(FRESNO),
    only(DALLAS),
    { bookings: [], appointments: [], applicants: [] },
  ]);
});

test("a misspelt name is corrected paper in hand; the rest of the file stays and the correction is on record", async () => {
  const names = { givenNames: "Xóchitl", firstSurname: "Ñandú", secondSurname: "" };
  const clerk = staff();
  // More changes than a slip of the pen: a colleague looks at the paper too, once.
  const needed = { refusal: { code: "second_look_needed" } };
  expect(await correctName(clerk, { bookingId: family, ordinal: 1, names })).toMatchObject(needed);
  const second = await anAttestation(services, clerk);
  expect(await correctName(staff(), { bookingId: family, ordinal: 1, names, second })).toMatchObject(needed);
  expect(await correctName(clerk, { bookingId: family, ordinal: 1, names, second })).toEqual({
    ok: true,
    value: { bookingId: family, ordinal: 1 },
  });
  const file = await getFile(staff(), FRESNO, family);
  expect(file).toMatchObject({
    ok: true,
    value: {
      people: [
        { ...names, bornOn: "1990-05-17", sex: "M" },
        { ordinal: 2, firstSurname: "Inventada" },
      ],
    },
  });
  expect(await correctName(staff(DALLAS), { bookingId: family, ordinal: 1, names })).toEqual({
    ok: false,
    refusal: { code: "unknown_booking" },
  });
  expect(await audits("file.correct_name")).toEqual([{ office: FRESNO, count: 1, named: true }]);
});
