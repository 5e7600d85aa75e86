const FIGURES = 10;
/** One figure on a grid of 12 by 14: head and shoulders. */
const WIDTH = 12;
const figure = (n: number): string => `M${n * WIDTH + 6} 1a2.5 2.5 0 1 0 .1 0zM${n * WIDTH + 1.5} 13c0-7 9-7 9 0z`;
const row = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => figure(from + i)).join("");

/** Ten people, the first of them filled. A sentence beside it says the same. */
export function TenFigures({ filled }: { filled: number }) {
  return (
    <svg className="ten" viewBox={`0 0 ${FIGURES * WIDTH} 14`} aria-hidden="true">
      <path d={row(0, filled)} />
      <path className="empty" d={row(filled, FIGURES)} />
    </svg>
  );
}
