import { PageHeading } from "#ui/index.ts";
import { linkTo, phoneTexts } from "../links.tsx";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { officeTexts } from "../texts/offices.ts";
import { publicUrls } from "../urls.ts";

/** How to tell that a fact of an office is wrong. */
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
      </>
    ),
  };
}
