import type { FastifyInstance } from "fastify";
import type { Carrier } from "#modules/conversations/index.ts";
import { openOfficeFeed, type OfficeFeed } from "#modules/visits/index.ts";
import type { Services } from "#platform/context.ts";
import { advertRoutes } from "./adverts.routes.ts";
import { agentRoutes } from "./agents.routes.ts";
import { callerRoutes } from "./callers.routes.ts";
import { careReportRoutes, careRoutes } from "./care.routes.ts";
import { closingRoutes } from "./closings.routes.ts";
import { cutRoutes } from "./cuts.routes.ts";
import { dayRoutes } from "./day.routes.ts";
import { deviceRoutes } from "./devices.routes.ts";
import { doorRoutes } from "./door.routes.ts";
import { drawRoutes } from "./draws.routes.ts";
import { emergencyDeskRoutes } from "./emergencies.routes.ts";
import { guardOrigin, requireOffice, requireStaff } from "./gate.ts";
import { hallRoutes } from "./hall.routes.ts";
import { helperRoutes } from "./helpers.routes.ts";
import { releaseRoutes } from "./releases.routes.ts";
import { integrityRoutes } from "./integrity.routes.ts";
import { issuingRoutes } from "./issuing.routes.ts";
import { officeRoutes, staffRoutes } from "./office.routes.ts";
import { offlineRoutes } from "./offline.routes.ts";
import { planRoutes } from "./plan.routes.ts";
import { publicationRoutes } from "./publication.routes.ts";
import { receptionRoutes, type ReadQrToken } from "./reception.routes.ts";
import { reportRoutes } from "./reports.routes.ts";
import { sheetRoutes } from "./sheet.routes.ts";
import { sessionRoutes, signInRoutes } from "./sign-in.routes.ts";
import { streamRoutes } from "./streams.ts";
import { talkRoutes } from "./talks.routes.ts";
import { walkInRoutes } from "./walk-ins.routes.ts";

export { setStaffToken } from "./cookies.ts";
export type { ReadQrToken } from "./reception.routes.ts";

export interface ConsoleDeps {
  /** Reads the signed code of a slip's QR. Without it no code is known. */
  readonly readQrToken?: ReadQrToken;
  readonly heartbeatMs?: number;
  /** Who gives what people sent on their channel. */
  readonly carriers?: readonly Carrier[];
}

/** The routes of the console, and the node's one feed of its offices. Close it before the server: its streams would never end by themselves. */
export async function consoleRoutes(
  root: FastifyInstance,
  services: Services,
  deps: ConsoleDeps = {},
  prefix = "/api/v1/console",
): Promise<{ readonly feed: OfficeFeed; close(): Promise<void> }> {
  const feed = await openOfficeFeed(services);
  const streams: { close(): void }[] = [];
  await root.register(
    async (app) => {
      guardOrigin(app, services.publicOrigin);
      signInRoutes(app, services);
      await app.register(async (gated) => {
        requireStaff(gated, services);
        sessionRoutes(gated, services);
        officeRoutes(gated, services);
        staffRoutes(gated, services);
        drawRoutes(gated, services);
        closingRoutes(gated, services);
        reportRoutes(gated, services);
        careReportRoutes(gated, services);
        integrityRoutes(gated, services);
        advertRoutes(gated, services);
        agentRoutes(gated, services);
        helperRoutes(gated, services);
        releaseRoutes(gated, services);
        callerRoutes(gated, services);
        talkRoutes(gated, services, deps.carriers ?? []);
        await gated.register(async (hall) => {
          requireOffice(hall);
          cutRoutes(hall, services);
          publicationRoutes(hall, services);
          planRoutes(hall, services);
          sheetRoutes(hall, services);
          dayRoutes(hall, services);
          emergencyDeskRoutes(hall, services);
          careRoutes(hall, services);
          offlineRoutes(hall, services);
          deviceRoutes(hall, services);
          hallRoutes(hall, services);
          issuingRoutes(hall, services);
          walkInRoutes(hall, services);
          const readQrToken = deps.readQrToken ?? (() => Promise.resolve(undefined));
          doorRoutes(hall, services, readQrToken);
          receptionRoutes(hall, services, readQrToken);
          streams.push(streamRoutes(hall, services, feed, deps.heartbeatMs));
        });
      });
    },
    { prefix },
  );
  return {
    feed,
    async close() {
      for (const one of streams) one.close();
      await feed.close();
    },
  };
}
