import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aDigest, anApp, anOption, aPolicy } from "../allocation.fixtures.ts";
import type { AppId, CountRow, Tier } from "../types.ts";
import { publishableCounts, SMALLEST_COUNT } from "./counts.ts";
import { liveLeaves, lotOf, sealedHash, type Filing } from "./live.ts";
import { DRAW_POLICY, isUsablePolicy } from "./policy.ts";
import { isBroadList, lossesAfter, tierOfMember, tierOfParty } from "./tiers.ts";

describe("the tier of a party", () => {
  it.each<[string, Tier[], Tier]>([
    ["a mother with a baby and his sister", [3, 2, 3], 2],
    ["a neighbour's baby lent to four adults", [2, 3, 3, 3, 3], 3],
    ["grandparents with four of their family", [2, 2, 3, 3, 3, 3], 2],
    ["one who must travel, alone", [1], 1],
    ["one who must travel and a baby, with two more", [1, 2, 3, 3], 2],
    ["nobody in particular", [3, 3], 3],
  ])("%s", (_, members, tier) => {
    expect(tierOfParty(members)).toBe(tier);
  });

  it("does not improve when somebody without a reason joins", () => {
    const tiers = fc.array(fc.constantFrom<Tier>(1, 2, 3), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(tiers, (members) => {
        expect(tierOfParty([...members, 3])).toBeGreaterThanOrEqual(tierOfParty(members));
      }),
    );
  });
});

describe("the loss credit", () => {
  const on = aPolicy({ lossCredit: { enabled: true, losses: 2 } });

  it("ships off", () => {
    expect(DRAW_POLICY.lossCredit.enabled).toBe(false);
    expect(tierOfMember(3, { inARow: 9 }, DRAW_POLICY)).toBe(3);
    expect(isUsablePolicy(DRAW_POLICY)).toBe(true);
  });

  it("comes after two broad lists without an offer and ends with any offer", () => {
    const broad = { broad: true, offered: false };
    const twice = lossesAfter(lossesAfter({ inARow: 0 }, broad), broad);
    expect(tierOfMember(3, twice, on)).toBe(2);
    expect(tierOfMember(1, twice, on)).toBe(1);
    expect(lossesAfter(twice, { broad: false, offered: false })).toEqual(twice);
    expect(lossesAfter(twice, { broad: true, offered: true })).toEqual({ inARow: 0 });
  });

  it("asks for a list that ends with any day near by, and lets who has only Saturdays have it", () => {
    const horizon = { from: "2027-03-01", to: "2027-03-31", bands: 3 };
    const near = ["dallas", "omaha"];
    const saturdays = anOption({ weekdays: 0b0100000 });
    const anywhere = anOption({ ...horizon, offices: near, weekdays: 0b0100000, bands: 0b111 });
    expect(isBroadList([saturdays, anywhere], horizon, near)).toBe(true);
    expect(isBroadList([saturdays], horizon, near)).toBe(false);
    expect(isBroadList([anOption(), anywhere], horizon, near)).toBe(false);
    expect(isBroadList([saturdays, { ...anywhere, offices: ["dallas"] }], horizon, near)).toBe(false);
  });
});

describe("several leaves of one person", () => {
  const filing = (name: string, person: string, level2 = false): Filing => ({
    person,
    app: anApp(name),
    level2,
    salt: aDigest(`salt ${name}`),
  });
  const three = [filing("a", "maria"), filing("b", "maria"), filing("c", "maria")];

  it("have one that is live, whatever the order in which they are read", () => {
    const live = liveLeaves(aDigest("seed"), [...three, filing("d", "jose")]);
    expect(live.size).toBe(2);
    expect(liveLeaves(aDigest("seed"), [filing("d", "jose"), ...three.toReversed()])).toEqual(live);
  });

  it("have the chance of one together: each is live as often as the others", () => {
    const counts = new Map<AppId, number>();
    for (let number = 0; number < 3000; number++) {
      const app = liveLeaves(aDigest(`seed ${number}`), three).get("maria")!;
      counts.set(app, (counts.get(app) ?? 0) + 1);
    }
    // Five standard deviations around a third.
    for (const { app } of three) expect(Math.abs(counts.get(app)! - 1000)).toBeLessThan(130);
  });

  it("let the one whose document was seen be live, however many strangers file", () => {
    const seen = filing("z", "maria", true);
    for (let number = 0; number < 50; number++) {
      expect(liveLeaves(aDigest(`seed ${number}`), [...three, seen]).get("maria")).toBe(seen.app);
    }
  });

  it("are bound by commitments that say nothing", () => {
    const salt = aDigest("salt a");
    expect(lotOf(salt)).not.toBe(salt);
    expect(lotOf(salt)).not.toBe(lotOf(aDigest("salt b")));
    expect(sealedHash(three)).toBe(sealedHash(three.toReversed()));
    expect(sealedHash(three)).not.toBe(sealedHash(three.slice(1)));
    expect(sealedHash(three)).not.toBe(sealedHash([...three.slice(1), { ...three[0]!, level2: true }]));
  });
});

describe("published counts", () => {
  const row = (office: string, tier: Tier, channel: string, entries: number): CountRow => ({
    office,
    tier,
    channel,
    entries,
  });

  it("hide fewer than ten, and whatever would give them away", () => {
    const rows = [
      row("dallas", 1, "web", 9),
      row("dallas", 1, "phone", 40),
      row("dallas", 1, "counter", 90),
      row("dallas", 3, "web", 500),
      row("dallas", 3, "phone", 60),
      row("dallas", 3, "counter", 70),
    ];
    expect(publishableCounts(rows)).toEqual([row("dallas", 1, "counter", 90), row("dallas", 3, "counter", 70)]);
  });

  it("never show a small one, nor a line with one hole", () => {
    const anyRow = fc.record({
      office: fc.constantFrom("dallas", "omaha"),
      tier: fc.constantFrom<Tier>(1, 2, 3),
      channel: fc.constantFrom("web", "phone", "counter"),
      entries: fc.integer({ min: 0, max: 40 }),
    });
    const keyOf = ({ office, tier, channel }: CountRow): string => `${office}/${tier}/${channel}`;
    fc.assert(
      fc.property(fc.uniqueArray(anyRow, { selector: keyOf }), (rows) => {
        const shown = publishableCounts(rows);
        expect(shown.every(({ entries }) => entries >= SMALLEST_COUNT)).toBe(true);
        for (const { office, tier } of shown) {
          const line = (list: readonly CountRow[]): number =>
            list.filter((each) => each.office === office && each.tier === tier).length;
          expect(line(rows) - line(shown)).not.toBe(1);
        }
      }),
    );
  });
});
