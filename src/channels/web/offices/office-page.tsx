import { SERVICE_GROUPS, type ServiceGroup } from "#kernel/ids.ts";
import { waitAt } from "#modules/allocation/index.ts";
import { isWeekly } from "#modules/schedules/index.ts";
import { publicJurisdictions, type Office, type Service } from "#modules/offices/index.ts";
import { Button, ButtonRow, CardList, Details, LinkList, Notice, PageHeading } from "#ui/index.ts";
import { phoneTexts } from "../links.tsx";
import type { Seen } from "../public-page.ts";
import { waitInWords } from "../request/waits.ts";
import { RoomNotice } from "../room/notice.tsx";
import { serviceName } from "../services/service-name.ts";
import type { Page } from "../shell.tsx";
import { SpecialDayCard } from "../special-days/card.tsx";
import { daysAhead } from "../special-days/days.ts";
import { WhatPeopleSay } from "../survey/what-people-say.tsx";
import { areaName } from "../texts/areas.ts";
import { doorTexts } from "../texts/door-today.ts";
import { dayInWords } from "../texts/format.ts";
import { groupTexts, officeTexts } from "../texts/offices.ts";
import { requestTexts } from "../texts/request.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import { publicationTexts } from "../texts/publications.ts";
import { LOCALES } from "../texts/texts.ts";
import { journeyUrls, publicUrls } from "../urls.ts";
import { FreeDays, soonestDay } from "./free-days.tsx";
import { USUAL_GROUP } from "./office-cards.tsx";
import { OpeningHours, PayAndTravel, Whereabouts } from "./office-facts.tsx";
import { OfficeReleases } from "./releases.tsx";

export function officePage(seen: Seen, { id }: Readonly<Record<string, string>>): Page | undefined {
  const { language, network } = seen;
  const office = network.officeById.get(id ?? "");
  if (office === undefined) return undefined;
  const t = officeTexts(language);
  const city = office.shortName[language];
  return {
    language,
    title: t("title", { city }),
    address: publicUrls.office(office.id),
    description: t("description", { city }),
    back: { href: publicUrls.offices(language), text: t("backList") },
    structured: structuredOffice(seen, office),
    children: (
      <>
        <PageHeading caption={`${city}, ${areaName(office.state, language)}`}>{office.name[language]}</PageHeading>
        <ButtonRow>
          <Button href={journeyUrls.start({ office: office.id })(language)}>{t("book", { city })}</Button>
        </ButtonRow>
        <RoomNotices seen={seen} office={office} />
        <SharedHere seen={seen} office={office} />
        <h2>{t("where")}</h2>
        <Whereabouts seen={seen} office={office} />
        <h2>{t("days")}</h2>
        <DaysByGroup seen={seen} office={office} />
        <SpecialDaysHere seen={seen} office={office} />
        <h2>{publicationTexts(language)("calendarTitle")}</h2>
        <OfficeReleases seen={seen} office={office} />
        <h2>{t("hours")}</h2>
        <OpeningHours seen={seen} office={office} />
        <p>
          <a href={publicUrls.officeToday(office.id)(language)}>{doorTexts(language)("link")}</a>
        </p>
        <h2>{t("travel")}</h2>
        <PayAndTravel seen={seen} office={office} />
        <ServicesHere seen={seen} office={office} />
        <h2>{t("area")}</h2>
        <Area seen={seen} office={office} />
        <WhatPeopleSay seen={seen} officeId={office.id} />
        <p>
          {t("report")} <a href={publicUrls.officeReport(office.id)(language)}>{t("reportLink")}</a>
        </p>
      </>
    ),
  };
}

interface PartProps {
  seen: Seen;
  office: Office;
}

/** What it opens beside its weeks, with the address of each: not all of it is in this building. */
function SpecialDaysHere({ seen, office }: PartProps) {
  const { language, today } = seen;
  const days = daysAhead(seen, office.id);
  if (days.length === 0) return null;
  return (
    <>
      <h2>{specialDayTexts(language)("hereTitle")}</h2>
      <CardList>
        {days.map((view) => (
          <SpecialDayCard key={view.day.id} view={view} language={language} today={today} />
        ))}
      </CardList>
    </>
  );
}

/** A line for what was given back here is told before anything else. */
function RoomNotices({ seen: { rooms, language, snapshot }, office }: PartProps) {
  return rooms
    .filter((room) => room.officeId === office.id && room.state !== "over")
    .map((room) => <RoomNotice key={room.id} language={language} office={office} room={room} now={snapshot.builtAt} />);
}

