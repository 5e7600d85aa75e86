import { getExceptions } from "#modules/visits/index.ts";
import { DataTable, PageHeading } from "#ui/index.ts";
import { exceptionTexts } from "../texts/exceptions.ts";
import { fileUrls, publicUrls } from "../urls.ts";
import { show, type Arrival, type Route } from "../visit/visit.tsx";

const COLUMNS = ["dates", "attested", "door", "doorAlone", "urgent", "urgentAlone"] as const;

/** What staff did beside the rule, month by month, and how much of it one person alone. */
export const exceptionsPage: Route<Arrival> = {
  path: "/integridad/excepciones",
  async get(arrival) {
    const { language, web } = arrival;
    const t = exceptionTexts(language);
    const { network } = await getExceptions(web.services);
    return show(arrival, {
      title: t("title"),
      address: publicUrls.exceptions,
      wide: true,
      children: (
        <>
          <PageHeading lead={t("lead")}>{t("heading")}</PageHeading>
          <ul>
            <li>{t("ruleDates")}</li>
            <li>{t("ruleDoor")}</li>
            <li>{t("ruleUrgent")}</li>
          </ul>
          {network.length === 0 ? (
            <p>{t("none")}</p>
          ) : (
            <>
              <DataTable
                id="months"
                caption={t("caption")}
                columns={[{ text: t("month") }, ...COLUMNS.map((one) => ({ text: t(one), numeric: true }))]}
                rows={network.map((one) => [one.month, ...COLUMNS.map((name) => String(one[name] ?? "–"))])}
              />
              <p className="hint">{t("hidden")}</p>
            </>
          )}
          <p>
            <a href={fileUrls.exceptions}>{t("file")}</a>
          </p>
        </>
      ),
    });
  },
};
