import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, FRESNO, someContacts } from "#tests/support/fixtures.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { moveBookingTo } from "#modules/booking/index.ts";
import { tellOffices } from "#modules/visits/index.ts";
import { startDispatcher } from "#platform/dispatcher.ts";
import { aBooking, aStaffId, goToVisit } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf, PREFIX } from "./console.fixtures.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
let origin: string;
/** A node that never sees a heartbeat: whatever it learns of sessions it was told. */
let quiet: Awaited<ReturnType<typeof aConsole>>;
let quietOrigin: string;

beforeAll(async () => {
  services = await openTestServices();
  open = await aConsole(services, { heartbeatMs: 200 });
  origin = await open.app.listen({ host: "127.0.0.1", port: 0 });
  quiet = await aConsole(services, { heartbeatMs: 3_600_000 });
  quietOrigin = await quiet.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await quiet.close();
  await services.close();
});

/** A stream as a browser reads it; `until` resolves with all that came once that text is in it. */
async function listen(cookie: string, node = origin) {
  const response = await fetch(`${node}${PREFIX}/events`, { headers: { cookie: `staff=${cookie}` } });
  const reader = response.body!.getReader();
  let text = "";
  let ended = false;
  const looks = new Set<() => void>();
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
      for (const look of looks) look();
    }
    ended = true;
    for (const look of looks) look();
  })();
  const when = (isSo: () => boolean) =>
    new Promise<string>((resolve) => {
      const look = () => isSo() && (looks.delete(look), resolve(text));
      looks.add(look);
      look();
    });
  return {
    response,
    text: () => text,
    until: (wanted: string, times = 1) => when(() => text.split(wanted).length > times),
    end: () => when(() => ended),
    stop: () => reader.cancel(),
  };
}

test("clerks of an office hear of each change, others do not, and the line is kept open", async () => {
  const { wanted } = await aSession(services);
  const [contact] = await someContacts(services, 1);
  const bookingId = await aBooking(services, contact!, wanted, [anApplicant(1)]);
  goToVisit(services, wanted);
  const cookie = await cookieOf(services, await aStaffId(services));
  const here = [await listen(cookie), await listen(await cookieOf(services, await aStaffId(services)))];
  const elsewhere = await listen(await cookieOf(services, await aStaffId(services, "clerk", "dallas" as OfficeId)));
  expect(here[0]!.response.headers.get("content-type")).toContain("text/event-stream");
  await Promise.all(here.map((one) => one.until("event: changed")));

  const answer = await ask(open.app, "POST", "/visits", cookie, { bookingId });
  expect(answer.status).toBe(200);
  const texts = await Promise.all(here.map((one) => one.until("event: party")));
  await elsewhere.until(": beat", 2);
  expect(elsewhere.text().split("event: changed")).toHaveLength(2);
  expect(elsewhere.text()).not.toContain("event: party");
  const ids = [...texts[0]!.matchAll(/^id: (\d+)$/gm)].map((one) => Number(one[1]));
  expect(ids[1]).toBeGreaterThan(ids[0]!);
  const { visit } = answer.body as { visit: unknown };
  const told = JSON.parse(/^event: party\ndata: (.*)$/m.exec(texts[0]!)![1]!) as Record<string, unknown>;
  expect(told).toEqual({
    bookingId,
    visit,
    state: "active",
    appointments: [{ id: expect.any(String), state: "booked", outcomes: [] }],
  });
  await Promise.all([...here, elsewhere].map((one) => one.stop()));
});

test("what has names in it is not told but read again: a corrected name and a booking of today", async () => {
  const { wanted } = await aSession(services);
  const [contact] = await someContacts(services, 1);
  goToVisit(services, wanted);
  const cookie = await cookieOf(services, await aStaffId(services));
  const stream = await listen(cookie);
  await stream.until("event: changed");
  const bookingId = await aBooking(services, contact!, wanted, [anApplicant(3)]);
  const subscriptions = { "booking.confirmed": [tellOffices], "booking.file_changed": [tellOffices] };
  const dispatcher = startDispatcher(services, subscriptions, { automatic: false });
  await dispatcher.drain();
  await stream.until(`event: booking\ndata: {"bookingId":"${bookingId}","localDate":"${wanted.localDate}"}`);

  const { givenNames, secondSurname } = anApplicant(3);
  const names = { givenNames, firstSurname: "Inventado", secondSurname };
  expect((await ask(open.app, "POST", "/names", cookie, { bookingId, ordinal: 1, ...names })).status).toBe(200);
  await dispatcher.drain();
  const corrected = await stream.until(
    `event: booking\ndata: {"bookingId":"${bookingId}","localDate":"${wanted.localDate}"}`,
    2,
  );
  expect(corrected).not.toContain("Inventad");
  await Promise.all([stream.stop(), dispatcher.stop()]);
});

