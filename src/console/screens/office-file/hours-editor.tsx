import { Cross } from "../../parts/dialog.tsx";
import type { Hours } from "../../rules/office-facts.ts";
import { officeFileTexts } from "../../texts/office-file.ts";
import { useTexts } from "../../texts/texts.ts";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const USUAL: Hours = { weekdays: [1, 2, 3, 4, 5], opens: "08:00", closes: "13:00" };
const MOST_LINES = 7;

export function HoursEditor({ value, change }: { value: readonly Hours[]; change: (value: readonly Hours[]) => void }) {
  const t = useTexts(officeFileTexts);
  const set = (index: number, next: Partial<Hours>) =>
    change(value.map((hours, i) => (i === index ? { ...hours, ...next } : hours)));
  return (
    <div className="hours">
      {value.length === 0 && <p className="soft">{t.noHours}</p>}
      {value.map((hours, index) => (
        <div key={index} className="hours-line">
          <div className="weekdays">
            {WEEKDAYS.map((day) => (
              <label key={day} className="weekday">
                <input
                  type="checkbox"
                  aria-label={t.weekdayNames[`d${day}`]}
                  checked={hours.weekdays.includes(day)}
                  onChange={(event) =>
                    set(index, {
                      weekdays: WEEKDAYS.filter((one) =>
                        one === day ? event.target.checked : hours.weekdays.includes(one),
                      ),
                    })
                  }
                />
                <span aria-hidden="true">{t.weekdays[`d${day}`]}</span>
              </label>
            ))}
          </div>
          <label>
            {t.opens}
            <input type="time" value={hours.opens} onChange={(event) => set(index, { opens: event.target.value })} />
          </label>
          <label>
            {t.closes}
            <input type="time" value={hours.closes} onChange={(event) => set(index, { closes: event.target.value })} />
          </label>
          <button
            type="button"
            className="button quiet square"
            aria-label={t.removeHours}
            onClick={() => change(value.filter((_, i) => i !== index))}
          >
            <Cross />
          </button>
        </div>
      ))}
      {value.length < MOST_LINES && (
        <button type="button" className="button small" onClick={() => change([...value, USUAL])}>
          {t.addHours}
        </button>
      )}
    </div>
  );
}
