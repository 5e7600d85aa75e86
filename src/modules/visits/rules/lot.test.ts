import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { doorSeed, lotOrder, type DoorTurn } from "./lot.ts";
import type { Priority } from "../types.ts";

const OFFICE = "chicago" as OfficeId;
const DAY = "2026-12-03" as LocalDate;
/** The value of a round of the beacon, 32 bytes. */
const roundOf = (number: number): Uint8Array => createHash("sha256").update(`round ${number}`).digest();
const seedOf = (number: number): Uint8Array => doorSeed(OFFICE, DAY, roundOf(number));
const turn = (id: string, change: Partial<DoorTurn> = {}): DoorTurn => ({ id, priority: null, ...change });
const ids = (turns: readonly DoorTurn[]): string => turns.map((one) => one.id).join(" ");

const doors = fc
  .array(
    fc.record({
      group: fc.option(fc.constantFrom("van", "parish"), { nil: undefined }),
      priority: fc.option(fc.constantFrom<Priority>("age_60", "pregnancy"), { freq: 2 }),
    }),
    { maxLength: 20 },
  )
  .map((list): DoorTurn[] => list.map((one, i) => turn(`t${i}`, one)));

/** Mean place, from 1, of some turns over many days. */
function meanPlace(turns: readonly DoorTurn[], isMine: (turn: DoorTurn) => boolean, days = 800): number {
  let sum = 0;
  for (let day = 0; day < days; day++)
    lotOrder(seedOf(day), turns).forEach((one, at) => (sum += isMine(one) ? at + 1 : 0));
  return sum / days / turns.filter(isMine).length;
}
const strangers = Array.from({ length: 16 }, (_, i) => turn(`stranger ${i}`));

describe("the lot at the door", () => {
  it("can be drawn again by anybody from the bytes that are written down", () => {
    const turns = [turn("ana"), turn("beto"), turn("carmen", { group: "van" }), turn("david", { group: "van" })];
    const sha = createHash("sha256").update("ventanilla-hall-v1\0chicago\x002026-12-03\0").update(roundOf(1)).digest();
    const hmac = (text: string) => createHmac("sha256", sha).update(text).digest("hex");
    const tickets = [
      [hmac("turn\0ana"), "ana"],
      [hmac("turn\0beto"), "beto"],
      [hmac("group\0van"), hmac("turn\0carmen") < hmac("turn\0david") ? "carmen david" : "david carmen"],
    ].sort(([a], [b]) => (a! < b! ? -1 : 1));
    expect(ids(lotOrder(seedOf(1), turns))).toBe(tickets.map(([, id]) => id).join(" "));
    expect(new Set([1, 2, 3, 4, 5, 6].map((day) => ids(lotOrder(seedOf(day), turns)))).size).toBeGreaterThan(1);
  });

  it("is another one at each office and on each day, from the same round", () => {
    const hex = (office: string, on: string) =>
      Buffer.from(doorSeed(office as OfficeId, on as LocalDate, roundOf(1))).toString("hex");
    const seeds = [hex("chicago", "2026-12-03"), hex("chicago", "2026-12-04"), hex("boston", "2026-12-03")];
    expect(new Set(seeds).size).toBe(3);
  });

  it("gives whoever slept on the pavement nothing: the order of arrival changes nothing", () => {
    const shuffled = doors.chain((door) =>
      fc.tuple(fc.constant(door), fc.shuffledSubarray(door, { minLength: door.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.nat(), ([door, mixed], day) => {
        expect(lotOrder(seedOf(day), mixed)).toEqual(lotOrder(seedOf(day), door));
      }),
    );
    expect(meanPlace([turn("first of all"), ...strangers], (one) => one.id === "first of all")).toBeCloseTo(9, 0);
  });

  it("keeps groups together and puts priority first, without the companions of whoever has it", () => {
    fc.assert(
      fc.property(doors, fc.nat(), (door, day) => {
        const order = lotOrder(seedOf(day), door);
        const last = order.findLastIndex((one) => one.priority !== null);
        expect(order.slice(0, last + 1).every((one) => one.priority !== null)).toBe(true);
        for (const part of [order.slice(0, last + 1), order.slice(last + 1)])
          for (const group of ["van", "parish"]) {
            const places = part.flatMap((one, at) => (one.group === group ? [at] : []));
            if (places.length > 0) expect(places.at(-1)! - places[0]!).toBe(places.length - 1);
          }
      }),
    );
  });

  it("gives a group no better place for being one, for being many, or for strangers who join it", () => {
    const isMine = (one: DoorTurn) => one.id.startsWith("mine");
    const mine = ["mine 1", "mine 2", "mine 3", "mine 4"];
    const middle = (strangers.length + mine.length + 1) / 2;
    const together = mine.map((id) => turn(id, { group: "van" }));
    expect(meanPlace([...strangers, ...together], isMine)).toBeCloseTo(middle, 0);
    expect(meanPlace([...strangers, ...mine.map((id) => turn(id))], isMine)).toBeCloseTo(middle, 0);
    const joined = strangers.map((one, i) => (i < 6 ? { ...one, group: "van" } : one));
    expect(meanPlace([...joined, ...together], isMine)).toBeCloseTo(middle, 0);
  });

  it("does not change places among the others when somebody comes, goes, or comes back under the same id", () => {
    fc.assert(
      fc.property(doors, fc.nat(), (door, day) => {
        const order = lotOrder(seedOf(day), door);
        const without = lotOrder(seedOf(day), door.slice(1));
        expect(without).toEqual(order.filter((one) => one.id !== "t0"));
      }),
    );
  });
});
