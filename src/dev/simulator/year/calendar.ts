import type { LocalDate, ServiceGroup, SessionId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { PLACE_STATES, type PlacePool, type PlaceState, type SessionKind } from "#modules/schedules/index.ts";
import type { Office } from "./network.ts";

/** A place is a number of its session: `step × counters + counter − 1`. */
export interface Session {
  readonly id: SessionId;
  readonly office: Office;
  readonly group: ServiceGroup;
  readonly kind: SessionKind;
  readonly localDate: LocalDate;
  /** Milliseconds since 1970, UTC, of each step. */
  readonly starts: Float64Array;
  readonly stepMinutes: number;
  readonly counters: number;
  /** Of each place the position of its state in `STATES`. */
  readonly state: Uint8Array;
  /** Of each place who has it, 0 when nobody has. */
  readonly holder: Int32Array;
  /** Of each place the cut that took it, 0 when none did. */
  readonly cut: Int32Array;
  readonly pool: PlacePool[];
  /** Places of each step that are open to everybody. */
  readonly open: Int16Array;
  openInAll: number;
}

export const STATES = PLACE_STATES;
export const codeOf = Object.fromEntries(STATES.map((state, at) => [state, at])) as Record<PlaceState, number>;
const OPEN = codeOf.open;

/** What the rule of places lets become of a state; asked once for each pair. */
export type MayBecome = (from: PlaceState, to: PlaceState) => boolean;

/** The sessions that are not over, by office and day, and every change of their places. */
export class Calendar {
  readonly sessions = new Map<string, Session>();
  private readonly days: Map<LocalDate, Session[]>[];
  private readonly allowed: readonly boolean[];
  private made = 0;
  /** Changes of state since the beginning. */
  changes = 0;

  constructor(offices: number, mayBecome: MayBecome) {
    this.days = Array.from({ length: offices }, () => new Map<LocalDate, Session[]>());
    this.allowed = STATES.flatMap((from) => STATES.map((to) => mayBecome(from, to)));
  }

  /** Adds a session whose places are all open to everybody. */
  add(
    session: Pick<Session, "office" | "group" | "kind" | "localDate" | "starts" | "stepMinutes" | "counters">,
  ): Session {
    this.made += 1;
    const places = session.starts.length * session.counters;
    const added: Session = {
      ...session,
      id: String(this.made) as SessionId,
      state: new Uint8Array(places).fill(OPEN),
      holder: new Int32Array(places),
      cut: new Int32Array(places),
      pool: new Array<PlacePool>(places).fill("open"),
      open: new Int16Array(session.starts.length).fill(session.counters),
      openInAll: places,
    };
    this.sessions.set(added.id, added);
    const days = this.days[session.office.at]!;
    const day = days.get(session.localDate);
    if (day) day.push(added);
    else days.set(session.localDate, [added]);
    return added;
  }

  of(office: Office, localDate: LocalDate): readonly Session[] {
    return this.days[office.at]!.get(localDate) ?? [];
  }

  /** Forgets a day that is over. */
  drop(office: Office, localDate: LocalDate): void {
    for (const { id } of this.of(office, localDate)) this.sessions.delete(id);
    this.days[office.at]!.delete(localDate);
  }

  /** The one way in which a place changes. Throws where the rule does not let it. */
  change(session: Session, place: number, to: PlaceState, holder = 0): void {
    const from = session.state[place]!;
    const next = codeOf[to];
    if (!this.allowed[from * STATES.length + next])
      throw new Error(`${session.office.id} ${session.localDate}: a place may not go from ${STATES[from]} to ${to}`);
    const step = Math.floor(place / session.counters);
    if (from === OPEN) {
      session.open[step]! -= 1;
      session.openInAll -= 1;
    } else if (next === OPEN) {
      session.open[step]! += 1;
      session.openInAll += 1;
    }
    session.state[place] = next;
    session.holder[place] = holder;
    this.changes += 1;
  }

  /** The place of a step that begins at that instant; -1 when the session has none. */
  static placeAt(session: Session, startsAt: number, counter: number): number {
    const step = Math.round((startsAt - session.starts[0]!) / (session.stepMinutes * MINUTE_MS));
    return session.starts[step] === startsAt && counter >= 1 && counter <= session.counters
      ? step * session.counters + counter - 1
      : -1;
  }
}

export function startOf(session: Session, place: number): number {
  return session.starts[Math.floor(place / session.counters)]!;
}

export function counterOf(session: Session, place: number): number {
  return (place % session.counters) + 1;
}
