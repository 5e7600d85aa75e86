import { gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DrawId } from "#modules/allocation/index.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { aDrawnDemo, aSaturday, fresnoDraws } from "#tests/support/draws.ts";
import type { TestServices } from "#tests/support/database.ts";
import { openNextDraw } from "#modules/allocation/index.ts";
import { someRequests } from "#tests/support/draw-world.ts";
import { aMonthOfWaits } from "#tests/support/waits.ts";
import { systemContext } from "#platform/context.ts";
import { readPublished } from "../../verify/published.ts";
import { verify } from "../../verify/verify.ts";
import { openTestApi, type TestApi } from "./api.fixtures.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";

describe("a demonstration that was drawn", () => {
  let api: TestApi;
  let app: FastifyInstance;
  let services: TestServices;
  let draw: DrawId;
  beforeAll(async () => {
    api = await openTestApi();
    ({ app, services } = api);
    draw = await aDrawnDemo(services, { households: 30, until: "end" });
  });
  afterAll(() => api.close());

  test("is listed with its second round, the latest first, with the paths of its files", async () => {
    const reply = await app.inject("/open/v1/draws");
    expect(reply.headers["cache-control"]).toBe("public, max-age=60");
    const { draws } = reply.json<{ draws: Record<string, unknown>[] }>();
    expect(draws.map(({ kind, state }) => [kind, state])).toEqual([
      ["second", "settled"],
      ["demo", "settled"],
    ]);
    expect(draws[0]!["follows"]).toBe(draw);
    expect(draws[1]).toMatchObject({ id: draw, round: null, documents: `/open/v1/draws/${draw}/documents.jsonl` });
  });

  test.each(["0001-01-01", "9999-12-31"])("none was locked on %s, and what is no day is refused", async (day) => {
    const reply = await app.inject(`/open/v1/draws?day=${day}`);
    expect([reply.statusCode, reply.json()]).toEqual([200, { draws: [] }]);
    for (const none of ["0000-01-01", "2026-02-30", "10000-01-01", ""])
      expect((await app.inject(`/open/v1/draws?day=${none}`)).statusCode).toBe(400);
  });

  test("tells manifest, result and sums, and nothing of a household", async () => {
    const { body, headers } = await app.inject(`/open/v1/draws/${draw}`);
    expect(headers["content-type"]).toContain("application/json");
    const found = JSON.parse(body) as Record<string, unknown>;
    expect(found["manifest"]).toMatchObject({ draw, count: 30, persons: 30 });
    expect(found["result"]).toMatchObject({ served: 8, waiting: 22 });
    expect(found["given"]).toBe(8);
    // Eight are fewer than ten: an office whose families could be counted on two hands is not told.
    expect(found["places"]).toEqual([{ office: "fresno", places: 8, given: null }]);
    expect(found["households"]).toEqual([]);
    const rows = await services.adminQuery<{ one: string }>(
      "select app_id::text as one from allocation.entries union all select contact_id::text from allocation.requests union all select id::text from allocation.requests",
    );
    expect(rows.length).toBeGreaterThan(60);
    for (const { one } of rows) {
      expect(body).not.toContain(one);
      expect(body).not.toContain(one.replaceAll("-", ""));
    }
  });

  test("has files that a verifier reads, whole and compressed alike, to be kept for ever once it is over", async () => {
    const reader = readPublished();
    for (const file of ["documents", "replay"]) {
      const url = `/open/v1/draws/${draw}/${file}.jsonl`;
      const plain = await app.inject(url);
      expect(plain.statusCode).toBe(200);
      expect(plain.headers["content-type"]).toBe("application/x-ndjson; charset=utf-8");
      expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      const packed = await app.inject({ url, headers: { "accept-encoding": "gzip, br" } });
      expect(packed.headers["content-encoding"]).toBe("gzip");
      expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
      for (const line of plain.body.split("\n")) reader.line(line);
    }
    const report = verify(reader.end());
    expect(report).toMatchObject({ draw, verdict: "not_publicly_verifiable", faults: [], entries: 30 });
  });

  test("lets two read the rows at once, and others when they have ended", async () => {
    const rows = (encoding: string) =>
      app.inject({ url: `/open/v1/draws/${draw}/replay.jsonl`, headers: { "accept-encoding": encoding } });
    const several = await Promise.all(["gzip", "identity", "gzip", "identity"].map(rows));
    expect(several.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 503, 503]);
    expect(several.find(({ statusCode }) => statusCode === 503)!.json<{ code: string }>().code).toBe("busy");
    // A reading ends a moment after its answer does: then two are let in again.
    const two = async () => (await Promise.all(["gzip", "identity"].map(rows))).map(({ statusCode }) => statusCode);
    await expect.poll(two).toEqual([200, 200]);
  });

  test("reads no row for whoever asks for the head of a file alone", async () => {
    for (const file of ["documents", "replay"])
      expect((await app.inject({ method: "HEAD", url: `/open/v1/draws/${draw}/${file}.jsonl` })).statusCode).toBe(404);
    expect((await app.inject({ method: "HEAD", url: `/open/v1/draws/${draw}` })).statusCode).toBe(200);
  });

  test("whoever asks for another draw is told where the list is", async () => {
    for (const path of ["", "/documents.jsonl", "/replay.jsonl"]) {
      const reply = await app.inject(`/open/v1/draws/${NOBODY}${path}`);
      expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, "unknown_draw"]);
      expect((await app.inject(`/open/v1/draws/weekly${path}`)).statusCode).toBe(400);
    }
  });
});

