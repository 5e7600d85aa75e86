import type { ServiceGroup } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { BLOCK_STEPS, type Assigned, type DrawPlace, type Need as PersonNeed } from "#modules/schedules/index.ts";
import type { Need } from "../types.ts";

/** Steps that a person takes at one counter: rounded up to one, two or four, so that blocks can be cut without loss. */
export function stepsOfNeed(minutes: number, stepMinutes: number): number {
  let steps = 1;
  while (steps * stepMinutes < minutes) steps *= 2;
  return steps;
}

/** Places that a party needs of each service group; undefined when somebody needs more of a group than one block. */
export function needOfParty(needs: readonly PersonNeed[], steps: Readonly<Record<string, number>>): Need | undefined {
  const need: Record<string, number> = {};
  for (const { group, minutes } of needs) {
    const step = steps[group];
    const count = step === undefined ? Infinity : stepsOfNeed(minutes, step);
    if (count > BLOCK_STEPS) return undefined;
    need[group] = (need[group] ?? 0) + count;
  }
  return need;
}

/** Places of one counter, one after the other, that nobody has. */
export interface Block {
  readonly places: readonly DrawPlace[];
}

/**
 * The whole blocks among some places of one office: `BLOCK_STEPS` steps of one counter in one part of a day, one after
 * the other. What is left between them is in no draw; everybody can have it later.
 */
export function wholeBlocks(places: readonly DrawPlace[]): Block[] {
  const blocks: Block[] = [];
  let run: DrawPlace[] = [];
  for (const place of places) {
    if (run.length > 0 && !isNext(run.at(-1)!, place)) run = [];
    run.push(place);
    if (run.length < BLOCK_STEPS) continue;
    blocks.push({ places: run });
    run = [];
  }
  return blocks;
}

function isNext(before: DrawPlace, place: DrawPlace): boolean {
  return (
    before.sessionId === place.sessionId &&
    before.counter === place.counter &&
    before.band === place.band &&
    place.startsAt - before.startsAt === place.stepMinutes * MINUTE_MS
  );
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
 * Counters and minutes for the parties of one office and day. Largest needs first, each cut from the smallest block
 * that holds it: so everybody whom the draw counted in has a seat. Nobody is at two counters at once if any exchange of
 * seats within the cell can help it; the members of a party sit near each other where there is a choice.
 * Throws when the parties need more than the blocks hold: the draw never gives that.
 */
export function seatParties(blocks: readonly Block[], parties: readonly PartyToSeat[]): Map<string, Assigned[]> {
  const free = new Map<string, DrawPlace[][]>();
  for (const { places } of blocks) {
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
  if (large.length === 0) throw new Error("a draw gave more than its blocks hold");
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
  const { sessionId, counter, startsAt, stepMinutes } = places[0]!;
  const endsAt = startsAt + places.length * stepMinutes * MINUTE_MS;
  return { ordinal, serviceGroup: group, sessionId, counter, startsAt, endsAt, steps: places.length, stepMinutes };
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
