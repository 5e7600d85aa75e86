import fc from "fast-check";
import { type ChainClient, fetchBeacon } from "drand-client";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "#kernel/canonical-json.ts";
import { fromHex, joinBytes, sha256, toHex } from "#kernel/digest.ts";
import { inclusionProof, merkleLevels, merkleRoot, rootFromProof } from "#kernel/merkle.ts";
import {
  cosignatureLine,
  cosignedAt,
  cosignedText,
  isNoteSignedBy,
  joinNote,
  parseNote,
  signatureLine,
} from "#kernel/notes.ts";
import { OPERATOR, ROUND_1000, ROUND_657413 } from "#tests/allocation/published-draw.ts";
import { randomMarket } from "#tests/allocation/random-market.ts";
import { aSigner } from "#tests/support/witness.ts";
import { aCell, aDigest, anEntry, anOption, aPolicy } from "../allocation.fixtures.ts";
import type { Digest } from "../types.ts";
import { isRoundOfQuicknet, QUICKNET, roundAt, timeOfRound } from "./beacon.ts";
import { openBook } from "./book.ts";
import { parsePromise, promiseText } from "./documents.ts";
import { entryProblem, leafHash, leafText, supplyHash } from "./leaf.ts";
import { drawSeed } from "./seed.ts";

describe("the tree", () => {
  it("is that of RFC 6962: the roots that certificate transparency publishes for its test leaves", () => {
    // Leaves of the standard's reference tests, already hashed with the leaf prefix by the formula of section 2.1.
    const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    const leaves = inputs.map((hex) => leafOf(fromHex(hex)));
    roots.forEach((root, index) => expect(merkleRoot(joined(leaves.slice(0, index + 1)))).toBe(root));
  });

  it("proves each leaf and no other, of any number of leaves (13)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (count, pick) => {
        const leaves = Array.from({ length: count }, (_, index) => aDigest(`leaf ${index}`));
        const flat = joined(leaves.map(fromHex));
        const root = merkleRoot(flat);
        const index = pick % count;
        const proof = inclusionProof(merkleLevels(flat), index);
        expect(rootFromProof(leaves[index]!, proof)).toBe(root);
        expect(proof.path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)) || 0);
        expect(rootFromProof(aDigest("another leaf"), proof)).not.toBe(root);
        if (count > 1) {
          expect(rootFromProof(leaves[index]!, { ...proof, index: (index + 1) % count })).not.toBe(root);
          expect(rootFromProof(leaves[index]!, { ...proof, path: proof.path.slice(1) })).not.toBe(root);
          expect(rootFromProof(leaves[index]!, { ...proof, path: [...proof.path, root] })).not.toBe(root);
        }
      }),
    );
  });

  it("changes its root, and with it the seed, with any leaf, place or round (13)", () => {
    const { cells, policy, entries } = randomMarket(9);
    const rootOf = (list: typeof entries): Digest => {
      const book = openBook(cells, policy, { leaves: true });
      list.forEach(book.add);
      return book.root();
    };
    const seedOf = (list: typeof entries, places: typeof cells, randomness: Digest): Digest =>
      drawSeed(entries[0]!.draw, rootOf(list), supplyHash(places), randomness);
    const seeds = [
      seedOf(entries, cells, ROUND_1000.randomness),
      seedOf(entries.slice(1), cells, ROUND_1000.randomness),
      seedOf(entries.with(0, { ...entries[0]!, tier: entries[0]!.tier === 3 ? 2 : 3 }), cells, ROUND_1000.randomness),
      seedOf(entries, cells.with(0, { ...cells[0]!, places: 99 }), ROUND_1000.randomness),
      seedOf(entries, cells, ROUND_657413.randomness),
    ];
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});

describe("a leaf", () => {
  it("is written as its canonical JSON", () => {
    for (let number = 0; number < 20; number++) {
      for (const entry of randomMarket(number).entries) expect(leafText(entry)).toBe(canonicalJson(entry));
    }
    const holds = { option: 0, office: "dallas", date: "2027-03-01", seats: [{ group: "documentacion", band: 0 }] };
    const upgrader = anEntry({ holds });
    expect(leafText(upgrader)).toBe(canonicalJson(upgrader));
  });

  it("is hashed alike alone and in a book", () => {
    const entry = anEntry();
    const book = openBook([aCell()], aPolicy(), { leaves: true });
    book.add(entry);
    expect(toHex(book.leafHashes())).toBe(leafHash(entry));
  });

  // prettier-ignore
  it.each([
    ["bad_id", { app: "0f" }], ["bad_id", { lot: "salt" }], ["bad_party", { persons: 0 }], ["bad_party", { persons: 2.5 }],
    ["bad_need", { need: {} }], ["bad_need", { need: { documentacion: 33 } }], ["bad_need", { need: { "Documentación": 1 } }],
    ["bad_tier", { tier: 0 }], ["bad_contact", { contact: "a friend" }], ["bad_contact", { domain: 'x","tier":1' }],
    ["no_options", { options: [] }], ["too_many_options", { options: Array.from({ length: 12 }, () => anOption()) }],
    ["bad_option", { options: [anOption({ from: "2027-02-30" })] }], ["bad_option", { options: [anOption({ to: "2027-02-01" })] }],
    ["bad_option", { options: [anOption({ offices: [] })] }], ["bad_option", { options: [anOption({ offices: ["dallas", "dallas"] })] }],
    ["bad_option", { options: [anOption({ bands: 0b1000 })] }], ["bad_option", { options: [anOption({ weekdays: 0 })] }],
  ])("is refused with %s", (problem, changes) => {
    expect(entryProblem(anEntry(changes as never), aPolicy())).toBe(problem);
  });
});

