import type { FastifyInstance } from "fastify";
import { readRequestToken } from "#modules/messaging/index.ts";
import { page as openPage } from "../my-appointment/open.page.tsx";
import type { Web } from "../shell.tsx";
import { requestUrls, shortUrls } from "../urls.ts";
import { anybody, goTo, serve, type Arrival, type Route } from "../visit/visit.tsx";
import { acceptPage, betterPage, changeRequestPage, declinePage, withdrawPage } from "./actions.pages.tsx";
import { ownRequestPage } from "./one.page.tsx";
import { openedRequest, type OpenedRequest } from "./opened.tsx";
import { papersFile } from "./papers.tsx";

const OF_A_REQUEST: readonly Route<OpenedRequest>[] = [
  ownRequestPage,
  changeRequestPage,
  withdrawPage,
  acceptPage,
  betterPage,
  declinePage,
  papersFile,
];

/** A link of a message shows the door and changes nothing; an invented token and a true one look alike. */
const requestLinkPage: Route<Arrival> = {
  path: shortUrls.request(":token"),

  async get(arrival) {
    const { token } = arrival.request.params as { token: string };
    const id = await readRequestToken(arrival.ctx, token);
    const known =
      arrival.session?.contactId !== undefined && id !== undefined && arrival.draft.openedRequests.includes(id);
    return known ? goTo(arrival, requestUrls.one(id)(arrival.language)) : openPage(arrival, { behindLink: true });
  },
};

/** Seeing, changing and answering what was asked for. */
export function serveMyRequests(app: FastifyInstance, web: Web): void {
  serve(app, web, "own request", requestLinkPage, anybody);
  for (const route of OF_A_REQUEST) serve(app, web, "own request", route, openedRequest);
}
