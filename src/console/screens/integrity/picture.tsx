import type { ClusterPicture } from "../../api/integrity.ts";
import { drawGroup, WIDTH } from "../../rules/cluster-picture.ts";
import { integrityTexts } from "../../texts/integrity.ts";
import { useTexts } from "../../texts/texts.ts";

/** Radius of something that one booking has; it grows with the root, so that areas compare. */
const RADIUS = 3;
const WIDEST = 11;

/** Contacts left, bookings in the middle, browsers right, a line for each tie. */
export function GroupPicture({ bookings }: ClusterPicture) {
  const t = useTexts(integrityTexts);
  const { dots, lines, height } = drawGroup(bookings);
  const many = (kind: string) => dots.filter((one) => one.kind === kind).length;
  return (
    <figure className="group-picture">
      <figcaption aria-hidden="true">
        {(["contact", "booking", "device"] as const).map((kind) => (
          <span key={kind}>
            {t.columns[kind]} <strong>{many(kind)}</strong>
          </span>
        ))}
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={t.pictureAlt(many("contact"), many("booking"), many("device"))}
      >
        {lines.map(({ from, to }) => (
          <line key={`${from.key} ${to.key}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        ))}
        {dots.map(({ key, kind, x, y, size, ended }) => (
          <circle
            key={key}
            className={`dot-${kind}${ended ? ` dot-${ended}` : ""}`}
            cx={x}
            cy={y}
            r={Math.min(WIDEST, RADIUS * Math.sqrt(size))}
          />
        ))}
      </svg>
    </figure>
  );
}
