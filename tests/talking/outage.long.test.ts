import { expect, test } from "vitest";
import { outage } from "./outage.ts";

/** Of ten thousand (the size, run by hand) as many as leave room for the other long tests. */
const REMINDERS = 400;

test("WhatsApp is away for ten minutes amid reminders and the sender is killed twenty times: each person gets exactly one", async () => {
  const { times, kills, whatsapp, sms } = await outage({ reminders: REMINDERS, kills: 20 });
  console.log(`by WhatsApp ${whatsapp}, by SMS ${sms}`);
  expect(kills).toBeGreaterThanOrEqual(10);
  expect(times).toEqual({ 1: REMINDERS });
  expect(sms).toBeGreaterThan(0);
}, 180_000);

test("without what WhatsApp tells of what it took, somebody gets two", async () => {
  const { times } = await outage({ reminders: 60, kills: 10, tells: false });
  expect(times[2]).toBeGreaterThan(0);
}, 120_000);
