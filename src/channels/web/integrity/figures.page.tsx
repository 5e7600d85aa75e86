import {
  APPEAL_ANSWER_DAYS,
  APPEAL_DAYS,
  CONTROL_SHARE,
  getMonths,
  LEAST,
  MOST_CHALLENGED,
} from "#modules/integrity/index.ts";
import { DataTable, PageHeading } from "#ui/index.ts";
import { integrityTexts } from "../texts/integrity.ts";
import { publicUrls } from "../urls.ts";
import { show, type Arrival, type Route } from "../visit/visit.tsx";

const COLUMNS = ["challenged", "validated", "cancelled", "appealed", "won"] as const;

/** What is asked, cancelled and won back, month by month, beside the rules that bind it. */
export const integrityFiguresPage: Route<Arrival> = {
  path: "/integridad/cifras",
  async get(arrival) {
    const { language, web } = arrival;
    const t = integrityTexts(language);
    const months = await getMonths(web.services);
    return show(arrival, {
      title: t("figuresTitle"),
      address: publicUrls.integrityFigures,
      wide: true,
      children: (
        <>
          <PageHeading lead={t("figuresLead")}>{t("figuresHeading")}</PageHeading>
          <ul>
            <li>{t("ruleShare", { share: MOST_CHALLENGED * 100 })}</li>
            <li>{t("ruleControl", { share: CONTROL_SHARE * 100 })}</li>
            <li>{t("ruleTries", { attempts: LEAST.attempts, channels: LEAST.channels, hours: LEAST.hours })}</li>
            <li>{t("ruleAppeal", { days: APPEAL_DAYS, answer: APPEAL_ANSWER_DAYS })}</li>
          </ul>
          {months.length === 0 ? (
            <p>{t("figuresNone")}</p>
          ) : (
            <>
              <DataTable
                id="months"
                caption={t("figuresCaption")}
                columns={[
                  { text: t("col_month") },
                  ...COLUMNS.map((one) => ({ text: t(`col_${one}`), numeric: true })),
                ]}
                rows={months.map((one) => [one.month, ...COLUMNS.map((name) => String(one[name] ?? "–"))])}
              />
              <p className="hint">{t("figuresHidden")}</p>
            </>
          )}
        </>
      ),
    });
  },
};
