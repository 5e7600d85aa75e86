import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import type { TestServices } from "#tests/support/database.ts";
import { templatesOf } from "../rules/templates.ts";
import { openSchedules } from "../schedules.fixtures.ts";
import { planningFile } from "../schema.ts";
import { seedTemplates } from "./seed-templates.ts";

const now = new Date("2026-11-23T18:00:00Z");
const session = { kind: "regular", weekdays: [1, 2, 3], opens: "09:00", closes: "15:00", step_minutes: 15 };
const planning = {
  sizes: { big: ["testville"], small: ["otherville"] },
  sessions: [
    { ...session, group: "documentacion", counters: { big: 20, small: 5 } },
    { ...session, group: "documentacion", kind: "saturday", weekdays: [6], counters: { big: 8 } },
  ],
  exceptions: [{ office: "otherville", group: "documentacion", kind: "regular", counters: 7, source: "test" }],
};
let services: TestServices;
let directory: string;

beforeAll(async () => {
  services = await openSchedules(
    {
      testville: { zone: "America/Phoenix", templates: [] },
      otherville: { zone: "America/Toronto", country: "CA", templates: [] },
    },
    now,
  );
  await services.adminQuery(`insert into offices.holidays (calendar, on_date, id, name_es, name_en) values
    ('mx_lft74', '2036-01-01', 'ano-nuevo', '', ''), ('us_federal', '2036-01-01', 'new-year', '', ''), ('us_federal', '2036-07-04', 'independence', '', ''), ('ca_federal', '2036-07-01', 'canada', '', '')`);
  directory = await mkdtemp(join(tmpdir(), "planning-"));
  await writeFile(join(directory, "planning.json"), JSON.stringify(planning));
});
afterAll(async () => {
  await services.close();
  await rm(directory, { recursive: true });
});

const templates = () =>
  services.adminQuery(
    "select office_id, service_group, kind, weekdays, counters, valid_from::text from schedules.templates where office_id in ('testville', 'otherville') order by 1, 3",
  );

test("gives every office the sessions of its size, once, and leaves alone what staff changed", async () => {
  await seedTemplates({ url: services.url, now, directory });
  const common = { service_group: "documentacion", valid_from: "2026-11-22" };
  expect(await templates()).toEqual([
    { ...common, office_id: "otherville", kind: "regular", weekdays: [1, 2, 3], counters: 7 },
    { ...common, office_id: "testville", kind: "regular", weekdays: [1, 2, 3], counters: 20 },
    { ...common, office_id: "testville", kind: "saturday", weekdays: [6], counters: 8 },
  ]);
  await services.adminQuery("update schedules.templates set counters = 3 where kind = 'saturday'");
  expect(await seedTemplates({ url: services.url, now, directory })).toEqual({ templates: 0, closures: 0 });
  expect((await templates()).at(-1)).toMatchObject({ counters: 3 });
});

test("closes each office on the rest days of Mexico and of its own host country", async () => {
  const closures = await services.adminQuery(
    "select office_id, local_date::text, reason, source from schedules.closures where office_id in ('testville', 'otherville') and local_date >= '2036-01-01' order by 1, 2",
  );
  expect(closures).toEqual([
    { office_id: "otherville", local_date: "2036-01-01", reason: "ano-nuevo", source: "mx_lft74" },
    { office_id: "otherville", local_date: "2036-07-01", reason: "canada", source: "ca_federal" },
    { office_id: "testville", local_date: "2036-01-01", reason: "ano-nuevo", source: "mx_lft74" },
    { office_id: "testville", local_date: "2036-07-04", reason: "independence", source: "us_federal" },
  ]);
});

test("refuses a planning file of another shape", async () => {
  await writeFile(
    join(directory, "planning.json"),
    JSON.stringify({ ...planning, sessions: [{ ...session, group: "documentacion", counters: { big: 0 } }] }),
  );
  await expect(seedTemplates({ url: services.url, now, directory })).rejects.toThrow("counters");
});

test("the planning file of the network plans every office once for each kind of session", async () => {
  const read = async (file: string) => JSON.parse(await readFile(join("db/reference", file), "utf8"));
  const offices = (await read("offices.json")).offices.map((office: { id: string }) => office.id);
  const planned = templatesOf(planningFile.parse(await read("planning.json")), "2026-11-22" as LocalDate);
  expect([...new Set(planned.map((one) => one.officeId))].sort()).toEqual([...offices].sort());
  expect(new Set(planned.map((one) => `${one.officeId} ${one.serviceGroup} ${one.kind}`)).size).toBe(planned.length);
});
