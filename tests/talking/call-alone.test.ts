import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { receiveMessages, takeTask, type TaskId } from "#modules/conversations/index.ts";
import { contextFor, systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { folded } from "./driver.ts";
import { aNumber } from "./gateway.ts";
import { aSwitchboard, type Switchboard } from "./voice.ts";

/** Chats that wait for their answer while somebody calls. */
const WAITING = 300;
let services: TestServices;
let board: Switchboard;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  board = await aSwitchboard(services);
});
afterAll(async () => {
  await board.close();
  await services.close();
});

test("a caller is answered before all chats that wait, and none of them is worked on for it", async () => {
  const saidAt = services.clock.now();
  await receiveMessages(
    systemContext(services, "conversation"),
    Array.from({ length: WAITING }, () => ({
      channel: "whatsapp" as const,
      messageId: randomUUID(),
      address: aNumber(),
      saidAt,
      said: { kind: "text" as const, text: "hola" },
    })),
  );
  services.clock.set(new Date(saidAt.getTime() + 1_000));
  const call = board.call(aNumber());
  expect(folded(await call.keys("1"))).toContain("citas del consulado");
  expect(folded(await call.says("0"))).toContain("911");
  const [left] = await services.adminQuery<{ n: number }>(
    "select count(*)::int as n from conversations.inbox where done_at is null",
  );
  expect(left!.n).toBe(WAITING);
});

test("a caller whose request an agent has taken is answered all the same, in that call and in another", async () => {
  const From = aNumber();
  const call = board.call(From);
  await call.keys("1");
  await call.says("persona");
  const [task] = await services.adminQuery<{ id: TaskId }>("select id from conversations.tasks");
  const actor = { kind: "staff", staffId: randomUUID(), officeId: undefined, role: "agent" } as const;
  const agent = contextFor(services, { actor, channel: "console", purpose: "test", requestId: "1", language: "es" });
  expect(await takeTask(agent, task!.id)).toMatchObject({ ok: true });
  expect(folded(await call.says("menú"))).toContain("citas del consulado");
  expect(folded(await board.call(From).keys("1"))).toContain("citas del consulado");
});

test("four calls of one number at once are all answered at once, each once", async () => {
  const From = aNumber();
  const calls = Array.from({ length: 4 }, () => board.call(From));
  const began = performance.now();
  const heard = await Promise.all(calls.map((call) => call.keys("1")));
  expect(heard.map(folded).filter((text) => text.includes("citas del consulado"))).toHaveLength(4);
  // Who loses the race for the conversation does not wait for the next try of a message, five seconds later.
  expect(performance.now() - began).toBeLessThan(4_000);
  const kept = await services.adminQuery<{ state: string; n: number }>(
    "select r.state, count(*)::int as n from conversations.replies r join conversations.inbox i on i.id = r.inbox_id where i.attempts = 1 and i.who in (select who from conversations.threads order by heard_at desc, version desc limit 1) group by 1",
  );
  expect(kept.map((one) => one.state)).toEqual(["sent"]);
});
