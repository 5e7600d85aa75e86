import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { tidy } from "#kernel/text.ts";
import { distanceKm, findPlaces, nearestOffices, type GeoPoint, type Service } from "#modules/offices/index.ts";
import { ErrorSummary, fieldId, LinkList, PageHeading } from "#ui/index.ts";
import { look, type Seen } from "../public-page.ts";
import { sendPage, type Page, type Web } from "../shell.tsx";
import { groupTexts, officeTexts } from "../texts/offices.ts";
import { shellTexts } from "../texts/shell.ts";
import { LANGUAGES } from "../texts/texts.ts";
import { inLanguage, publicUrls } from "../urls.ts";
import { daysAhead } from "../special-days/days.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import { NearCards, USUAL_GROUP, type NearDay } from "./office-cards.tsx";
import { PLACE_LENGTH, PlaceForm } from "./place-form.tsx";

/** As many as anybody compares; the list of all is one link away. */
const OFFICES_SHOWN = 6;
/** Special days among them: ten of both is what anybody reads. */
const DAYS_SHOWN = 4;
/** Kilometres, five hundred miles: a day's drive, beyond which nobody looks for a special day. */
const MOST_KM = 805;

/** What cannot be a place or a service is as good as nothing typed, and never a fault. */
const searchQuery = z.object({
  lugar: z.string().max(1000).transform(tidy).optional().catch(""),
  tramite: z.string().max(60).optional().catch(undefined),
});

interface Search {
  readonly place: string | undefined;
  readonly points: readonly GeoPoint[];
  readonly service: Service | undefined;
}

export function serveSearchPage(app: FastifyInstance, web: Web): void {
  for (const language of LANGUAGES) {
    app.get(inLanguage(language, "/buscar"), async (request, reply) => {
      const seen = await look(web, language);
      const { lugar: place, tramite } = searchQuery.parse(request.query);
      const service = tramite === undefined ? undefined : seen.network.serviceBySlug.get(tramite);
      return sendPage(web, reply, searchPage(seen, { place, points: place ? findPlaces(place) : [], service }), {
        cache: "public",
      });
    });
  }
}

function searchPage(seen: Seen, { place, points, service }: Search): Page {
  const { language } = seen;
  const t = officeTexts(language);
  const [point, ...others] = points;
  const error = place === undefined || point ? undefined : t(place === "" ? "errorEmpty" : "errorUnknown");
  const title = point ? t("nearTitleOf", { place: point.label }) : t("nearTitle");
  return {
    language,
    title: error ? shellTexts(language)("errorPrefix", { title }) : title,
    address: publicUrls.search(place?.slice(0, PLACE_LENGTH), service?.slug),
    description: point ? undefined : t("listDescription", { count: seen.network.offices.length }),
    wide: true,
    children: (
      <>
        {error && (
          <ErrorSummary
            title={shellTexts(language)("errorSummary")}
            errors={[{ href: `#${fieldId("lugar")}`, text: error }]}
          />
        )}
        <PageHeading>{point ? t("nearest", { place: point.label }) : t("nearHeading")}</PageHeading>
        {point && <Results seen={seen} point={point} others={others} service={service} />}
        {point && <h2>{t("searchAgain")}</h2>}
        <PlaceForm language={language} value={place?.slice(0, PLACE_LENGTH)} error={error} service={service?.slug} />
        <p>
          <a href={publicUrls.offices(language)}>{t("backList")}</a>
        </p>
      </>
    ),
  };
}

/** Special days at venues that serve what is looked for, nearest first; those at an office stand on its page. */
function nearestDays(seen: Seen, point: GeoPoint, service: Service | undefined): NearDay[] {
  const group = service?.group ?? USUAL_GROUP;
  return daysAhead(seen)
    .flatMap((view) => {
      const { venue, sessions, state } = view.day;
      const serves = state === "published" && sessions.some(({ serviceGroup }) => serviceGroup === group);
      return venue && serves ? [{ view, km: distanceKm(point, venue) }] : [];
    })
    .filter(({ km }) => km <= MOST_KM)
    .sort((a, b) => a.km - b.km)
    .slice(0, DAYS_SHOWN);
}

function Results({
  seen,
  point,
  others,
  service,
}: {
  seen: Seen;
  point: GeoPoint;
  others: readonly GeoPoint[];
  service: Service | undefined;
}) {
  const { language } = seen;
  const t = officeTexts(language);
  return (
    <>
      <p>
        {t("nearestLead")} {t("anyOffice")}
        <br />
        {t("forService", { service: service?.name[language] ?? groupTexts(language)(USUAL_GROUP) })}
      </p>
      <h2 className="vh">{t("listHeading")}</h2>
      <NearCards
        seen={seen}
        near={nearestOffices(seen.network, point, OFFICES_SHOWN, seen.today)}
        days={nearestDays(seen, point, service)}
        country={point.country}
        group={service?.group ?? USUAL_GROUP}
      />
      <p>
        <a href={publicUrls.specialDays(language)}>{specialDayTexts(language)("listAll")}</a>
      </p>
      {others.length > 0 && (
        <>
          <h2>{t("severalTitle")}</h2>
          <LinkList
            links={others.map((other) => ({
              href: publicUrls.search(other.label, service?.slug)(language),
              text: other.label,
            }))}
          />
        </>
      )}
    </>
  );
}
