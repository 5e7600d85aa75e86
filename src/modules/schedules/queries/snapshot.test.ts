import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemContext } from "#platform/context.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import type { TestServices } from "#tests/support/database.ts";
import { fillHorizon } from "../commands/fill-horizon.ts";
import { reopenFreed } from "../commands/release-places.ts";
import { aTemplate, openSchedules } from "../schedules.fixtures.ts";
import type { Snapshot } from "../types.ts";
import { buildSnapshot, startSnapshot } from "./snapshot.ts";

const NOW = new Date("2026-10-26T14:00:00Z");
const office = "testville" as OfficeId;
let services: TestServices;

beforeAll(async () => {
  const template = aTemplate({ counters: 3, closes: "12:00" });
  services = await openSchedules({ [office]: { zone: "America/Phoenix", templates: [template] } }, NOW);
  await fillHorizon(systemContext(services, "test"), { weeks: 1 });
});
beforeEach(async () => {
  services.clock.set(NOW);
  await services.adminQuery(
    "update schedules.places set state = 'open', pool = 'open', holder = null, held_until = null",
  );
});
afterAll(() => services.close());

const day = (snapshot: Snapshot, date: string) =>
  snapshot.offices
    .get(office)!
    .get("documentacion")!
    .days.get(date as LocalDate);
const take = (state: string, where: string) =>
  services.adminQuery(
    `update schedules.places set state = $1, holder = case when $1 = 'freed' then null else gen_random_uuid() end where ${where}`,
    [state],
  );

test("counts what anybody may book: open, of the open pool, in an open session", async () => {
  expect(day(await buildSnapshot(services), "2026-10-28")).toEqual({ morning: "some", midday: "few" });
  await take("booked", "band = 'midday' and starts_at::date = '2026-10-28'");
  await services.adminQuery(
    "update schedules.places set pool = 'draw' where band = 'morning' and starts_at::date = '2026-10-28' and counter > 1",
  );
  expect(day(await buildSnapshot(services), "2026-10-28")).toEqual({ morning: "few", midday: "none" });
  await services.adminQuery("update schedules.sessions set state = 'closed' where local_date = '2026-10-28'");
  expect(day(await buildSnapshot(services), "2026-10-28")).toBeUndefined();
  await services.adminQuery("update schedules.sessions set state = 'open'");
});

test("shows no place that begins in less than two hours", async () => {
  services.clock.set(new Date("2026-10-26T15:30:00Z"));
  expect(day(await buildSnapshot(services), "2026-10-26")).toEqual({ morning: "few", midday: "few" });
  services.clock.set(new Date("2026-10-26T15:30:01Z"));
  expect(day(await buildSnapshot(services), "2026-10-26")).toEqual({ midday: "few" });
  services.clock.set(new Date("2026-10-26T16:30:01Z"));
  expect(day(await buildSnapshot(services), "2026-10-26")).toBeUndefined();
});

test("a cancelled day returns in the minute after the release tick and not before", async () => {
  await take("booked", "starts_at::date = '2026-10-28'");
  let snapshot = await buildSnapshot(services);
  const levels: unknown[] = [];
  const look = async (time: string) => {
    services.clock.set(new Date(`2026-10-26T${time}Z`));
    snapshot = await buildSnapshot(services, snapshot);
    levels.push(day(snapshot, "2026-10-28")?.morning);
  };
  await take("freed", "starts_at::date = '2026-10-28'");
  await look("15:59:00");
  await look("16:00:00");
  await reopenFreed(systemContext(services, "test"));
  await look("16:01:00");
  expect(levels).toEqual(["none", "none", "some"]);
});

test("the documents are ready in every encoding and keep their tag while nothing changes", async () => {
  const snapshot = await buildSnapshot(services);
  const document = snapshot.document(office)!;
  expect(brotliDecompressSync(document.br)).toEqual(document.body);
  expect(gunzipSync(document.gzip)).toEqual(document.body);
  const parsed = JSON.parse(document.body.toString());
  expect(parsed.office).toBe(office);
  expect(parsed.groups.documentacion).toMatchObject({
    soonest: "2026-10-26",
    days: { "2026-10-28": { morning: "some", midday: "few" } },
  });
  const network = JSON.parse(snapshot.document()!.body.toString());
  expect(network.offices[office].documentacion.next_days).toHaveLength(7);
  expect(snapshot.document("nowhere" as OfficeId)).toBeUndefined();

  services.clock.advance(60_000);
  const next = (await buildSnapshot(services, snapshot)).document(office)!;
  expect(next.etag).toBe(document.etag);
  expect(next.builtAt).not.toEqual(document.builtAt);
  await take("booked", "band = 'midday'");
  expect((await buildSnapshot(services, snapshot)).document(office)!.etag).not.toBe(document.etag);
});

test("the public documents carry no number of places", async () => {
  const body = (await buildSnapshot(services)).document(office)!.body.toString();
  expect(body.replace(/\d{4}-\d{2}-\d{2}/g, "")).not.toMatch(/\d/);
});

test("a live picture is replaced when the minute changes and stands while the database fails", async () => {
  let fails = false;
  const database: TestServices["database"] = {
    ...services.database,
    transaction: (...args) => (fails ? Promise.reject(new Error("gone")) : services.database.transaction(...args)),
  };
  const live = await startSnapshot({ ...services, database });
  const first = live.current();
  await take("booked", "true");
  services.clock.advance(60_000);
  await expect.poll(() => live.current() === first, { timeout: 5_000 }).toBe(false);
  expect(day(live.current(), "2026-10-28")?.morning).toBe("none");

  fails = true;
  const last = live.current();
  await expect(live.refresh()).rejects.toThrow("gone");
  expect(live.current()).toBe(last);
  await live.stop();
});
