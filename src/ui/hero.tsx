import type { ReactNode } from "react";

/** Half the width of each tread of the stairs, from the top down, in the drawing's units; the arch stands on a floor at 200. */
const TREADS = [48, 72, 96, 120];
const RISE = 26;

/** One stepped arch, drawn `inset` units inside the outermost. */
function arch(inset: number): string {
  const top = inset * 1.25;
  const right = TREADS.map(
    (half, step) => `H${120 + half - inset}V${step + 1 < TREADS.length ? top + (step + 1) * RISE : 200}`,
  );
  const left = TREADS.map((_, step) => `V${top + step * RISE}H${120 - (TREADS[step - 1] ?? inset) + inset}`).reverse();
  return `M120 ${top}${right.join("")}H${inset}${left.join("")}z`;
}

/** The head of the front page: the sign of the service grown large beside its first words. Narrow screens keep the words. */
export function Hero({ children }: { children: ReactNode }) {
  return (
    <section className="hero">
      <div>{children}</div>
      <svg viewBox="0 0 240 200" aria-hidden="true">
        <path className="hero-1" d={arch(0)} />
        <path className="hero-2" d={arch(16)} />
        <path className="hero-3" d={arch(32)} />
        <path className="hero-4" d={arch(48)} />
        <circle className="hero-3" cx="120" cy="128" r="22" />
        <path className="hero-2" d="M72 158h96v12H72z" />
      </svg>
    </section>
  );
}
