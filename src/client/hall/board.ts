// What a screen knows and what it does with news. No page is needed for it.

/** A board as the server tells it: src/channels/web/hall/wire.ts. */
export interface Board {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly calls: readonly (Call & { readonly attended: boolean })[];
  readonly news: readonly Call[];
  readonly stations: readonly { readonly station: string; readonly waiting: number; readonly minutes: number | null }[];
  readonly lines: { readonly withHour: number; readonly without: number };
  readonly hourCode: string;
  /** Missing in what a screen kept before it was told of them. */
  readonly ready?: readonly { readonly picture: string; readonly number: number }[];
  readonly suspended: readonly {
    readonly name?: Readonly<Record<string, string>>;
    readonly station?: string;
    readonly newsAt: string;
  }[];
}

export interface Call {
  readonly picture: string;
  readonly number: number;
  readonly station: string;
  readonly counter: number;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** What a screen keeps over a reload: codes and hours, nothing that names anybody. */
export interface Kept {
  /** Position of the last board, for `Last-Event-ID`. */
  readonly id: string;
  readonly board: Board;
  /** Calls that were told here already. */
  readonly told: readonly string[];
}

/** Older calls are shown and not called out again: whoever was meant has gone there, or the clerk calls again. */
export const LOUD_MS = 30_000;
/** More keys than a hall has calls in the minutes that the server keeps. */
const MOST_TOLD = 400;

export function keyOf({ at, station, number }: Call): string {
  return `${at} ${station} ${number}`;
}

/**
 * What follows from a board: what is kept, and which calls are said aloud, in their order. A call is said once, only
 * while it still stands and nobody sits there, and only while it is fresh.
 */
export function take(
  kept: Kept | undefined,
  id: string,
  board: Board,
): { readonly kept: Kept; readonly aloud: readonly Call[] } {
  const told = new Set(kept?.told ?? []);
  const open = new Set(board.calls.filter((call) => !call.attended).map(keyOf));
  const fresh = [...board.news, ...board.calls].filter((call) => !told.has(keyOf(call)));
  const once = new Map(fresh.map((call) => [keyOf(call), call]));
  const aloud = [...once.values()]
    .filter((call) => open.has(keyOf(call)) && board.at - call.at <= LOUD_MS)
    .sort((a, b) => a.at - b.at || a.number - b.number);
  // A screen that shows its first board of all did not witness any of these calls.
  const all = [...told, ...once.keys()].slice(-MOST_TOLD);
  return { kept: { id, board, told: all }, aloud: kept === undefined ? [] : aloud };
}
