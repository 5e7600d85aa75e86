import type { FastifyInstance } from "fastify";
import { minePage } from "../integrity/mine.page.ts";
import { sheetLinkPage } from "../permission/link.page.tsx";
import type { Web } from "../shell.tsx";
import { surveyPage } from "../survey/survey.page.tsx";
import { appointmentUrls } from "../urls.ts";
import { anybody, goTo, serve, type Admit, type Route, type Visit } from "../visit/visit.tsx";
import { absentPage } from "./absent.page.tsx";
import { bookingPage } from "./booking.page.tsx";
import { cancelPage } from "./cancel.page.tsx";
import { cardPage } from "./card.page.tsx";
import { changeDayPage } from "./change-day.page.tsx";
import { changePlacePage } from "./change-place.page.tsx";
import { changeReviewPage } from "./change-review.page.tsx";
import { changeTimePage } from "./change-time.page.tsx";
import { changePage } from "./change.page.tsx";
import { closePage } from "./close.page.tsx";
import { codePage } from "./code.page.tsx";
import { erasedPage, erasePage } from "./erase.page.tsx";
import { looksPage } from "./looks.page.tsx";
import { ownDataFile, ownDataPage } from "./own-data.page.tsx";
import { documentRoutes } from "./documents.ts";
import { hidePage } from "./hide.page.tsx";
import { messageLinkPage, slipCodePage } from "./link.page.ts";
import { openPage } from "./open.page.tsx";
import { openedAt, type Opened } from "./opened.tsx";
import { permissionPage } from "./permission.page.tsx";
import { proposalPage } from "./proposal.page.tsx";
import { provePage } from "./prove.page.ts";
import { turnPage } from "./turn.page.tsx";

const FOR_ANYBODY = [
  openPage,
  provePage,
  closePage,
  erasedPage,
  absentPage,
  messageLinkPage,
  slipCodePage,
  sheetLinkPage,
  surveyPage,
];
const OF_A_BOOKING: readonly Route<Opened>[] = [
  bookingPage,
  changePage,
  changePlacePage,
  changeDayPage,
  changeTimePage,
  changeReviewPage,
  cancelPage,
  hidePage,
  proposalPage,
  minePage,
  turnPage,
  permissionPage,
  looksPage,
  ownDataPage,
  ownDataFile,
  ...documentRoutes,
];

/** Seeing, changing and cancelling what was booked. */
export function serveMyAppointment(app: FastifyInstance, web: Web): void {
  for (const route of FOR_ANYBODY) serve(app, web, "own appointment", route, anybody);
  for (const route of [codePage, cardPage]) serve(app, web, "own appointment", route, withVisit);
  serve(app, web, "own appointment", erasePage, openedOrErased);
  for (const route of OF_A_BOOKING) serve(app, web, "own appointment", route, openedAt(appointmentUrls.booking));
}

/** The form sent twice: what this visit erased is gone, and that is told as it was the first time. */
const openedOrErased: Admit<Opened> = (arrival) => {
  const { draft, request, language } = arrival;
  const { id } = request.params as { id: string };
  return request.method === "POST" && draft.erased === id
    ? { answered: goTo(arrival, appointmentUrls.erased(language)) }
    : openedAt(appointmentUrls.booking)(arrival);
};

/** A code or a card belongs to a visit that has begun. */
const withVisit: Admit<Visit> = (arrival) => {
  const { session } = arrival;
  return session ? { ...arrival, session } : { answered: goTo(arrival, appointmentUrls.open(arrival.language)) };
};
