import type { LocalDate } from "#kernel/ids.ts";
import { firstSigningDay } from "#modules/booking/index.ts";
import type { AbsentParent, Network } from "#modules/offices/index.ts";
import { qrDrawing } from "#channels/documents/qr-code.ts";
import { Checklist, Notice, SummaryList, type SummaryRow } from "#ui/index.ts";
import { phoneTexts } from "../links.tsx";
import { dateInWords, money } from "../texts/format.ts";
import { permissionTexts } from "../texts/permission.ts";
import type { Language } from "../texts/texts.ts";

interface SheetProps {
  readonly language: Language;
  readonly network: Network;
  readonly permission: AbsentParent["permission"];
  /** The name on the record for the family, initials for whoever else holds the sheet. */
  readonly who: string;
  readonly visitOn: LocalDate;
  readonly today: LocalDate;
  readonly received: boolean;
  /** Where the sheet itself stands; its code finds the file at the office that the permission comes to. */
  readonly url: string;
  /** What only the family's own sheet tells. */
  readonly more?: readonly SummaryRow[];
}

/** The name of the form never breaks in two lines. */
export function sheetTitle({ form }: AbsentParent["permission"], language: Language): string {
  return permissionTexts(language)("sheetTitle", { form: form.replaceAll("-", "\u2011") });
}

/** What an absent parent signs, where and from which day on: for paper, and for whoever opens the link. */
export function Sheet({ language, network, permission, who, visitOn, today, received, url, more = [] }: SheetProps) {
  const t = permissionTexts(language);
  const qr = qrDrawing(url);
  const from = firstSigningDay(visitOn);
  const free = permission.fee === 0 && !permission.appointmentRequired;
  const rows: SummaryRow[] = [
    { key: t("who"), value: who, strong: true },
    { key: t("form"), value: permission.form },
    { key: t("cost"), value: free ? t("free") : t("paid", { amount: money(permission.fee, language) }) },
    { key: t("where"), value: permission.where[language] },
    {
      key: t("from"),
      strong: true,
      value: (
        <>
          {dateInWords(from, language)}
          <span className="hint">
            <br />
            {t(from <= today ? "fromPast" : "fromEarly")}
          </span>
        </>
      ),
    },
    { key: t("valid"), value: t("validDays", { days: permission.validDays }) },
    ...more,
  ];
  return (
    <>
      {received && (
        <Notice tone="success">
          <p>{t("received")}</p>
        </Notice>
      )}
      <SummaryList rows={rows} />
      <h2>{t("beforeTitle")}</h2>
      <Checklist
        items={[permission.names[language], permission.mustName[language], t("askFamily")].map((text) => ({ text }))}
      />
      <div className="sheet-code">
        <svg viewBox={`0 0 ${qr.side} ${qr.side}`} aria-hidden="true">
          <path d={qr.path} />
        </svg>
        <p>{t("code")}</p>
      </div>
      <p>{t.rich("help", phoneTexts(network.lines.appointments))}</p>
      <p className="hint no-print">{t("print")}</p>
    </>
  );
}
