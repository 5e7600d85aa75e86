import { getEmergencyFigures, type Figures } from "#modules/emergencies/index.ts";
import { DataTable, PageHeading } from "#ui/index.ts";
import { emergencyAskTexts } from "../texts/emergency-ask.ts";
import { emergencyUrls, fileUrls, publicUrls } from "../urls.ts";
import { show, type Arrival, type Route } from "../visit/visit.tsx";
import { dayWords } from "../visit/words.ts";

const COLUMNS = ["asked", "granted", "refused", "late", "alone", "minutes"] as const;
/** Periods that the page shows; the file has all of a year. */
const SHOWN = 12;

/** How many ask, what they are told and how soon: what is promised, beside what is kept. */
export const figuresPage: Route<Arrival> = {
  path: "/emergencia/cifras",
  async get(arrival) {
    const { language, network, web } = arrival;
    const { periods, quarter, offices } = await getEmergencyFigures(web.services);
    const t = emergencyAskTexts(language);
    const columns = (first: "col_period" | "col_office") => [
      { text: t(first) },
      ...COLUMNS.map((one) => ({ text: t(`col_${one}`), numeric: true })),
    ];
    const nameOf = (id: string): string => network.officeById.get(id)?.shortName[language] ?? id;
    const shown = offices.filter((one) => one.asked !== null);
    return show(arrival, {
      title: t("figuresTitle"),
      address: emergencyUrls.figures,
      back: publicUrls.emergency,
      wide: true,
      children: (
        <>
          <PageHeading lead={t("figuresLead")}>{t("figuresHeading")}</PageHeading>
          {periods.length === 0 ? (
            <p>{t("figuresNone")}</p>
          ) : (
            <DataTable
              id="periods"
              caption={t("figuresCaption")}
              columns={columns("col_period")}
              rows={periods
                .slice(0, SHOWN)
                .map((one) => [`${dayWords(one.from, language)} – ${dayWords(one.to, language)}`, ...cellsOf(one)])}
            />
          )}
          {quarter && shown.length > 0 && (
            <DataTable
              id="offices"
              caption={t("figuresOffices", {
                from: dayWords(quarter.from, language),
                to: dayWords(quarter.to, language),
              })}
              columns={columns("col_office")}
              rows={shown.map((one) => [nameOf(one.officeId), ...cellsOf(one)])}
            />
          )}
          {periods.length > 0 && <p className="hint">{t("figuresHidden")}</p>}
          <p>
            <a href={fileUrls.emergencyFigures}>{t("figuresFile")}</a>
          </p>
        </>
      ),
    });
  },
};

function cellsOf({ asked, granted, refused, late, alone, medianMinutes }: Figures): string[] {
  return [asked, granted, refused, late, alone, medianMinutes].map((count) => (count === null ? "–" : String(count)));
}
