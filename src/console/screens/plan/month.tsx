import type { PlanMonth } from "../../api/plan-types.ts";
import { longDate, shortDay } from "../../parts/format.ts";
import { Blank } from "../../parts/loading.tsx";
import { DAYS_OF_A_WEEK, weeksOf } from "../../rules/plan-calendar.ts";
import { holidayTexts } from "../../texts/holidays.ts";
import { officeFileTexts } from "../../texts/office-file.ts";
import { planTexts } from "../../texts/plan.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { FullnessBar } from "./place-bar.tsx";

type MonthDay = PlanMonth["days"][number];

interface Props {
  readonly month: PlanMonth;
  readonly cursor: string;
  readonly openWeek: (day: string) => void;
}

const WEEKDAYS = Array.from({ length: DAYS_OF_A_WEEK }, (_, i) => `d${i + 1}` as "d1");

/** A month of days: what each opens beside its weekly hours, and how full it is. */
export function Month({ month: { month, today, days }, cursor, openWeek }: Props) {
  const t = useTexts(planTexts);
  const { weekdayNames } = useTexts(officeFileTexts);
  const byDate = new Map(days.map((day) => [day.localDate, day]));
  const opens = days.some(({ places, specialDays }) => places.all > 0 || specialDays.length > 0);
  return (
    <>
      {!opens && <Blank title={t.nothingThisMonth} help={t.nothingHelp} />}
      <table className="plan-month">
        <thead>
          <tr>
            {WEEKDAYS.map((day) => (
              <th key={day} scope="col">
                {weekdayNames[day]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find((date) => date !== null)}>
              {week.map((date, i) => {
                const day = date === null ? undefined : byDate.get(date);
                return day ? (
                  <DayCell
                    key={day.localDate}
                    day={day}
                    isToday={day.localDate === today}
                    isCursor={day.localDate === cursor}
                    open={() => openWeek(day.localDate)}
                  />
                ) : (
                  <td key={i} className="plan-outside" />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface CellProps {
  readonly day: MonthDay;
  readonly isToday: boolean;
  readonly isCursor: boolean;
  readonly open: () => void;
}

function DayCell({ day: { localDate, closed, places, specialDays }, isToday, isCursor, open }: CellProps) {
  const t = useTexts(planTexts);
  const holidays = useTexts(holidayTexts);
  const language = useLanguage();
  const isEmpty = closed === null && places.all === 0 && specialDays.length === 0;
  return (
    <td data-today={isToday || undefined} data-empty={isEmpty || undefined}>
      <button
        type="button"
        className="plan-month-day"
        data-day={localDate}
        tabIndex={isCursor ? 0 : -1}
        aria-current={isToday ? "date" : undefined}
        title={t.openDay(longDate(localDate, language))}
        onClick={open}
      >
        <strong>
          <span className="wide-only" aria-hidden="true">
            {Number(localDate.slice(8))}
          </span>
          <span className="plan-short-day" aria-hidden="true">
            {shortDay(localDate, language)}
          </span>
          <span className="hidden">{longDate(localDate, language)}</span>
        </strong>
        {closed !== null && (
          <span className="plan-holiday">{holidays[closed as keyof typeof holidays] ?? t.closed}</span>
        )}
        {isEmpty && <span className="soft plan-short-day">{t.nothing}</span>}
        {specialDays.map(({ id, kind, state, city }) => (
          <span key={id} className={`plan-kind tag-${state}`}>
            {t.kinds[kind]}
            {city !== null && `, ${city}`}
            {state !== "published" && ` (${t.states[state]})`}
          </span>
        ))}
        {places.all > 0 && <FullnessBar places={places} />}
      </button>
    </td>
  );
}
