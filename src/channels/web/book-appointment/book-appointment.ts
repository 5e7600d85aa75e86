import type { FastifyInstance } from "fastify";
import { claimsPage } from "../request/claims.page.tsx";
import { requestPage } from "../request/review.page.tsx";
import { untilPage } from "../request/until.page.tsx";
import { whenPage } from "../request/when.page.tsx";
import { wherePage } from "../request/where.page.tsx";
import type { Web } from "../shell.tsx";
import { openedAt } from "../my-appointment/opened.tsx";
import { journeyUrls } from "../urls.ts";
import { anybody, serve } from "../visit/visit.tsx";
import { cardPage } from "./card.page.tsx";
import { codePage } from "./code.page.tsx";
import { contactPage } from "./contact.page.tsx";
import { dayPage } from "./day.page.tsx";
import { donePage } from "./done.page.tsx";
import { admit, type Step } from "./journey.tsx";
import { papersPage } from "./papers.page.tsx";
import { parentsPage } from "./parents.page.tsx";
import { peoplePage } from "./people.page.tsx";
import { personPage } from "./person.page.tsx";
import { placePage } from "./place.page.tsx";
import { preparePage } from "./prepare.page.tsx";
import { reviewPage } from "./review.page.tsx";
import { servicesPage } from "./services.page.tsx";
import { startPage } from "./start.page.tsx";
import { timePage } from "./time.page.tsx";

/** In the order in which they are asked. */
const STEPS: readonly Step[] = [
  peoplePage,
  personPage,
  servicesPage,
  parentsPage,
  preparePage,
  papersPage,
  placePage,
  dayPage,
  wherePage,
  whenPage,
  untilPage,
  claimsPage,
  contactPage,
  codePage,
  cardPage,
  requestPage,
  timePage,
  reviewPage,
];

/** Booking an appointment: a question a page, each answer kept as it is given. */
export function serveBookAppointment(app: FastifyInstance, web: Web): void {
  serve(app, web, "booking", startPage, anybody);
  for (const step of STEPS) serve(app, web, "booking", step, admit(step));
  serve(app, web, "booking", donePage, openedAt(journeyUrls.done));
}
