import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anApplicant, aSession, citizen, FRESNO, someContacts, VISIT_DAY } from "#tests/support/fixtures.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import type { BookingId, ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { addDays } from "#kernel/time.ts";
import { anAttestation } from "#modules/people/people.fixtures.ts";
import { contextFor, systemContext, type Context, type StaffRole } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import {
  book,
  cancelBooking,
  firstSigningDay,
  getBooking,
  getFile,
  getSheet,
  listDay,
  moveBookingTo,
  parent,
  permissionHolds,
  permissionsMissing,
  permissionStanding,
  correctName,
  recordPermission,
  sheetsOf,
  sheetToken,
  undoPermission,
  type Parent,
  type WantedTime,
} from "./index.ts";
import { refusePermission } from "./rules/permission.ts";

const day = (text: string) => text as LocalDate;
const DALLAS = "dallas" as OfficeId;

describe("the rules", () => {
  const told: Parent = { part: "signs_elsewhere", permissionOn: day("2026-11-01") };

  test("a permission signed elsewhere is good for 90 days and not before it is signed", () => {
    expect([
      permissionHolds(told, day("2027-01-30")),
      permissionHolds(told, day("2027-01-31")),
      permissionHolds(told, day("2026-10-31")),
      permissionHolds({ part: "signs_elsewhere" }, day("2027-06-01")),
      permissionHolds({ part: "comes", permissionOn: day("2020-01-01") }, day("2027-06-01")),
    ]).toEqual([true, false, false, true, true]);
    expect(firstSigningDay(day("2027-01-30"))).toBe("2026-11-01");
  });

  test("the day on the paper that came counts, not the one that the family told", () => {
    const came = { ...told, received: { signedOn: day("2026-11-20") } };
    expect([permissionHolds(came, day("2027-02-18")), permissionHolds(came, day("2027-02-19"))]).toEqual([true, false]);
  });

  test("a party lacks what has not come; whoever comes or cannot sign lacks nothing", () => {
    const child = (...parents: Parent[]) => ({ parents });
    const came: Parent = { ...told, received: { signedOn: day("2026-11-01") } };
    const party = [child(), child({ part: "comes" }, told), child(told, { part: "cannot", reason: "died" })];
    expect([permissionsMissing(party), permissionStanding(party)]).toEqual([2, "missing"]);
    expect(permissionStanding([child(came, told)])).toBe("missing");
    expect(permissionStanding([child(came), child({ part: "comes" })])).toBe("received");
    expect(permissionStanding([child({ part: "comes" })])).toBeUndefined();
  });

  test("a sheet goes to whoever has an address and whose permission has not come", () => {
    const sheetTo = { kind: "sms", address: "+15595550123" } as const;
    expect(
      sheetsOf([
        { parents: [{ part: "comes" }, { ...told, sheetTo }] },
        { parents: [told, { ...told, sheetTo, received: { signedOn: day("2026-11-01") } }] },
        { parents: [{ ...told, sheetTo }] },
      ]),
    ).toBe("1.2 3.1");
  });

  test("a permission is recorded when it is expected, signed already, and good at the visit", () => {
    const days = { visitOn: day("2026-12-03"), today: day("2026-11-22") };
    expect([
      refusePermission(told, day("2026-11-22"), days),
      refusePermission(told, day("2026-09-04"), days),
      refusePermission(told, day("2026-09-03"), days),
      refusePermission(told, day("2026-11-23"), days),
      refusePermission({ part: "comes" }, day("2026-11-01"), days),
      refusePermission(undefined, day("2026-11-01"), days),
    ]).toEqual([
      undefined,
      undefined,
      "permission_too_old",
      "permission_not_signed",
      "permission_not_expected",
      "permission_not_expected",
    ]);
  });

  test("an absent parent's address is one that a message reaches, and nobody else has one", () => {
    const read = (value: unknown) => parent.safeParse(value);
    expect(
      read({ part: "signs_elsewhere", sheetTo: { kind: "sms", address: "(559) 234-1877" } }).data?.sheetTo,
    ).toEqual({ kind: "sms", address: "+15592341877" });
    for (const wrong of [
      { part: "signs_elsewhere", sheetTo: { kind: "sms", address: "911" } },
      { part: "signs_elsewhere", sheetTo: { kind: "email", address: "a@b@c" } },
      { part: "signs_elsewhere", sheetTo: { kind: "voice", address: "+15592341877" } },
      { part: "signs_elsewhere", sheetTo: "persona@example.org" },
      { part: "comes", sheetTo: { kind: "email", address: "persona@example.org" } },
      { part: "signs_elsewhere", received: { signedOn: "2026-11-01" } },
    ])
      expect([wrong, read(wrong).success]).toEqual([wrong, false]);
  });
});

