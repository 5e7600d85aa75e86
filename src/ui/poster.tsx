import type { ReactNode } from "react";

export interface PosterProps {
  headline: string;
  /** The day or the deadline: read from across the street. */
  when: string;
  lines: readonly string[];
  free: string;
  noPay: string;
  /** A code as a drawing: modules of one side, and the dark ones as an SVG path. */
  code: { readonly side: number; readonly path: string; readonly label: string };
  scan: string;
  children: ReactNode;
}

/** A sheet to print and hang up: fills letter and A4 alike, and is as plain on a screen. */
export function Poster({ headline, when, lines, free, noPay, code, scan, children }: PosterProps) {
  return (
    <article className="poster">
      <h1>{headline}</h1>
      <p className="poster-when">{when}</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="poster-free">
        <strong>{free}</strong> {noPay}
      </p>
      <div className="poster-foot">
        <svg viewBox={`0 0 ${code.side} ${code.side}`} role="img" aria-label={code.label}>
          <rect width={code.side} height={code.side} fill="#fff" />
          <path d={code.path} fill="#000" />
        </svg>
        <div>
          {children}
          <p>{scan}</p>
        </div>
      </div>
    </article>
  );
}