test("how long people wait is told in weeks, without a count of households and without what headquarters is proposed", async () => {
  const { app, services, close } = await openTestApi();
  await aMonthOfWaits(services, [
    [40, 20],
    [20, 10],
    [10, 0],
  ]);
  const reply = await app.inject("/open/v1/waits");
  expect(reply.headers["cache-control"]).toBe("public, max-age=60");
  expect(reply.json()).toEqual({
    servedInHundred: 95,
    ceilingWeeks: 8,
    waits: [{ office: "fresno", serviceGroup: "documentacion", weeks: 3, more: true }],
  });
  await close();
});

describe("a weekly draw that is open", () => {
  let api: TestApi;
  let draw: DrawId;
  beforeAll(async () => {
    api = await openTestApi();
    await fresnoDraws(api.services);
    await aSaturday(api.services, "2026-12-05" as LocalDate);
    draw = (await openNextDraw(systemContext(api.services, "test"), "weekly"))!;
    await someRequests(api.services, 3);
  });
  afterAll(() => api.close());

  test("has an opening notice and no count of who filed so far", async () => {
    const { body } = await api.app.inject(`/open/v1/draws/${draw}`);
    expect(JSON.parse(body)).toMatchObject({ state: "open", manifest: null, result: null, places: [], replay: null });
    const documents = await api.app.inject(`/open/v1/draws/${draw}/documents.jsonl`);
    expect(documents.body.trim().split("\n")).toHaveLength(1);
    expect(documents.headers["cache-control"]).toBe("public, max-age=60");
  });

  test("keeps its rows from everybody, and says from which day they may be had", async () => {
    const reply = await api.app.inject(`/open/v1/draws/${draw}/replay.jsonl`);
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, "rows_not_public"]);
    const { replayFrom } = (await api.app.inject(`/open/v1/draws/${draw}`)).json<{ replayFrom: string }>();
    expect(replayFrom).toBe("2027-02-16");
  });

  test("stands in the network's calendar with its hours, the daily returns and the Saturdays", async () => {
    const reply = await api.app.inject("/open/v1/releases.ics");
    expect(reply.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    const lines = reply.body.replace(/\r\n /g, "").split("\r\n");
    const uids = lines.filter((line) => line.startsWith("UID:")).map((line) => line.slice(4));
    expect(uids).toEqual(expect.arrayContaining(["draw-2026-11-23-locks@localhost", "return-16@localhost"]));
    expect(uids).toContain("day-fresno-2026-12-05@localhost");
    expect(new Set(uids).size).toBe(uids.length);
    expect(lines).toContain("DTSTART:20261130T020000Z");
    expect(lines).toContain("DTSTART;TZID=America/Los_Angeles:20261205T080000");
    expect(lines).toContain("SUMMARY:Último momento para pedir lugar en este reparto");
    const english = await api.app.inject("/open/v1/releases.ics?lang=en");
    expect(english.body).toContain("SUMMARY:Last moment to ask for a place in this draw");
    expect((await api.app.inject("/open/v1/releases.ics?lang=fr")).statusCode).toBe(400);
  });
});
