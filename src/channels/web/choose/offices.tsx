import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import type { SpecialDayView } from "#channels/documents/special-day.ts";
import type { ApplicantRequest } from "#modules/booking/index.ts";
import { distanceKm, findPlaces, nearestOffices, type GeoPoint, type Office } from "#modules/offices/index.ts";
import { roomFor, type LiveRoom } from "#modules/room/index.ts";
import { drawnShare, isAskable, listDays, type DayOffer } from "#modules/schedules/index.ts";
import { Button, ButtonRow, Form, Notice, Radios, Tag, TextField } from "#ui/index.ts";
import { RoomLink } from "../room/notice.tsx";
import { areaName } from "../texts/areas.ts";
import { chooseTexts } from "../texts/choose.ts";
import { dayInWords, distanceInWords } from "../texts/format.ts";
import { requestTexts } from "../texts/request.ts";
import type { Language } from "../texts/texts.ts";
import { withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { groupsOf } from "../visit/party.ts";
import { errorsOf, type Arrival, type Errors } from "../visit/visit.tsx";
import { daysToTry, firstDayKey } from "./first-days.ts";
import { NoPlaces, type WaysOut } from "./no-places.tsx";
import { SpecialDayOffer, specialDaysFor } from "./special-days.tsx";

/** Offices shown for a place: enough to compare, few enough to read. */
const NEAREST = 6;
/** The box to which an error leads; where there is no search, the list's heading. */
const SEARCH_FIELD = "lugar";
/** Of places of one name, so many are asked about. */
const MOST_NAMESAKES = 6;

interface OfficeSearch {
  readonly lugar: string;
  readonly orden: string;
  readonly todos: string;
  /** Which of several places of that name, counted from 1. */
  readonly cual: string;
}

interface OfferedOffice {
  readonly office: Office;
  readonly km: number | undefined;
  /** The one that serves the place, as far as its state tells. */
  readonly suggested: boolean;
  /** Missing when nothing is left; `served` is false when there are no sessions for all that is wanted. */
  readonly soonest: DayOffer | undefined;
  readonly served: boolean;
  /** Where a line for places that were given back can be entered. */
  readonly room: LiveRoom | undefined;
  /** It shares out all that is wanted among those who ask. */
  readonly shared: boolean;
}

interface Found {
  readonly offices: readonly OfferedOffice[];
  readonly point: GeoPoint | undefined;
  readonly namesakes: readonly GeoPoint[];
}

/** The offices for what was asked, or for the office that was being read. */
function findOffices(
  { arrival, rooms = [], requests, first, mayAsk, among }: ChooserProps,
  search: OfficeSearch,
): Found {
  const { network, today, web, drawn } = arrival;
  const availability = web.snapshot.current();
  const groups = groupsOf(requests, network);
  const points = search.lugar === "" ? [] : findPlaces(search.lugar).slice(0, MOST_NAMESAKES);
  const point = points[Number(search.cual || "1") - 1] ?? points[0];
  const namesakes = points.length > 1 && search.cual === "" ? points : [];
  const near = point ? nearestOffices(network, point, NEAREST, today) : undefined;
  const own = among?.[0];
  const listed =
    among?.map((office) => ({ office, km: distanceKm(own!, office), serves: undefined })) ??
    near ??
    (search.todos !== "" ? network.offices : network.offices.filter((office) => office.id === first)).map((office) => ({
      office,
      km: undefined,
      serves: undefined,
    }));
  // Where a state is shared out by counties, the nearest of its offices is the likely one.
  const suggested = (listed.find((one) => one.serves === "whole") ?? listed.find((one) => one.serves === "part"))
    ?.office;
  const offered = listed.map(({ office, km }): OfferedOffice => {
    const days = listDays(availability, office.id, groups);
    const soonest = daysToTry(days, requests.length)[0];
    const asks = drawnShare(drawn, office.id, groups) !== "none" || (!soonest && isAskable(drawn, office.id, groups));
    return {
      office,
      km,
      suggested: office === suggested,
      room: roomFor(rooms, office.id, groups),
      served: days.length > 0,
      soonest,
      shared: mayAsk === true && asks,
    };
  });
  const sorted =
    search.orden === "pronto"
      ? offered.toSorted((a, b) => (a.soonest?.date ?? "9999").localeCompare(b.soonest?.date ?? "9999"))
      : offered;
  return { offices: sorted, point, namesakes };
}

/** The office that was sent is none of ours, or none was sent. */
export function officeMissing(
  language: Language,
  key: "office_missing" | "office_not_near" = "office_missing",
): Errors {
  return errorsOf([{ field: SEARCH_FIELD, key }], chooseTexts(language));
}

interface ChooserProps {
  /** Waiting rooms that can be entered from here. */
  readonly rooms?: readonly LiveRoom[];
  readonly arrival: Arrival;
  /** The people, each with what she comes for. */
  readonly requests: readonly ApplicantRequest[];
  /** Shown before anything was searched. */
  readonly first: OfficeId | undefined;
  readonly chosen: OfficeId | undefined;
  /** This page; the search is a question to it, the choice is sent to it. */
  readonly action: string;
  readonly errors: Errors;
  readonly waysOut?: WaysOut | undefined;
  /** Offices that share their places out may be chosen too, to ask there. */
  readonly mayAsk?: boolean | undefined;
  /** These and no others, without a search: of an appointment that is moved, its own office first. */
  readonly among?: readonly Office[] | undefined;
  /** Special days at venues that can be chosen in place of an office. */
  readonly specialDays?: readonly SpecialDayView[] | undefined;
  /** One that was being read: shown first. */
  readonly firstDay?: string | undefined;
  /** What the search and the choice carry along. */
  readonly keep?: Readonly<Record<string, string>> | undefined;
}

export function OfficeChooser(props: ChooserProps) {
  const { arrival, requests, chosen, action, errors, waysOut, among, keep = {} } = props;
  const { language, network, ctx, today, request } = arrival;
  const t = chooseTexts(language);
  const search: OfficeSearch = typedOf(request.query, ["lugar", "orden", "todos", "cual"]);
  const { offices, point, namesakes } = findOffices(props, search);
  // One of the services depends on the home address.
  const jurisdictionMatters = requests.some((one) =>
    one.services.some((slug) => network.serviceBySlug.get(slug)?.jurisdictionBound),
  );
  const days = specialDaysFor(props, search, point);
  const empty =
    offices.length > 0 && offices.every((one) => one.soonest === undefined && !one.shared) && days.length === 0;
  const offers = offices.map((one) => ({
    km: one.km,
    shown: (
      <Offer
        key={one.office.id}
        offer={one}
        language={language}
        chosen={one.office.id === chosen}
        people={requests.length}
        today={today}
        suggest={jurisdictionMatters}
      />
    ),
  }));
  const dayOffers = days.map(({ view, km }) => ({
    km,
    shown: (
      <SpecialDayOffer
        key={view.day.id}
        view={view}
        km={km}
        language={language}
        today={today}
        country={arrival.network.officeById.get(view.day.officeId)!.country}
      />
    ),
  }));
  // By distance they stand among the offices; without a place, or by the soonest day, the one that was read comes first.
  const all =
    point && search.orden !== "pronto"
      ? [...offers, ...dayOffers].sort((a, b) => (a.km ?? 0) - (b.km ?? 0))
      : [...dayOffers, ...offers];
  const listed = all.map(({ shown }) => shown);
  const allOffices = search.todos === "" && !among ? withQuery(action, { ...keep, todos: 1 }) : undefined;
  const title = among
    ? t("nearTitle")
    : point
      ? t("near", { place: point.label })
      : t(search.todos !== "" ? "allTitle" : days.length > 0 ? "wishedDayTitle" : "wishedTitle");
  return (
    <>
      {!among && (
        <Form action={action} method="get" hidden={keep}>
          <TextField
            name={SEARCH_FIELD}
            label={t("placeLabel")}
            hint={t("placeHint")}
            value={search.lugar}
            error={errors.of(SEARCH_FIELD)}
            width={20}
            autoComplete="postal-code"
          />
          {point && (
            <Radios
              name="orden"
              label={t("sort")}
              inline
              value={search.orden === "pronto" ? "pronto" : "cerca"}
              options={[
                { value: "cerca", text: t("sortNear") },
                { value: "pronto", text: t("sortSoon") },
              ]}
            />
          )}
          <ButtonRow>
            <Button tone={listed.length > 0 ? "secondary" : "primary"}>{t("search")}</Button>
          </ButtonRow>
        </Form>
      )}
      {search.lugar !== "" && !point && (
        <Notice tone="warning">
          <p>{t("notFound")}</p>
        </Notice>
      )}
      {namesakes.length > 0 && (
        <section aria-labelledby="which-title">
          <h2 id="which-title">{t("whichOne")}</h2>
          <ul>
            {namesakes.map((one, i) => (
              <li key={one.label}>
                <a href={withQuery(action, { ...keep, lugar: search.lugar, orden: search.orden, cual: i + 1 })}>
                  {one.label}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {listed.length > 0 && <h2 id={among ? SEARCH_FIELD : undefined}>{title}</h2>}
      {jurisdictionMatters && offices.some((one) => one.suggested) && <p className="hint">{t("jurisdiction")}</p>}
      {empty ? (
        <>
          <NoPlaces
            {...waysOut}
            language={language}
            office={offices[0]!.office}
            now={ctx.now}
            phone={network.lines.appointments}
            served={offices.some((one) => one.served)}
            allOffices={allOffices}
          />
          {listed}
        </>
      ) : (
        listed.length > 0 && (
          <Form action={action} hidden={keep}>
            {listed}
          </Form>
        )
      )}
      {allOffices && !empty && (
        <p>
          <a href={allOffices}>{t("all")}</a>
        </p>
      )}
    </>
  );
}

function Offer({
  offer,
  language,
  chosen,
  people,
  today,
  suggest,
}: {
  offer: OfferedOffice;
  language: Language;
  chosen: boolean;
  people: number;
  today: LocalDate;
  suggest: boolean;
}) {
  const t = chooseTexts(language);
  const { office, km, soonest, served, shared, suggested } = offer;
  return (
    <section className="offer" aria-labelledby={`office-${office.id}`}>
      <h3 id={`office-${office.id}`}>
        {office.shortName[language]}, {areaName(office.state, language)}{" "}
        {suggest && suggested && <Tag tone="success">{t("suggested")}</Tag>} {chosen && <Tag>{t("chosen")}</Tag>}
      </h3>
      {km !== undefined && km > 0 && (
        <p>{t("distance", { distance: distanceInWords(km, office.country, language) })}</p>
      )}
      <p>
        {shared
          ? requestTexts(language)("sharedCard")
          : !served
            ? t("notServed")
            : soonest
              ? t(firstDayKey(soonest, people), { day: dayInWords(soonest.date, language, today) })
              : t("noPlaces")}
      </p>
      {offer.room && <RoomLink language={language} office={office} room={offer.room} today={today} />}
      {(soonest !== undefined || shared) && (
        <Button tone="secondary" name="oficina" value={office.id}>
          {t("choose")} <span className="vh">{office.shortName[language]}</span>
        </Button>
      )}
    </section>
  );
}
