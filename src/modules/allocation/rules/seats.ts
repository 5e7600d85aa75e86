import type { ServiceGroup } from "#kernel/ids.ts";
import { BLOCK_STEPS } from "#kernel/limits.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Assigned, DrawPlace, Need as PersonNeed } from "#modules/schedules/index.ts";
import type { Need } from "../types.ts";

/** Steps that a person takes at one counter: rounded up to one, two or four, so that blocks can be cut without loss. */
export function stepsOfNeed(minutes: number, stepMinutes: number): number {
  let steps = 1;
  while (steps * stepMinutes < minutes) steps *= 2;
  return steps;
}

/** Lengths of rows of steps that are counted apart: whoever needs two in a row cannot be given two at two counters. */
const ROWS = [2, BLOCK_STEPS] as const;
const partOf = (group: string, length: number): string => `${group}.${length}`;

/**
 * Places that a party needs of each service group, and of those how many in pairs and in fours; undefined when
 * somebody needs more of a group than one block.
 */
export function needOfParty(needs: readonly PersonNeed[], steps: Readonly<Record<string, number>>): Need | undefined {
  const need: Record<string, number> = {};
  const add = (group: string, count: number): void => void (need[group] = (need[group] ?? 0) + count);
  for (const { group, minutes } of needs) {
    const step = steps[group];
    const count = step === undefined ? Infinity : stepsOfNeed(minutes, step);
    if (count > BLOCK_STEPS) return undefined;
    add(group, count);
    for (const row of ROWS) if (count >= row) add(partOf(group, row), count);
  }
  return need;
}

/** Places of one counter in a row that nobody has: one, two or four, cut from the block as paper is cut. */
export interface Piece {
  readonly places: readonly DrawPlace[];
}

/** The largest pieces among some places of one office: whole blocks, halves, single steps. */
export function piecesOf(places: readonly DrawPlace[]): Piece[] {
  const blocks = new Map<string, DrawPlace[]>();
  for (const place of places) {
    const block = Math.floor(indexOf(place) / BLOCK_STEPS);
    const key = `${place.sessionId} ${place.counter} ${place.band} ${block}`;
    const own = blocks.get(key);
    if (own) own.push(place);
    else blocks.set(key, [place]);
  }
  return [...blocks.values()].flatMap((block) => halve(block, BLOCK_STEPS));
}

function halve(places: readonly DrawPlace[], length: number): Piece[] {
  if (places.length === 0) return [];
  if (places.length === length) return [{ places }];
  const half = length / 2;
  const isFirst = (place: DrawPlace): boolean => indexOf(place) % length < half;
  return [
    ...halve(places.filter(isFirst), half),
    ...halve(
      places.filter((place) => !isFirst(place)),
      half,
    ),
  ];
}

/** Which step of its part of the day a place is, from 0. */
function indexOf({ startsAt, bandStartsAt, stepMinutes }: DrawPlace): number {
  return Math.round((startsAt - bandStartsAt) / (stepMinutes * MINUTE_MS));
}

/** Places of one cell, or of one of its parts. */
export interface Supplied {
  readonly group: string;
  readonly localDate: DrawPlace["localDate"];
  readonly band: DrawPlace["band"];
  readonly places: number;
}

/**
 * What pieces are as supply. Whatever a draw gives within these numbers can be seated: largest needs first, every piece
 * that is left over is cut in halves (the test tries it).
 */
export function supplyOf(pieces: readonly Piece[]): Supplied[] {
  const cells = new Map<string, Supplied>();
  for (const { places } of pieces) {
    const { serviceGroup, localDate, band } = places[0]!;
    const rows = ROWS.filter((row) => places.length >= row);
    for (const group of [serviceGroup, ...rows.map((row) => partOf(serviceGroup, row))]) {
      const key = `${group} ${localDate} ${band}`;
      cells.set(key, { group, localDate, band, places: (cells.get(key)?.places ?? 0) + places.length });
    }
  }
  return [...cells.values()];
}

/** A party that the draw gave a day and, for each service group, a part of it. */
export interface PartyToSeat {
  readonly id: string;
  readonly needs: readonly PersonNeed[];
  readonly bandOf: ReadonlyMap<ServiceGroup, string>;
}

interface Item {
  readonly party: PartyToSeat;
  readonly need: PersonNeed;
  readonly cell: string;
  readonly steps: number;
}
type Seated = Item & { readonly seat: Assigned };

const cellOf = (group: string, band: string): string => `${group} ${band}`;

/**
 * Counters and minutes for the parties of one office and day. Largest needs first, each cut from the smallest piece
 * that holds it: so everybody whom the draw counted in has a seat. Nobody is at two counters at once if any exchange of
 * seats within the cell can help it; the members of a party sit near each other where there is a choice.
 * Throws when the parties need more than the pieces hold: the draw never gives that.
 */
