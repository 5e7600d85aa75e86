import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceGroup } from "#kernel/ids.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { setRegime } from "#modules/allocation/index.ts";
import { contextFor } from "#platform/context.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import { goOn, HOURS } from "#tests/support/draw-world.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aVisitor, PERSONS } from "../visit/visitor.fixtures.ts";
import { askUpToReview, send, twoOfficesThatDraw } from "./request.fixtures.ts";

const juan = { person: PERSONS.juan, services: ["matricula-consular"] };

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(twoOfficesThatDraw);
});
afterAll(() => web.close());

const decide = (wish: "immediate" | "draw", serviceGroup = "documentacion") =>
  setRegime(
    contextFor(web.services, {
      actor: { kind: "staff", staffId: randomUUID(), officeId: undefined, role: "hq" },
      channel: "console",
      purpose: "office",
      requestId: "test",
      language: "es",
    }),
    { officeId: FRESNO, serviceGroup: serviceGroup as ServiceGroup, wish },
  );

/** What the office's page, its calendar, its part of the list of draws and its day say of draws. */
async function told(): Promise<boolean[]> {
  const [page, feed, list] = await Promise.all([
    web.get("/oficinas/fresno"),
    web.get("/oficinas/fresno/calendario.ics"),
    web.get("/repartos"),
  ]);
  return [
    page.body.includes("se reparten los lugares entre todos los que piden"),
    /^UID:draw-/m.test(feed.body),
    list.body.includes('href="/oficinas/fresno"'),
  ];
}

test("an office that is turned back while a draw takes requests goes on asking for them until its lock", async () => {
  web.services.clock.set(new Date(HOURS.lock.getTime() - DAY_MS));
  expect(await told()).toEqual([true, true, true]);
  expect(await decide("immediate")).toMatchObject({ ok: true });
  // A group that never drew has nothing to keep, whatever is decided.
  expect(await decide("immediate", "visas")).toMatchObject({ ok: true });
  web.services.clock.advance(MINUTE_MS);
  expect(await told()).toEqual([true, true, true]);
  expect((await web.get("/oficinas/fresno")).body).not.toMatch(/Para [^,]*visas[^,]*, aquí se reparten/i);
  const visitor = aVisitor(web);
  await askUpToReview(visitor, web.services, [juan], "juan@ejemplo.invalid");
  const id = await send(visitor, true);

  await goOn(web.services, HOURS.lock);
  web.services.clock.advance(MINUTE_MS);
  expect(await told()).toEqual([false, false, false]);
  await goOn(web.services, HOURS.round);
  const [request] = await web.services.adminQuery("select state from allocation.requests where id = $1", [id]);
  expect(request).toEqual({ state: "confirmed" });
});
