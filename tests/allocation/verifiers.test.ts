import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aDigest, anApp } from "#modules/allocation/allocation.fixtures.ts";
import { allocate } from "#modules/allocation/rules/allocate.ts";
import { timeOfRound } from "#modules/allocation/rules/beacon.ts";
import { documentHash, outcomeHash } from "#modules/allocation/rules/documents.ts";
import type { Entry } from "#modules/allocation/types.ts";
import { root } from "../checks/repository.ts";
import { aSigner } from "../support/witness.ts";
import { readPublished } from "../../src/verify/published.ts";
import type { Report } from "../../src/verify/report.ts";
import { verify } from "../../src/verify/verify.ts";
import { manifestLine, publishDraw, ROUND_1000, ROUND_657413, type Forgery } from "./published-draw.ts";
import { randomMarket, secondRoundOf } from "./random-market.ts";

const DRAWS_AT = timeOfRound(ROUND_1000.round);
/** Random draws on which both implementations must agree. */
const INSTANCES = 200;

const python = spawnSync("python3", ["--version"]).status === 0;
let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "verify-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(lines: readonly string[]): Report {
  const reader = readPublished();
  for (const line of lines) reader.line(line);
  return verify(reader.end());
}

interface SecondOpinion {
  verdict: string;
  faults: string[];
}
/** What `verify.py` says of the same lines. */
function second(lines: readonly string[]): SecondOpinion {
  const file = join(folder, "draw.jsonl");
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  const run = spawnSync("python3", [join(root, "verify/verify.py"), file], { encoding: "utf8" });
  expect(run.stderr).toBe("");
  return JSON.parse(run.stdout) as SecondOpinion;
}
const codes = ({ faults }: Report): string[] => [...new Set(faults.map(({ code }) => code))].sort();

const market = randomMarket(9, { most: 60 });
const honest = publishDraw(market);
const all = [...honest.documents, ...honest.replay];

describe("an honest draw", () => {
  it("is worth checking: some got a place and some did not", () => {
    expect(honest.drawn.served).toBeGreaterThan(5);
    expect(honest.drawn.count - honest.drawn.served).toBeGreaterThan(5);
  });

  it("is verified from its replay", () => {
    expect(check(all)).toMatchObject({ verdict: "verified", faults: [], entries: market.entries.length });
  });

  it("is verified by every household from the cutoffs and its own papers alone", () => {
    const papers = market.entries.flatMap((_, index) => honest.household(index));
    const report = check([...honest.documents, ...papers]);
    expect(report).toMatchObject({ verdict: "verified", faults: [], entries: 0, households: market.entries.length });
    expect(report.remarks.map(({ code }) => code)).toContain("replay_not_published");
  });

  it("compares the keys with those that the reader knows", () => {
    const reader = readPublished();
    all.forEach((line) => reader.line(line));
    const report = verify(reader.end(), { operator: aDigest("another key"), witnesses: [] });
    expect(report.faults.map(({ code }) => code)).toEqual(["unknown_key", "unknown_key", "unknown_key"]);
  });
});

const [first, ...others] = market.entries as [Entry, ...Entry[]];
const changed: Entry = { ...first, options: [...first.options].reverse().concat(first.options), tier: 1 };
const addedLate: Entry = { ...first, app: anApp("added late") };
const fewerPlaces = market.cells.map((cell, at) => (at === 0 ? { ...cell, places: cell.places + 1 } : cell));

