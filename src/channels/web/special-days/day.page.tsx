import { SERVICE_GROUPS } from "#kernel/ids.ts";
import { distanceKm } from "#modules/offices/index.ts";
import type { Level, PublicDay } from "#modules/schedules/index.ts";
import { hoursOf, specialDayWords, standOf, type SpecialDayView } from "#channels/documents/special-day.ts";
import { Button, ButtonRow, CardList, LinkList, Notice, PageHeading, SummaryList, type SummaryRow } from "#ui/index.ts";
import { momentInWords } from "../draws/hours.tsx";
import { linkTo, phoneTexts } from "../links.tsx";
import { addressLines } from "../my-appointment/confirmation-view.ts";
import type { Seen } from "../public-page.ts";
import { serviceName } from "../services/service-name.ts";
import type { Page } from "../shell.tsx";
import { dayInWords } from "../texts/format.ts";
import type { Language } from "../texts/texts.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import { journeyUrls, publicUrls } from "../urls.ts";
import { dayWords, hourAt } from "../visit/words.ts";
import { headlineOf, SpecialDayCard } from "./card.tsx";
import { bestLevel, dayView, daysAhead, venueMap } from "./days.ts";
import { structuredDay } from "./structured.ts";
import { VenueMap } from "./venue-map.tsx";

/** Other days that are offered on the page of one that does not take place. */
const OTHERS = 3;

interface PartProps {
  seen: Seen;
  view: SpecialDayView;
}

