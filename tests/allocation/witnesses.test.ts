import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { joinNote, parseNote, signatureLine } from "#kernel/notes.ts";
import { aDigest } from "#modules/allocation/allocation.fixtures.ts";
import { timeOfRound } from "#modules/allocation/rules/beacon.ts";
import { manifestText } from "#modules/allocation/rules/documents.ts";
import { documentLine } from "#modules/allocation/rules/lines.ts";
import type { Manifest } from "#modules/allocation/types.ts";
import { fixedClock } from "#platform/clock.ts";
import { randomBytes } from "#platform/random.ts";
import { cosign, type WitnessAddress } from "#platform/witnesses.ts";
import { readPublished } from "../../src/verify/published.ts";
import type { Report } from "../../src/verify/report.ts";
import { verify } from "../../src/verify/verify.ts";
import { startWitness, type RunningWitness } from "../../src/witness/service.ts";
import { OPERATOR, publishDraw, ROUND_1000 } from "./published-draw.ts";
import { randomMarket } from "./random-market.ts";

/** From the draw's lock to its verification, with two real witnesses of which each has a key, a memory and a clock of its own. */
const DRAWS_AT = timeOfRound(ROUND_1000.round);
const MINUTES = 60;
const market = randomMarket(9, { most: 20 });

let folder = "";
let running: RunningWitness[] = [];
let addresses: WitnessAddress[] = [];
const clocks = [DRAWS_AT, DRAWS_AT];
const logged: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "witnesses-"));
  clocks.fill(DRAWS_AT - 20 * MINUTES);
  logged.length = 0;
  running = await Promise.all(
    ["a", "b"].map((name, at) =>
      startWitness({
        name: `witness.example/${name}`,
        folder: join(folder, name),
        operators: [{ name: OPERATOR.name, key: OPERATOR.key }],
        host: "127.0.0.1",
        port: 0,
        now: () => clocks[at]!,
        randomBytes,
      }),
    ),
  );
  addresses = running.map(({ signer, port }) => ({ ...signer, url: `http://127.0.0.1:${port}` }));
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.close()));
  await rm(folder, { recursive: true });
});

/** The operator's own clock stands where it says; only the witnesses' times count for the public. */
function collect(note: string, from = addresses): Promise<string[]> {
  const write = (message: string): void => void logged.push(message);
  const clock = fixedClock(new Date(Math.max(...clocks) * 1000));
  return cosign(note, from, { clock, log: { info: write, warn: write, error: write } });
}

const aDraw = () =>
  publishDraw(market, { opening: { witnesses: running.map(({ signer }) => signer) }, seenAt: [null, null] });

function noteOf(manifest: Manifest): string {
  const text = manifestText(OPERATOR.name, manifest);
  return joinNote(text, [signatureLine(OPERATOR, OPERATOR.sign(text))]);
}

/** What the public gets: the draw's files with the manifest as it was cosigned. */
function checkWith(draw: ReturnType<typeof aDraw>, manifest: Manifest, cosignatures: readonly string[]): Report {
  const note = noteOf(manifest) + cosignatures.join("");
  expect(parseNote(note)!.signatures).toHaveLength(1 + cosignatures.length);
  const reader = readPublished();
  const [opening, , ...others] = draw.documents;
  for (const line of [opening!, documentLine("manifest", { body: manifest, note }), ...others, ...draw.replay])
    reader.line(line);
  return verify(reader.end());
}

test("a manifest that two witnesses saw before the round is verified", async () => {
  const draw = aDraw();
  const lines = await collect(noteOf(draw.manifest));
  expect(lines).toHaveLength(2);
  expect(checkWith(draw, draw.manifest, lines)).toMatchObject({ verdict: "verified", faults: [] });
  expect(logged).toEqual([]);
});

test("asked once more after a lost answer, also after the round, they say when they saw it first", async () => {
  const draw = aDraw();
  const first = await collect(noteOf(draw.manifest));
  clocks.fill(DRAWS_AT + 60 * MINUTES);
  const again = await collect(noteOf(draw.manifest));
  expect(again).toEqual(first);
  expect(checkWith(draw, draw.manifest, again).verdict).toBe("verified");
});

test("a manifest with an early date that is shown to them after the round is called backdated", async () => {
  const draw = aDraw();
  clocks.fill(DRAWS_AT);
  const lines = await collect(noteOf(draw.manifest));
  expect(lines).toHaveLength(2);
  const { verdict, faults } = checkWith(draw, draw.manifest, lines);
  expect([verdict, faults.map(({ code }) => code)]).toEqual(["false", ["backdated_manifest"]]);
});

test("a second manifest gets no cosignature, before the round or after it, and leaves its draw unproven", async () => {
  const draw = aDraw();
  await collect(noteOf(draw.manifest));
  const second: Manifest = { ...draw.manifest, sealed: aDigest("another list") };
  for (const at of [DRAWS_AT - MINUTES, DRAWS_AT + MINUTES]) {
    clocks.fill(at);
    expect(await collect(noteOf(second))).toEqual([]);
  }
  // Twice each, in whatever order they answered.
  const both = addresses.map(({ name }) => `the witness ${name} was left out`);
  expect(logged.sort()).toEqual([...both, ...both].sort());
  expect(checkWith(draw, second, []).remarks.map(({ code }) => code)).toContain("missing_witness");
});

test("each witness's memory is its own: two manifests that split them have one witness each, too few for both", async () => {
  const draw = aDraw();
  const second: Manifest = { ...draw.manifest, sealed: aDigest("another list") };
  const [one, other] = addresses as [WitnessAddress, WitnessAddress];
  const split = [await collect(noteOf(draw.manifest), [one]), await collect(noteOf(second), [other])];
  expect(split.map((lines) => lines.length)).toEqual([1, 1]);
  expect(await collect(noteOf(draw.manifest))).toEqual(split[0]);
  expect(await collect(noteOf(second))).toEqual(split[1]);
  expect(checkWith(draw, draw.manifest, split[0]!).verdict).toBe("unproven");
});

test("with one witness away the draw is unproven, and proven once it is back in time", async () => {
  const draw = aDraw();
  const away = running[1]!;
  await away.close();
  const lines = await collect(noteOf(draw.manifest));
  expect(lines).toHaveLength(1);
  expect(checkWith(draw, draw.manifest, lines)).toMatchObject({ verdict: "unproven", faults: [] });
  expect(logged).toEqual([`the witness ${away.signer.name} was left out`]);

  running[1] = await startWitness({
    name: away.signer.name,
    folder: join(folder, "b"),
    operators: [{ name: OPERATOR.name, key: OPERATOR.key }],
    host: "127.0.0.1",
    port: away.port,
    now: () => clocks[1]!,
    randomBytes,
  });
  const later = await collect(noteOf(draw.manifest));
  expect(later[0]).toBe(lines[0]);
  expect(checkWith(draw, draw.manifest, later).verdict).toBe("verified");
});
