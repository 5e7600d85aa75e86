import type { LocalDate } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import type { DrawAhead } from "#modules/allocation/index.ts";
import type { Office } from "#modules/offices/index.ts";
import { dayInWords } from "../texts/format.ts";
import { requestTexts } from "../texts/request.ts";
import type { Language } from "../texts/texts.ts";
import { timeAt } from "../visit/words.ts";

/** A day and an hour on the office's wall clock: the draws have one clock, and nobody has to count. */
export function momentAt(
  instant: Date,
  office: Pick<Office, "zone" | "shortName">,
  language: Language,
  today: LocalDate,
): { day: string; time: string } {
  return {
    day: dayInWords(localDateAt(instant, office.zone), language, today),
    time: timeAt(instant, office, language),
  };
}

/** Until when one may ask, when the result comes, and for which days. */
export function DrawHours({
  language,
  office,
  draw,
  now,
}: {
  language: Language;
  office: Office;
  draw: DrawAhead | undefined;
  now: Date;
}) {
  const t = requestTexts(language);
  if (draw === undefined) return <p>{t("sharedNone")}</p>;
  const today = localDateAt(now, office.zone);
  const { first } = draw;
  const at = (instant: Date) => momentAt(instant, office, language, today);
  return (
    <ul>
      {first.opensAt > now && <li>{t("sharedOpens", at(first.opensAt))}</li>}
      <li>{t("sharedUntil", at(first.locksAt))}</li>
      <li>{t("sharedResult", at(first.drawsAt))}</li>
      <li>
        {t("sharedDays", {
          from: dayInWords(first.horizonFrom, language, today),
          to: dayInWords(first.horizonTo, language, today),
        })}
      </li>
    </ul>
  );
}
