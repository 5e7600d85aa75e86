import { useServiceName } from "../../parts/services.tsx";
import type { ClosingWords } from "../../rules/closing-rows.ts";
import { shortDay } from "../../parts/format.ts";
import { dayCloseTexts } from "../../texts/day-close.ts";
import { issuingTexts } from "../../texts/issuing.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

/** The words of the page in the reader's language: the same for the screen, the paper and the file. */
export function useClosingWords(): ClosingWords {
  const t = useTexts(dayCloseTexts);
  const words = useTexts(issuingTexts);
  const language = useLanguage();
  const service = useServiceName();
  const known = (list: Readonly<Record<string, string>>) => (key: string) => list[key] ?? key;
  return {
    sections: t.sections,
    people: t.people,
    fees: t.fees,
    blankRows: t.blankRows,
    since: (day) => words.since(shortDay(day, language)),
    outcome: known(t.outcomes),
    service,
    means: known(words.means),
    reason: known({ ...words.reasons, ...words.corrections }),
    blank: known(words.blanks),
    correction: t.correction,
  };
}
