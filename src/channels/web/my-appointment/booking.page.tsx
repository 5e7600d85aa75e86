import { getProposal } from "#modules/booking/index.ts";
import { getOwnDay } from "#modules/visits/index.ts";
import { Notice, PageHeading } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { show, type Route } from "../visit/visit.tsx";
import { BookingDetails } from "./booking-details.tsx";
import { confirmationView } from "./confirmation-view.ts";
import { DayNotice } from "./day-notice.tsx";
import { DisplacedNotice } from "./displaced.tsx";
import type { Opened } from "./opened.tsx";

/** An appointment, complete, with what may still be done. */
export const bookingPage: Route<Opened> = {
  path: "/mi-cita/:id",

  async get(opened) {
    const { language, network, ctx, view, request } = opened;
    const t = appointmentTexts(language);
    const { listo } = typedOf(request.query, ["listo"]);
    const done =
      listo === "cancelada" && view.state === "cancelled"
        ? "cancelled"
        : listo === "cambio" && view.state === "active"
          ? "changed"
          : listo === "no" && view.displaced
            ? "declined"
            : undefined;
    const proposal = view.displaced ? await getProposal(ctx, view.contactId, view.id) : undefined;
    const day = await getOwnDay(ctx, view.contactId, view.id);
    const confirmation = await confirmationView(ctx, network, view, language, ctx.now);
    return show(opened, {
      title: t("title"),
      address: appointmentUrls.booking(view.id),
      back: appointmentUrls.open,
      children: (
        <>
          {done && (
            <Notice tone="success">
              <p role="status">{t(done)}</p>
            </Notice>
          )}
          <PageHeading>{t("title")}</PageHeading>
          {view.displaced && <DisplacedNotice opened={opened} proposal={proposal} />}
          <DayNotice opened={opened} day={day} />
          <BookingDetails arrival={opened} view={view} confirmation={confirmation} stateTold={done === "cancelled"} />
        </>
      ),
    });
  },
};
