import { RELEASE_TICKS } from "#kernel/draws.ts";
import type { Draws } from "../../api/types.ts";
import { drawTexts } from "../../texts/draws.ts";
import { useTexts } from "../../texts/texts.ts";
import { useWhen } from "./when.ts";

/** What opens, closes and is drawn in the weeks to come. */
export function DrawCalendar({ ahead }: { ahead: Draws["ahead"] }) {
  const t = useTexts(drawTexts);
  const { moment, clock, day } = useWhen();
  const [first, second] = RELEASE_TICKS.map((hour) => clock(new Date(Date.UTC(2026, 0, 1, hour))));
  return (
    <section aria-labelledby="calendar-title">
      <h2 id="calendar-title">{t.calendar}</h2>
      {ahead.length === 0 ? (
        <p className="soft">{t.calendarNone}</p>
      ) : (
        <ul className="draw-weeks">
          {ahead.map(({ opensAt, locksAt, drawsAt, answersBy, horizonFrom, horizonTo }) => (
            <li key={`${opensAt} ${locksAt}`}>
              <dl>
                {(
                  [
                    [t.opens, moment(opensAt)],
                    [t.locks, moment(locksAt)],
                    [t.result, moment(drawsAt)],
                    [t.until, moment(answersBy)],
                    [t.drawnDays, `${day(horizonFrom)} – ${day(horizonTo)}`],
                  ] as const
                ).map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
      )}
      <p className="small-print soft">
        {t.calendarTicks(first!, second!)} {t.timeNote}
      </p>
    </section>
  );
}
