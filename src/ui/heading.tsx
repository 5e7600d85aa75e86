import type { ReactNode } from "react";

/** The one h1 of a page. `caption` says what it belongs to: an office, a person, a part of the journey. */
export function PageHeading({
  caption,
  lead,
  children,
}: {
  caption?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <h1>
        {caption && <span className="caption">{caption} </span>}
        {children}
      </h1>
      {lead && <p className="lead">{lead}</p>}
    </>
  );
}

/** Height of a stair and of its tread in the drawing's own units. */
const TREAD = 12;
const RISE = 3;

/** Where am I: the sentence says it, the small stairs repeat it for the eye. */
export function Steps({ current, total, text }: { current: number; total: number; text: string }) {
  const height = total * RISE;
  const stairs = (from: number, to: number) => {
    let path = "";
    for (let step = from; step <= to; step++)
      path += `M${(step - 1) * TREAD} ${height}v-${step * RISE}h${TREAD - 2}v${step * RISE}z`;
    return path;
  };
  return (
    <p className="steps">
      <svg viewBox={`0 0 ${total * TREAD - 2} ${height}`} aria-hidden="true">
        <path d={stairs(1, current - 1)} />
        <path className="now" d={stairs(current, current)} />
        <path className="ahead" d={stairs(current + 1, total)} />
      </svg>
      {text}
    </p>
  );
}
