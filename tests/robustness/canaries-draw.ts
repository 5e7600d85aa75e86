import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { DAY_MS, localDateAt } from "#kernel/time.ts";
import { hurryDemo, openNextDraw } from "#modules/allocation/index.ts";
import { setRelease } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { servicesOn, type TestServices } from "#tests/support/database.ts";
import { goOn } from "#tests/support/draw-world.ts";

const OFFICE = "dallas" as OfficeId;
/** Every step of a hurried demonstration up to the bookings. */
const STEPS_MS = [0, 6_000, 27_000];
/** A day that no other date of the test is. */
const DEADLINE = "2033-10-17";

/** Dallas draws what the stock has there, and a draw takes requests; the hours of a demonstration are the test's own. */
export async function openADraw(url: string): Promise<TestServices> {
  const services = servicesOn(url, { now: new Date() });
  const ctx = systemContext(services, "test");
  // A draw knows the length of its places from templates; this one is over, and makes none.
  await services.adminQuery(
    `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from, valid_to)
     values ($1, $2, 'documentacion', 'regular', '{1}', '09:00', '15:00', 1, 15, '2026-01-01', '2026-01-31')`,
    [randomUUID(), OFFICE],
  );
  await setRelease(ctx, {
    officeId: OFFICE,
    serviceGroup: "documentacion",
    regime: "draw",
    drawsFrom: localDateAt(new Date(ctx.now.getTime() + 2 * DAY_MS), "UTC"),
    demand: null,
    decidedAt: ctx.now,
    decidedBy: "staff",
  });
  if ((await openNextDraw(ctx, "demo")) === undefined) throw new Error("no draw was opened");
  return services;
}

export interface Asking {
  readonly services: TestServices;
  readonly ask: (
    method: string,
    path: string,
    body: unknown,
  ) => Promise<{ status: number; body: { readonly id?: string; readonly state?: string; readonly number?: string } }>;
  readonly canary: <Text extends string>(text: Text) => Text;
}

/**
 * A household files, changes, is drawn and booked, with canaries in all that is sealed. Its wish (offices, days, parts of
 * the day) is published for every draw, without a household.
 */
export async function goThroughADraw({ services, ask, canary }: Asking, applicants: readonly object[]): Promise<void> {
  const request = {
    applicants,
    wish: {
      offices: [OFFICE],
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      bands: ["morning", "midday", "afternoon"],
      from: localDateAt(new Date(), "UTC"),
      to: null,
      first: "day",
    },
    declared: [
      { kind: canary("pregnancy"), ordinal: 1 },
      // This word stands among the reasons of fees too.
      { kind: "disability", ordinal: 1 },
      { kind: "deadline", ordinal: 2, on: canary(DEADLINE as LocalDate) },
    ],
    checklist: { [canary("pregunta-canaria-del-reparto")]: true },
  };
  await services.adminQuery(
    "alter table allocation.requests add constraint nobody_files check (channel <> 'api') not valid",
  );
  expect((await ask("POST", "/requests", request)).status).toBe(500);
  await services.adminQuery("alter table allocation.requests drop constraint nobody_files");
  const filed = await ask("POST", "/requests", request);
  expect(filed.status).toBe(201);
  canary(filed.body.number!);
  const path = `/requests/${filed.body.id}`;
  const changed = { ...request, checklist: { [canary("otra-pregunta-canaria")]: false } };
  expect((await ask("PUT", path, changed)).status).toBe(200);
  for (const wrong of [
    { ...request, wish: { ...request.wish, offices: [canary("consulado-canario-inexistente")] } },
    { ...request, wish: { ...request.wish, from: canary("fecha canaria del deseo") } },
    { ...request, declared: [{ kind: canary("situación-canaria-urgente"), ordinal: 1 }] },
    { ...request, [canary("campo-canario-del-reparto")]: canary("valor-canario-del-reparto") },
  ]) {
    const { status } = await ask("POST", "/requests", wrong);
    expect([status >= 400, status < 500]).toEqual([true, true]);
  }

  services.clock.set(new Date());
  await hurryDemo(systemContext(services, "test"));
  const began = services.clock.now().getTime();
  for (const after of STEPS_MS) await goOn(services, new Date(began + after));
  expect((await ask("GET", "/requests", undefined)).body).toMatchObject({ requests: [{ state: "confirmed" }] });
}
