import { appendFile, chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cosignedAt, joinNote, parseNote, signatureLine } from "#kernel/notes.ts";
import { randomBytes } from "#platform/random.ts";
import { aCheckpoint, aDrawId, aHash, aSigner, submit } from "#tests/support/witness.ts";
import { judge } from "./judge.ts";
import { readKey } from "./key.ts";
import { CannotRemember, openMemory, type Cosigned, type Memory } from "./memory.ts";
import { startWitness, type RunningWitness } from "./service.ts";

const OPERATOR = aSigner("citas.example");
const ANOTHER = aSigner("other.example");
const STRANGER = aSigner("stranger.example");
/** Under the operator's name, with a key of somebody else's. */
const IMPOSTOR = aSigner(OPERATOR.name, "an impostor");
const NOW = 1_790_000_000;

let folder = "";
let now = NOW;
let witness: RunningWitness;
let url = "";
async function start(): Promise<void> {
  const options = { name: "witness.example/a", folder, operators: [OPERATOR, ANOTHER], host: "127.0.0.1", port: 0 };
  witness = await startWitness({ ...options, now: () => now, randomBytes });
  url = `http://127.0.0.1:${witness.port}`;
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "witness-"));
  now = NOW;
  await start();
});
afterEach(async () => {
  await witness.close();
  await rm(folder, { recursive: true });
});

/** When the witness says that it saw this note; undefined when the answer is no cosignature of it. */
function seenAt(note: string, answer: string): number | undefined {
  return cosignedAt(parseNote(joinNote(parseNote(note)!.text, [answer]))!, witness.signer);
}

