import { acceptProposal, declineProposal, tookProposal } from "#modules/booking/index.ts";
import { appointmentUrls, withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { goTo, type Route } from "../visit/visit.tsx";
import type { Opened } from "./opened.tsx";
import { refusedPage } from "./refused.tsx";

/** The answer to what the office proposes; whoever opens this address by itself, or says neither yes nor no, is led to her appointment. */
export const proposalPage: Route<Opened> = {
  path: "/mi-cita/:id/otro-lugar",
  get: (opened) => goTo(opened, appointmentUrls.booking(opened.view.id)(opened.language)),

  async post(opened) {
    const { ctx, session, view, language, request } = opened;
    const own = { contactId: session.contactId!, bookingId: view.id };
    const { respuesta } = typedOf(request.body, ["respuesta"]);
    const booking = appointmentUrls.booking(view.id)(language);
    if (respuesta !== "si" && respuesta !== "no") return goTo(opened, booking);
    const outcome = respuesta === "si" ? await acceptProposal(ctx, own) : await declineProposal(ctx, own);
    // A second press of yes: it is there already.
    const isThere = !outcome.ok && respuesta === "si" && (await tookProposal(ctx, own.contactId, own.bookingId));
    if (!outcome.ok && !isThere) return refusedPage(opened, outcome.refusal);
    return goTo(opened, withQuery(booking, { listo: respuesta === "si" ? "cambio" : "no" }));
  },
};
