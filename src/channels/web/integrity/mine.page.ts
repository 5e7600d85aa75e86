import { appeal, APPEAL_REASONS, confirmMine } from "#modules/integrity/index.ts";
import { appointmentUrls, withQuery } from "../urls.ts";
import type { Opened } from "../my-appointment/opened.tsx";
import { typedOf } from "../visit/forms.ts";
import { goTo, type Route } from "../visit/visit.tsx";

/** What its holder answers; whoever opens the address by itself is led to her appointment, and a second press changes nothing. */
export const minePage: Route<Opened> = {
  path: "/mi-cita/:id/es-mia",
  get: (opened) => goTo(opened, appointmentUrls.booking(opened.view.id)(opened.language)),

  async post(opened) {
    const { ctx, view, language, request } = opened;
    const booking = appointmentUrls.booking(view.id)(language);
    const { respuesta } = typedOf(request.body, ["respuesta"]);
    const reason = APPEAL_REASONS.find((one) => one === respuesta);
    if (reason !== undefined) {
      await appeal(ctx, view.id, reason);
      // What came of it stands on the page of the appointment.
      return goTo(opened, booking);
    }
    if (respuesta !== "si") return goTo(opened, booking);
    const outcome = await confirmMine(ctx, view.id);
    return goTo(opened, withQuery(booking, { listo: outcome.ok ? "mia" : "nada" }));
  },
};
