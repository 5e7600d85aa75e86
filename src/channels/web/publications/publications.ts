import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { countDrawPlaces } from "#modules/schedules/index.ts";
import { officeFeed } from "#channels/common/release-calendar.ts";
import { renderPublicationImage, type PublicationView } from "#channels/documents/publication-image.ts";
import { look } from "../public-page.ts";
import { sendPage, type Page, type Web } from "../shell.tsx";
import { shellTexts } from "../texts/shell.ts";
import { LANGUAGES, type Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { publicationListPage } from "./list.page.tsx";
import { posterPage, publicationPage, type PublicationProps } from "./publication.page.tsx";
import { publicationsOf, wordsOf, type Places, type Publication } from "./publication.ts";

const FOR_A_MINUTE = "public, max-age=60";
/** A picture is a tenth of a second of work: those that were asked for last are kept, each about 30 KB. */
const MOST_PICTURES = 64;

/** An office's calendar as a file, and what it may send out about each date of it. The same for everybody. */
export function servePublications(app: FastifyInstance, web: Web): void {
  const pictures = new Map<string, Promise<Buffer>>();
  for (const language of LANGUAGES) {
    app.get(publicUrls.officeCalendar(":id")(language), async (request, reply) => {
      const { seen, office } = await found(web, request, language);
      if (!office) return reply.callNotFound();
      const reader = { language, now: web.services.clock.now(), publicOrigin: seen.publicOrigin };
      return reply
        .type("text/calendar; charset=utf-8")
        .header("cache-control", FOR_A_MINUTE)
        .header("content-disposition", `attachment; filename="${office.id}.ics"`)
        .send(officeFeed(seen.releases, office, reader, seen.publicOrigin + publicUrls.office(office.id)(language)));
    });

    app.get(publicUrls.publications(":id")(language), async (request, reply) => {
      const { office, publications } = await found(web, request, language);
      if (!office) return reply.callNotFound();
      const now = web.services.clock.now();
      return sendPage(web, reply, publicationListPage({ language, office, publications, now }), { cache: "public" });
    });

    const page = (make: (props: PublicationProps) => Page) => async (request: FastifyRequest, reply: FastifyReply) => {
      const props = await propsOf(web, request, language);
      return props ? sendPage(web, reply, make(props), { cache: "public" }) : reply.callNotFound();
    };
    app.get(publicUrls.publication(":id", ":what")(language), page(publicationPage));
    app.get(publicUrls.poster(":id", ":what")(language), page(posterPage));

    app.get(publicUrls.publicationImage(":id", ":what")(language), async (request, reply) => {
      const props = await propsOf(web, request, language);
      if (!props) return reply.callNotFound();
      const { words, address } = props;
      const picture = await pictureOf(pictures, { ...words, service: shellTexts(language)("serviceName"), address });
      const etag = `"${createHash("sha256").update(picture).digest("base64url").slice(0, 22)}"`;
      void reply.header("etag", etag).header("cache-control", FOR_A_MINUTE);
      if (request.headers["if-none-match"]?.includes(etag)) return reply.code(304).send();
      return reply.type("image/png").send(picture);
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

async function propsOf(web: Web, request: FastifyRequest, language: Language): Promise<PublicationProps | undefined> {
  const { seen, publications } = await found(web, request, language);
  const { what } = request.params as { what: string };
  const publication = publications.find((one) => one.what === what);
  if (!publication) return undefined;
  const places = await placesOf(web, publication);
  const { network, publicOrigin } = seen;
  const about = { language, now: web.services.clock.now(), network, publicOrigin, demo: web.demo, places };
  const address = publicOrigin + publicUrls.office(publication.office.id)(language);
  return { language, publication, words: wordsOf(publication, about), address };
}

/** A draw that nobody announced yet may still get days: no number is told of it. */
async function placesOf({ services }: Web, publication: Publication): Promise<readonly Places[]> {
  if (publication.kind === "day") return publication.day.sessions;
  const { id, first } = publication.draw;
  if (id === undefined) return [];
  return countDrawPlaces(services, publication.office.id, first.horizonFrom, first.horizonTo);
}

function pictureOf(pictures: Map<string, Promise<Buffer>>, view: PublicationView): Promise<Buffer> {
  const { service, headline, when, lines, free, host, phone, demo, address } = view;
  const shown = { service, headline, when, lines, free, host, phone, demo, address };
  // By what it shows: whatever is corrected makes another picture.
  const key = JSON.stringify(shown);
  const known = pictures.get(key);
  if (known) return known;
  const picture = renderPublicationImage(shown);
  picture.catch(() => pictures.delete(key));
  pictures.set(key, picture);
  if (pictures.size > MOST_PICTURES) pictures.delete(pictures.keys().next().value!);
  return picture;
}
