import { Card, CardList, Hero, LinkList, Notice } from "#ui/index.ts";
import { bold, linkTo, phoneTexts } from "../links.tsx";
import { PlaceForm } from "../offices/place-form.tsx";
import { PrivacyInShort } from "../privacy/in-short.tsx";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { homeTexts } from "../texts/home.ts";
import { serviceWords } from "../texts/services.ts";
import { appointmentUrls, journeyUrls, publicUrls } from "../urls.ts";

/** What most people come for, in the order in which they ask for it. */
const MOST_WANTED = [
  "pasaporte-adulto",
  "matricula-consular",
  "registro-nacimiento",
  "pasaporte-menor-3-a-17",
  "credencial-votar",
  "copia-acta",
  "poder-notarial",
] as const;

export function homePage({ language, network, publicOrigin }: Seen): Page {
  const t = homeTexts(language);
  const words = serviceWords(language);
  const bigOffices = network.planning.sizes.big.flatMap((id) => network.officeById.get(id) ?? []);
  return {
    language,
    title: t("title"),
    address: publicUrls.home,
    description: t("description"),
    wide: true,
    children: (
      <>
        <Notice tone="danger" title={t("dangerTitle")} titleAs="p">
          <p>
            {t.rich("dangerText", { ...phoneTexts(network.lines.ciam), more: linkTo(publicUrls.emergency(language)) })}
          </p>
        </Notice>
        <Hero>
          <h1>{t("heading")}</h1>
          <p className="lead">{t("lead")}</p>
        </Hero>
        <CardList>
          <Card href={journeyUrls.start()(language)} title={t("bookTitle")} pictogram="calendar">
            <p>{t("bookText")}</p>
          </Card>
          <Card href={appointmentUrls.open(language)} title={t("mineTitle")} pictogram="check">
            <p>{t("mineText")}</p>
          </Card>
          <Card href="#consulado" title={t("findTitle")} pictogram="map-pin">
            <p>{t("findText")}</p>
          </Card>
        </CardList>
        <h2 id="consulado">{t("findTitle")}</h2>
        <PlaceForm language={language} />
        <h3>{t("bigOffices")}</h3>
        <LinkList
          links={[
            ...bigOffices.map((office) => ({
              href: publicUrls.office(office.id)(language),
              text: office.shortName[language],
            })),
            { href: publicUrls.offices(language), text: t("allOffices") },
          ]}
        />
        <h2>{t("servicesTitle")}</h2>
        <LinkList
          links={[
            ...MOST_WANTED.filter((slug) => network.serviceBySlug.has(slug)).map((slug) => ({
              href: publicUrls.service(slug)(language),
              text: words(slug),
            })),
            { href: publicUrls.services(language), text: t("allServices") },
          ]}
        />
        <h2>{t("privacyTitle")}</h2>
        <PrivacyInShort language={language} />
        <Notice tone="success" title={t("officialTitle")}>
          <p>{t("officialText")}</p>
          <p>{t.rich("officialAddress", { address: new URL(publicOrigin).host, b: bold })}</p>
          <p>{t.rich("officialCheck", { a: linkTo(publicUrls.official(language)) })}</p>
        </Notice>
        <h2>{t("phoneTitle")}</h2>
        <p>{t.rich("phoneText", phoneTexts(network.lines.appointments))}</p>
      </>
    ),
  };
}
