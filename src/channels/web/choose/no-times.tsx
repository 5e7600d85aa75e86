import type { LocalDate } from "#kernel/ids.ts";
import type { ApplicantRequest } from "#modules/booking/index.ts";
import type { Office } from "#modules/offices/index.ts";
import { listDays } from "#modules/schedules/index.ts";
import { Notice } from "#ui/index.ts";
import { chooseTexts } from "../texts/choose.ts";
import { dayInWords } from "../texts/format.ts";
import { groupsOf } from "../visit/party.ts";
import type { Arrival } from "../visit/visit.tsx";
import { daysToTry } from "./first-days.ts";

/** Days offered in place of one that is full: enough to choose from, few enough to read. */
const OFFERED = 3;

interface NoTimesProps {
  readonly arrival: Arrival;
  readonly office: Office;
  readonly applicants: readonly ApplicantRequest[];
  /** The day that has no hour for all of them. */
  readonly localDate: LocalDate;
  readonly hrefOf: (date: LocalDate) => string;
  /** They may book in two groups instead. */
  readonly mayDivide: boolean;
}

/** A day without an hour for all leads on to the next days, not back to itself. */
export function NoTimes({ arrival, office, applicants, localDate, hrefOf, mayDivide }: NoTimesProps) {
  const { language, network, today, web } = arrival;
  const people = applicants.length;
  const days = listDays(web.snapshot.current(), office.id, groupsOf(applicants, network));
  const t = chooseTexts(language);
  const next = daysToTry(days, people, localDate).slice(0, OFFERED);
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