describe("in the database", () => {
  let services: TestServices;
  let contactId: ContactId;
  let wanted: WantedTime;
  let bookingId: BookingId;
  const father: Parent = {
    part: "signs_elsewhere",
    permissionOn: day("2026-11-10"),
    sheetTo: { kind: "email", address: "padre.ausente@example.org" },
  };

  beforeEach(async () => {
    services = await openTestServices({ now: new Date("2026-11-22T18:00:00Z") });
    ({ wanted } = await aSession(services, { steps: 8, counters: 4 }));
    [contactId] = (await someContacts(services, 1)) as [ContactId];
    bookingId = await aFamily();
  });
  afterEach(() => services.close());

  async function aFamily(): Promise<BookingId> {
    const child = anApplicant(2, {
      bornOn: day("2019-01-31"),
      givenNames: "ꞌÑuuri Itzel",
      services: ["pasaporte-menor-3-a-17" as ServiceSlug],
      parents: [{ part: "comes" }, father],
    });
    const outcome = await book(citizen(services, contactId), {
      contactId,
      wanted,
      applicants: [anApplicant(1), child],
    });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value.bookingId;
  }
  const staff = (officeId: OfficeId = FRESNO, role: StaffRole = "clerk"): Context =>
    contextFor(services, {
      actor: { kind: "staff", staffId: randomUUID(), officeId, role },
      channel: "console",
      purpose: "reception",
      requestId: "r",
      language: "es",
    });
  const which = () => ({ bookingId, ordinal: 2, parent: 2 });
  const record = (signedOn = "2026-11-12", ctx = staff()) =>
    recordPermission(ctx, { ...which(), signedOn: day(signedOn) });
  const missing = async () =>
    (await services.adminQuery<{ n: number }>("select permissions_missing as n from booking.bookings"))[0]?.n;
  const refused = (code: string) => ({ ok: false, refusal: { code } });

  test("a booking counts what it lacks, and its event names whose sheet is to be sent and no address", async () => {
    expect(await missing()).toBe(1);
    const [event] = await services.adminQuery<{ detail: object }>("select detail from platform.outbox");
    expect(event!.detail).toEqual({ contactId, localDate: VISIT_DAY, sheets: "2.2", device: expect.any(String) });
  });

  test("a clerk records that it has come: the file, the day's list and the family see it; undone, it is missing again", async () => {
    const standing = async () => {
      const [file, list, view] = await Promise.all([
        getFile(staff(), FRESNO, bookingId),
        listDay(staff(), FRESNO, VISIT_DAY),
        getBooking(citizen(services, contactId), contactId, bookingId),
      ]);
      return [
        file.ok && file.value.people[1]!.parents[1]!.received?.signedOn,
        list.ok && list.value[0]!.permission,
        view && permissionStanding(view.applicants),
        await missing(),
      ];
    };
    expect(await standing()).toEqual([undefined, "missing", "missing", 1]);
    expect(await record()).toEqual({ ok: true, value: which() });
    expect(await standing()).toEqual(["2026-11-12", "received", "received", 0]);
    // The same again, and a day that was read wrong at first.
    expect([await record(), await record("2026-11-13")]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await standing()).toEqual(["2026-11-13", "received", "received", 0]);
    expect(await undoPermission(staff(), which())).toEqual({ ok: true, value: which() });
    expect(await standing()).toEqual([undefined, "missing", "missing", 1]);
    expect(await undoPermission(staff(), which())).toEqual(refused("nothing_to_undo"));
    const audits = await services.adminQuery(
      "select action, count(*)::int as n, bool_and(subject is not null and office_id = 'fresno') as named from audit.entries where action like 'file.permission%' group by action order by action",
    );
    expect(audits).toEqual([
      { action: "file.permission_received", n: 3, named: true },
      { action: "file.permission_undone", n: 1, named: true },
    ]);
  });

  test("one that would be too old, is not signed yet, is nobody's or is of another office is refused and nothing changes", async () => {
    expect(await record(addDays(VISIT_DAY, -91))).toEqual(refused("permission_too_old"));
    expect(await record("2026-11-23")).toEqual(refused("permission_not_signed"));
    const of = (change: object) => recordPermission(staff(), { ...which(), signedOn: day("2026-11-12"), ...change });
    expect(await of({ parent: 1 })).toEqual(refused("permission_not_expected"));
    expect(await of({ ordinal: 1 })).toEqual(refused("permission_not_expected"));
    expect(await of({ ordinal: 5 })).toEqual(refused("unknown_booking"));
    expect(await of({ bookingId: randomUUID() })).toEqual(refused("unknown_booking"));
    expect(await record("2026-11-12", staff(DALLAS))).toEqual(refused("unknown_booking"));
    expect(await record("2026-11-12", staff(FRESNO, "hq"))).toEqual(refused("not_allowed"));
    expect(await record("2026-11-12", citizen(services, contactId))).toEqual(refused("not_allowed"));
    await cancelBooking(citizen(services, contactId), { contactId, bookingId });
    expect(await record()).toEqual(refused("booking_ended"));
    expect(await missing()).toBe(1);
  });

  test("two clerks at once record it once", async () => {
    const answers = await Promise.all([record(), record(), record("2026-11-11")]);
    expect(answers.filter((one) => one.ok).length).toBeGreaterThan(0);
    expect(
      answers.flatMap((one) => (one.ok ? [] : [one.refusal.code])).every((code) => code === "changed_meanwhile"),
    ).toBe(true);
    expect(await missing()).toBe(0);
  });

  test("a move carries it along, and is refused to a day on which it is too old", async () => {
    const move = async (localDate: string) => {
      const { wanted: later } = await aSession(services, { localDate: day(localDate), steps: 8, counters: 4 });
      return moveBookingTo(citizen(services, contactId), { contactId, bookingId, wanted: later });
    };
    await record("2026-11-20");
    expect(await move("2027-02-19")).toMatchObject({ refusal: { code: "permission_too_old", ordinal: 2 } });
    expect(await move("2027-02-18")).toMatchObject({ ok: true });
    const view = await getBooking(citizen(services, contactId), contactId, bookingId);
    expect([view!.localDate, view!.applicants[1]!.parents[1]!.received]).toEqual([
      "2027-02-18",
      { signedOn: "2026-11-20" },
    ]);
  });

  test.each(["a permission", "another day of signature", "a name"] as const)(
    "a clerk who records %s while the family moves is not forgotten: what the move had sealed before is sealed anew",
    async (what) => {
      const names = { givenNames: "Lucía Corregida", firstSurname: "Inventada", secondSurname: "" };
      const clerk = staff();
      const second = what === "a name" ? await anAttestation(services, clerk) : undefined;
      const write = () =>
        what === "a name" ? correctName(clerk, { bookingId, ordinal: 2, names, second }) : record("2026-11-20");
      if (what === "another day of signature") await record("2026-11-12");
      const { wanted: later } = await aSession(services, { localDate: day("2027-01-15"), steps: 8, counters: 4 });
      const waiting = async (count: number) => {
        const blocked = async () =>
          (
            await services.adminQuery<{ n: number }>(
              "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
            )
          )[0]!.n;
        while ((await blocked()) < count) await wait(10);
      };
      let answers: [ReturnType<typeof write>, ReturnType<typeof moveBookingTo>] | undefined;
      await services.database.transaction("worker", {}, async (tx) => {
        await rows(tx, sql`select id from booking.bookings where id = ${bookingId} for update`);
        const recorded = write();
        await waiting(1);
        const moved = moveBookingTo(citizen(services, contactId), { contactId, bookingId, wanted: later });
        await waiting(2);
        answers = [recorded, moved];
      });
      expect(await Promise.all(answers!)).toMatchObject([{ ok: true }, { ok: true }]);
      const after = await getBooking(citizen(services, contactId), contactId, bookingId);
      const child = after!.applicants[1]!;
      expect(after!.localDate).toBe("2027-01-15");
      expect(await missing()).toBe(what === "a name" ? 1 : 0);
      if (what === "a name") expect(child).toMatchObject(names);
      else expect(child.parents[1]!.received).toEqual({ signedOn: "2026-11-20" });
    },
  );

  test("the sheet shows initials and the day from which a signature is good to whoever holds the link, until the visit", async () => {
    const visitor = contextFor(services, {
      actor: { kind: "visitor", sessionId: undefined },
      channel: "web",
      purpose: "absent parent's sheet",
      requestId: "r",
      language: "es",
    });
    const today = day("2026-11-22");
    const token = (await sheetToken(systemContext(services, "test"), bookingId, 2))!;
    expect(await getSheet(visitor, token, today)).toEqual({
      initials: "Ñ. I. D.",
      services: ["pasaporte-menor-3-a-17"],
      visitOn: VISIT_DAY,
      received: false,
    });
    await record();
    expect((await getSheet(visitor, token, today))?.received).toBe(true);
    const ofAdult = (await sheetToken(systemContext(services, "test"), bookingId, 1))!;
    const forged = token.slice(0, 45) + (token.endsWith("A") ? "B" : "A");
    for (const wrong of ["", "x", forged, ofAdult]) expect(await getSheet(visitor, wrong, today)).toBeUndefined();
    expect(await getSheet(visitor, token, day("2026-12-04"))).toBeUndefined();
    await cancelBooking(citizen(services, contactId), { contactId, bookingId });
    expect(await getSheet(visitor, token, today)).toBeUndefined();
    expect(await sheetToken(systemContext(services, "test"), bookingId, 4)).toBeUndefined();
  });

  test("a reader without a contact sees one person by the link's setting, and nobody without it", async () => {
    const [child] = await services.adminQuery<{ id: string }>("select id from booking.applicants where ordinal = 2");
    const seen = (id: string) =>
      services.database.transaction("citizen_reader", {}, async (tx) => {
        await rows(tx, sql`select set_config('app.sheet_of', ${id}, true)`);
        const count = (table: string) =>
          table === "applicants"
            ? rows<{ ordinal: number }>(tx, sql`select ordinal from booking.applicants order by 1`)
            : rows<{ ordinal: number }>(tx, sql`select ordinal from booking.appointments order by 1`);
        return [
          await count("applicants"),
          await count("appointments"),
          await rows(tx, sql`select id from booking.bookings`),
        ];
      });
    expect(await seen(child!.id)).toEqual([[{ ordinal: 2 }], [{ ordinal: 2 }], []]);
    expect(await seen("")).toEqual([[], [], []]);
    expect(await seen(randomUUID())).toEqual([[], [], []]);
  });
});
