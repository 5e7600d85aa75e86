import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, someContacts } from "#tests/support/fixtures.ts";
import type { ContactId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { sheetToken, type WantedTime } from "#modules/booking/index.ts";
import { aBooking, aStaffId, goToVisit, worker } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
let wanted: WantedTime;
let contactId: ContactId;
let clerk: string;
let dallas: string;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services));
  [contactId] = (await someContacts(services, 1)) as [ContactId];
  goToVisit(services, wanted);
  open = await aConsole(services);
  clerk = await cookieOf(services, await aStaffId(services));
  dallas = await cookieOf(services, await aStaffId(services, "clerk", "dallas" as OfficeId));
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const get = (path: string, cookie: string) => ask(open.app, "GET", path, cookie);
const post = (path: string, cookie: string, body: unknown) => ask(open.app, "POST", path, cookie, body);

test("an absent parent's permission is recorded as come and taken back; the list and the file say so, and its sheet finds the file", async () => {
  const child = anApplicant(1, {
    bornOn: "2019-01-31" as LocalDate,
    services: ["pasaporte-menor-3-a-17" as ServiceSlug],
    parents: [{ part: "comes" }, { part: "signs_elsewhere", permissionOn: "2026-11-10" as LocalDate }],
  });
  const bookingId = await aBooking(services, contactId, wanted, [child]);
  const of = { bookingId, ordinal: 1, parent: 2 };
  const standing = async () => {
    const party = (await get("/today", clerk)).body.parties.find(
      (one: { bookingId: string }) => one.bookingId === bookingId,
    );
    return [party.permission, (await post("/files", clerk, { bookingId })).body.people[0].parents[1]];
  };
  const parent = { part: "signs_elsewhere", reason: null, permissionOn: "2026-11-10" };
  expect(await standing()).toEqual(["missing", { ...parent, receivedOn: null }]);
  const recorded = await post("/permissions", clerk, { ...of, signedOn: "2026-11-12" });
  expect([recorded.status, recorded.body]).toEqual([200, of]);
  expect(await standing()).toEqual(["received", { ...parent, receivedOn: "2026-11-12" }]);
  for (const [signedOn, code] of [
    ["2026-08-01", "permission_too_old"],
    ["2026-12-31", "permission_not_signed"],
    ["2026-02-31", "invalid"],
  ] as const)
    expect((await post("/permissions", clerk, { ...of, signedOn })).body.code).toBe(code);
  expect((await post("/permissions", clerk, { ...of, parent: 1, signedOn: "2026-11-12" })).body.code).toBe(
    "permission_not_expected",
  );
  expect((await post("/permissions/undo", clerk, of)).body).toEqual(of);
  expect((await post("/permissions/undo", clerk, of)).body.code).toBe("nothing_to_undo");
  expect(await standing()).toEqual(["missing", { ...parent, receivedOn: null }]);

  const qr = (await sheetToken(worker(services), bookingId, 1))!;
  expect((await post("/find", clerk, { qr })).body.bookingId).toBe(bookingId);
  expect((await post("/find", dallas, { qr })).body.code).toBe("unknown_booking");
});
