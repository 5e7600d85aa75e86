import type { PartyState } from "../rules/party-states.ts";

/** One shape for each state, so that none is told by colour alone: from an empty ring to a full disc with a tick. */
const SHAPES: Readonly<Record<PartyState, { readonly line?: string; readonly fill?: string }>> = {
  expected: { line: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14z" },
  waiting: { line: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14z", fill: "M10 3a7 7 0 0 1 0 14z" },
  called: { line: "M3.5 8v4h3l5 4V4l-5 4zM14.5 7.5c1.4 1.4 1.4 3.6 0 5", fill: "M3.5 8v4h3l5 4V4l-5 4z" },
  serving: { fill: "M4 3h12a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z" },
  done: { fill: "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15zM9 13.7l-3.3-3.3 1.3-1.3 2 2 4-4.2 1.3 1.3z" },
  went_away: { line: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM7 10h6M10.5 7.5L13 10l-2.5 2.5" },
  no_show: { line: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM5.2 14.8l9.6-9.6" },
  cancelled: { line: "M5 5l10 10M15 5L5 15" },
};

export function StateSign({ state }: { state: PartyState }) {
  const { line, fill } = SHAPES[state];
  return (
    <svg className={`sign sign-${state}`} viewBox="0 0 20 20" aria-hidden="true">
      {line && <path className="sign-line" d={line} />}
      {fill && <path className="sign-fill" d={fill} fillRule="evenodd" />}
    </svg>
  );
}
