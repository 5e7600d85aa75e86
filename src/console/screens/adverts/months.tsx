import { useQuery } from "@tanstack/react-query";
import { monthsQuery } from "../../api/adverts.ts";
import { monthName } from "../../parts/format.ts";
import { advertTexts } from "../../texts/adverts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

/** Height of the drawing; a bar and the room beside it, in its own units. */
const HEIGHT = 120;
const STEP = 24;
const BAR = 16;
/** Room for the count above the tallest bar, and for the month below it. */
const ABOVE = 14;
const BELOW = 14;

/** How many adverts a month, and the line that a fall like that of 2021 would leave. Every bar is told in words too. */
export function Months() {
  const t = useTexts(advertTexts);
  const language = useLanguage();
  const { data } = useQuery(monthsQuery);
  if (!data) return null;
  const { months, line } = data;
  const most = Math.max(1, line ?? 0, ...months.map((one) => one.adverts));
  const y = (count: number) => HEIGHT - (count / most) * HEIGHT;
  const words = months.map((one) => t.chartMonth(monthName(one.month.slice(0, 7), language), one.adverts, one.removed));
  return (
    <section className="advert-months" aria-labelledby="advert-months-title">
      <h2 id="advert-months-title">{t.chart}</h2>
      {months.length === 0 ? (
        <p className="soft">{t.chartNone}</p>
      ) : (
        <>
          <svg
            viewBox={`0 ${-ABOVE} ${Math.max(12, months.length) * STEP} ${HEIGHT + ABOVE + BELOW}`}
            role="img"
            aria-label={words.join(". ")}
          >
            {months.map((one, i) => (
              <g key={one.month}>
                <rect x={i * STEP + 4} y={y(one.adverts)} width={BAR} height={HEIGHT - y(one.adverts)}>
                  <title>{words[i]}</title>
                </rect>
                <text x={i * STEP + STEP / 2} y={y(one.adverts) - 3}>
                  {one.adverts}
                </text>
                <text x={i * STEP + STEP / 2} y={HEIGHT + 10}>
                  {monthName(one.month.slice(0, 7), language).slice(0, 3)}
                </text>
              </g>
            ))}
            {line !== null && <path d={`M0 ${y(line)}H${Math.max(12, months.length) * STEP}`} />}
          </svg>
          {line !== null && <p>{t.chartLine(line)}</p>}
          <p className="soft">{t.chartSource}</p>
        </>
      )}
    </section>
  );
}
