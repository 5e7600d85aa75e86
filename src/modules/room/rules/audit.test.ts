import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContactId } from "#kernel/ids.ts";
import { aLog, anyId, aRoom, join, OPENS_AT, type Joined } from "../room.fixtures.ts";
import type { HashText, Rank, Room, Ticket } from "../types.ts";
import { auditTurns, type RoomRecord } from "./audit.ts";
import { closeTick, proofOf, provesLeaf, ringLeaf, rootOf, ticketLeaf } from "./log.ts";
import { rankOf } from "./rank.ts";
import { nextStatus } from "./status.ts";

const leaf = (number: number) => anyId(number).repeat(2) as HashText;

describe("a tick's root", () => {
  /** The tree as RFC 6962 defines it, from its halves. */
  const byDefinition = (leaves: readonly string[]): string => {
    if (leaves.length === 0) return createHash("sha256").digest("hex");
    if (leaves.length === 1) return leaves[0]!;
    let half = 1;
    while (half * 2 < leaves.length) half *= 2;
    const [left, right] = [leaves.slice(0, half), leaves.slice(half)].map(byDefinition);
    return createHash("sha256")
      .update(Buffer.from(`01${left!}${right!}`, "hex"))
      .digest("hex");
  };

  test("is RFC 6962's over its leaves in the order of their hashes, in whatever order they came", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 40 }), (numbers) => {
        const leaves = numbers.map(leaf);
        expect(rootOf(leaves)).toBe(byDefinition([...leaves].sort()));
        expect(rootOf(leaves.toReversed())).toBe(rootOf(leaves));
      }),
    );
  });

  test("is what another implementation (Python) made of a ticket and a call", () => {
    const persons = ["0123456789abcdef0123456789abcdef" as Ticket["persons"][number]];
    const own = ticketLeaf({ id: "f".repeat(32) as Ticket["id"], persons, tick: 0 });
    expect(own).toBe("5f179cd781c6bea5e342c0ed70ea737422b09220d92ac0888eb30ae48a18e5e8");
    expect(closeTick(undefined, { tickets: [own], rings: [ringLeaf("call-1")] })).toEqual({
      tick: 0,
      tickets: 1,
      rings: 1,
      root: "f34102ac93e62398935ba8f425df2a6e5f35204f96059b19572b5554188c6aa7",
      head: "e1be39dee21818a97876a95ee7b9f2a28c04b426558db53b399b581d0abdfa99",
    });
  });

  test("proves each of its tickets to its holder, and no other", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 33 }), fc.nat(), (numbers, stranger) => {
        const leaves = numbers.map(leaf);
        const closed = closeTick(undefined, { tickets: leaves, rings: [] });
        for (const own of leaves) {
          const proof = proofOf(leaves, own)!;
          expect(provesLeaf(own, proof, closed)).toBe(true);
          expect(provesLeaf(own, { ...proof, index: proof.index + 1 }, closed)).toBe(false);
          expect(provesLeaf(own, { ...proof, path: [...proof.path, own] }, closed)).toBe(false);
          fc.pre(!numbers.includes(stranger));
          expect(provesLeaf(leaf(stranger), proof, closed)).toBe(false);
        }
        expect(proofOf(leaves, leaf(stranger))).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});