/**
 * Which services have no calendar here, because their places are shared out, and how many weeks people wait at most;
 * the button above leads there too.
 */
function SharedHere({ seen: { drawn, language, waits }, office }: PartProps) {
  const here = drawn.get(office.id);
  const groups = SERVICE_GROUPS.filter((group) => isWeekly(here?.get(group)));
  if (groups.length === 0) return null;
  const t = requestTexts(language);
  const names = groups.map((group) => groupTexts(language)(group));
  return (
    <Notice title={t("sharedTitle")}>
      <p>
        {t("sharedOffice", { groups: new Intl.ListFormat(LOCALES[language]).format(names) })} {t("sharedSame")}
      </p>
      {groups.map((group, i) => (
        <p key={group}>
          {groups.length > 1 && <b>{names[i]}. </b>}
          {waitInWords(waitAt(waits, office.id, [group]), office, language)}
        </p>
      ))}
    </Notice>
  );
}

/** The days of what most people come for, and behind a line each those of the other groups. */
function DaysByGroup({ seen, office }: PartProps) {
  const { language, snapshot, today, network } = seen;
  const t = officeTexts(language);
  const groups = groupsOf(seen, office);
  if (groups.length === 0) return <p>{t.rich("noSessions", phoneTexts(network.lines.appointments))}</p>;
  return (
    <>
      <p>{t("daysLead")}</p>
      {groups.map((group) => {
        const soonest = soonestDay(snapshot, office.id, group);
        const name = groupTexts(language)(group);
        // Without a loose place there is no day to show: the notice above tells how they are given out.
        if (soonest === undefined && isWeekly(seen.drawn.get(office.id)?.get(group))) return null;
        if (group !== USUAL_GROUP) {
          const summary = soonest
            ? t("groupFrom", { group: name, day: dayInWords(soonest, language, today) })
            : t("groupNone", { group: name });
          return (
            <Details key={group} summary={summary}>
              <FreeDays seen={seen} office={office} group={group} />
            </Details>
          );
        }
        return (
          <section key={group} aria-labelledby="usual">
            <h3 id="usual">{name}</h3>
            {soonest && <p>{t("firstDay", { day: dayInWords(soonest, language, today) })}</p>}
            <FreeDays seen={seen} office={office} group={group} />
          </section>
        );
      })}
    </>
  );
}

function ServicesHere({ seen, office }: PartProps) {
  const { language, network } = seen;
  const t = officeTexts(language);
  const groups = groupsOf(seen, office);
  const here = network.services.filter((service) => service.bookable && groups.includes(service.group));
  const others = network.services.filter((service) => !service.bookable);
  const links = (services: readonly Service[]) => (
    <LinkList
      links={services.map((service) => ({
        href: publicUrls.service(service.slug)(language),
        text: serviceName(service, language),
      }))}
    />
  );
  return (
    <>
      {here.length > 0 && (
        <>
          <h2>{t("services")}</h2>
          {links(here)}
        </>
      )}
      <h2>{t("servicesOther")}</h2>
      {links(others)}
    </>
  );
}

/** Jurisdiction suggests and never sends anybody away. */
function Area({ seen: { language, today }, office }: PartProps) {
  const t = officeTexts(language);
  const areas = publicJurisdictions(office, today).map((one) => {
    const area = areaName(one.area, language);
    return one.extent === "whole" ? area : t("areaPart", { area });
  });
  return (
    <p>
      {areas.length > 0 && <>{t("areaSuggests", { areas: new Intl.ListFormat(LOCALES[language]).format(areas) })} </>}
      {t("areaAnywhere")}
    </p>
  );
}

/** The groups for which the office publishes days, in the order of the network. */
function groupsOf({ snapshot }: Seen, office: Office): ServiceGroup[] {
  const sessions = snapshot.offices.get(office.id);
  return SERVICE_GROUPS.filter((group) => sessions?.has(group));
}

/** For search engines, and only what may be told as fact: nothing invented leaves a demonstration. */
function structuredOffice({ language, publicOrigin }: Seen, office: Office): object {
  const { address, phone } = office.publicFacts;
  return {
    "@context": "https://schema.org",
    "@type": "GovernmentOffice",
    name: office.name[language],
    url: publicOrigin + publicUrls.office(office.id)(language),
    ...(phone && phone.level !== "invented" ? { telephone: phone.value } : {}),
    address: {
      "@type": "PostalAddress",
      addressCountry: office.country,
      addressRegion: office.state,
      addressLocality: office.city,
      ...(address && address.level !== "invented"
        ? { streetAddress: address.value.street, postalCode: address.value.postalCode }
        : {}),
    },
  };
}
