import { officeFileTexts } from "../../texts/office-file.ts";
import { useTexts } from "../../texts/texts.ts";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** `lunes`, from 1 for Monday to 7 for Sunday. */
export function useWeekdayNames(): (weekday: number) => string {
  const { weekdayNames } = useTexts(officeFileTexts);
  return (weekday) => weekdayNames[`d${weekday}` as keyof typeof weekdayNames];
}

/** Some days of the week. */
export function Weekdays({ value, change }: { value: readonly number[]; change: (value: readonly number[]) => void }) {
  const t = useTexts(officeFileTexts);
  return (
    <div className="weekdays">
      {WEEKDAYS.map((day) => (
        <label key={day} className="weekday">
          <input
            type="checkbox"
            aria-label={t.weekdayNames[`d${day}`]}
            checked={value.includes(day)}
            onChange={(event) =>
              change(WEEKDAYS.filter((one) => (one === day ? event.target.checked : value.includes(one))))
            }
          />
          <span aria-hidden="true">{t.weekdays[`d${day}`]}</span>
        </label>
      ))}
    </div>
  );
}

/** One day of the week. */
export function WeekdayOptions() {
  const nameOf = useWeekdayNames();
  return WEEKDAYS.map((day) => (
    <option key={day} value={day}>
      {nameOf(day)}
    </option>
  ));
}
