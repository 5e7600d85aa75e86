import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { MINUTE_MS } from "#kernel/time.ts";
import { countDrawPlaces } from "#modules/schedules/index.ts";
import { officeFeed } from "#channels/common/release-calendar.ts";
import { sendTagged } from "#platform/http/index.ts";
import { look } from "../public-page.ts";
import { sendPage, type Page, type Web } from "../shell.tsx";
import { shellTexts } from "../texts/shell.ts";
import { LANGUAGES, type Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { daysAhead } from "../special-days/days.ts";
import { publicationListPage } from "./list.page.tsx";
import { keepPictures } from "./pictures.ts";
import { posterPage, publicationPage, type PublicationProps } from "./publication.page.tsx";
import { publicationsOf, wordsOf, type Places, type Publication } from "./publication.ts";

const FOR_A_MINUTE = "public, max-age=60";

/** An office's calendar as a file, and what it may send out about each date of it. The same for everybody. */
export function servePublications(app: FastifyInstance, web: Web): void {
  const pictureOf = keepPictures();
  const placesOf = countByMinute(web);
  for (const language of LANGUAGES) {
    app.get(publicUrls.officeCalendar(":id")(language), async (request, reply) => {
      const { seen, office } = await found(web, request, language);
      if (!office) return reply.callNotFound();
      const reader = { language, now: web.services.clock.now(), publicOrigin: seen.publicOrigin };
      return reply
        .type("text/calendar; charset=utf-8")
        .header("cache-control", FOR_A_MINUTE)
        .header("content-disposition", `attachment; filename="${office.id}.ics"`)
        .send(
          officeFeed(
            seen.releases,
            seen.network,
            office,
            reader,
            seen.publicOrigin + publicUrls.office(office.id)(language),
          ),
        );
    });

    app.get(publicUrls.publications(":id")(language), async (request, reply) => {
      const { seen, office, publications } = await found(web, request, language);
      if (!office) return reply.callNotFound();
      const now = web.services.clock.now();
      const planned = daysAhead(seen, office.id).filter(
        ({ day }) => day.state === "published" || day.state === "closed",
      );
      return sendPage(web, reply, publicationListPage({ language, office, publications, planned, now }), {
        cache: "public",
      });
    });

    const page = (make: (props: PublicationProps) => Page) => async (request: FastifyRequest, reply: FastifyReply) => {
      const props = await propsOf(web, placesOf, request, language);
      return props ? sendPage(web, reply, make(props), { cache: "public" }) : reply.callNotFound();
    };
    app.get(publicUrls.publication(":id", ":what")(language), page(publicationPage));
    app.get(publicUrls.poster(":id", ":what")(language), page(posterPage));

    app.get(publicUrls.publicationImage(":id", ":what")(language), async (request, reply) => {
      const props = await propsOf(web, placesOf, request, language);
      if (!props) return reply.callNotFound();
      const { words, address } = props;
      const picture = await pictureOf({ ...words, service: shellTexts(language)("serviceName"), address });
      return sendTagged(request, reply, picture, { type: "image/png", caching: FOR_A_MINUTE });
    });
  }
}

async function found(web: Web, request: FastifyRequest, language: Language) {
  const { id } = request.params as { id: string };
  const seen = await look(web, language);
  const office = seen.network.officeById.get(id);
  const publications = office ? publicationsOf(seen.releases, office, web.services.clock.now()) : [];
  return { seen, office, publications };
}

async function propsOf(
  web: Web,
  placesOf: CountPlaces,
  request: FastifyRequest,
  language: Language,
): Promise<PublicationProps | undefined> {
  const { seen, publications } = await found(web, request, language);
  const { what } = request.params as { what: string };
  const publication = publications.find((one) => one.what === what);
  if (!publication) return undefined;
  const places = await placesOf(publication);
  const { network, publicOrigin } = seen;
  const about = { language, now: web.services.clock.now(), network, publicOrigin, demo: web.demo, places };
  const address = publicOrigin + publicUrls.office(publication.office.id)(language);
  return { language, publication, words: wordsOf(publication, about), address };
}

type CountPlaces = (publication: Publication) => Promise<readonly Places[]>;

/** Places that a publication tells of; those of a draw are counted once a minute, as the calendar is read. */
function countByMinute({ services }: Web): CountPlaces {
  const counted = new Map<string, Promise<readonly Places[]>>();
  let minute = -1;
  return (publication) => {
    if (publication.kind === "day") return Promise.resolve(publication.day.sessions);
    const { office, draw } = publication;
    // A draw that nobody announced yet may still get days: no number is told of it.
    if (draw.id === undefined) return Promise.resolve([]);
    const current = Math.floor(services.clock.now().getTime() / MINUTE_MS);
    if (current !== minute) counted.clear();
    minute = current;
    const key = `${office.id} ${draw.id}`;
    let places = counted.get(key);
    if (places === undefined) {
      places = countDrawPlaces(services, office.id, draw.first.horizonFrom, draw.first.horizonTo);
      places.catch(() => counted.delete(key));
      counted.set(key, places);
    }
    return places;
  };
}
