import { afterAll, beforeAll, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time.ts";
import { contextFor, systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { openLine, type Line, type Phone } from "./conversations.fixtures.ts";
import { converse, receiveDeliveries, receiveMessages, type Carrier } from "./index.ts";
import { WINDOW_MS } from "./rules/times.ts";
import type { DeliveryState } from "./types.ts";

let services: TestServices;
let line: Line;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  line = await openLine(services);
});
afterAll(() => services.close());

const later = (ms: number) => services.clock.set(new Date(services.clock.now().getTime() + ms));
const system = () => systemContext(services, "conversation");
const rowsOf = <T extends object>(text: string, ...values: unknown[]) => services.adminQuery<T>(text, values);

/** Hands a message in without anybody working on it. */
async function handIn(phone: Phone, text: string): Promise<void> {
  const said = { kind: "text", text } as const;
  const actor = { kind: "system" } as const;
  const ctx = contextFor(services, { actor, channel: "whatsapp", purpose: "test", requestId: "1", language: "es" });
  const saidAt = services.clock.now();
  await receiveMessages(ctx, [
    { channel: "whatsapp", messageId: `m${saidAt.getTime()}`, address: phone.address, saidAt, said },
  ]);
}

test("a message that fails to the last try is told, once, a person is called, and the next one is answered", async () => {
  const phone = line.phone();
  await phone.say("Hola");
  await phone.pick("releases");
  await phone.say("Fresno");
  await handIn(phone, "1");
  // What the answer needs is away: the network's facts cannot be read.
  const broken = { ...services, database: { ...services.database, transaction: brokenAt("citizen_reader", services) } };
  const before = line.carried.length;
  for (let tries = 0; tries < 7; tries++) {
    await converse(systemContext(broken, "conversation"), line);
    later(HOUR_MS / 4);
  }
  expect(line.carried.slice(before).map(({ prompt }) => prompt.text)).toEqual([
    expect.stringMatching(/^Algo falló de nuestro lado\. No se perdió nada\.[^]*Una persona le escribe/),
  ]);
  expect(await rowsOf("select 1 from conversations.tasks where step = 'office'")).toHaveLength(1);
  expect((await phone.say("1")).text).toContain("Próximas citas en Fresno");
});

/** A database of which one path fails, as where its pool is down. */
function brokenAt(path: string, { database }: TestServices): TestServices["database"]["transaction"] {
  return ((role: string, ...rest: unknown[]) =>
    role === path
      ? Promise.reject(new Error("this path is down"))
      : (database.transaction as (...all: unknown[]) => unknown)(role, ...rest)) as never;
}

test("who says baja is not written to on WhatsApp until she says alta, whatever she does meanwhile", async () => {
  const phone = line.phone();
  const kind = async () =>
    (await rowsOf<{ kind: string }>("select kind from people.contacts order by created_at desc, id desc limit 1"))[0]
      ?.kind;
  // The very first word of a number that we do not know yet counts.
  expect((await phone.say("baja")).text).toContain("No le escribimos más por aquí");
  expect(await kind()).toBe("sms");
  later(11 * HOUR_MS);
  await phone.say("menú");
  await phone.pick("own");
  await phone.say("2222-2222-2222-2");
  expect(await kind()).toBe("sms");
  expect((await phone.say("alta")).text).toContain("Otra vez le podemos escribir");
  expect(await kind()).toBe("whatsapp");
});

test("after 24 hours only a template leaves, and before them our own words", async () => {
  const phone = line.phone();
  const seen: boolean[] = [];
  const away: Carrier = {
    channel: "whatsapp",
    carry: () => Promise.resolve({ ok: false, retry: true, code: "http_503" }),
  };
  const back: Carrier = { ...away, carry: ({ inWindow }) => (seen.push(inWindow), Promise.resolve({ ok: true })) };
  await phone.say("Hola");
  await handIn(phone, "1");
  await converse(system(), { ...line, carriers: [away] });
  later(WINDOW_MS - 60_000);
  await converse(system(), { ...line, carriers: [back] });
  later(1_000);
  await handIn(phone, "atrás");
  await converse(system(), { ...line, carriers: [away] });
  later(WINDOW_MS);
  await converse(system(), { ...line, carriers: [back] });
  expect(seen).toEqual([true, false]);
});

const ORDERS: readonly [readonly DeliveryState[], string][] = [
  [["delivered", "read"], "read"],
  [["read", "delivered"], "read"],
  [["delivered", "delivered", "failed"], "delivered"],
  [["read", "failed", "delivered"], "read"],
  [["failed", "delivered"], "failed"],
];
test.each(ORDERS)("what is told of a sent message in the order %j leaves it %s", async (states, end) => {
  const phone = line.phone();
  await phone.say("Hola");
  const { id } = line.carried.at(-1)!;
  for (const state of states) await receiveDeliveries(system(), [{ ref: `ref-${id}`, state }]);
  expect(await rowsOf("select state from conversations.replies where id = $1", id)).toEqual([{ state: end }]);
});

test("a provider that throttles is left alone longer and longer, and gets each answer once", async () => {
  const phone = line.phone();
  const tries: number[] = [];
  const busy: Carrier = {
    channel: "whatsapp",
    carry: () => {
      tries.push(services.clock.now().getTime());
      return Promise.resolve(tries.length < 5 ? { ok: false, retry: true, code: "meta_130429" } : { ok: true });
    },
  };
  await handIn(phone, "Hola");
  for (let second = 0; second < 1_500; second += 5) {
    await converse(system(), { ...line, carriers: [busy] });
    later(5_000);
  }
  const pauses = tries.slice(1).map((at, i) => (at - tries[i]!) / 1_000);
  expect(pauses).toEqual([5, 30, 120, 300]);
});
