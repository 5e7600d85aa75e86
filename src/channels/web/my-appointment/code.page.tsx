import { tryCode } from "../identify/code.tsx";
import { showCode } from "../identify/screens.tsx";
import { appointmentUrls } from "../urls.ts";
import { goTo, noErrors, type Route, type Visit } from "../visit/visit.tsx";
import { OPEN_ADDRESSES } from "./open.page.tsx";

/** The code that was sent to whoever wants to see an appointment. */
export const codePage: Route<Visit> = {
  path: "/mi-cita/codigo",
  get: (visit) =>
    visit.draft.contact === undefined
      ? goTo(visit, appointmentUrls.open(visit.language))
      : showCode(visit, OPEN_ADDRESSES, "", noErrors),
  post: (visit) =>
    tryCode(
      visit,
      (typed, errors) => showCode(visit, OPEN_ADDRESSES, typed, errors),
      (verified) => goTo(verified, appointmentUrls.open(visit.language)),
    ),
};
