import { describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { clustersOf } from "./clusters.ts";
import { EntryTable, type Entry } from "./entries.ts";
import { evidenceOf } from "./evidence.ts";
import { bitsOf, groupEntries, JOIN_BITS, MOST_NODES } from "./graph.ts";

const NOW = Date.UTC(2026, 10, 23, 18);
let made = 0;

/** One booking of one person of her own: nothing is shared that is not said. */
function entry(change: Partial<Entry> = {}): Entry {
  made += 1;
  return {
    bookingId: `b${made}`,
    officeId: "fresno",
    contactId: `c${made}`,
    contactKind: "sms",
    deviceId: `d${made}`,
    persons: [made],
    surnames: [made],
    startsAt: NOW + made * HOUR_MS,
    bookedAt: NOW - made * HOUR_MS,
    cancelledAt: null,
    ended: null,
    freshContact: false,
    assisted: false,
    helperId: null,
    duplicateBits: 0,
    resale: false,
    ...change,
  };
}
function tableOf(entries: readonly Entry[]): EntryTable {
  const table = new EntryTable();
  for (const one of entries) table.push(one);
  return table;
}
const factsOf = (entries: readonly Entry[]) => {
  const table = tableOf(entries);
  return evidenceOf(entries.map((_, i) => table.at(i)));
};
const some = (count: number, of: (i: number) => Partial<Entry>) =>
  Array.from({ length: count }, (_, i) => entry(of(i)));

describe("groups", () => {
  test("entries that share a contact, a device or a helper are one group, through each other too", () => {
    const table = tableOf([
      entry({ contactId: "c", deviceId: "x" }),
      entry({ contactId: "c" }),
      entry({ deviceId: "x", helperId: "h" }),
      entry({ helperId: "h" }),
      entry(),
      entry({ deviceId: null }),
      entry({ deviceId: null }),
    ]);
    expect([...groupEntries(table.shared)]).toEqual([0, 0, 0, 0, 4, 5, 6]);
  });

  test("what more than one in 256 share joins nobody, and a small installation weighs like the network", () => {
    expect(bitsOf(60, 3000)).toBeGreaterThan(JOIN_BITS);
    const everybody = tableOf(some(4000, () => ({ deviceId: "public" })));
    expect(new Set(groupEntries(everybody.shared)).size).toBe(4000);
    const library = tableOf(some(300, () => ({ deviceId: "library" })));
    expect(new Set(groupEntries(library.shared)).size).toBe(1);
  });

  test("a group too large for anybody to judge falls into its devices", () => {
    const chain = some(1200, (i) => ({ contactId: `k${i >> 1}`, deviceId: `v${(i + 1) >> 1}` }));
    const groups = new Set(groupEntries(tableOf(chain).shared));
    expect(1200 + 600 + 601).toBeGreaterThan(MOST_NODES);
    expect(groups.size).toBe(601);
  });
});

describe("facts", () => {
  test("a swap is another person at the hour that was just given back", () => {
    const gone = { contactId: "g", startsAt: NOW, cancelledAt: NOW - HOUR_MS };
    const at = (minutes: number, change: Partial<Entry> = {}) =>
      entry({ contactId: "g", startsAt: NOW, bookedAt: NOW - HOUR_MS + minutes * MINUTE_MS, ...change });
    expect(factsOf([entry(gone), at(14)]).swaps).toBe(1);
    expect(factsOf([entry(gone), at(16)]).swaps).toBe(0);
    expect(factsOf([entry(gone), at(-1)]).swaps).toBe(0);
    expect(factsOf([entry(gone), at(5, { officeId: "chicago" })]).swaps).toBe(0);
    expect(factsOf([entry({ ...gone, persons: [7] }), at(5, { persons: [7] })]).swaps).toBe(0);
  });

  test("bursts, no-shows, distinct persons and young contacts are counted", () => {
    const facts = factsOf([
      ...some(5, (i) => ({ contactId: "g", persons: [1, 2], bookedAt: NOW + i * MINUTE_MS, freshContact: true })),
      entry({ contactId: "g", persons: [3], bookedAt: NOW + HOUR_MS, ended: "missed" }),
      entry({ contactId: "h", contactKind: "email", persons: [4], ended: "served" }),
    ]);
    expect(facts).toMatchObject({ persons: 4, onPhone: 3, onEmail: 1, burst: 5, noShows: 1, history: 2, contacts: 2 });
    expect(facts.freshContacts).toBe(1);
  });

  test("whoever comes again with her own contact was seen before; a middleman's new client was not", () => {
    const before = entry({ contactId: "g", persons: [1, 2], ended: "served" });
    expect(factsOf([before, entry({ contactId: "g", persons: [2] })]).seenBefore).toBe(true);
    expect(factsOf([before, entry({ contactId: "g", persons: [3] })]).seenBefore).toBe(false);
  });
});

test("a gestor is found among families, and nobody else", () => {
  const families = Array.from({ length: 300 }, (_, f) =>
    entry({ persons: [f * 10 + 1e6, f * 10 + 1e6 + 1, f * 10 + 1e6 + 2], surnames: [f, f, f] }),
  );
  const clients = some(40, (i) => ({
    contactId: `gestor${i % 2}`,
    deviceId: "gestor",
    officeId: ["fresno", "chicago", "dallas"][i % 3]!,
    bookedAt: NOW + i * MINUTE_MS,
    // The first client's hour is given back and is another client's three minutes later.
    ...(i % 3 === 0 && i < 4 ? { startsAt: NOW + 99 * HOUR_MS, cancelledAt: i === 0 ? NOW + MINUTE_MS : null } : {}),
  }));
  const table = tableOf([...families, ...clients]);
  const [found, ...others] = clustersOf(table);
  expect(others).toEqual([]);
  expect(found!.members.map((i) => table.bookingIds[i])).toEqual(clients.map((one) => one.bookingId));
  expect(found!.level).toBe("orange");
});
