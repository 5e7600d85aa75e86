import type { LinkItem } from "./links.ts";

export type PlacesLevel = "none" | "few" | "some";

export interface PlacesDay {
  /** `2026-03-02`, for machines. */
  date: string;
  /** Column of the calendar, Monday 1 to Sunday 7. */
  isoWeekday: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  weekday: string;
  day: string;
  month: string;
  level: PlacesLevel;
  /** The level in words: colour and shape never stand alone. */
  levelText: string;
  /** Where to choose an hour; a day without places leads nowhere. */
  href?: string | undefined;
}

/** Three bars as on a phone's signal: all full, one full, all empty. */
const BARS: Readonly<Record<PlacesLevel, { full: string; empty: string }>> = {
  none: { full: "", empty: "M1 9h4v4H1zM8 5h4v8H8zM15 1h4v12h-4z" },
  few: { full: "M0 8h6v6H0z", empty: "M8 5h4v8H8zM15 1h4v12h-4z" },
  some: { full: "M0 8h6v6H0zM7 4h6v10H7zM14 0h6v14h-6z", empty: "" },
};

/** A list of days on a phone, a calendar of weeks on a wide screen: the same markup. */
export function PlacesGrid({ days }: { days: readonly PlacesDay[] }) {
  return (
    <ol className="days">
      {days.map((day) => (
        <li key={day.date} className={`d${day.isoWeekday} ${day.level}`}>
          {day.href ? (
            <a href={day.href}>
              <Day {...day} />
            </a>
          ) : (
            <div>
              <Day {...day} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function Day({ date, weekday, day, month, level, levelText }: PlacesDay) {
  const { full, empty } = BARS[level];
  return (
    <>
      <time dateTime={date}>
        {weekday} <b>{day}</b> {month}
      </time>{" "}
      <span className="level">
        <svg viewBox="0 0 20 14" aria-hidden="true">
          {full && <path d={full} />}
          {empty && <path className="empty" d={empty} />}
        </svg>
        {levelText}
      </span>
    </>
  );
}

/** Earlier and later pages of a list; either may be missing. */
export function Pager({
  label,
  earlier,
  later,
}: {
  label: string;
  earlier?: LinkItem | undefined;
  later?: LinkItem | undefined;
}) {
  return (
    <nav className="pager" aria-label={label}>
      {earlier && (
        <a className="btn btn-secondary" rel="prev" href={earlier.href}>
          {earlier.text}
        </a>
      )}
      {later && (
        <a className="btn btn-secondary" rel="next" href={later.href}>
          {later.text}
        </a>
      )}
    </nav>
  );
}