describe("a checkpoint", () => {
  const note = aCheckpoint(OPERATOR);

  test("is cosigned at the time of the witness's own clock", async () => {
    const { status, type, text } = await submit(url, note);
    expect([status, type]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(seenAt(note, text)).toBe(NOW);
    expect(seenAt(aCheckpoint(OPERATOR, { list: "another" }), text)).toBeUndefined();
  });

  test("gets the same line for ever, also after a restart and by another clock", async () => {
    const first = await submit(url, note);
    now += 3_600;
    // Its sender does not know of the first answer, is told of it, and asks again.
    expect(await submit(url, note)).toMatchObject({ status: 409, type: "text/x.tlog.size", text: "3\n" });
    expect(await submit(url, note, 3)).toEqual(first);
    await witness.close();
    await start();
    expect(await submit(url, note, 3)).toEqual(first);
    expect(await submit(url, note)).toMatchObject({ status: 409, text: "3\n" });
  });

  test("has no second one beside it: not of its size, not of another, not after a restart", async () => {
    await submit(url, note);
    const others = [
      aCheckpoint(OPERATOR, { list: "another list" }),
      aCheckpoint(OPERATOR, { size: 4 }),
      aCheckpoint(OPERATOR, { size: 0 }),
      // The same tree under another manifest: other places, other hours, another policy.
      aCheckpoint(OPERATOR, { text: parseNote(note)!.text.replace(/manifest .*/, `manifest ${aHash("other")}`) }),
    ];
    const refused = async () => {
      for (const other of others)
        for (const old of [0, 3]) expect(await submit(url, other, old)).not.toMatchObject({ status: 200 });
      expect(await submit(url, others[0]!, 3)).toMatchObject({ status: 409, type: "text/x.tlog.size", text: "3\n" });
    };
    await refused();
    await witness.close();
    await start();
    await refused();
  });

  test("of another draw, or of another operator's draw of the same id, is another origin", async () => {
    for (const other of [aCheckpoint(OPERATOR, { draw: aDrawId(2) }), aCheckpoint(ANOTHER), note])
      expect((await submit(url, other)).status).toBe(200);
  });

  test("of a draw without entries is one too", async () => {
    const empty = aCheckpoint(OPERATOR, { size: 0 });
    const first = await submit(url, empty);
    expect(first.status).toBe(200);
    expect(await submit(url, empty)).toEqual(first);
    expect(await submit(url, aCheckpoint(OPERATOR, { size: 0, list: "another" }))).toMatchObject({
      status: 409,
      text: "0\n",
    });
  });

  // prettier-ignore
  test.each([
    ["a stranger", aCheckpoint(STRANGER)],
    ["an impostor with the operator's name", aCheckpoint(IMPOSTOR)],
    ["one operator in another's name", joinNote(parseNote(note)!.text, [signatureLine(ANOTHER, ANOTHER.sign(parseNote(note)!.text))])],
    ["the operator over another text", note.replace("\n3\n", "\n4\n")],
  ])("that is signed by %s is refused", async (_, bad) => {
    expect((await submit(url, bad)).status).toBe(403);
    expect((await submit(url, note)).status).toBe(200);
  });

  const signed = (text: string): string => aCheckpoint(OPERATOR, { text });
  const origin = `citas.example/draw/${aDrawId(1)}\n`;
  // prettier-ignore
  test.each([
    ["no text", ""],
    ["no note", "old 0\n\nhello\n"],
    ["no old size", `\n\n${note}`],
    ["an old size with a zero before it", `old 03\n\n${note}`],
    ["an old size above the new one", `old 4\n\n${note}`],
    ["a proof that is none", `old 0\nproof\n\n${note}`],
    ["64 lines of proof", `old 3\n${`${aHash("x")}\n`.repeat(64)}\n${note}`],
    ["another operator's paper, an opening notice", `old 0\n\n${signed(`citas.example/opening\n${aDrawId(1)}\n${aHash("x")}\n`)}`],
    ["a draw that is no id", `old 0\n\n${signed(`citas.example/draw/../../x\n3\n${aHash("x")}\nmanifest ${aHash("x")}\n`)}`],
    ["a size that is no number", `old 0\n\n${signed(`${origin}03\n${aHash("x")}\nmanifest ${aHash("x")}\n`)}`],
    ["a size above what numbers hold", `old 0\n\n${signed(`${origin}9999999999999999\n${aHash("x")}\nmanifest ${aHash("x")}\n`)}`],
    ["a root of another length", `old 0\n\n${signed(`${origin}3\nAAAA\nmanifest ${aHash("x")}\n`)}`],
    ["no manifest", `old 0\n\n${signed(`${origin}3\n${aHash("x")}\n`)}`],
    ["a line too many", `old 0\n\n${signed(`${origin}3\n${aHash("x")}\nmanifest ${aHash("x")}\nmore\n`)}`],
  ])("is malformed with %s", async (_, body) => {
    expect((await fetch(`${url}/add-checkpoint`, { method: "POST", body })).status).toBe(400);
  });

  test("comes without a proof, because nothing comes before it", async () => {
    const post = (old: number) =>
      fetch(`${url}/add-checkpoint`, { method: "POST", body: `old ${old}\n${aHash("x")}\n\n${note}` });
    expect((await post(0)).status).toBe(422);
    expect((await submit(url, note)).status).toBe(200);
    expect((await post(3)).status).toBe(422);
  });
});

describe("the service", () => {
  test("answers at one address alone", async () => {
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/add-checkpoint?x`, { method: "POST" })).status).toBe(404);
    const { status, headers } = await fetch(`${url}/add-checkpoint`);
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
  });

  test("reads 64 KB and no more, also of a body that does not end", async () => {
    const post = (body: string) => fetch(`${url}/add-checkpoint`, { method: "POST", body });
    expect((await post("x".repeat(65_536))).status).toBe(400);
    expect((await post("x".repeat(65_537))).status).toBe(413);
    const status = await new Promise((resolve, reject) => {
      const sending = request(`${url}/add-checkpoint`, { method: "POST" }, (response) => {
        resolve(response.statusCode);
        sending.destroy();
      });
      sending.on("error", reject);
      const more = (): void => void (sending.destroyed || sending.write("x".repeat(16_384), more));
      more();
    });
    expect(status).toBe(413);
    expect((await submit(url, aCheckpoint(OPERATOR))).status).toBe(200);
  });

  test("says that it cannot remember, and cosigns nothing that it did not write down", async () => {
    const remembered = aCheckpoint(OPERATOR);
    const first = await submit(url, remembered);
    // Another program writes to the file: this one is no longer the only memory.
    await appendFile(join(folder, "cosigned.jsonl"), "x");
    expect((await submit(url, aCheckpoint(OPERATOR, { draw: aDrawId(2) }))).status).toBe(503);
    expect((await submit(url, aCheckpoint(OPERATOR, { draw: aDrawId(3) }))).status).toBe(503);
    expect(await submit(url, remembered, 3)).toEqual(first);
  });

  test("keeps its key and memory from others, and refuses a key that others may read", async () => {
    for (const name of ["key", "cosigned.jsonl"]) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    const { key } = witness.signer;
    await witness.close();
    await start();
    expect(witness.signer.key).toBe(key);
    await chmod(join(folder, "key"), 0o640);
    await expect(readKey(join(folder, "key"), randomBytes)).rejects.toThrow(/chmod 600/);
    await chmod(join(folder, "key"), 0o600);
    await writeFile(join(folder, "key"), "abc\n");
    await expect(readKey(join(folder, "key"), randomBytes)).rejects.toThrow(/no key/);
  });

  test("does not start with its key and without its memory: it could sign a second list", async () => {
    await submit(url, aCheckpoint(OPERATOR));
    await witness.close();
    await rm(join(folder, "cosigned.jsonl"));
    await expect(start()).rejects.toThrow(/this memory is gone/);
    await expect(stat(join(folder, "cosigned.jsonl"))).rejects.toThrow("ENOENT");
    // Neither key nor memory: another witness.
    const { key } = witness.signer;
    await rm(join(folder, "key"));
    await start();
    expect(witness.signer.key).not.toBe(key);
  });

  test("two first starts at once have one key", async () => {
    const path = join(folder, "other");
    const secrets = await Promise.all([readKey(path, randomBytes), readKey(path, randomBytes)]);
    expect(secrets[0]).toEqual(secrets[1]);
  });
});

describe("64 lists of one draw at once", () => {
  const lists = Array.from({ length: 64 }, (_, list) => aCheckpoint(OPERATOR, { list: `list ${list}` }));

  test("have one that is cosigned", async () => {
    const answers = await Promise.all(lists.map((note) => submit(url, note)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(63);
  });

  test("had more than one with a memory that looks first and writes later: the test can tell", async () => {
    const kept = new Map<string, Cosigned>();
    const careless: Memory = {
      of: (origin) => kept.get(origin),
      async keep(origin, make) {
        const made = make();
        await new Promise((resolve) => setTimeout(resolve, 1));
        kept.set(origin, made);
        return made;
      },
      close: () => Promise.resolve(),
    };
    const { signer } = witness;
    const judged = lists.map((note) =>
      judge(
        { signer, sign: OPERATOR.sign, operators: [OPERATOR], memory: careless, now: () => now },
        `old 0\n\n${note}`,
      ),
    );
    expect((await Promise.all(judged)).filter(({ status }) => status === 200)).toHaveLength(64);
  });
});

describe("the memory", () => {
  const one = (number: number, line = "a line\n"): Cosigned => ({ origin: `o/${number}`, size: 1, text: "00", line });
  const path = () => join(folder, "memory.jsonl");
  const lines = async () => (await readFile(path(), "utf8")).trim().split("\n");

  test("passes over half a line that a kill left, and goes on after it", async () => {
    const whole = `${JSON.stringify(one(1))}\n`;
    for (const half of [1, 10, whole.length - 2]) {
      await writeFile(path(), whole + whole.replace("o/1", "o/2").slice(0, half));
      const memory = await openMemory(path());
      expect([memory.of("o/1"), memory.of("o/2")]).toEqual([one(1), undefined]);
      await memory.keep("o/2", () => one(2));
      await memory.close();
      const again = await openMemory(path());
      expect([again.of("o/1"), again.of("o/2")]).toEqual([one(1), one(2)]);
      await again.close();
    }
  });

  test("does not start with a damaged line: it would have forgotten something", async () => {
    for (const damaged of ['{"origin":"o/1","si\u0000e":1}', '{"origin":1,"size":1,"text":"","line":""}', "}"]) {
      await writeFile(path(), `${damaged}\n${JSON.stringify(one(2))}\n`);
      await expect(openMemory(path())).rejects.toThrow(/line 1 is damaged/);
    }
  });

  test("of two programs on one file never gives one origin to both", async () => {
    const [here, there] = [await openMemory(path()), await openMemory(path())];
    const kept = await Promise.allSettled([
      here.keep("o/1", () => one(1, "here\n")),
      there.keep("o/1", () => one(1, "there\n")),
    ]);
    expect(kept.filter(({ status }) => status === "fulfilled").length).toBeLessThan(2);
    const refused = kept.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(refused.reason).toBeInstanceOf(CannotRemember);
    // Whoever starts next goes by the first line, the only one that may have been given away.
    const first = JSON.parse((await lines())[0]!) as Cosigned;
    const given = kept.find(({ status }) => status === "fulfilled") as PromiseFulfilledResult<Cosigned> | undefined;
    if (given) expect(given.value).toEqual(first);
    const next = await openMemory(path());
    expect(next.of("o/1")).toEqual(first);
    await Promise.all([here.close(), there.close(), next.close()]);
  });
});
