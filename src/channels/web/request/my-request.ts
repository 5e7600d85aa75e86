import type { FastifyInstance } from "fastify";
import { readRequestToken } from "#modules/messaging/index.ts";
import { page as openPage } from "../my-appointment/open.page.tsx";
import type { Web } from "../shell.tsx";
import { appointmentUrls, requestUrls, shortUrls } from "../urls.ts";
import { anybody, goTo, serve, type Admit, type Arrival, type Route } from "../visit/visit.tsx";
import { acceptPage, betterPage, changeRequestPage, declinePage, withdrawPage } from "./actions.pages.tsx";
import { ownRequestPage } from "./one.page.tsx";
import { eraseRequestPage, requestDataFile, requestLooksPage } from "./own-data.pages.tsx";
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
  requestLooksPage,
  requestDataFile,
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

/** The form sent twice: what this visit erased is gone, and that is told as it was the first time. */
const openedOrErased: Admit<OpenedRequest> = (arrival) => {
  const { draft, request, language } = arrival;
  const { id } = request.params as { id: string };
  return request.method === "POST" && draft.erased === id
    ? { answered: goTo(arrival, appointmentUrls.erased(language)) }
    : openedRequest(arrival);
};

/** Seeing, changing and answering what was asked for. */
export function serveMyRequests(app: FastifyInstance, web: Web): void {
  serve(app, web, "own request", requestLinkPage, anybody);
  serve(app, web, "own request", eraseRequestPage, openedOrErased);
  for (const route of OF_A_REQUEST) serve(app, web, "own request", route, openedRequest);
}
