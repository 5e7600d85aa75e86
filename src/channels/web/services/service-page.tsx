import type { ServiceSlug } from "#kernel/ids.ts";
import type { Office, Service } from "#modules/offices/index.ts";
import {
  Button,
  ButtonRow,
  Checklist,
  DataTable,
  Details,
  Notice,
  PageHeading,
  SummaryList,
  type SummaryRow,
} from "#ui/index.ts";
import { linkTo, phoneTexts } from "../links.tsx";
import { soonestDay } from "../offices/free-days.tsx";
import { PlaceForm } from "../offices/place-form.tsx";
import { pictureOf } from "../pictures.tsx";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { dayInWords } from "../texts/format.ts";
import { serviceTexts } from "../texts/services.ts";
import { LOCALES } from "../texts/texts.ts";
import { journeyUrls, publicUrls } from "../urls.ts";
import { Children } from "./children.tsx";
import { feeInShort, Fees } from "./fees.tsx";
import { serviceName } from "./service-name.ts";

/** Offices named as having room soonest. */
const SOONEST_SHOWN = 6;
/** From here on an upper age is no limit that anybody lives past. */
const NO_UPPER_AGE = 120;

export function servicePage(seen: Seen, { slug }: Readonly<Record<string, string>>): Page | undefined {
  const { language, network, today } = seen;
  const service = network.serviceBySlug.get(slug ?? "");
  if (service === undefined) return undefined;
  const t = serviceTexts(language);
  const name = service.name[language];
  const words = serviceName(service, language);
  return {
    language,
    title: t("title", { service: words }),
    address: publicUrls.service(service.slug),
    description: service.description[language],
    back: { href: publicUrls.services(language), text: t("backList") },
    structured: structuredService(seen, service),
    children: (
      <>
        <PageHeading caption={words === name ? undefined : name} lead={service.description[language]}>
          {words}
        </PageHeading>
        {service.bookable ? (
          <ButtonRow>
            <Button href={journeyUrls.start({ service: service.slug })(language)}>{t("book")}</Button>
          </ButtonRow>
        ) : (
          <Notice title={t("noBooking")}>
            <p>
              {t.rich("noBookingText", {
                ...phoneTexts(network.lines.appointments),
                offices: linkTo(publicUrls.offices(language)),
              })}
            </p>
            {service.group === "proteccion" && (
              <p>{t.rich("noBookingHelp", { emergency: linkTo(publicUrls.emergency(language)) })}</p>
            )}
          </Notice>
        )}
        {!service.verified && (
          <Notice tone="warning">
            <p>{t("unverified")}</p>
          </Notice>
        )}
        <h2>{t("glance")}</h2>
        <SummaryList rows={glance(seen, service)} />
        <h2>{t("bring")}</h2>
        <p>{t("bringLead")}</p>
        <Checklist
          items={service.requirements.map((one) => ({ text: one.text[language], picture: pictureOf(one.picture) }))}
        />
        <p className="hint no-print">{t("print")}</p>
        <Fees service={service} language={language} today={today} />
        <Children service={service} language={language} />
        {service.specialCases.length > 0 && (
          <>
            <h2>{t("special")}</h2>
            {service.specialCases.map((one) => (
              <Details key={one.id} summary={one.rule[language]}>
                <p>{t("accepted")}</p>
                <ul>
                  {one.accepted.map((paper) => (
                    <li key={paper.es}>{paper[language]}</li>
                  ))}
                </ul>
              </Details>
            ))}
          </>
        )}
        <Chains seen={seen} service={service} />
        {service.bookable && <Soonest seen={seen} service={service} />}
      </>
    ),
  };
}

interface PartProps {
  seen: Seen;
  service: Service;
}

function glance({ language, today }: Seen, service: Service): SummaryRow[] {
  const t = serviceTexts(language);
  const { min, max } = service.ages;
  const ages = max < NO_UPPER_AGE ? t("agesUnder", { min, max }) : t("agesFrom", { min });
  return [
    { key: t("cost"), value: feeInShort({ service, language, today }), strong: true },
    { key: t("who"), value: service.whoMayApply[language] },
    ...(min > 0 || max < NO_UPPER_AGE ? [{ key: t("ages"), value: ages }] : []),
    { key: t("time"), value: service.turnaround[language] },
    ...(service.bookable ? [{ key: t("minutes"), value: t("minutesText", { minutes: service.minutes }) }] : []),
  ];
}

/** Services whose papers build on each other, in their order. */
function Chains({ seen: { language, network }, service }: PartProps) {
  const t = serviceTexts(language);
  const chains = network.chains.filter((chain) => service.chains.includes(chain.id));
  if (chains.length === 0) return undefined;
  const or = new Intl.ListFormat(LOCALES[language], { type: "disjunction" });
  const names = (slugs: readonly ServiceSlug[]): string =>
    or.format(slugs.flatMap((slug) => network.serviceBySlug.get(slug)?.name[language] ?? []));
  return (
    <>
      <h2>{t("chain")}</h2>
      {chains.map((chain) => (
        <section key={chain.id} aria-labelledby={chain.id}>
          <h3 id={chain.id}>{chain.name[language]}</h3>
          <ol>
            {chain.steps.map((step, index) => (
              <li key={step.services.join()}>
                {step.services.includes(service.slug) ? <b>{service.name[language]}</b> : names(step.services)}
                {index > 0 && <> ({t(step.sameVisit ? "chainSame" : "chainOther")})</>}
              </li>
            ))}
          </ol>
          <p>{chain.condition[language]}</p>
        </section>
      ))}
    </>
  );
}

/** Where there is room first, over the whole network. */
function Soonest({ seen, service }: PartProps) {
  const { language, network, snapshot, today } = seen;
  const t = serviceTexts(language);
  const offices = network.offices
    .flatMap((office): { office: Office; day: string }[] => {
      const day = soonestDay(snapshot, office.id, service.group);
      return day ? [{ office, day }] : [];
    })
    .sort((a, b) => a.day.localeCompare(b.day))
    .slice(0, SOONEST_SHOWN);
  return (
    <>
      <h2>{t("soonest")}</h2>
      <p>{offices.length === 0 ? t("soonestNone") : t(service.jurisdictionBound ? "soonestBound" : "soonestLead")}</p>
      {offices.length > 0 && (
        <DataTable
          id="soonest"
          caption={<span className="vh">{t("soonest")}</span>}
          columns={[{ text: t("office") }, { text: t("day") }]}
          rows={offices.map(({ office }) => [
            <a key="office" href={publicUrls.office(office.id)(language)}>
              {office.shortName[language]}
            </a>,
            dayInWords(soonestDay(snapshot, office.id, service.group)!, language, today),
          ])}
        />
      )}
      <h3>{t("soonestNear")}</h3>
      <PlaceForm language={language} service={service.slug} />
    </>
  );
}

/** For search engines; a page of a demonstration tells them nothing that is not in the reference. */
function structuredService({ language, publicOrigin }: Seen, service: Service): object {
  return {
    "@context": "https://schema.org",
    "@type": "GovernmentService",
    name: service.name[language],
    alternateName: serviceName(service, language),
    description: service.description[language],
    url: publicOrigin + publicUrls.service(service.slug)(language),
  };
}
