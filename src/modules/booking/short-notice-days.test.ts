import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { citizen, FRESNO } from "#tests/support/fixtures.ts";
import { ANY_MORNING, goOn, someRequests, type AskingHousehold } from "#tests/support/draw-world.ts";
import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import {
  getDrawnGroups,
  listRequests,
  openDailyDraw,
  openNextDraw,
  openShortDraw,
  openUndrawn,
} from "#modules/allocation/index.ts";
import {
  isAskable,
  publishSpecialDay,
  previewSpecialDay,
  reopenFreed,
  saveSpecialDay,
} from "#modules/schedules/index.ts";
import { contextFor, systemContext } from "#platform/context.ts";
import { cancelBooking } from "./index.ts";

let services: TestServices;
beforeEach(async () => {
  // A Tuesday; no office draws anything.
  services = await openTestServices({ now: new Date("2026-12-01T18:00:00Z") });
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from)
     values ($1, 'fresno', 'documentacion', 'regular', '{1}', '09:00', '15:00', 1, 15, '2026-01-01')`,
    [randomUUID()],
  );
});
afterEach(() => services.close());

/** A Saturday eleven days ahead: nine in the morning in Fresno is 17:00 UTC. */
const SATURDAY = "2026-12-12" as LocalDate;
const system = () => systemContext(services, "test");
const own = async ({ contactId }: AskingHousehold) => (await listRequests(citizen(services, contactId)))[0]!;
const planner = () =>
  contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: FRESNO, role: "supervisor" },
    channel: "console",
    purpose: "office",
    requestId: "test",
    language: "es",
  });
const places = async () =>
  (
    await services.adminQuery<{ place: string }>(
      "select state || ' ' || pool || ' ' || count(*) as place from schedules.places group by state, pool order by 1",
    )
  ).map((one) => one.place);

/** The plan of a Saturday morning: one counter for an hour. */
async function aSaturday(stepMinutes = 15) {
  const wish = {
    kind: "saturday" as const,
    localDate: SATURDAY,
    venueId: null,
    resources: [],
    sessions: [
      {
        serviceGroup: "documentacion" as const,
        opens: "09:00",
        closes: "10:00",
        counters: 1,
        stepMinutes,
        percent: 100,
        breaks: null,
        reserves: { urgent: 0, walkIn: 0, assisted: 0 },
        stations: [],
      },
    ],
  };
  const seen = await previewSpecialDay(planner(), FRESNO, wish);
  if (!seen.ok) return seen.refusal;
  const saved = await saveSpecialDay(planner(), FRESNO, { ...wish, seen: seen.value.seen });
  if (!saved.ok) return saved.refusal;
  const day = await publishSpecialDay(planner(), FRESNO, { id: saved.value.id!, stored: saved.value.stored });
  return day.ok ? day.value : day.refusal;
}
const ASKS = { shortNotice: true, autoConfirm: true, wish: { ...ANY_MORNING, weekdays: [6], to: null } } as const;

/** What the timetable does at an instant, in its order; places that are open or were, are noted. */
async function at(instant: string): Promise<void> {
  const now = new Date(`2026-12-${instant}:00Z`);
  services.clock.set(now);
  if ([16, 22].includes(now.getUTCHours()) && now.getUTCMinutes() === 0) {
    await reopenFreed(system());
    await openUndrawn(system());
  }
  await openNextDraw(system(), "weekly");
  await openDailyDraw(system());
  if (now.getUTCMinutes() === 0) await openShortDraw(system());
  await goOn(services, now);
}

test("a Saturday made eleven days ahead at an office that draws nothing is asked for, drawn, and opens at a tick only when nobody wants the rest", async () => {
  expect(isAskable(await getDrawnGroups(services), FRESNO, ["documentacion"] as never)).toBe(false);
  expect(await openNextDraw(system(), "weekly")).toBeUndefined();
  expect(await aSaturday()).toMatchObject({ givenOut: "short_draw" });
  expect(await places()).toEqual(["planned draw 4"]);

  await at("01T18:01");
  // Pages look once a minute.
  services.clock.advance(2 * MINUTE_MS);
  expect(isAskable(await getDrawnGroups(services), FRESNO, ["documentacion"] as never)).toBe(true);
  const households = await someRequests(services, 2, ASKS);
  const seen = new Set<string>();
  // From nine days ahead on each evening's draw has it; each day the ticks pass and open nothing.
  const steps = ["00:00", "00:30", "16:00", "18:00"];
  for (const instant of ["02", "03", "04", "05"].flatMap((day) => steps.map((time) => `${day}T${time}`))) {
    await at(instant);
    for (const place of await places()) seen.add(place.split(" ")[0]!);
  }
  expect(seen).not.toContain("open");
  const requests = await Promise.all(households.map(own));
  expect(requests.map((one) => one.state)).toEqual(["confirmed", "confirmed"]);
  expect(requests[0]!.draws.find((one) => one.answer === "accepted")!.kind).toBe("daily");
  expect(await places()).toEqual(["booked draw 2", "planned draw 2"]);

  // One of them cannot come: her place is not open at the next tick either.
  const { contactId } = households[0]!;
  services.clock.set(new Date("2026-12-05T20:00:00Z"));
  await cancelBooking(citizen(services, contactId), { contactId, bookingId: requests[0]!.bookingId as BookingId });
  await at("05T22:00");
  expect(await places()).toEqual(["booked draw 1", "planned draw 3"]);

  // Two days before nobody else asks: what is left waits for a tick, and opens there.
  await at("11T17:00");
  expect(await places()).toEqual(["booked draw 1", "planned waitlist 3"]);
  await at("11T22:00");
  expect(await places()).toEqual(["booked draw 1", "open open 3"]);
  expect(await brokenRules(services.adminQuery)).toEqual({});
});

test("what comes back of such a day in its last hours is drawn too, and who asks then is offered it", async () => {
  await aSaturday();
  await at("01T18:01");
  await someRequests(services, 4, ASKS);
  for (const instant of ["03T21:00", "03T22:00", "04T00:00", "04T00:30"]) await at(instant);
  expect(await places()).toEqual(["booked draw 4"]);
  for (const instant of ["07T02:00", "07T02:30", "07T18:00", "07T18:01"]) await at(instant);
  const [late] = await someRequests(services, 1, { ...ASKS, autoConfirm: false }, 4);
  // That evening's draw finds nothing.
  await at("08T00:00");
  services.clock.set(new Date("2026-12-11T12:00:00Z"));
  const [booked] = await services.adminQuery<{ id: string; contact_id: string }>(
    "select id, contact_id from booking.bookings limit 1",
  );
  const contactId = booked!.contact_id as AskingHousehold["contactId"];
  const gone = await cancelBooking(citizen(services, contactId), { contactId, bookingId: booked!.id as BookingId });
  expect(gone).toMatchObject({ ok: true });
  expect(await places()).toEqual(["booked draw 3", "freed draw 1"]);
  for (const instant of ["11T16:00", "11T16:05", "11T16:15"]) {
    await at(instant);
    expect(await places()).not.toContain("open open 1");
  }
  expect(await places()).toEqual(["assigned draw 1", "booked draw 3"]);
  expect((await own(late!)).draws.find((one) => one.answer === "offered")!.kind).toBe("short");
});

test("a length that no draw gives is refused at the preview, with the one that it gives", async () => {
  expect(await aSaturday(20)).toEqual({
    code: "step_not_drawn",
    about: { serviceGroup: "documentacion", minutes: "15" },
  });
});

test("a draw that is open learns of a group that is given at short notice since", async () => {
  await services.adminQuery(
    `insert into schedules.releases (office_id, service_group, regime, draws_from, decided_at, decided_by)
     values ('las-vegas', 'registro_civil', 'draw', '2026-12-01', now(), 'staff')`,
  );
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from)
     values ($1, 'las-vegas', 'registro_civil', 'regular', '{1}', '09:00', '15:00', 1, 30, '2026-01-01')`,
    [randomUUID()],
  );
  expect(await openNextDraw(system(), "weekly")).toBeDefined();
  await expect(someRequests(services, 1, ASKS)).rejects.toThrow("no_draw");
  await aSaturday();
  await openNextDraw(system(), "weekly");
  expect(await someRequests(services, 1, ASKS)).toHaveLength(1);
});
