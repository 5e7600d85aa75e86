import type { FastifyInstance } from "fastify";
import { getNetwork } from "#modules/offices/index.ts";
import { getReleases } from "#channels/common/release-calendar.ts";
import type { Web } from "../shell.tsx";
import { LANGUAGES } from "../texts/texts.ts";
import { fileUrls, publicUrls, type Address } from "../urls.ts";

const ONE_DAY = "public, max-age=86400";
/** Pages about a person or an appointment; they also say so themselves. */
const PRIVATE = [
  "/cita",
  "/mi-cita",
  "/en/cita",
  "/en/mi-cita",
  "/c/",
  "/q/",
  "/h/",
  "/en/h/",
  "/e/",
  "/en/e/",
  "/aviso",
  "/en/aviso",
];

/** What search engines may read. A demonstration is not to be found. */
export function serveRobots(app: FastifyInstance, web: Web): void {
  const { publicOrigin } = web.services;
  app.get(fileUrls.robots, (_request, reply) => {
    const rules = web.demo
      ? ["Disallow: /"]
      : [...PRIVATE.map((path) => `Disallow: ${path}`), `Sitemap: ${publicOrigin}${fileUrls.sitemap}`];
    return reply
      .type("text/plain; charset=utf-8")
      .header("cache-control", ONE_DAY)
      .send(`${["User-agent: *", ...rules].join("\n")}\n`);
  });

  app.get(fileUrls.sitemap, async (_request, reply) => {
    const [network, { planned }] = await Promise.all([getNetwork(web.services), getReleases(web.services)]);
    const pages: Address[] = [
      publicUrls.home,
      publicUrls.offices,
      ...network.offices.map((office) => publicUrls.office(office.id)),
      publicUrls.services,
      ...network.services.map((service) => publicUrls.service(service.slug)),
      publicUrls.draws,
      publicUrls.specialDays,
      ...planned.filter(({ state }) => state === "published").map(({ id }) => publicUrls.specialDay(id)),
      publicUrls.privacy,
      publicUrls.emergency,
      publicUrls.official,
    ];
    const entries = pages.flatMap((page) => {
      const others = LANGUAGES.map(
        (language) => `<xhtml:link rel="alternate" hreflang="${language}" href="${publicOrigin}${page(language)}"/>`,
      ).join("");
      return LANGUAGES.map((language) => `<url><loc>${publicOrigin}${page(language)}</loc>${others}</url>`);
    });
    const sitemap = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${entries.join("")}</urlset>\n`;
    return reply.type("application/xml; charset=utf-8").header("cache-control", ONE_DAY).send(sitemap);
  });
}