// prettier-ignore
const FORGERIES: readonly [name: string, expected: string[], forged: Forgery][] = [
  ["a manifest signed after the round with an early date", ["backdated_manifest"], { seenAt: [DRAWS_AT + 5, DRAWS_AT + 6] }],
  ["a manifest that one witness saw only at the round itself", ["backdated_manifest"], { seenAt: [DRAWS_AT - 60, DRAWS_AT] }],
  ["a manifest that names the next round", ["another_round"], { manifest: { round: ROUND_1000.round + 1 } }],
  ["a draw by another real round", ["another_round"], { beacon: ROUND_657413 }],
  ["an opening whose hour is not the round's", ["another_round"], { opening: { drawsAt: DRAWS_AT + 3 } }],
  ["randomness that is not the signature's", ["bad_beacon"], { beacon: { randomness: aDigest("chosen") } }],
  ["a chain that is not drand's", ["bad_beacon"], { opening: { beacon: { source: "drand", chain: aDigest("ours"), round: 1000 } } }],
  ["a promise whose leaf is nowhere", ["promise_without_leaf"], { promises: [{}] }],
  ["places changed after the lock", ["changed_supply"], { cells: fewerPlaces }],
  ["a wish changed after the lock", ["changed_leaf"], { entries: [changed, ...others] }],
  ["an entry added after the lock", ["changed_leaf"], { entries: [...market.entries, addedLate] }],
  ["an entry left out after the lock", ["changed_leaf"], { entries: others }],
  ["another outcome than the draw's", ["wrong_result"], { result: { outcome: aDigest("for a friend") } }],
  ["one served more than the draw served", ["wrong_result"], { result: { served: honest.drawn.served + 1 } }],
  ["a seed that does not follow", ["wrong_result"], { result: { seed: aDigest("a better one") } }],
  ["cutoffs moved for a friend", ["wrong_result"], { cutoffs: (true_) => ({ ...true_, tiers: [aDigest("x"), true_.tiers[1]] }) }],
  ["an opening replaced after the manifest", ["opening_changed"], { manifest: { opening: aDigest("another notice") } }],
];

describe.each([
  [
    "verify.js",
    (lines: readonly string[]): SecondOpinion => ({ verdict: check(lines).verdict, faults: codes(check(lines)) }),
  ],
  ["verify.py", second],
])("%s", (name, opinion) => {
  const here = name === "verify.py" ? it.skipIf(!python) : it;

  here.each(FORGERIES)("names %s", (_, expected, forged) => {
    const { documents, replay } = publishDraw(market, forged);
    const { verdict, faults } = opinion([...documents, ...replay]);
    expect(faults).toEqual(expected);
    expect(verdict).toBe("false");
  });

  here("names two manifests for one draw", () => {
    const other = { ...honest.manifest, sealed: aDigest("another list") };
    const line = manifestLine(other, [DRAWS_AT - 60, DRAWS_AT - 60]);
    expect(opinion([...all, line])).toMatchObject({ verdict: "false", faults: ["two_manifests"] });
  });

  here("calls a draw unproven when a witness is missing", () => {
    const { documents, replay } = publishDraw(market, { seenAt: [DRAWS_AT - 60, null] });
    expect(opinion([...documents, ...replay])).toMatchObject({ verdict: "unproven", faults: [] });
  });

  here("does not let an opening ask for fewer than two witnesses", () => {
    const { documents, replay } = publishDraw(market, { opening: { quorum: 0 }, seenAt: [null, null] });
    expect(opinion([...documents, ...replay])).toMatchObject({ verdict: "unproven", faults: [] });
  });

  here("asks for more than half of a long list, so that no two manifests of one draw can both be proven", () => {
    const witnesses = ["a", "b", "c", "d"].map((name) => aSigner(`witness.example/${name}`));
    const opened = { witnesses: witnesses.map(({ name, key }) => ({ name, key })) };
    const seenBy = (count: number) => {
      const seenAt = witnesses.map((_, at) => (at < count ? DRAWS_AT - 60 : null));
      const { documents, replay } = publishDraw(market, { opening: opened, witnesses, seenAt });
      return opinion([...documents, ...replay]).verdict;
    };
    expect([1, 2, 3].map(seenBy)).toEqual(["unproven", "unproven", "verified"]);
  });

  here("counts a witness under two names once", () => {
    const twice = ["witness.example/a", "witness.example/b"].map((name) => aSigner(name, "one and the same"));
    const opened = { witnesses: twice.map(({ name, key }) => ({ name, key })) };
    const { documents, replay } = publishDraw(market, { opening: opened, witnesses: twice });
    expect(opinion([...documents, ...replay])).toMatchObject({ verdict: "unproven", faults: [] });
  });

  here("calls a draw by the operator's own randomness not publicly verifiable", () => {
    const { documents, replay } = publishDraw(market, { source: "operator" });
    expect(opinion([...documents, ...replay])).toMatchObject({ verdict: "not_publicly_verifiable", faults: [] });
  });

  here("refuses a forged signature", () => {
    const lines = all.map((line, at) => (at === 0 ? line.replace('"quorum":2', '"quorum":1') : line));
    expect(opinion(lines).faults).toContain("bad_signature");
  });

  here("refuses a row with more in it than its leaf", () => {
    const lines = all.map((line) => line.replace('{"entry":{"app"', '{"entry":{"a":1,"app"'));
    const { verdict, faults } = opinion(lines);
    expect(verdict).toBe("false");
    expect(faults.some((code) => code === "malformed" || code === "changed_leaf")).toBe(true);
  });

  here("survives lines that are no lines of a draw", () => {
    const lines = ["null", "[]", "{", '{"kind":"opening"}', '{"kind":"entry","entry":null}', '{"kind":"x"}'];
    // Each is a process of its own for the second implementation.
    for (const line of name === "verify.py" ? lines.slice(4) : lines) {
      expect(opinion([...all, line]).faults).toContain("malformed");
    }
    expect(opinion(["nothing"])).toMatchObject({ verdict: "false", faults: ["malformed"] });
  });

  here("lets a later promise end an earlier one", () => {
    const replaces = aDigest("a leaf that is nowhere") as never;
    const { documents, replay } = publishDraw(market, { promises: [{}, { leaf: null, replaces }] });
    expect(opinion([...documents, ...replay])).toMatchObject({ verdict: "verified", faults: [] });
  });
});

