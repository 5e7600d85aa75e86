import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folioFrom, formatFolio } from "#kernel/folio.ts";
import { settleAbsences } from "../../../modules/booking/commands/absences.ts";
import { systemContext } from "#platform/context.ts";
import { aBookedVisitor, aMorningInFresno, aVisitor } from "../visit/visitor.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(aMorningInFresno);
});
afterAll(() => web.close());

const settle = () => settleAbsences(systemContext(web.services, "test"));
const stateOf = async (id: string) =>
  (await web.services.adminQuery<{ state: string }>("select state from booking.bookings where id = $1", [id]))[0]!
    .state;
const invented = () => formatFolio(folioFrom(Buffer.from(randomUUID().replaceAll("-", ""), "hex")));

/** What a relative without a session is told, without the day's own things. */
async function say(folio: string): Promise<string> {
  const page = await aVisitor(web).post("/no-podra-venir", { folio });
  return `${page.statusCode} ${page.body}`;
}

test("a relative with the folio says that she was detained: the place goes back, nobody waits, and one is there on return", async () => {
  const { visitor, id, folio } = await aBookedVisitor(web, "Delia Ficticia", "delia@example.org");
  expect((await aVisitor(web).get("/no-podra-venir")).body).toContain("Llame ahora, a cualquier hora");
  const told = await say(folio);
  expect(told).toContain("Recibimos su aviso");
  // Nothing has been looked up yet: whoever asks sees no difference in anything.
  expect(await stateOf(id)).toBe("active");
  expect(await settle()).toBe(1);
  expect(await settle()).toBe(0);
  expect(await stateOf(id)).toBe("cancelled");
  const places = await web.services.adminQuery("select from schedules.places where holder = $1", [id]);
  const waits = await web.services.adminQuery("select from booking.contact_counters where cooling_until is not null");
  const observed = await web.services.adminQuery(
    "select from platform.outbox where name = 'booking.cancelled' and subject_id = $1",
    [id],
  );
  expect([places.length, waits.length, observed.length]).toEqual([0, 0, 0]);
  expect((await visitor.get(`/mi-cita/${id}`)).body).toContain("Tiene un lugar al volver");
  const [line] = await web.services.adminQuery(
    "select count(*)::int as n from audit.entries where action = 'booking.detained'",
  );
  expect(line!["n"]).toBe(1);
});

test("every folio is answered alike, also sent twice, and an invented one is forgotten", async () => {
  const { folio } = await aBookedVisitor(web, "Irma Ficticia", "irma@example.org");
  const [there, again, nobody] = [await say(folio), await say(folio), await say(invented())];
  expect([again, nobody]).toEqual([there, there]);
  expect(await settle()).toBe(2);
  const [left] = await web.services.adminQuery(
    "select count(*)::int as n from booking.absences where booking_id is null",
  );
  expect(left!["n"]).toBe(0);
  expect(await say("7K3M-9QXA")).toContain("422");
});

test("where the situation is delicate the folio alone ends nothing: whoever is feared may have seen the paper", async () => {
  const { visitor, id, folio } = await aBookedVisitor(web, "Nora Ficticia", "nora@example.org");
  await visitor.post(`/mi-cita/${id}/delicada`);
  expect(await say(folio)).toBe(await say(invented()));
  expect(await settle()).toBe(0);
  expect(await stateOf(id)).toBe("active");
});