export function seatParties(pieces: readonly Piece[], parties: readonly PartyToSeat[]): Map<string, Assigned[]> {
  const free = new Map<string, DrawPlace[][]>();
  for (const { places } of pieces) {
    const cell = cellOf(places[0]!.serviceGroup, places[0]!.band);
    free.set(cell, [...(free.get(cell) ?? []), [...places]]);
  }
  const items = parties.flatMap((party) =>
    party.needs.map((need): Item => {
      const cell = cellOf(need.group, party.bandOf.get(need.group)!);
      const stepMinutes = free.get(cell)?.[0]?.[0]?.stepMinutes ?? 1;
      return { party, need, cell, steps: stepsOfNeed(need.minutes, stepMinutes) };
    }),
  );
  const seated: Seated[] = [];
  for (const item of items.sort((a, b) => b.steps - a.steps)) {
    const others = seated.filter((one) => one.party === item.party);
    seated.push({ ...item, seat: cut(free.get(item.cell) ?? [], item, others) });
  }
  exchangeOverlaps(seated);
  const byParty = new Map<string, Assigned[]>(parties.map((party) => [party.id, []]));
  for (const { party, seat } of seated) byParty.get(party.id)!.push(seat);
  return byParty;
}

/** Takes the piece nearest to the party's others out of the smallest blocks that are large enough. */
function cut(free: DrawPlace[][], { need, steps }: Item, others: readonly Seated[]): Assigned {
  const large = free.filter((block) => block.length >= steps);
  if (large.length === 0) throw new Error("a draw gave more than its places hold");
  const smallest = Math.min(...large.map((block) => block.length));
  const near = others[0]?.seat.startsAt;
  const pieces = large
    .filter((block) => block.length === smallest)
    .flatMap((block) => Array.from({ length: block.length / steps }, (_, i) => ({ block, from: i * steps })))
    .map((piece) => ({ ...piece, seat: seatAt(piece.block.slice(piece.from, piece.from + steps), need) }));
  const cost = ({ seat }: { seat: Assigned }): number =>
    isBusy(need, seat, others)
      ? Number.MAX_SAFE_INTEGER
      : near === undefined
        ? seat.startsAt
        : Math.abs(seat.startsAt - near);
  const chosen = pieces.reduce((best, piece) => (cost(piece) < cost(best) ? piece : best));
  free.splice(free.indexOf(chosen.block), 1, ...halvesWithout(chosen.block, chosen.from, steps));
  return chosen.seat;
}

/** What is left of a block when a piece is cut out: halves, quarters, never a piece that starts askew. */
function halvesWithout(block: DrawPlace[], from: number, steps: number): DrawPlace[][] {
  if (block.length === steps) return [];
  const half = block.length / 2;
  const [first, second] = [block.slice(0, half), block.slice(half)];
  return from < half
    ? [...halvesWithout(first, from, steps), second]
    : [first, ...halvesWithout(second, from - half, steps)];
}

function seatAt(places: readonly DrawPlace[], { ordinal, group }: PersonNeed): Assigned {
  const { sessionId, counter, startsAt, stepMinutes, site } = places[0]!;
  const endsAt = startsAt + places.length * stepMinutes * MINUTE_MS;
  const steps = places.length;
  const seat = { ordinal, serviceGroup: group, sessionId, counter, startsAt, endsAt, steps, stepMinutes };
  return site === null ? seat : { ...seat, away: true };
}

function isBusy(need: PersonNeed, seat: Assigned, others: readonly Seated[]): boolean {
  return others.some(
    (one) =>
      one.need.ordinal === need.ordinal &&
      one.need.group !== need.group &&
      one.seat.startsAt < seat.endsAt &&
      seat.startsAt < one.seat.endsAt,
  );
}

/** Seats of one cell and length are alike: who would be at two counters at once changes with somebody who would not. */
function exchangeOverlaps(seated: Seated[]): void {
  const othersOf = (one: Seated): Seated[] => seated.filter((other) => other.party === one.party && other !== one);
  const withSeat = (one: Seated, { seat }: Seated): Seated => ({
    ...one,
    seat: { ...seat, ordinal: one.need.ordinal },
  });
  for (const [index, one] of seated.entries()) {
    if (!isBusy(one.need, one.seat, othersOf(one))) continue;
    const at = seated.findIndex(
      (other) =>
        other.party !== one.party &&
        other.cell === one.cell &&
        other.steps === one.steps &&
        !isBusy(one.need, other.seat, othersOf(one)) &&
        !isBusy(other.need, one.seat, othersOf(other)),
    );
    if (at < 0) continue;
    const other = seated[at]!;
    seated[index] = withSeat(one, other);
    seated[at] = withSeat(other, one);
  }
}
