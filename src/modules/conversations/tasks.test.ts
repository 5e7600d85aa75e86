import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { contextFor, systemContext, type Context, type StaffRole, type Tx } from "#platform/context.ts";
import { run, sql } from "#platform/db/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { openLine, type Line, type Phone } from "./conversations.fixtures.ts";
import {
  answerTask,
  closeTask,
  converse,
  giveBackTask,
  listTasks,
  numberOfTask,
  openTask,
  receiveMessages,
  takeTask,
  type OpenedTask,
  type TaskId,
} from "./index.ts";
import type { Said, TalkChannel } from "./types.ts";

let services: TestServices;
let line: Line;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  line = await openLine(services);
});
afterAll(() => services.close());

const later = (ms: number) => services.clock.set(new Date(services.clock.now().getTime() + ms));
function agent(staffId: string = randomUUID(), role: StaffRole = "agent"): () => Context {
  const actor = { kind: "staff", staffId, officeId: undefined, role } as const;
  return () => contextFor(services, { actor, channel: "console", purpose: "test", requestId: "1", language: "es" });
}

/** Asks for a person; answers with the call that this opened. */
async function waits(channel: TalkChannel = "whatsapp", said: Said = { kind: "text", text: "persona" }) {
  const phone = line.phone(undefined, channel);
  await phone.say("Hola");
  await phone.send(said);
  const [task] = await services.adminQuery<{ id: TaskId }>(
    "select id from conversations.tasks order by created_at desc, id limit 1",
  );
  later(1_000);
  return { phone, id: task!.id };
}

