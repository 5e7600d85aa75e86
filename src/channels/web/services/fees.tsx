import type { LocalDate } from "#kernel/ids.ts";
import { feesOn, type Fee, type Service } from "#modules/offices/index.ts";
import { DataTable } from "#ui/index.ts";
import { money } from "../texts/format.ts";
import { serviceTexts } from "../texts/services.ts";
import type { Language } from "../texts/texts.ts";

interface FeesProps {
  service: Service;
  language: Language;
  today: LocalDate;
}

/** The fee in a few words: one amount, or from the cheapest choice to the dearest. */
export function feeInShort({ service, language, today }: FeesProps): string {
  const t = serviceTexts(language);
  const amounts = feesOn(service, today)
    .filter((fee) => !fee.optional)
    .map((fee) => fee.amount);
  const [min, max] = [Math.min(...amounts), Math.max(...amounts)];
  if (amounts.length === 0) return t("costUnknown");
  if (max === 0) return t("costFree");
  return min === max ? money(max, language) : t("costSpan", { min: money(min, language), max: money(max, language) });
}

/** Every choice with the year of its tariff, and who pays less or more. */
export function Fees({ service, language, today }: FeesProps) {
  const t = serviceTexts(language);
  const fees = feesOn(service, today);
  if (fees.every((fee) => fee.amount === 0)) return undefined;
  return (
    <>
      <DataTable
        id="fees"
        caption={t("fees", { year: today.slice(0, 4) })}
        columns={[{ text: t("feesWhat") }, { text: t("feesAmount"), numeric: true }]}
        rows={fees.map((fee) => [
          <FeeName key="name" fee={fee} language={language} today={today} />,
          fee.amount === 0 ? t("costFree") : money(fee.amount, language),
        ])}
      />
      <p className="hint">{t("feesChange")}</p>
      {service.discounts.length > 0 && (
        <>
          <h3>{t("discounts")}</h3>
          <ul>
            {service.discounts.map((discount) => (
              <li key={discount.id}>{discount.rule[language]}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function FeeName({ fee, language, today }: { fee: Fee; language: Language; today: LocalDate }) {
  const t = serviceTexts(language);
  const notes = [
    fee.optional && t("feesOptional"),
    fee.level === "unverified" && t("feesUnverified"),
    fee.amount > 0 && fee.year !== Number(today.slice(0, 4)) && t("feesOld", { year: String(fee.year) }),
  ].filter(Boolean);
  return (
    <>
      {fee.label[language]} {notes.length > 0 && <small>({notes.join("; ")})</small>}
    </>
  );
}
