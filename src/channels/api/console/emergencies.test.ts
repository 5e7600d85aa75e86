import { afterAll, beforeAll, expect, test } from "vitest";
import type { OfficeId } from "#kernel/ids.ts";
import { askEmergency } from "#modules/emergencies/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anOpenOffice, aQuestion, asked, aStranger, at } from "../../../modules/emergencies/emergencies.fixtures.ts";
import { aStaffId } from "../../../modules/visits/visits.fixtures.ts";
import { ask, aConsole, cookieOf } from "./console.fixtures.ts";
import type { EmergencyBooked, EmergencyQueue, EmergencyTimes, OpenedEmergency } from "./emergency-contract.ts";

let services: TestServices;
let open: Awaited<ReturnType<typeof aConsole>>;
const cookies = {} as Record<"clerk" | "colleague" | "head" | "elsewhere" | "hq", string>;
beforeAll(async () => {
  services = await openTestServices();
  await anOpenOffice(services);
  open = await aConsole(services);
  cookies.clerk = await cookieOf(services, await aStaffId(services));
  cookies.colleague = await cookieOf(services, await aStaffId(services));
  cookies.head = await cookieOf(services, await aStaffId(services, "office_head"));
  cookies.elsewhere = await cookieOf(services, await aStaffId(services, "clerk", "dallas" as OfficeId));
  const [hq] = await services.adminQuery<{ id: string }>(
    "insert into people.staff (id, role, name, created_at) values (gen_random_uuid(), 'hq', 'Persona Ficticia', now()) returning id",
  );
  cookies.hq = await cookieOf(services, hq!.id);
});
afterAll(async () => {
  await open.close();
  await services.close();
});

const get = (who: keyof typeof cookies, path: string) => ask(open.app, "GET", path, cookies[who]);
const post = (who: keyof typeof cookies, path: string, body: object = {}) =>
  ask(open.app, "POST", path, cookies[who], body);
const codeOf = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code];

test("an office sees its own queue, its counts and nothing of another's; headquarters has none", async () => {
  const { id } = await asked(services);
  const { emergencies } = (await get("clerk", "/emergencies")).body as EmergencyQueue;
  expect(emergencies).toMatchObject([{ id, kind: "death_or_illness", state: "asked", version: 1, byPhone: false }]);
  expect((await get("clerk", "/emergencies/waiting")).body).toEqual({ waiting: 1, late: 0 });
  expect((await get("elsewhere", "/emergencies")).body).toMatchObject({ emergencies: [] });
  expect(codeOf(await post("elsewhere", `/emergencies/${id}/open`))).toEqual([404, "unknown_emergency"]);
  const answer = { kind: "no", reason: "solved" };
  expect(codeOf(await post("elsewhere", `/emergencies/${id}/propose`, { version: 1, answer }))).toEqual([
    404,
    "unknown_emergency",
  ]);
  expect(codeOf(await get("hq", "/emergencies"))).toEqual([403, "not_allowed"]);
});

test("two clerks answer with a place of the list; an older picture, the same person twice and what has no sense are refused", async () => {
  const outcome = await askEmergency(aStranger(services), aQuestion({ phone: "559 233 4700" }));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  const path = `/emergencies/${outcome.value.id}`;
  const { times } = (await get("clerk", "/emergencies/times?service=matricula-consular&people=2"))
    .body as EmergencyTimes;
  const { localDate, startsAt, localTime } = times.find((one) => one.localTime === "11:00")!;
  const place = { kind: "place", service: "matricula-consular", people: 2, localDate, startsAt };
  for (const answer of [
    { ...place, people: 0 },
    { ...place, service: "Pasaporte" },
    { ...place, words: "a".repeat(501) },
    { kind: "hour", time: "25:00" },
    { kind: "no" },
    { kind: "maybe" },
  ])
    expect(codeOf(await post("clerk", `${path}/propose`, { version: 1, answer }))).toEqual([400, "invalid"]);
  const proposed = (await post("clerk", `${path}/propose`, { version: 1, answer: place })).body as OpenedEmergency;
  expect(proposed).toMatchObject({
    state: "proposed",
    mine: true,
    version: 2,
    localDate,
    localTime,
    phone: "+15592334700",
  });
  expect(proposed.aloneFrom).toBe(at("09:30").toISOString());
  expect(codeOf(await post("colleague", `${path}/propose`, { version: 1, answer: place }))).toEqual([
    409,
    "changed_meanwhile",
  ]);
  expect(codeOf(await post("clerk", `${path}/sign`, { version: 2 }))).toEqual([409, "second_person_needed"]);
  expect(codeOf(await post("colleague", `${path}/sign`, { version: 1 }))).toEqual([409, "changed_meanwhile"]);
  const signed = (await post("colleague", `${path}/sign`, { version: 2 })).body as OpenedEmergency;
  expect(signed).toMatchObject({ state: "granted", signedHow: "two", mine: false });
  expect(codeOf(await post("head", `${path}/sign`, { version: 3 }))).toEqual([409, "not_possible"]);

  const who = { givenNames: "Ficticia", firstSurname: "Inventada", bornOn: "1990-05-17", bornIn: "OC", sex: "M" };
  const child = { ...who, givenNames: "Niño Ficticio", bornOn: "2019-02-03" };
  expect(codeOf(await post("clerk", `${path}/book`, { applicants: [who] }))).toEqual([409, "not_possible"]);
  expect(codeOf(await post("clerk", `${path}/book`, { applicants: [who, child] }))).toEqual([422, "parents_missing"]);
  const applicants = [who, { ...child, parents: [{ part: "comes" }] }];
  const booked = (await post("clerk", `${path}/book`, { applicants })).body as EmergencyBooked;
  expect(booked.card).toMatchObject({ folio: expect.stringMatching(/^[0-9A-Z]{4}-/) as string });
  expect((await post("clerk", `${path}/open`)).body).toMatchObject({ state: "booked" });
});
