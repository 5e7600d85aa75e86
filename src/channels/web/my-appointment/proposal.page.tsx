import { acceptProposal, declineProposal } from "#modules/booking/index.ts";
import { appointmentUrls, withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { goTo, type Route } from "../visit/visit.tsx";
import type { Opened } from "./opened.tsx";
import { refusedPage } from "./refused.tsx";

/** The answer to what the office proposes; whoever opens this address by itself is led to her appointment. */
export const proposalPage: Route<Opened> = {
  path: "/mi-cita/:id/otro-lugar",
  get: (opened) => goTo(opened, appointmentUrls.booking(opened.view.id)(opened.language)),

  async post(opened) {
    const { ctx, session, view, language, request } = opened;
    const own = { contactId: session.contactId!, bookingId: view.id };
    const isYes = typedOf(request.body, ["respuesta"]).respuesta === "si";
    const outcome = isYes ? await acceptProposal(ctx, own) : await declineProposal(ctx, own);
    if (!outcome.ok) return refusedPage(opened, outcome.refusal);
    const listo = isYes ? "cambio" : "no";
    return goTo(opened, withQuery(appointmentUrls.booking(view.id)(language), { listo }));
  },
};
