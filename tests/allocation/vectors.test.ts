import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allocate } from "#modules/allocation/rules/allocate.ts";
import { openBook } from "#modules/allocation/rules/book.ts";
import { documentHash, outcomeHash } from "#modules/allocation/rules/documents.ts";
import { supplyHash } from "#modules/allocation/rules/leaf.ts";
import { drawSeed } from "#modules/allocation/rules/seed.ts";
import type { Digest, DrawId } from "#modules/allocation/types.ts";
import { readPublished } from "../../src/verify/published.ts";
import { verify } from "../../src/verify/verify.ts";
import type { RandomMarket } from "./random-market.ts";

interface Vector {
  readonly about: string;
  readonly draw: DrawId;
  readonly randomness: Digest;
  readonly market: RandomMarket;
  readonly expected: Readonly<Record<string, unknown>>;
}

const fileOf = (name: string): string =>
  readFileSync(new URL(`../vectors/allocation/${name}`, import.meta.url), "utf8");

/** Golden vectors: what these files say must never change, whatever becomes of the code. */
describe("committed draws", () => {
  it.each(["first-round.json", "families.json", "second-round.json"])("%s comes out as ever", (name) => {
    const { draw, randomness, market, expected } = JSON.parse(fileOf(name)) as Vector;
    expect(resultOf(draw, randomness, market)).toEqual(expected);
  });

  it("published.jsonl is verified as ever", () => {
    const reader = readPublished();
    fileOf("published.jsonl").split("\n").forEach(reader.line);
    expect(verify(reader.end())).toMatchObject({ verdict: "verified", faults: [], households: 1 });
  });
});

function resultOf(draw: DrawId, randomness: Digest, market: RandomMarket) {
  const book = openBook(market.cells, market.policy, { leaves: true });
  market.entries.forEach(book.add);
  const [root, supply] = [book.root(), supplyHash(market.cells)];
  const seed = drawSeed(draw, root, supply, randomness);
  const drawn = allocate(market, seed);
  const [outcome, cutoffs] = [outcomeHash(drawn.outcomes()), documentHash(drawn.cutoffs)];
  const order = [...drawn.outcomes()].sort((a, b) => a.position - b.position).map(({ app }) => app);
  return { root, supply, seed, outcome, cutoffs, served: drawn.served, order };
}
