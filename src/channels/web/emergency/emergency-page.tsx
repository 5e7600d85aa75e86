import { Button, ButtonRow, Notice, PageHeading, SummaryList } from "#ui/index.ts";
import { Call, phoneTexts } from "../links.tsx";
import { PlaceForm } from "../offices/place-form.tsx";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { absentTexts } from "../texts/absent.ts";
import { emergencyTexts } from "../texts/emergency.ts";
import { emergencyAskTexts } from "../texts/emergency-ask.ts";
import { appointmentUrls, emergencyUrls, publicUrls } from "../urls.ts";
import { EMERGENCY_NUMBER, SafeExit } from "./lines.tsx";

/** Whom to call, and the way to ask for an urgent appointment. It asks nothing and keeps nothing. */
export function emergencyPage({ language, network }: Seen): Page {
  const t = emergencyTexts(language);
  const dutyLines = network.offices.flatMap((office) => {
    const fact = office.publicFacts.duty_line;
    return fact && fact.level !== "invented" ? [{ office, phone: fact.value }] : [];
  });
  return {
    language,
    title: t("title"),
    address: publicUrls.emergency,
    description: t("description"),
    exit: <SafeExit language={language} />,
    children: (
      <>
        <PageHeading>{t("heading")}</PageHeading>
        <Notice tone="danger" title={t("callTitle")}>
          <p>
            <b>{t("danger")}.</b> {t.rich("dangerLine", phoneTexts(EMERGENCY_NUMBER))}
          </p>
          <p>
            <b>{t("ciam")}.</b> {t.rich("ciamLine", phoneTexts(network.lines.ciam))}{" "}
            {t.rich("ciamMexico", phoneTexts(network.lines.ciamFromMexico))}
          </p>
          <p>{t("free")}</p>
        </Notice>
        <h2>{t("urgentTitle")}</h2>
        <p>{t("urgentText")}</p>
        <ButtonRow>
          <Button href={emergencyUrls.ask()(language)}>{t("urgentButton")}</Button>
        </ButtonRow>
        <h2>{t("detainedTitle")}</h2>
        <ul>
          <li>{t("detained1")}</li>
          <li>{t("detained2")}</li>
          <li>{t("detained3")}</li>
          <li>{t("detained4")}</li>
        </ul>
        <p>
          <a href={appointmentUrls.absent(language)}>{absentTexts(language)("link")}</a>
        </p>
        <h3>{t("readyTitle")}</h3>
        <ul>
          <li>{t("ready1")}</li>
          <li>{t("ready2")}</li>
          <li>{t("ready3")}</li>
          <li>{t("ready4")}</li>
        </ul>
        <p>{t("readyNote")}</p>
        <h2>{t("homeTitle")}</h2>
        <p>{t("home1")}</p>
        <p>{t("home2")}</p>
        <p>{t("home3")}</p>
        <h2>{t("deathTitle")}</h2>
        <p>{t("death1")}</p>
        <p>
          {t("death2")} <a href={publicUrls.service("pasaporte-emergencia")(language)}>{t("emergencyPassport")}</a>.
        </p>
        <h2>{t("officeTitle")}</h2>
        <p>{t("officeText")}</p>
        <PlaceForm language={language} />
        {dutyLines.length > 0 && (
          <>
            <h3>{t("guardLines")}</h3>
            <p>{t("guardNote")}</p>
            <SummaryList
              rows={dutyLines.map(({ office, phone }) => ({
                key: office.shortName[language],
                value: <Call phone={phone} />,
              }))}
            />
          </>
        )}
        <p>
          <a href={emergencyUrls.figures(language)}>{emergencyAskTexts(language)("figuresLink")}</a>
        </p>
      </>
    ),
  };
}
