import { CHANGE_UNTIL_HOURS } from "#modules/booking/index.ts";
import { PageHeading, SummaryList, type SummaryRow } from "#ui/index.ts";
import { linkTo, phoneTexts } from "../links.tsx";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { officeTexts } from "../texts/offices.ts";
import { appointmentUrls, publicUrls } from "../urls.ts";

/** How to tell that a fact of an office is wrong, or of one's own appointment: whoever looks for one may mean the other. */
export function officeReportPage(
  { language, network }: Seen,
  { id }: Readonly<Record<string, string>>,
): Page | undefined {
  const office = network.officeById.get(id ?? "");
  if (office === undefined) return undefined;
  const t = officeTexts(language);
  const city = office.shortName[language];
  const email = office.publicFacts.email?.value;
  return {
    language,
    title: t("reportTitle", { city }),
    address: publicUrls.officeReport(office.id),
    back: { href: publicUrls.office(office.id)(language), text: t("back", { city }) },
    children: (
      <>
        <PageHeading caption={office.name[language]} lead={t("reportLead")}>
          {t("reportHeading")}
        </PageHeading>
        <h2>{t("reportOffice")}</h2>
        <p>{t("reportHow")}</p>
        <ul>
          <li>{t.rich("reportPhone", phoneTexts(network.lines.appointments))}</li>
          {email && (
            <li>
              {t.rich("reportMail", {
                email,
                mail: linkTo(`mailto:${email}?subject=${encodeURIComponent(t("reportMailSubject", { city }))}`),
              })}
            </li>
          )}
          <li>{t("reportCounter")}</li>
        </ul>
        <p>{t("reportWhat")}</p>
        <h2>{t("reportOwn")}</h2>
        <SummaryList rows={ownFacts({ language, network })} />
      </>
    ),
  };
}

/** A name is bound to its appointment once that is made: it is corrected at the counter, paper in hand (people.md 15). */
function ownFacts({ language, network }: Pick<Seen, "language" | "network">): SummaryRow[] {
  const t = officeTexts(language);
  return [
    { key: t("reportName"), value: t("reportNameText") },
    {
      key: t("reportTime"),
      value: t.rich("reportTimeText", { hours: CHANGE_UNTIL_HOURS, a: linkTo(appointmentUrls.open(language)) }),
    },
    { key: t("reportBirth"), value: t.rich("reportBirthText", phoneTexts(network.lines.appointments)) },
    { key: t("reportContact"), value: t("reportContactText") },
  ];
}