/** What came back to a phone since. */
async function hearsAfter(phone: Phone, said: Said, channel: TalkChannel = "whatsapp"): Promise<string[]> {
  const before = line.carried.length;
  const actor = { kind: "system" } as const;
  const ctx = contextFor(services, { actor, channel, purpose: "test", requestId: "1", language: "es" });
  await receiveMessages(ctx, [
    { channel, messageId: randomUUID(), address: phone.address, saidAt: services.clock.now(), said },
  ]);
  await converse(systemContext(services, "conversation"), line);
  return line.carried.slice(before).map(({ prompt }) => prompt.text);
}
const text = (words: string): Said => ({ kind: "text", text: words });
const deliver = () => converse(systemContext(services, "conversation"), line);
const valueOf = <T>(outcome: { ok: boolean } & object): T => {
  if (!("value" in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.value as T;
};

test("an agent takes who waits, both talk without the dialogue between them, and it goes on where it stood", async () => {
  const { phone, id } = await waits();
  const own = agent();
  expect(valueOf<{ id: string }[]>(await listTasks(own()))).toEqual([
    expect.objectContaining({ id, reason: "asked", language: "es", channel: "whatsapp", standing: "waits" }),
  ]);
  expect(await openTask(own(), id)).toMatchObject({ ok: false, refusal: { code: "talk_taken" } });
  expect(await takeTask(own(), id)).toMatchObject({ ok: true });

  expect(await hearsAfter(phone, text("Mi hija nació en Puebla, ¿qué llevo?"))).toEqual([]);
  const answerId = randomUUID();
  expect(await answerTask(own(), id, answerId, "Lleve el acta.")).toMatchObject({ ok: true });
  expect(await answerTask(own(), id, answerId, "Lleve el acta.")).toMatchObject({ ok: true });
  const before = line.carried.length;
  await deliver();
  expect(line.carried.slice(before).map(({ to, prompt }) => [to, prompt.text])).toEqual([
    [phone.address, "Le escribe una persona:\nLleve el acta."],
  ]);
  const opened = valueOf<OpenedTask>(await openTask(own(), id));
  expect(opened.lines.map(({ from, text: said }) => [from, said]).slice(-2)).toEqual([
    ["person", "Mi hija nació en Puebla, ¿qué llevo?"],
    ["agent", "Le escribe una persona:\nLleve el acta."],
  ]);
  expect(opened).toMatchObject({ tail: phone.address.slice(-4), mayWrite: true });
  expect(JSON.stringify(opened)).not.toContain(phone.address);
  expect(valueOf(await numberOfTask(own(), id))).toBe(phone.address);

  expect(await closeTask(own(), id, "answered")).toMatchObject({ ok: true });
  await deliver();
  expect(line.carried.at(-1)!.prompt.text).toBe("Terminamos de atenderle. Para seguir donde estaba, escriba hola.");
  expect((await phone.say("hola")).choices.length).toBeGreaterThan(1);
  expect(valueOf(await listTasks(own()))).toEqual([]);
  expect(await closeTask(own(), id, "called")).toMatchObject({ ok: false, refusal: { code: "unknown_talk" } });
  const actions = await services.adminQuery<{ action: string }>(
    "select action from audit.entries where action like 'conversations.%' order by at, id",
  );
  expect(new Set(actions.map((one) => one.action))).toEqual(
    new Set(["taken", "answered", "number_read", "closed_answered"].map((one) => `conversations.${one}`)),
  );
});

test("danger is answered at once, and silence kept, also while an agent has the conversation", async () => {
  const { phone, id } = await waits();
  await takeTask(agent()(), id);
  expect((await hearsAfter(phone, text("0")))[0]).toContain("911");
  expect((await hearsAfter(phone, { kind: "pick", turn: 1, key: "0" }))[0]).toContain("911");
  expect(await hearsAfter(phone, text("baja"))).toHaveLength(1);
  expect(await hearsAfter(phone, text("sí"))).toEqual([]);
});

test("of eight agents who press at once one gets it; without the guard each would", async () => {
  const { id } = await waits();
  const agents = Array.from({ length: 8 }, () => agent());
  const took = await Promise.all(agents.map((own) => takeTask(own(), id)));
  expect(took.filter((one) => one.ok)).toHaveLength(1);
  const unguarded = async (tx: Tx, which: TaskId, by: string, _now: Date, until: Date) =>
    (await run(
      tx,
      sql`update conversations.tasks set taken_by = ${by}, taken_until = ${until} where id = ${which} and done_at is null`,
    )) === 1;
  const all = await Promise.all(agents.map((own) => takeTask(own(), id, unguarded)));
  expect(all.filter((one) => one.ok)).toHaveLength(8);
});

test("whoever forgets it loses it after twenty minutes, the dialogue answers again, and a colleague takes it", async () => {
  const { phone, id } = await waits();
  const [first, second] = [agent(), agent()];
  await takeTask(first(), id);
  expect(await takeTask(second(), id)).toMatchObject({ ok: false, refusal: { code: "talk_taken" } });
  later(21 * MINUTE_MS);
  expect(await hearsAfter(phone, text("menú"))).toHaveLength(1);
  expect(await takeTask(second(), id)).toMatchObject({ ok: true });
  expect(await answerTask(first(), id, randomUUID(), "Hola")).toMatchObject({ refusal: { code: "talk_taken" } });
  expect(await giveBackTask(second(), id)).toMatchObject({ ok: true });
  expect(await takeTask(first(), id)).toMatchObject({ ok: true });
});

test("after a day WhatsApp takes no words of ours and the agent is told to call; by SMS she may write", async () => {
  const [app, sms] = [await waits(), await waits("sms")];
  const own = agent();
  later(25 * HOUR_MS);
  for (const { id } of [app, sms]) await takeTask(own(), id);
  expect(await answerTask(own(), app.id, randomUUID(), "Hola")).toMatchObject({ refusal: { code: "cannot_write" } });
  expect(await answerTask(own(), sms.id, randomUUID(), "Hola")).toMatchObject({ ok: true });
  expect(valueOf<OpenedTask>(await openTask(own(), app.id)).mayWrite).toBe(false);
});

test("a voice note waits for a person and says that it is one; nobody else than agents sees any of it", async () => {
  const { id } = await waits("whatsapp", { kind: "media", media: "audio" });
  const own = agent();
  await takeTask(own(), id);
  expect(valueOf<OpenedTask>(await openTask(own(), id)).lines.filter(({ media }) => media === "audio")).toHaveLength(1);
  for (const role of ["hq", "analyst", "admin", "clerk"] as const)
    for (const act of [listTasks(agent(undefined, role)()), takeTask(agent(undefined, role)(), id)])
      expect(await act).toMatchObject({ ok: false, refusal: { code: "not_allowed" } });
});

test("who asks twice waits once, and both calls are one agent's", async () => {
  const { phone, id } = await waits();
  await phone.send({ kind: "media", media: "image" });
  const [one, other] = [agent(), agent()];
  const tasks = await services.adminQuery<{ id: TaskId }>(
    "select id from conversations.tasks where thread_id = (select thread_id from conversations.tasks where id = $1) order by created_at",
    [id],
  );
  expect(tasks).toHaveLength(2);
  const listed = valueOf<{ id: TaskId }[]>(await listTasks(one())).map((line) => line.id);
  expect(tasks.filter((task) => listed.includes(task.id))).toEqual([{ id }]);
  const took = await Promise.all([takeTask(one(), tasks[0]!.id), takeTask(other(), tasks[1]!.id)]);
  expect(took.filter((outcome) => outcome.ok)).toHaveLength(1);
});