test("a booking that moves to another office is told where it was, too", async () => {
  const officeId = "san-jose" as OfficeId;
  const localDate = "2026-12-10" as LocalDate;
  const { wanted } = await aSession(services, { localDate });
  const { wanted: elsewhere } = await aSession(services, { officeId, localDate });
  const [contactId] = await someContacts(services, 1);
  const bookingId = await aBooking(services, contactId!, wanted, [anApplicant(4)]);
  const stream = await listen(await cookieOf(services, await aStaffId(services)));
  await stream.until("event: changed");
  const moved = await moveBookingTo(citizen(services, contactId!), {
    contactId: contactId!,
    bookingId,
    wanted: elsewhere,
  });
  expect(moved).toMatchObject({ ok: true });
  const dispatcher = startDispatcher(services, { "booking.moved": [tellOffices] }, { automatic: false });
  await dispatcher.drain();
  await stream.until(`event: booking\ndata: {"bookingId":"${bookingId}"`);
  await Promise.all([stream.stop(), dispatcher.stop()]);
});

test("a stream ends within a second when its member is deactivated at another node, and others stay", async () => {
  const [admin] = await services.adminQuery<{ id: string }>(
    "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), 'admin', 'Persona Ficticia', now()) returning id",
  );
  const staffId = await aStaffId(services);
  const gone = await listen(await cookieOf(services, staffId), quietOrigin);
  const stays = await listen(await cookieOf(services, await aStaffId(services)), quietOrigin);
  await Promise.all([gone.until("event: changed"), stays.until("event: changed")]);
  const administrator = await cookieOf(services, admin!.id);
  expect((await ask(open.app, "POST", `/staff/${staffId}/deactivate`, administrator)).status).toBe(200);
  const before = performance.now();
  expect(await gone.end()).toContain("event: revoked");
  expect(performance.now() - before).toBeLessThan(1_000);
  await services.adminQuery("select pg_notify('visits', $1)", [FRESNO]);
  expect(await stays.until("event: changed", 2)).not.toContain("revoked");
  await stays.stop();
});

test("signing out ends the stream of that browser", async () => {
  const cookie = await cookieOf(services, await aStaffId(services));
  const stream = await listen(cookie, quietOrigin);
  await stream.until("event: changed");
  await ask(open.app, "POST", "/sign-out", cookie);
  expect(await stream.end()).toContain("event: revoked");
});

test("a session that ended by itself is noticed at the next heartbeat", async () => {
  const cookie = await cookieOf(services, await aStaffId(services));
  const stream = await listen(cookie);
  await stream.until("event: changed");
  await services.adminQuery("update people.staff_sessions set expires_at = created_at");
  expect(await stream.end()).toContain("event: revoked");
});

test("the feed is opened again when its connection is lost, and everybody reads the list anew", async () => {
  const stream = await listen(await cookieOf(services, await aStaffId(services)));
  await stream.until("event: changed");
  await services.adminQuery(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'",
  );
  await stream.until("event: changed", 2);
  await stream.stop();
});

test("many changes at once are told once, and none is lost", async () => {
  const stream = await listen(await cookieOf(services, await aStaffId(services)), quietOrigin);
  await stream.until("event: changed");
  for (let i = 0; i < 5; i++) await services.adminQuery("select pg_notify('visits', $1)", [FRESNO]);
  await stream.until("event: changed", 2);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(stream.text().split("event: changed").length - 1).toBeLessThanOrEqual(3);
  await stream.stop();
});

test("nobody keeps more than a handful of streams, and all end when the server closes", async () => {
  const cookie = await cookieOf(services, await aStaffId(services));
  const streams = await Promise.all(Array.from({ length: 8 }, () => listen(cookie)));
  expect((await listen(cookie)).response.status).toBe(429);
  await open.close();
  await Promise.all(streams.map((one) => one.end()));
});
