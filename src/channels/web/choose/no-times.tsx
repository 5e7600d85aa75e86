import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import type { Office } from "#modules/offices/index.ts";
import { listDays, type Availability } from "#modules/schedules/index.ts";
import { Notice } from "#ui/index.ts";
import { chooseTexts } from "../texts/choose.ts";
import { dayInWords } from "../texts/format.ts";
import type { Language } from "../texts/texts.ts";
import { daysToTry } from "./first-days.ts";

/** Days offered in place of one that is full: enough to choose from, few enough to read. */
const OFFERED = 3;

interface NoTimesProps {
  readonly language: Language;
  readonly availability: Availability;
  readonly office: Office;
  readonly groups: readonly ServiceGroup[];
  readonly people: number;
  /** The day that has no hour for all of them. */
  readonly localDate: LocalDate;
  readonly today: LocalDate;
  readonly hrefOf: (date: LocalDate) => string;
  /** They may book in two groups instead. */
  readonly mayDivide: boolean;
}

/** A day without an hour for all leads on to the next days, not back to itself. */
export function NoTimes(props: NoTimesProps) {
  const { language, availability, office, groups, people, localDate, today, hrefOf, mayDivide } = props;
  const t = chooseTexts(language);
  const next = daysToTry(listDays(availability, office.id, groups), people, localDate).slice(0, OFFERED);
  return (
    <Notice tone="warning">
      <p>{t("noTimes")}</p>
      {next.length > 0 && (
        <>
          <p>{t("noTimesNext")}</p>
          <ul>
            {next.map(({ date }) => (
              <li key={date}>
                <a href={hrefOf(date)}>{dayInWords(date, language, today)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {mayDivide && people > 1 && <p>{t("noTimesMore")}</p>}
    </Notice>
  );
}
