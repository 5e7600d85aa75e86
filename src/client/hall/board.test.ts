import { expect, test } from "vitest";
import { keyOf, LOUD_MS, take, type Board, type Call, type Kept } from "./board.ts";

const NOON = Date.UTC(2026, 10, 23, 20);
const call = (number: number, secondsAgo = 0): Call => ({
  picture: "corn",
  number,
  station: "cashier",
  counter: 1,
  at: NOON - secondsAgo * 1_000,
});
/** A board on which these are called and not yet sitting, the newest first as the server tells them. */
const board = (calls: readonly Call[], news: readonly Call[] = [], attended: readonly number[] = []): Board => ({
  at: NOON,
  calls: calls.map((one) => ({ ...one, attended: attended.includes(one.number) })),
  news,
  stations: [],
  lines: { withHour: 0, without: 0 },
  hourCode: "0000",
  suspended: [],
});
const shown: Kept = { id: "1", board: board([]), told: [] };
const said = (kept: Kept | undefined, next: Board) => take(kept, "2", next).aloud.map((one) => one.number);

test("a call is said once, however often it is told again", () => {
  const next = board([call(7)], [call(7)]);
  const { kept, aloud } = take(shown, "2", next);
  expect(aloud.map(keyOf)).toEqual([keyOf(call(7))]);
  expect(said(kept, next)).toEqual([]);
  expect(said(kept, board([call(7, -5)]))).toEqual([7]);
});

test("whoever was away says in order what is still worth saying, and is silent about what is old or over", () => {
  const old = call(1, LOUD_MS / 1_000 + 1);
  const [over, attended, first, second] = [call(2, 20), call(3, 15), call(4, 10), call(5, 5)];
  const next = board([second, first, attended, old], [old, over, attended, first, second], [3]);
  const { kept, aloud } = take(shown, "2", next);
  expect(aloud.map((one) => one.number)).toEqual([4, 5]);
  expect(kept.told).toHaveLength(5);
});

test("the first board of a screen is shown in silence", () => {
  expect(said(undefined, board([call(1)], [call(1)]))).toEqual([]);
});
