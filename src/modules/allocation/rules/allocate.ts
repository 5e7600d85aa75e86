import type { Allocation, AppId, Assignment, Cutoffs, Digest, Market, Outcome, Seat, Turn } from "../types.ts";
import { openBook, type Book } from "./book.ts";
import { cutoffsOf, recordSteps } from "./cutoffs.ts";
import { findFit, fitAt, positionsOf, type Fit, type Grid, type GridNeed } from "./grid.ts";
import { drawOrder, type Order } from "./order.ts";

/**
 * The draw: everybody in the order of the lot, each party given the first of its wishes that still holds all of it.
 * A pure function of the entries, the places, the policy and the seed; no list of wishes helps more than the true one.
 */
export function allocate(market: Market, seed: Digest): Allocation {
  const book = openBook(market.cells, market.policy);
  for (const entry of market.entries) book.add(entry);
  return drawBook(book, seed);
}

/** The same for entries that are already in a book. */
export function drawBook(book: Book, seed: Digest): Allocation {
  const order = drawOrder(book, seed);
  return readable(book, order, walk(book, order));
}

const NOTHING = -1;

interface Walked {
  /** By row; the option that led to the place, or -1. */
  readonly option: Int8Array;
  readonly office: Uint16Array;
  readonly day: Uint16Array;
  readonly band: Uint8Array;
  readonly later: Uint32Array;
  readonly left: Int32Array;
  readonly steps: ReturnType<typeof recordSteps>;
}

/**
 * One pass down the order. In a second round an upgrader's own places count as free for her alone; when she moves
 * they are free for those after her. Nobody is asked twice.
 */
function walk(book: Book, order: Order): Walked {
  const { grid, needs, options, wishOption, wishNeed } = book;
  const count = book.count;
  const result = {
    option: new Int8Array(count).fill(NOTHING),
    office: new Uint16Array(count),
    day: new Uint16Array(count),
    band: new Uint8Array(count),
    later: new Uint32Array(count),
  };
  const residual = grid.places.slice();
  const steps = recordSteps(book.policy.maxPlaces);
  const left = (slot: number): number => residual[slot]!;
  // Places only become fewer, so where a wish was searched in vain it need not be searched again …
  const cursors = new Int32Array(wishOption.length);
  // … until somebody moves and frees some.
  const cursorEpochs = new Uint32Array(wishOption.length);
  let epoch = 0;

  for (let position = 0; position < count; position++) {
    const row = order.rows[position]!;
    const firstWish = row === 0 ? 0 : book.wishEnds.values[row - 1]!;
    const held = book.held.get(row);
    const need = needs[wishNeed[book.wishes.values[firstWish]!]!]!;
    const heldFit = held && fitOfAssignment(grid, held);
    if (heldFit) change(grid, residual, need, heldFit, 1);
    const ranks = held ? held.option : book.wishEnds.values[row]! - firstWish;

    let found: Fit | undefined;
    for (let rank = 0; rank < ranks && !found; rank++) {
      const wish = book.wishes.values[firstWish + rank]!;
      const option = options[wishOption[wish]!]!;
      const known = !held && cursorEpochs[wish] === epoch;
      const at = findFit(grid, option, need, known ? cursors[wish]! : 0, left);
      if (!held) {
        cursors[wish] = at;
        cursorEpochs[wish] = epoch;
      }
      if (at < positionsOf(grid, option)) {
        found = fitAt(grid, option, need, at, left);
        result.option[row] = rank;
      }
    }
    if (heldFit) change(grid, residual, need, heldFit, -1);
    if (found) {
      if (heldFit) {
        forEachSlot(grid, need, heldFit, (slot, places) => {
          steps.change(slot, position, residual[slot]!, (residual[slot]! += places));
        });
        epoch += 1;
      }
      forEachSlot(grid, need, found, (slot, places) => {
        steps.change(slot, position, residual[slot]!, (residual[slot]! -= places));
      });
    }
    const kept = found ?? heldFit;
    if (!kept) continue;
    if (!found) result.option[row] = held!.option;
    result.office[row] = kept.office;
    result.day[row] = kept.day;
    result.band[row] = kept.band;
    result.later[row] = kept.later;
  }
  return { ...result, left: residual, steps };
}

