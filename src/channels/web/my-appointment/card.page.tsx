import { tryCard } from "../identify/card.tsx";
import { showCard } from "../identify/screens.tsx";
import { appointmentUrls } from "../urls.ts";
import { goTo, noErrors, type Route, type Visit } from "../visit/visit.tsx";
import { OPEN_ADDRESSES } from "./open.page.tsx";

/** The paper card opens what was booked with it, as a code does. */
export const cardPage: Route<Visit> = {
  path: "/mi-cita/tarjeta",
  get: (visit) => showCard(visit, OPEN_ADDRESSES, { folio: "", pin: "" }, noErrors),
  post: (visit) =>
    tryCard(
      visit,
      (typed, errors) => showCard(visit, OPEN_ADDRESSES, typed, errors),
      (verified) => goTo(verified, appointmentUrls.open(visit.language)),
    ),
};
