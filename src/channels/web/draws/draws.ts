import type { FastifyInstance } from "fastify";
import { isUuid } from "#kernel/ids.ts";
import { findPublishedDraw, listPublicDraws, type DrawId, type PublishedDraw } from "#modules/allocation/index.ts";
import { getReleases } from "#channels/common/release-calendar.ts";
import { look } from "../public-page.ts";
import { makeDocument, sendDocument, type WebDocument } from "../documents.ts";
import { frameOf, pageDocument, sendPage, type Web } from "../shell.tsx";
import { LANGUAGES, type Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { drawPage } from "./draw.page.tsx";
import { drawListPage } from "./list.page.tsx";

/** The pages of the draws, the same for everybody; no session is looked up for them. */
export function serveDraws(app: FastifyInstance, web: Web): void {
  const { services } = web;
  // With a result many come at once: a page stands as long as the look at its draw.
  const made = new WeakMap<PublishedDraw, Map<Language, WebDocument>>();
  for (const language of LANGUAGES) {
    app.get(publicUrls.draws(language), async (_request, reply) => {
      const [seen, draws, releases] = await Promise.all([
        look(web, language),
        listPublicDraws(services),
        getReleases(services),
      ]);
      return sendPage(web, reply, drawListPage({ seen, draws, releases, now: services.clock.now() }), {
        cache: "public",
      });
    });

    app.get(publicUrls.draw(":id")(language), async (request, reply) => {
      const { id } = request.params as { id: string };
      const published = isUuid(id) ? await findPublishedDraw(services, id as DrawId) : undefined;
      if (published === undefined) return reply.callNotFound();
      let documents = made.get(published);
      if (!documents) made.set(published, (documents = new Map<Language, WebDocument>()));
      let document = documents.get(language);
      if (!document) {
        const seen = await look(web, language);
        const verifier = web.assets.scripts?.["verify"];
        const page = drawPage({ seen, published, now: services.clock.now(), verifier });
        documents.set(language, (document = makeDocument(pageDocument(frameOf(web), page))));
      }
      return sendDocument(reply, document, "public");
    });
  }
}
