import type { FastifyInstance } from "fastify";
import { getNetwork } from "#modules/offices/index.ts";
import { isDemo } from "#channels/common/special-day.ts";
import type { Services } from "#platform/context.ts";
import { serveAssets } from "./assets/assets.ts";
import { serveRobots } from "./assets/robots.ts";
import { serveBookAppointment } from "./book-appointment/book-appointment.ts";
import { serveDraws } from "./draws/draws.ts";
import { emergencyPage } from "./emergency/emergency-page.tsx";
import { homePage } from "./home/home-page.tsx";
import { serveMyAppointment } from "./my-appointment/my-appointment.ts";
import { officeListPage } from "./offices/list-page.tsx";
import { officePage } from "./offices/office-page.tsx";
import { officeReportPage } from "./offices/report-page.tsx";
import { serveSearchPage } from "./offices/search-page.tsx";
import { privacyPage } from "./privacy/privacy-page.tsx";
import { servePublicPage, type PublicPage } from "./public-page.ts";
import { servePublications } from "./publications/publications.ts";
import { serveSpecialDays } from "./special-days/special-days.ts";
import { serviceListPage } from "./services/list-page.tsx";
import { serveMyRequests } from "./request/my-request.ts";
import { serveRooms } from "./room/rooms.ts";
import { servicePage } from "./services/service-page.tsx";
import type { Web, WebDeps } from "./shell.tsx";

export { assetsFrom } from "./assets/assets.ts";
export { errorPage } from "./error-page.tsx";
export type { WebDeps } from "./shell.tsx";

const PUBLIC_PAGES: readonly (readonly [path: string, page: PublicPage])[] = [
  ["/", homePage],
  ["/oficinas", officeListPage],
  ["/oficinas/:id", officePage],
  ["/oficinas/:id/corregir", officeReportPage],
  ["/tramites", serviceListPage],
  ["/tramites/:slug", servicePage],
  ["/privacidad", privacyPage],
  ["/emergencia", emergencyPage],
];

/** The citizen site. */
export async function registerWeb(app: FastifyInstance, services: Services, deps: WebDeps): Promise<void> {
  const network = await getNetwork(services);
  const web: Web = { ...deps, services, demo: isDemo(network) };
  serveAssets(app, web.assets);
  serveRobots(app, web);
  for (const [path, page] of PUBLIC_PAGES) servePublicPage(app, web, path, page);
  serveSearchPage(app, web);
  serveDraws(app, web);
  servePublications(app, web);
  serveSpecialDays(app, web);
  serveBookAppointment(app, web);
  serveMyAppointment(app, web);
  serveMyRequests(app, web);
  serveRooms(app, web);
}
