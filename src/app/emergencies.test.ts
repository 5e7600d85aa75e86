import { afterAll, beforeAll, expect, test } from "vitest";
import { proposeAnswer, signAnswer } from "#modules/emergencies/index.ts";
import { startDispatcher } from "#platform/dispatcher.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aNo, anOpenOffice, asked } from "../modules/emergencies/emergencies.fixtures.ts";
import { aStaffId, staffContext } from "../modules/visits/visits.fixtures.ts";
import { subscriptions } from "./subscriptions.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
  await anOpenOffice(services);
});
afterAll(() => services.close());

test("a question and each step of its answer wake the screens of that office alone, without a word of what it is", async () => {
  const react = async () => {
    const dispatcher = startDispatcher(services, subscriptions, { automatic: false });
    await dispatcher.drain();
    await dispatcher.stop();
  };
  await react();
  const listener = await services.database.connect("console");
  const heard: string[] = [];
  listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await listener.query("listen visits");
  const { id, contactId } = await asked(services, { kind: "violence" });
  await react();
  const clerk = staffContext(services, await aStaffId(services));
  expect((await proposeAnswer(clerk, { id, version: 1 }, aNo)).ok).toBe(true);
  await react();
  await listener.query("select 1");
  expect(heard).toEqual(Array.from({ length: 2 }, () => JSON.stringify({ officeId: "fresno", emergencies: true })));
  const second = staffContext(services, await aStaffId(services));
  expect((await signAnswer(second, { id, version: 2 })).ok).toBe(true);
  await react();
  await listener.end();
  const told = await services.adminQuery("select contact_id, kind, subject_id from messaging.messages");
  expect(told).toContainEqual({ contact_id: contactId, kind: "notice_answered", subject_id: id });
});
