import { connect, type AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { coalesce, Overloaded } from "./coalesce.ts";
import { CommitUnknown, type Database, type Tx } from "./db/index.ts";
import { createHttpServer } from "./http/index.ts";
import { silentLog } from "./log.ts";

/** A database that runs the work and nothing else; `commit` may fail as a real one does. */
function aDatabase(commit: () => Promise<void> = () => Promise.resolve()): Database {
  return {
    async transaction(_role, _scope, work) {
      const value = await work({} as Tx);
      await commit();
      return value;
    },
    reading: (_role, work) => work({} as Tx),
    connect: () => Promise.reject(new Error("not here")),
    stats: () => ({}) as never,
    close: () => Promise.resolve(),
  };
}

/** A gate in front of every commit, to have commands arrive while one is under way. */
function aGate(): { pass: () => Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { pass: () => opened, open };
}

const doubled = (batches: number[][]) => (_tx: Tx, inputs: readonly number[]) => {
  batches.push([...inputs]);
  return Promise.resolve(inputs.map((input) => input * 2));
};
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

test("a lone command does not wait for company: its batch begins in the same turn of the loop", async () => {
  const batches: number[][] = [];
  const submit = coalesce({ database: aDatabase(), role: "worker", many: doubled(batches) });
  const answer = submit(21);
  await new Promise((resolve) => setImmediate(resolve));
  expect(batches).toEqual([[21]]);
  expect(await answer).toBe(42);
});

test("what arrives while a commit is under way is the next batch, answered in its own order", async () => {
  const batches: number[][] = [];
  const gate = aGate();
  const submit = coalesce({
    database: aDatabase(gate.pass),
    role: "worker",
    many: doubled(batches),
    lanes: 1,
    most: 3,
  });
  const first = submit(0);
  while (batches.length === 0) await wait(1);
  const others = [1, 2, 3, 4, 5].map(submit);
  await wait(2);
  expect(batches).toEqual([[0]]);
  gate.open();
  expect(await Promise.all([first, ...others])).toEqual([0, 2, 4, 6, 8, 10]);
  expect(batches).toEqual([[0], [1, 2, 3], [4, 5]]);
  await submit.idle();
});

test("a batch that is held up does not hold up the next one, and no third one begins", async () => {
  const batches: number[][] = [];
  const gate = aGate();
  const submit = coalesce({ database: aDatabase(gate.pass), role: "worker", many: doubled(batches) });
  const answers = [submit(0)];
  while (batches.length === 0) await wait(1);
  answers.push(submit(1), submit(2));
  await wait(5);
  expect(batches).toEqual([[0]]);
  while (batches.length === 1) await wait(1);
  answers.push(submit(3));
  await wait(80);
  expect(batches).toEqual([[0], [1, 2]]);
  gate.open();
  expect(await Promise.all(answers)).toEqual([0, 2, 4, 6]);
});

test("one poison command fails alone; its neighbours are run again without it", async () => {
  const many = (_tx: Tx, inputs: readonly number[]) =>
    inputs.includes(13) ? Promise.reject(new Error("poison")) : Promise.resolve(inputs.map(String));
  const submit = coalesce<number, string>({ database: aDatabase(), role: "worker", many });
  const outcomes = await Promise.allSettled([11, 12, 13, 14].map(submit));
  expect(outcomes.map((one) => (one.status === "fulfilled" ? one.value : (one.reason as Error).message))).toEqual([
    "11",
    "12",
    "poison",
    "14",
  ]);
});

test("more than may wait is refused at once, and nothing of what waits is lost", async () => {
  const gate = aGate();
  const submit = coalesce({ database: aDatabase(gate.pass), role: "worker", many: doubled([]), lanes: 1 });
  const waiting = Array.from({ length: 4_096 }, (_, i) => submit(i));
  await expect(submit(-1)).rejects.toBeInstanceOf(Overloaded);
  gate.open();
  expect((await Promise.all(waiting)).at(-1)).toBe(2 * 4_095);
  expect(await submit(7)).toBe(14);
});

test("after an unknown commit each command gets what its key says, and only the unfound ones fail", async () => {
  let lost = true;
  const database = aDatabase(() => (lost ? Promise.reject(new CommitUnknown(new Error("gone"))) : Promise.resolve()));
  const submit = coalesce<number, string>({
    database,
    role: "worker",
    many: (_tx, inputs) => Promise.resolve(inputs.map(() => "committed now")),
    resolve: (inputs) => Promise.resolve(inputs.map((input) => (input % 2 === 0 ? "found" : undefined))),
  });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(submit));
  expect(outcomes.map((one) => (one.status === "fulfilled" ? one.value : (one.reason as Error).name))).toEqual([
    "CommitUnknown",
    "found",
    "CommitUnknown",
    "found",
  ]);
  lost = false;
  expect(await submit(1)).toBe("committed now");
});

test("an unknown commit is never run again by the coalescer itself, resolved or not", async () => {
  const batches: number[][] = [];
  const database = aDatabase(() => Promise.reject(new CommitUnknown(new Error("gone"))));
  const unresolved = coalesce({ database, role: "worker", many: doubled(batches) });
  const failing = coalesce({
    database,
    role: "worker",
    many: doubled(batches),
    resolve: () => Promise.reject(new Error("still gone")),
  });
  for (const submit of [unresolved, failing])
    await expect(Promise.all([submit(1), submit(2)])).rejects.toBeInstanceOf(CommitUnknown);
  expect(batches).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("a client that goes away changes nothing for its neighbours in the batch, and its command is carried out", async () => {
  const batches: number[][] = [];
  const gate = aGate();
  const submit = coalesce({ database: aDatabase(gate.pass), role: "worker", many: doubled(batches), lanes: 1 });
  const app = createHttpServer({ log: silentLog, publicOrigin: "http://localhost" });
  closers.push(() => app.close());
  let arrived = 0;
  app.get<{ Params: { n: string } }>("/:n", async (request) => {
    arrived += 1;
    return { value: await submit(Number(request.params.n)) };
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;

  const ask = (n: number) => fetch(`http://127.0.0.1:${port}/${n}`).then((answer) => answer.json());
  const first = ask(0);
  while (batches.length === 0) await wait(1);
  const stay = [1, 2].map(ask);
  const leaves = connect(port, "127.0.0.1");
  leaves.write("GET /3 HTTP/1.1\r\nhost: localhost\r\n\r\n");
  while (arrived < 4) await wait(1);
  leaves.destroy();
  await wait(5);
  gate.open();
  expect(await Promise.all([first, ...stay])).toEqual([{ value: 0 }, { value: 2 }, { value: 4 }]);
  expect(batches.map((batch) => batch.sort())).toEqual([[0], [1, 2, 3]]);
});

test("idle waits for what was accepted", async () => {
  const gate = aGate();
  const submit = coalesce({ database: aDatabase(gate.pass), role: "worker", many: doubled([]) });
  let answered = false;
  const answer = submit(1).then(() => (answered = true));
  const idle = submit.idle().then(() => answered);
  gate.open();
  expect(await idle).toBe(true);
  await answer;
});
