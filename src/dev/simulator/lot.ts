import { DAY_MS } from "#kernel/time.ts";
import {
  allocate,
  BEYOND_SHARE,
  drawSeed,
  type AppId,
  type ContactClass,
  type Digest,
  type DrawId,
  type Entry,
  type Option,
  type Policy,
  type Tier,
} from "#modules/allocation/index.ts";
import { type Chance } from "./chance.ts";
import { type Cell } from "./types.ts";

/** What stands in a draw for somebody: a family, one of several tickets, or a family that does not exist. */
export interface Ticket {
  readonly size: number;
  readonly tier: Tier;
  readonly contact: ContactClass;
  readonly domain: string;
  readonly offices: readonly number[];
  readonly weekdays: readonly number[];
}

const GROUP = "documentacion";
/** A Monday; the days of a release are its week. */
const MONDAY = Date.UTC(2027, 2, 1);
const WEEK = [0, 1, 2, 3, 4, 5, 6].map((day) => new Date(MONDAY + day * DAY_MS).toISOString().slice(0, 10));
const ALL_BANDS = 0b111;

export interface Lots {
  /** By ticket: its cell, or −1. */
  readonly won: readonly number[];
  /** By ticket: asked after everybody else, for what nobody wanted. */
  readonly beyond: readonly boolean[];
  readonly apps: readonly AppId[];
  readonly seed: Digest;
}

/**
 * One draw by the rules that the service runs, never by a copy of them. `left` says how many places each cell has at that moment, and says afterwards what remains.
 */
export function drawLots(
  tickets: readonly Ticket[],
  cells: readonly Cell[],
  left: number[],
  policy: Policy,
  chance: Chance,
): Lots {
  const draw = uuid(chance) as DrawId;
  const series = hex(24, chance);
  // The lot's key comes from the seed and this number together, so a series is as good as separate numbers.
  const entries = tickets.map((ticket, at) =>
    entryOf(ticket, draw, (series + at.toString(16).padStart(8, "0")) as AppId),
  );
  const places = cells.map(({ office, weekday, band }, cell) => ({
    office: officeCode(office),
    group: GROUP,
    date: WEEK[weekday]!,
    band,
    places: left[cell]!,
  }));
  const seed = drawSeed(draw, hex(64, chance) as Digest, hex(64, chance) as Digest, hex(64, chance) as Digest);
  const allocation = allocate({ cells: places, policy, entries }, seed);
  allocation.left.forEach((remaining, cell) => (left[cell] = remaining));
  const cellAt = new Map(places.map(({ office, date, band }, cell) => [`${office} ${date} ${band}`, cell]));
  const cellOf = new Map<AppId, number>();
  const last = new Set<AppId>();
  for (const { app, assigned, turn } of allocation.outcomes()) {
    if (turn === BEYOND_SHARE) last.add(app);
    if (assigned) cellOf.set(app, cellAt.get(`${assigned.office} ${assigned.date} ${assigned.seats[0]!.band}`)!);
  }
  const apps = entries.map(({ app }) => app);
  return { won: apps.map((app) => cellOf.get(app) ?? -1), beyond: apps.map((app) => last.has(app)), apps, seed };
}

function entryOf({ size, tier, contact, domain, offices, weekdays }: Ticket, draw: DrawId, app: AppId): Entry {
  return {
    v: 1,
    draw,
    app,
    persons: size,
    need: { [GROUP]: size },
    tier,
    contact,
    domain,
    options: offices.map((office) => optionOf(office, weekdays)),
    lot: NO_LOT,
    holds: null,
  };
}

/** Which leaf of a person is live is decided elsewhere; here each ticket is one person's only one. */
const NO_LOT = "0".repeat(64) as Digest;

const known = new Map<number, Option>();
/** One object for one wish: the rules recognise what they have already read. */
function optionOf(office: number, weekdays: readonly number[]): Option {
  const mask = weekdays.reduce((days, day) => days | (1 << day), 0);
  const name = office * 128 + mask;
  const option = known.get(name) ?? {
    offices: [officeCode(office)],
    from: WEEK[0]!,
    to: WEEK.at(-1)!,
    weekdays: mask,
    bands: ALL_BANDS,
  };
  known.set(name, option);
  return option;
}

function officeCode(office: number): string {
  return `office-${office}`;
}

function uuid(chance: Chance): string {
  const digits = hex(32, chance);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    "-",
  );
}

export function hex(digits: number, chance: Chance): string {
  let text = "";
  while (text.length < digits) text += chance.below(0x1_0000_0000).toString(16).padStart(8, "0");
  return text.slice(0, digits);
}