describe("the beacon", () => {
  it("knows quicknet's own rounds", () => {
    for (const round of [ROUND_1000, ROUND_657413]) expect(isRoundOfQuicknet(round)).toBe(true);
    expect(isRoundOfQuicknet({ ...ROUND_1000, round: 1001 })).toBe(false);
    expect(isRoundOfQuicknet({ ...ROUND_1000, randomness: ROUND_657413.randomness })).toBe(false);
    expect(isRoundOfQuicknet({ ...ROUND_1000, signature: "ff".repeat(48) })).toBe(false);
    expect(isRoundOfQuicknet({ round: null, signature: null, randomness: ROUND_1000.randomness })).toBe(false);
  });

  it("tells a round's hour and the first round of an hour", () => {
    expect(timeOfRound(ROUND_1000.round)).toBe(1_692_806_364);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (round) => {
        expect(roundAt(timeOfRound(round))).toBe(round);
      }),
    );
    expect(roundAt(timeOfRound(1000) + 1)).toBe(1001);
  });

  it("agrees with drand-client on good and bad rounds", async () => {
    const fetched = async (answer: typeof ROUND_1000, round: number) => {
      const client = {
        options: { disableBeaconVerification: false, noCache: false },
        get: () => Promise.resolve(answer),
        latest: () => Promise.resolve(answer),
        chain: () => ({
          baseUrl: "",
          info: () =>
            Promise.resolve({
              public_key: QUICKNET.publicKey,
              period: QUICKNET.period,
              genesis_time: QUICKNET.genesis,
              hash: QUICKNET.chain,
              groupHash: "",
              schemeID: "bls-unchained-g1-rfc9380",
              metadata: { beaconID: "quicknet" },
            }),
        }),
      } satisfies ChainClient;
      return fetchBeacon(client, round).then(
        () => true,
        () => false,
      );
    };
    const signature = ROUND_657413.signature;
    expect(await fetched(ROUND_1000, ROUND_1000.round)).toBe(true);
    expect(await fetched({ ...ROUND_1000, signature, randomness: ROUND_657413.randomness }, 1000)).toBe(false);
  });
});

describe("a note", () => {
  const witness = aSigner("witness.example");
  const text = "origin\n3\nroot\n";
  const note = joinNote(text, [
    signatureLine(OPERATOR, OPERATOR.sign(text)),
    cosignatureLine(witness, 1_700_000_000, witness.sign(cosignedText(text, 1_700_000_000))),
  ]);

  it("is signed by whom it says, with the witness's time", () => {
    const parsed = parseNote(note)!;
    expect(parsed.text).toBe(text);
    expect(isNoteSignedBy(parsed, OPERATOR)).toBe(true);
    expect(cosignedAt(parsed, witness)).toBe(1_700_000_000);
    // A witness's line is no signature, and the operator's no cosignature.
    expect(isNoteSignedBy(parsed, witness)).toBe(false);
    expect(cosignedAt(parsed, OPERATOR)).toBeUndefined();
  });

  it("does not outlive a change of its text, of a time or of a name", () => {
    for (const changed of [note.replace("\n3\n", "\n4\n"), note.replaceAll("citas.example", "citas.other")]) {
      const parsed = parseNote(changed)!;
      expect(isNoteSignedBy(parsed, OPERATOR)).toBe(false);
    }
    const forged = joinNote(text, [
      cosignatureLine(witness, 1_600_000_000, witness.sign(cosignedText(text, 1_700_000_000))),
    ]);
    expect(cosignedAt(parseNote(forged)!, witness)).toBeUndefined();
  });

  it.each([
    "",
    "text",
    "text\n\n",
    "text\n\nno line\n",
    "text\n\n\u2014 name !!!!\n",
    "text\n\n\u2014 name QQ== more\n",
  ])("is not %j", (other) => expect(parseNote(other)).toBeUndefined());

  it("holds a promise that reads back as it was", () => {
    const promise = { draw: anEntry().draw, leaf: aDigest("leaf"), at: 1_700_000_000, replaces: aDigest("before") };
    for (const each of [promise, { ...promise, replaces: null }, { ...promise, leaf: null }]) {
      expect(parsePromise("citas.example", promiseText("citas.example", each))).toEqual(each);
    }
    expect(parsePromise("other.example", promiseText("citas.example", promise))).toBeUndefined();
    expect(parsePromise("citas.example", `${promiseText("citas.example", promise)}more\n`)).toBeUndefined();
  });
});

function leafOf(input: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(0), input);
}
function joined(leaves: readonly Uint8Array[]): Uint8Array {
  return joinBytes(...leaves);
}
