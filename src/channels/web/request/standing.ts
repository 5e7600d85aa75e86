import type { DrawAhead, RequestInDraw } from "#modules/allocation/index.ts";
import type { RequestView } from "#modules/booking/index.ts";

/** What became of a request that stands. `displaced`: it was given a place that the office closed afterwards. */
type Waited = "waiting" | "not_live" | "displaced" | "given_back" | "passed";

/** Where a request stands, as its page tells it. */
export type Standing =
  | { readonly kind: "confirmed" | "withdrawn" | "ended" }
  | { readonly kind: "offered"; readonly draw: RequestInDraw; readonly startsAt: Date }
  | {
      /** What became of it in the last draw that has a result; `in` when there was none. */
      readonly kind: "in" | Waited;
      /** The next result that it waits for, if one is announced. */
      readonly next: { readonly at: Date; readonly locked: boolean } | undefined;
      readonly last: RequestInDraw | undefined;
    };

/** Reads rows and announced draws; the next result is never told as a place in an order. */
export function standingOf(
  { state, draws }: Pick<RequestView, "state" | "draws">,
  ahead: readonly DrawAhead[],
  now: Date,
): Standing {
  if (state !== "standing" && state !== "offered") return { kind: state };
  if (state === "offered") {
    const draw = draws.find((one) => one.answer === "offered" && one.seating !== null);
    if (draw)
      return { kind: "offered", draw, startsAt: new Date(Math.min(...draw.seating!.map((one) => one.startsAt))) };
  }
  const last = lastTold(draws);
  const open = draws.filter((one) => one.answer === null && one.state !== "void" && one.state !== "settled");
  const results = [
    ...open.map((one) => ({ at: one.drawsAt, locksAt: one.locksAt, state: one.state })),
    ...ahead
      .filter(({ id, second }) => id !== undefined && id === last?.drawId && waits(last) && now < second.drawsAt)
      .map(({ second }) => ({ at: second.drawsAt, locksAt: second.locksAt, state: "open" })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  const first = results[0];
  return {
    kind: last ? kindOf(last) : "in",
    next: first && { at: first.at, locked: first.state !== "open" || first.locksAt <= now },
    last,
  };
}

/** The last result that the household was told of: nobody hears of a short draw that gave her nothing. */
export function lastTold(draws: readonly RequestInDraw[]): RequestInDraw | undefined {
  return draws.find(({ kind, answer }) => answer !== null && !(kind === "short" && answer === "waiting"));
}

function waits({ answer }: RequestInDraw): boolean {
  return answer === "waiting" || answer === "not_live" || answer === "displaced";
}

function kindOf({ answer }: RequestInDraw): Waited {
  return answer === null || answer === "offered" || answer === "accepted" || answer === "declined"
    ? "given_back"
    : answer;
}