function forEachSlot(
  grid: Grid,
  { groups, counts }: GridNeed,
  { office, day, band, later }: Fit,
  visit: (slot: number, places: number) => void,
): void {
  groups.forEach((group, index) => visit(grid.slot(office, day, band + ((later >> index) & 1), group), counts[index]!));
}

function change(grid: Grid, residual: Int32Array, need: GridNeed, fit: Fit, sign: 1 | -1): void {
  forEachSlot(grid, need, fit, (slot, places) => (residual[slot]! += sign * places));
}

/** An upgrader's cells are part of the supply, with no places left of their own if need be. */
function fitOfAssignment(grid: Grid, { office, date, seats }: Assignment): Fit {
  const officeAt = grid.officeIndex.get(office) ?? -1;
  const day = grid.dayOf(date);
  const band = Math.min(...seats.map((seat) => seat.band));
  const known = seats.every((seat) => {
    const group = grid.groupIndex.get(seat.group) ?? -1;
    const inside = officeAt >= 0 && group >= 0 && day >= 0 && day < grid.days && seat.band < grid.bands;
    return inside && seat.band <= band + 1 && grid.cellAt[grid.slot(officeAt, day, seat.band, group)]! >= 0;
  });
  if (!known) throw new RangeError("What is held lies outside the supply.");
  const later = seats.reduce((bits, seat, index) => bits | ((seat.band - band) << index), 0);
  return { office: officeAt, day, band, later };
}

function readable(book: Book, order: Order, walked: Walked): Allocation {
  const { grid } = book;
  const positions = new Uint32Array(book.count);
  const waiting = new Int32Array(book.count).fill(-1);
  let [served, servedPersons, servedPlaces, waits] = [0, 0, 0, 0];
  order.rows.forEach((row, position) => {
    positions[row] = position;
    if (walked.option[row] === NOTHING) {
      waiting[row] = waits++;
    } else {
      served += 1;
      servedPersons += book.persons.values[row]!;
      servedPlaces += book.places.values[row]!;
    }
  });

  const needOf = (row: number): GridNeed => {
    const wish = book.wishes.values[row === 0 ? 0 : book.wishEnds.values[row - 1]!]!;
    return book.needs[book.wishNeed[wish]!]!;
  };
  const assignmentOf = (row: number): Assignment | null => {
    if (walked.option[row] === NOTHING) return null;
    const [band, later] = [walked.band[row]!, walked.later[row]!];
    const seats = needOf(row).groups.map((group, index): Seat => ({
      group: grid.groups[group]!,
      band: band + ((later >> index) & 1),
    }));
    return {
      option: walked.option[row]!,
      office: grid.offices[walked.office[row]!]!,
      date: grid.dateOf(walked.day[row]!),
      seats,
    };
  };
  const outcomeOf = (row: number): Outcome => ({
    app: book.appOf(row),
    key: order.keyOf(row),
    turn: order.turns[row] as Turn,
    position: positions[row]!,
    assigned: assignmentOf(row),
    waiting: waiting[row]! < 0 ? null : waiting[row]!,
  });

  let cutoffs: Cutoffs | undefined;
  const left: number[] = [];
  grid.cellAt.forEach((cell, slot) => {
    if (cell >= 0) left[cell] = walked.left[slot]!;
  });
  return {
    count: book.count,
    served,
    servedPersons,
    servedPlaces,
    left,
    get cutoffs() {
      return (cutoffs ??= cutoffsOf(book, order, walked.steps.all()));
    },
    *outcomes() {
      for (const row of book.rowsByApp()) yield outcomeOf(row);
    },
    outcomeOf(app: AppId) {
      const row = findRow(book, app);
      return row === undefined ? undefined : outcomeOf(row);
    },
  };
}

function findRow(book: Book, app: AppId): number | undefined {
  const rows = book.rowsByApp();
  let [low, high] = [0, rows.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = book.appOf(rows[middle]!);
    if (found === app) return rows[middle];
    if (found < app) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
