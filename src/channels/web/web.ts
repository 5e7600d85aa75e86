import type { FastifyInstance } from "fastify";
import { getNetwork } from "#modules/offices/index.ts";
import { isDemo } from "#channels/common/special-day.ts";
import type { Services } from "#platform/context.ts";
import { serveAccount } from "./account/account.ts";
import { serveAssets } from "./assets/assets.ts";
import { serveRobots } from "./assets/robots.ts";
import { serveBookAppointment } from "./book-appointment/book-appointment.ts";
import { serveDraws } from "./draws/draws.ts";
import { serveEmergencies } from "./emergency/emergency.ts";
import { serveIntegrity } from "./integrity/integrity.ts";
import { emergencyPage } from "./emergency/emergency-page.tsx";
import { serveHelpers } from "./helpers/helpers.ts";
import { homePage } from "./home/home-page.tsx";
import { serveMyAppointment } from "./my-appointment/my-appointment.ts";
import { serveKiosk } from "./kiosk/kiosk.ts";
import { serveDoorToday } from "./offices/door-today.tsx";
import { officeListPage } from "./offices/list-page.tsx";
import { officePage } from "./offices/office-page.tsx";
import { officeReportPage } from "./offices/report-page.tsx";
import { serveSearchPage } from "./offices/search-page.tsx";
import { privacyPage } from "./privacy/privacy-page.tsx";
import { servePublicPage, type PublicPage } from "./public-page.ts";
import { servePublications } from "./publications/publications.ts";
import { serveSpecialDays } from "./special-days/special-days.ts";
import { serviceListPage } from "./services/list-page.tsx";
import { serveOfficial } from "./official/official.ts";
import { serveMyRequests } from "./request/my-request.ts";
import { serveRooms } from "./room/rooms.ts";
import { servicePage } from "./services/service-page.tsx";
import type { Web, WebDeps } from "./shell.tsx";
import { surveySheetPage } from "./survey/sheet-page.tsx";

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
  ["/opinion/hoja", surveySheetPage],
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
  serveDoorToday(app, web);
  serveDraws(app, web);
  servePublications(app, web);
  serveSpecialDays(app, web);
  serveBookAppointment(app, web);
  serveMyAppointment(app, web);
  serveAccount(app, web);
  serveMyRequests(app, web);
  serveEmergencies(app, web);
  serveHelpers(app, web);
  serveOfficial(app, web);
  serveIntegrity(app, web);
  serveRooms(app, web);
  serveKiosk(app, web);
}
