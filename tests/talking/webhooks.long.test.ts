import { expect, test } from "vitest";
import { webhooks, type Effects } from "./webhooks.ts";

/** Of the hundred thousand of the issue as many as leave room for the other long tests; WhatsApp's stand beside its adapter. */
const WEBHOOKS = 6_000;
const MESSAGES = 1_000;
/** Far above what an acknowledgement takes, and far below what a provider waits: a machine under load fails nothing. */
const SLOWEST_MS = 4_000;

const tell = (what: string, { times, seconds }: Effects): boolean =>
  process.stdout.write(
    `${what}: ${times.length} in ${seconds.toFixed(0)} s, ${(times.length / seconds).toFixed(0)} a second, p50 ${times[Math.floor(times.length / 2)]!.toFixed(1)} ms, p99 ${times[Math.floor(times.length * 0.99)]!.toFixed(1)} ms\n`,
  );

test("of SMS and turns of calls, forged, replayed, reordered and doubled, each genuine one has one effect and no other has any", async () => {
  const effects = await webhooks({ webhooks: WEBHOOKS, messages: MESSAGES, forged: 0.5 });
  tell("webhooks", effects);
  const { genuine, kept, done, answered, statuses, times } = effects;
  expect(genuine).toBeGreaterThan(MESSAGES * 0.9);
  expect({ kept, done, answered }).toEqual({ kept: genuine, done: genuine, answered: genuine });
  expect(Object.keys(statuses).sort()).toEqual(["200", "401"]);
  expect(times[Math.floor(times.length * 0.99)]!).toBeLessThan(SLOWEST_MS);
}, 180_000);

test("where the ids of messages are not known again, what comes again acts again", async () => {
  const { genuine, kept } = await webhooks({ webhooks: 200, messages: 160, forged: 0, forgetful: true });
  expect(kept).toBeGreaterThan(genuine);
}, 60_000);

test("of the turns of calls and SMS that a day brings, each once, none is lost", async () => {
  const events = 4_000;
  const effects = await webhooks({ webhooks: events, messages: events, forged: 0, inOrder: true });
  tell("events", effects);
  const { genuine, kept, done, answered, statuses } = effects;
  expect({ kept, done, answered }).toEqual({ kept: genuine, done: genuine, answered: genuine });
  expect(statuses).toEqual({ 200: events });
}, 180_000);