describe("after the room", () => {
  const room = aRoom();
  const RING = { id: "call-1", at: OPENS_AT - 60_000 };

  /** A room with 200 people and a call, in which half of those who came before were let in and booked. */
  async function aRecord(): Promise<{ record: RoomRecord; joined: Joined[] }> {
    const joined = await Promise.all([
      ...Array.from({ length: 200 }, (_, i) => join(room, [`person ${i}`], OPENS_AT - 1_000 + 10 * i)),
      join(room, ["caller"], { at: OPENS_AT + 30_000, ring: RING }),
    ]);
    const log = aLog(
      room,
      joined.map((one) => one.ticket),
      [RING],
    );
    const at = OPENS_AT + 600_000;
    const admitted = "000000007fffffffffffffff" as Rank;
    const documents = [
      nextStatus(room, undefined, { now: at, closed: log.closed, seeds: log.seeds, admitted, places: "few" }),
    ];
    const turns = joined
      .map(({ ticket }) => ({ ticket, at: at + 1_000 }))
      .filter(({ ticket }) => rankOf(log.seeds[ticket.loggedIn]!.seed, ticket) <= admitted);
    return { record: { ...log, documents, turns }, joined };
  }
  const forged = async (person: string, at: Parameters<typeof join>[2], own: Room = room) =>
    (await join(own, [person], at)).ticket;

  test("an honest one has nobody to name", async () => {
    const { record } = await aRecord();
    expect(record.turns.length).toBeGreaterThan(30);
    expect(auditTurns(record)).toEqual([]);
  });

  test("a ticket minted afterwards with the signing key is named, however low its rank", async () => {
    const { record } = await aRecord();
    const seed = record.seeds[0]!.seed;
    const minted = await Promise.all(Array.from({ length: 500 }, (_, i) => forged(`minted ${i}`, OPENS_AT - 1)));
    const lowest = minted.sort((a, b) => (rankOf(seed, a) < rankOf(seed, b) ? -1 : 1))[0]!;
    const turns = [...record.turns, { ticket: lowest, at: OPENS_AT + 700_000 }];
    expect(auditTurns({ ...record, turns })).toEqual([{ fault: "not_in_log", ticket: lowest.id }]);
    // Slipped into the log as well, it makes the log another than the one that was published.
    const leaves = record.leaves.with(0, { tick: 0, leaves: [...record.leaves[0]!.leaves, ticketLeaf(lowest)] });
    expect(auditTurns({ ...record, turns, leaves })).toEqual([{ fault: "leaves_differ", tick: 0 }]);
  });

  test("a log that was closed anew is not the one in the documents", async () => {
    const { record } = await aRecord();
    const again = closeTick(undefined, { tickets: record.leaves[0]!.leaves.slice(1), rings: [] });
    expect(
      auditTurns({
        ...record,
        closed: [again, ...record.closed.slice(1)],
        documents: [{ ...record.documents[0]!, log: { tick: 0, tickets: 1, head: record.closed[0]!.head } }],
      }),
    ).toEqual(expect.arrayContaining([{ fault: "log_differs", seq: 0 }]));
  });

  test("a call that never rang, a turn before its time and a turn taken twice are named", async () => {
    const { record, joined } = await aRecord();
    const early = joined.find(
      ({ ticket }) => rankOf(record.seeds[ticket.loggedIn]!.seed, ticket) > "000000007fff",
    )!.ticket;
    const neverRang = await forged("friend", { at: OPENS_AT + 30_000, ring: { ...RING, id: "call-2" } });
    const known = {
      ...record,
      leaves: record.leaves.map((one) => ({ ...one, leaves: [...one.leaves, ticketLeaf(neverRang)] })),
    };
    const at = OPENS_AT + 700_000;
    expect(auditTurns({ ...record, turns: [{ ticket: early, at }] })).toEqual([
      { fault: "before_its_turn", ticket: early.id },
    ]);
    expect(auditTurns({ ...record, turns: [record.turns[0]!, record.turns[0]!] })).toEqual([
      { fault: "taken_twice", ticket: record.turns[0]!.ticket.id },
    ]);
    expect(auditTurns({ ...known, turns: [{ ticket: neverRang, at }] })).toContainEqual({
      fault: "ring_not_in_log",
      ticket: neverRang.id,
    });
    expect(auditTurns({ ...record, documents: [] })).toHaveLength(record.turns.length);
  });

  test("a ticket says nothing of its contact", async () => {
    const contactId = "11111111-2222-4333-8444-555555555555" as ContactId;
    const { token, ticket } = await join(room, ["A"], OPENS_AT, { contactId });
    expect(token + JSON.stringify(ticket)).not.toContain(contactId.slice(0, 8));
  });
});