/** One special day: when, where, for what, and how its places are given out. Never how many come. */
export function specialDayPage(seen: Seen, { id }: Readonly<Record<string, string>>): Page | undefined {
  const { language, network, releases, today } = seen;
  const day = releases.planned.find((one) => one.id === id);
  const view = day && dayView(seen, day);
  if (!view) return undefined;
  const t = specialDayTexts(language);
  const stand = standOf(view);
  const headline = headlineOf(view, language);
  const office = network.officeById.get(view.day.officeId)!;
  const words = specialDayWords(view);
  return {
    language,
    title:
      stand === "published" ? t("title", { headline, day: dayInWords(view.day.localDate, language, today) }) : headline,
    address: publicUrls.specialDay(view.day.id),
    description: t("description", { headline, when: words.when }),
    back: { href: publicUrls.specialDays(language), text: t("backList") },
    structured: structuredDay(view, office, headline),
    children: (
      <>
        <PageHeading caption={office.name[language]}>{headline}</PageHeading>
        {stand === "published" ? (
          <>
            {words.correction && (
              <Notice tone="danger" title={t("correction")}>
                <p>{t("correctionText")}</p>
                <ul>
                  {words.correction.lines.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </Notice>
            )}
            <Facts seen={seen} view={view} />
            <HowToGet seen={seen} view={view} />
            <VenueMap day={view.day} office={office} language={language} />
            <Photo day={view.day} language={language} />
            <ServicesThere seen={seen} view={view} />
            <p>
              {t.rich("office", { office: office.name[language], a: linkTo(publicUrls.office(office.id)(language)) })}
            </p>
            <LinkList
              links={[
                { href: publicUrls.specialDayCalendar(view.day.id)(language), text: t("calendarFile") },
                { href: publicUrls.specialDayShare(view.day.id)(language), text: t("share") },
              ]}
            />
          </>
        ) : (
          <>
            <Notice tone="warning" title={t(`${stand}Title`)}>
              {stand === "suspended" && <p>{t("suspendedText")}</p>}
              {stand === "closed" && (
                <p>
                  {t("closedText", {
                    day: dayInWords(view.day.localDate, language, today),
                    place: view.day.venue ? `${view.day.venue.name}, ${view.day.venue.city}` : office.name[language],
                  })}
                </p>
              )}
            </Notice>
            {stand !== "suspended" && <Elsewhere seen={seen} view={view} />}
          </>
        )}
      </>
    ),
  };
}

function Facts({ seen: { language, network, today }, view }: PartProps) {
  const t = specialDayTexts(language);
  const { day, zone, city } = view;
  const { venue } = day;
  const office = network.officeById.get(day.officeId)!;
  const hours = hoursOf(day);
  const address = venue ? [venue.name, venue.street, `${venue.city}, ${venue.region}`] : addressLines(office);
  const rows: SummaryRow[] = [
    { key: t("day"), value: dayWords(day.localDate, language, today), strong: true },
    ...(hours
      ? [
          {
            key: t("hours"),
            value: t("hoursText", {
              from: hourAt(hours.from, { zone }, language),
              to: hourAt(hours.to, { zone }, language),
              city,
            }),
            strong: true,
          },
        ]
      : []),
    {
      key: t("where"),
      value: (
        <>
          {!venue && (
            <>
              {office.name[language]}
              <br />
            </>
          )}
          <span translate="no">
            {address.map((line, i) => (
              <span key={line}>
                {i > 0 && <br />}
                {line}
              </span>
            ))}
          </span>
          {venue && (
            <>
              <br />
              <b>{t("notOffice")}</b>
              <br />
              <a href={venueMap(venue)} rel="noreferrer">
                {t("map")}
              </a>{" "}
              <small>{t("mapNote")}</small>
            </>
          )}
        </>
      ),
    },
    ...(venue && venue.wayIn !== "" ? [{ key: t("wayIn"), value: venue.wayIn }] : []),
    { key: t("cost"), value: t("costText") },
  ];
  return <SummaryList rows={rows} />;
}

/** What it looks like from the street, and what is done there. */
function Photo({ day, language }: { day: PublicDay; language: Language }) {
  const t = specialDayTexts(language);
  if (!day.venue?.hasPhoto) return null;
  return (
    <p>
      <img
        className="photo"
        src={publicUrls.specialDayPhoto(day.id)}
        alt={t("photoAlt", { name: day.venue.name })}
        loading="lazy"
      />
    </p>
  );
}

function ServicesThere({ seen: { language, network }, view }: PartProps) {
  const t = specialDayTexts(language);
  const groups = SERVICE_GROUPS.filter((group) => view.day.sessions.some((one) => one.serviceGroup === group));
  const services = network.services.filter((service) => service.bookable && groups.includes(service.group));
  return (
    <>
      <h2>{t("services")}</h2>
      <LinkList
        links={services.map((service) => ({
          href: publicUrls.service(service.slug)(language),
          text: serviceName(service, language),
        }))}
      />
    </>
  );
}

/** How places are given out, until when, and the button that leads there. */
function HowToGet({ seen: { language, snapshot, network, drawn }, view }: PartProps) {
  const t = specialDayTexts(language);
  const { day, askUntil } = view;
  const level: Level = bestLevel(snapshot, day);
  const asks = drawn.get(day.officeId) !== undefined;
  return (
    <>
      <h2>{t("given")}</h2>
      <p>{t(`given_${day.givenOut}`)}</p>
      {askUntil && <p>{t("until", { moment: momentInWords(askUntil, language, snapshot.builtAt, view.zone) })}</p>}
      {day.givenOut === "open" || (day.venue !== null && level !== "none") ? (
        <>
          <p>{t(`level_${level}`)}</p>
          {level !== "none" && (
            <ButtonRow>
              <Button href={journeyUrls.start(day.venue ? { specialDay: day.id } : { office: day.officeId })(language)}>
                {t("book")}
              </Button>
            </ButtonRow>
          )}
        </>
      ) : asks ? (
        <>
          {day.givenOut === "short_draw" && <p>{t("askHow")}</p>}
          <ButtonRow>
            <Button href={journeyUrls.start({ office: day.officeId })(language)}>{t("ask")}</Button>
          </ButtonRow>
        </>
      ) : null}
      <p>{t.rich("call", phoneTexts(network.lines.appointments))}</p>
    </>
  );
}

/** Where else, for whoever stands in front of an old poster: the nearest first. */
function Elsewhere({ seen, view }: PartProps) {
  const { language, network, today } = seen;
  const t = specialDayTexts(language);
  const at = (one: SpecialDayView) => one.day.venue ?? network.officeById.get(one.day.officeId)!;
  const others = daysAhead(seen)
    .filter((one) => one.day.id !== view.day.id && one.day.state === "published")
    .sort((a, b) => distanceKm(at(view), at(a)) - distanceKm(at(view), at(b)))
    .slice(0, OTHERS);
  return (
    <>
      <h2>{t("elsewhere")}</h2>
      {others.length === 0 ? (
        <p>{t("elsewhereNone")}</p>
      ) : (
        <CardList>
          {others.map((one) => (
            <SpecialDayCard key={one.day.id} view={one} language={language} today={today} />
          ))}
        </CardList>
      )}
      <LinkList
        links={[
          { href: publicUrls.search()(language), text: t("listNear") },
          { href: publicUrls.specialDays(language), text: t("listAll") },
        ]}
      />
    </>
  );
}
