import type { Country, Office } from "#modules/offices/index.ts";
import { LinkList, PageHeading, SummaryList } from "#ui/index.ts";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { areaName } from "../texts/areas.ts";
import { dayInWords } from "../texts/format.ts";
import { officeTexts } from "../texts/offices.ts";
import { LOCALES } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { soonestDay } from "./free-days.tsx";
import { USUAL_GROUP } from "./office-cards.tsx";
import { PlaceForm } from "./place-form.tsx";

const COUNTRIES = ["US", "CA"] as const;

/** Every office by state or province. */
export function officeListPage(seen: Seen): Page {
  const { language, network } = seen;
  const t = officeTexts(language);
  return {
    language,
    title: t("listTitle"),
    address: publicUrls.offices,
    description: t("listDescription", { count: network.offices.length }),
    wide: true,
    children: (
      <>
        <PageHeading lead={t("listLead")}>{t("listHeading")}</PageHeading>
        <PlaceForm language={language} />
        <LinkList links={COUNTRIES.map((country) => ({ href: `#${country}`, text: t(country) }))} />
        <p>{t("listDays")}</p>
        {COUNTRIES.map((country) => (
          <section key={country} aria-labelledby={country}>
            <h2 id={country}>{t(country)}</h2>
            <SummaryList
              rows={statesOf(country, seen).map(({ name, offices }) => ({
                key: name,
                value: <Offices seen={seen} offices={offices} />,
              }))}
            />
          </section>
        ))}
      </>
    ),
  };
}

/** Each with the first day of what most people come for. */
function Offices({ seen: { language, snapshot, today }, offices }: { seen: Seen; offices: readonly Office[] }) {
  const t = officeTexts(language);
  return (
    <ul className="rows">
      {offices.map((office) => {
        const day = soonestDay(snapshot, office.id, USUAL_GROUP);
        return (
          <li key={office.id}>
            <a href={publicUrls.office(office.id)(language)}>{office.shortName[language]}</a>{" "}
            <small>{day ? t("soonestRow", { day: dayInWords(day, language, today) }) : t("noneRow")}</small>
          </li>
        );
      })}
    </ul>
  );
}

function statesOf(country: Country, { network, language }: Seen): { name: string; offices: Office[] }[] {
  const byName = (a: string, b: string): number => a.localeCompare(b, LOCALES[language]);
  const ofCountry = network.offices.filter((office) => office.country === country);
  return [...new Set(ofCountry.map((office) => office.state))]
    .map((state) => ({
      name: areaName(state, language),
      offices: ofCountry
        .filter((office) => office.state === state)
        .sort((a, b) => byName(a.shortName[language], b.shortName[language])),
    }))
    .sort((a, b) => byName(a.name, b.name));
}
