import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { cosignedAt, joinNote, parseNote, type Signer } from "#kernel/notes.ts";
import { aCheckpoint, aDrawId, aSigner, submit } from "#tests/support/witness.ts";
import { root } from "../checks/repository.ts";

const OPERATOR = aSigner("citas.example");
const NAME = "witness.example/a";
/** How often a witness is killed, each time after some more answers and with seven other requests under way. */
const KILLS = 6;
const SENDERS = 8;

let programs = "";
beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), "witness-programs-"));
  await build({
    entryPoints: [
      { out: "witness", in: join(root, "src/witness/main.ts") },
      { out: "dying", in: join(root, "tests/robustness/dying-witness.ts") },
    ],
    outdir: programs,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    absWorkingDir: root,
  });
});
afterAll(() => rm(programs, { recursive: true }));

let folder = "";
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "witness-"));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await rm(folder, { recursive: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, "exit");
  child.kill("SIGKILL");
  await over;
}

interface Started extends Signer {
  readonly url: string;
  readonly child: ChildProcess;
}
async function run(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (complaint += text));
  for await (const line of createInterface({ input: child.stdout })) return { ...(JSON.parse(line) as Started), child };
  throw new Error(`the witness did not start: ${complaint}`);
}
const operator = `${OPERATOR.name}=${OPERATOR.key}`;
/** The program as outsiders run it: one file, elsewhere than the checkout. */
const witness = (): Promise<Started> =>
  run(join(programs, "witness.mjs"), "--name", NAME, "--state", folder, "--operator", operator, "--port", "0");
const dying = (order: string): Promise<Started> =>
  run(join(programs, "dying.mjs"), NAME, folder, OPERATOR.name, OPERATOR.key, order);

function isCosigned(note: string, line: string, by: Signer): boolean {
  const parsed = parseNote(joinNote(parseNote(note)!.text, [line]));
  return parsed !== undefined && cosignedAt(parsed, by) !== undefined;
}

const LIST = aCheckpoint(OPERATOR, { list: "the list" });
const ANOTHER = aCheckpoint(OPERATOR, { list: "another list" });

test("killed between writing down and answering, it answers the same list again and no other", async () => {
  const first = await dying("writes-first");
  const over = once(first.child, "exit");
  await expect(submit(first.url, LIST)).rejects.toThrow();
  expect(await over).toEqual([null, "SIGKILL"]);

  const again = await witness();
  const another = await submit(again.url, ANOTHER);
  expect([another.status, another.text]).toEqual([409, "3\n"]);
  expect(await submit(again.url, ANOTHER, 3)).toMatchObject({ status: 409 });
  const { status, text } = await submit(again.url, LIST, 3);
  expect([status, isCosigned(LIST, text, again)]).toEqual([200, true]);
});

test("one that answers before it writes down would have cosigned two lists: the test can tell", async () => {
  const careless = await dying("answers-first");
  const first = await submit(careless.url, LIST);
  await kill(careless.child);
  const again = await witness();
  const second = await submit(again.url, ANOTHER);
  expect([isCosigned(LIST, first.text, again), isCosigned(ANOTHER, second.text, again)]).toEqual([true, true]);
});

test(`killed ${KILLS} times while it works, it knows everything that it answered, with one key`, async () => {
  const answered = new Map<string, string>();
  const keys = new Set<string>();
  let number = 0;
  for (let round = 1; round <= KILLS; round++) {
    const { url, key, child } = await witness();
    keys.add(key);
    const enough = answered.size + round * 5;
    let alive = true;
    const sender = async (): Promise<void> => {
      while (alive) {
        const draw = aDrawId(++number);
        const given = await submit(url, aCheckpoint(OPERATOR, { draw })).catch(() => undefined);
        if (given?.status === 200) answered.set(draw, given.text);
        if (answered.size < enough) continue;
        alive = false;
        child.kill("SIGKILL");
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, sender));
    await kill(child);
  }

  const { url } = await witness();
  expect(keys.size).toBe(1);
  for (const [draw, line] of answered) {
    expect(await submit(url, aCheckpoint(OPERATOR, { draw, list: "another list" }), 3)).toMatchObject({ status: 409 });
    expect(await submit(url, aCheckpoint(OPERATOR, { draw }), 3)).toMatchObject({ status: 200, text: line });
  }
}, 60_000);

test("a wrong use is told how it is used", async () => {
  await expect(run(join(programs, "witness.mjs"), "--name", NAME)).rejects.toThrow(/--state FOLDER/);
  const bad = [join(programs, "witness.mjs"), "--name", NAME, "--state", folder, "--operator"];
  await expect(run(...bad, "citas.example=abc")).rejects.toThrow(/KEY is 64/);
  await expect(run(join(programs, "witness.mjs"), "--name", "a name", ...bad.slice(3), operator)).rejects.toThrow(
    /no space/,
  );
});

test("it ends when it is told to, and prints what an operator needs of it", async () => {
  const { child, name, key, url } = await witness();
  expect([name, url]).toEqual([NAME, expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)]);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  const over = once(child, "exit");
  child.kill("SIGTERM");
  expect(await over).toEqual([0, null]);
});
