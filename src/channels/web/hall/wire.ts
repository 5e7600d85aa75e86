import { localTimeAt } from "#kernel/time.ts";
import type { Network, Office } from "#modules/offices/index.ts";
import type { BoardStation, HallCall, Line, LiveBoard, Picture, Station } from "#modules/visits/index.ts";
import type { Language } from "../texts/texts.ts";

/** What a screen is told; src/client/hall/board.ts reads it. Codes, counts and hours: nothing that names anybody. */
export interface WireBoard {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly calls: readonly (WireCall & { readonly attended: boolean })[];
  /** Calls since the board before, or since the screen was last here; the oldest first. */
  readonly news: readonly WireCall[];
  readonly stations: readonly {
    readonly station: Station;
    readonly waiting: number;
    /** Median whole minutes today; null while nobody knows. */
    readonly minutes: number | null;
  }[];
  /** Turns that wait, with an hour of their own and without. */
  readonly lines: { readonly withHour: number; readonly without: number };
  /** What whoever arrives types on her own telephone in this hour. */
  readonly hourCode: string;
  /** Turns whose papers can be fetched. */
  readonly ready: readonly { readonly picture: Picture; readonly number: number }[];
  /** Services that stand still, and stations on whose account others do, with the office's hour of the next news. */
  readonly suspended: readonly (
    | { readonly name: Readonly<Record<Language, string>>; readonly newsAt: string }
    | { readonly station: Station; readonly newsAt: string }
  )[];
}

export interface WireCall {
  readonly picture: Picture;
  readonly number: number;
  readonly station: Station;
  readonly counter: number;
  /** Milliseconds UTC. */
  readonly at: number;
}

export function wireBoard(
  { board, asOf, hourCode }: LiveBoard,
  news: readonly HallCall[],
  office: Pick<Office, "zone">,
  { serviceBySlug }: Network,
): WireBoard {
  return {
    at: asOf,
    calls: board.calls.map((call) => ({ ...wireCall(call), attended: call.attended })),
    news: news.map(wireCall),
    stations: board.stations.map(({ station, waiting, waitMinutes }) => ({ station, waiting, minutes: waitMinutes })),
    lines: {
      withHour: waitingOf(board.stations, "appointment"),
      without: waitingOf(board.stations, "return") + waitingOf(board.stations, "walk_in"),
    },
    hourCode,
    ready: board.ready,
    suspended: standing(board, office, serviceBySlug),
  };
}

function wireCall({ picture, number, station, counter, calledAt }: HallCall): WireCall {
  return { picture, number, station, counter, at: calledAt.getTime() };
}

function waitingOf(stations: readonly BoardStation[], line: Line): number {
  return stations.reduce((sum, one) => sum + one.byLine[line], 0);
}

/** Stations that stand still are named once, whatever stands still on their account. */
function standing(
  { suspended }: LiveBoard["board"],
  { zone }: Pick<Office, "zone">,
  serviceBySlug: Network["serviceBySlug"],
): WireBoard["suspended"] {
  const named = new Map<string, WireBoard["suspended"][number]>();
  for (const { service, station, newsAt } of suspended) {
    const name = serviceBySlug.get(service)?.name;
    if (station !== null) named.set(station, { station, newsAt: localTimeAt(newsAt, zone) });
    else if (name) named.set(service, { name, newsAt: localTimeAt(newsAt, zone) });
  }
  return [...named.values()];
}
