import type { FastifyInstance } from "fastify";
import { isUuid } from "#kernel/ids.ts";
import { findPublishedDraw, listPublicDraws, type DrawId } from "#modules/allocation/index.ts";
import { getReleases } from "#channels/common/release-calendar.ts";
import { systemContext } from "#platform/context.ts";
import { look } from "../public-page.ts";
import { sendPage, type Web } from "../shell.tsx";
import { LANGUAGES } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { drawPage } from "./draw.page.tsx";
import { drawListPage } from "./list.page.tsx";

/** The pages of the draws, the same for everybody; no session is looked up for them. */
export function serveDraws(app: FastifyInstance, web: Web): void {
  const { services } = web;
  for (const language of LANGUAGES) {
    app.get(publicUrls.draws(language), async (_request, reply) => {
      const [seen, draws, releases] = await Promise.all([
        look(web, language),
        listPublicDraws(systemContext(services, "public_page")),
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
      const seen = await look(web, language);
      const verifier = web.assets.scripts?.["verify"];
      return sendPage(web, reply, drawPage({ seen, published, now: services.clock.now(), verifier }), {
        cache: "public",
      });
    });
  }
}
