import { afterAll, beforeAll, expect, it } from "vitest";
import { MINUTE_MS } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { moveSpecialDay, suspendSpecialDay } from "#modules/booking/index.ts";
import {
  previewSpecialDay,
  publishSpecialDay,
  rememberTold,
  saveSpecialDay,
  type SpecialDayId,
} from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import { planner } from "../../../modules/booking/booking.fixtures.ts";
import { aLayout, aVenue } from "../../../modules/schedules/schedules.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb();
});
afterAll(() => web.close());

/** A minute later, with the picture of the places taken anew. */
async function read(id: SpecialDayId, file = ""): Promise<{ status: number; text: string }> {
  web.services.clock.advance(MINUTE_MS);
  await web.snapshot.refresh();
  const { statusCode, body } = await web.get(`/jornadas/${id}${file}`);
  return { status: statusCode, text: body };
}

it("a day is seen once its office publishes it, corrected when the office moves it, and without a day while it is suspended", async () => {
  const ctx = planner(web.services);
  const wish = {
    kind: "mobile" as const,
    localDate: "2026-12-12" as LocalDate,
    venueId: await aVenue(web.services, FRESNO),
    resources: [],
    sessions: [aLayout({ opens: "09:00", closes: "12:00", counters: 2, stepMinutes: 30 })],
  };
  const seen = await previewSpecialDay(ctx, FRESNO, wish);
  const saved = await saveSpecialDay(ctx, FRESNO, { ...wish, seen: seen.ok ? seen.value.seen : "" });
  const id = saved.ok ? saved.value.id! : ("" as never);
  expect((await read(id)).status).toBe(404);
  expect(await publishSpecialDay(ctx, FRESNO, { id, stored: saved.ok ? saved.value.stored : "" })).toMatchObject({
    ok: true,
  });
  const published = (await read(id)).text;
  expect(published).toContain("Sábado, 12 de diciembre");
  expect(published).toContain(`href="/cita?jornada=${id}"`);
  expect((await read(id, "/texto.txt")).text).toContain("12 lugares.");
  await rememberTold(systemContext(web.services, "test"));

  const to = await aVenue(web.services, FRESNO, "Merced");
  const moved = await moveSpecialDay(ctx, FRESNO, id, { localDate: "2026-12-19" as LocalDate, venueId: to });
  expect(moved).toMatchObject({ ok: true });
  const text = (await read(id, "/texto.txt")).text;
  expect(text).toMatch(/^CORRECCIÓN\nDía: sábado 12 de diciembre → sábado 19 de diciembre\nLugar: .* → .*Merced/);
  expect(text).toContain("Versión 2");

  expect(await suspendSpecialDay(ctx, FRESNO, id)).toMatchObject({ ok: true });
  const suspended = (await read(id)).text;
  expect(suspended).toContain("Esta jornada cambia de lugar o de fecha");
  expect(suspended).not.toMatch(/19 de diciembre|Merced, CA/);
  expect((await read(id, "/texto.txt")).text).not.toMatch(/diciembre|CORRECCIÓN/);
});
