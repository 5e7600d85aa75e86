import { renderIcs } from "#channels/documents/calendar.ts";
import { renderPdfSlip } from "#channels/documents/pdf-slip.ts";
import { renderSlipImage } from "#channels/documents/slip-image.ts";
import type { ConfirmationView } from "#channels/documents/view.ts";
import { appointmentUrls } from "../urls.ts";
import { goTo, type Route } from "../visit/visit.tsx";
import { confirmationView } from "./confirmation-view.ts";
import type { Opened } from "./opened.tsx";
import { gonePage } from "./refused.tsx";

/** A document of a booking that stands; nobody but the browser that asked may keep it. */
function documentRoute(
  path: string,
  type: string,
  fileName: string,
  render: (view: ConfirmationView) => Promise<Buffer> | string,
): Route<Opened> {
  return {
    path,
    async get(opened) {
      const { ctx, network, view, language, reply } = opened;
      if (view.state !== "active") return gonePage(opened, view.state);
      // What would be kept says a day and a place that it has no more.
      if (view.specialDay?.suspended) return goTo(opened, appointmentUrls.booking(view.id)(language));
      const document = await render(await confirmationView(ctx, network, view, language, ctx.now));
      return reply
        .type(type)
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="${fileName}"`)
        .send(document);
    },
  };
}

export const documentRoutes: readonly Route<Opened>[] = [
  documentRoute("/mi-cita/:id/cita.ics", "text/calendar; charset=utf-8", "cita.ics", renderIcs),
  documentRoute("/mi-cita/:id/comprobante.pdf", "application/pdf", "cita.pdf", renderPdfSlip),
  documentRoute("/mi-cita/:id/comprobante.png", "image/png", "cita.png", renderSlipImage),
];