describe("a household", () => {
  it("finds that its leaf is not the one it filed", () => {
    const { documents, household } = publishDraw(market, { told: { tier: first.tier === 3 ? 2 : 3 } });
    const report = check([...documents, ...household(0)]);
    expect(codes(report)).toEqual(["changed_leaf", "promise_without_leaf"]);
  });

  it("finds that it was told another result", () => {
    const served = market.entries.findIndex(({ app }) => honest.drawn.outcomeOf(app)!.assigned !== null);
    const papers = honest.household(served).map((line) => line.replace(/"told":\{.*\}\}?/, '"told":null}'));
    expect(codes(check([...honest.documents, ...papers]))).toEqual(["wrong_result"]);
  });

  it("with a promise and no proof leaves the draw unproven", () => {
    const [, promise] = honest.household(0) as [string, string];
    expect(check([...honest.documents, promise])).toMatchObject({ verdict: "unproven", faults: [] });
  });
});

describe("two implementations", () => {
  /** Runs only `replay` of the second implementation, on many draws at once. */
  const REPLAYS = `
import json, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import verify
for line in sys.stdin:
    draw = json.loads(line)
    print(json.dumps(verify.replay(draw["entries"], draw["policy"], draw["cells"], bytes.fromhex(draw["seed"]))))
`;

  it.skipIf(!python)(`agree on ${INSTANCES} random draws, first rounds and second rounds`, () => {
    const markets = Array.from({ length: INSTANCES }, (_, seed) => {
      const first = randomMarket(seed);
      return seed % 2 === 0 ? first : secondRoundOf(first, seed);
    });
    const seed = aDigest("a seed");
    const input = markets.map((each) => JSON.stringify({ ...each, seed })).join("\n");
    const run = spawnSync("python3", ["-c", REPLAYS, join(root, "verify")], { input, encoding: "utf8" });
    expect(run.stderr).toBe("");
    const theirs = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    const ours = markets.map((each) => {
      const drawn = allocate(each, seed);
      const [outcome, cutoffs] = [outcomeHash(drawn.outcomes()), documentHash(drawn.cutoffs)];
      return { outcome, cutoffs, served: drawn.served, waiting: drawn.count - drawn.served };
    });
    expect(theirs).toEqual(ours);
  });

  it.skipIf(python)("were not compared: there is no python3 here", () => {
    console.warn("python3 is not installed, so verify.py was not compared.");
  });
});
