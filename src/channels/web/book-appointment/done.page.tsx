import { Notice } from "#ui/index.ts";
import { BookingDetails } from "../my-appointment/booking-details.tsx";
import { confirmationView } from "../my-appointment/confirmation-view.ts";
import type { Opened } from "../my-appointment/opened.tsx";
import { appointmentTexts } from "../texts/appointment.ts";
import { journeyUrls } from "../urls.ts";
import { show, type Route } from "../visit/visit.tsx";

/** The confirmation, complete: for the visit that filed it. */
export const donePage: Route<Opened> = {
  path: "/cita/lista/:id",

  async get(opened) {
    const { language, network, ctx, view, session } = opened;
    const t = appointmentTexts(language);
    const confirmation = await confirmationView(ctx, network, view, language, ctx.now);
    return show(opened, {
      title: t("doneTitle"),
      address: journeyUrls.done(view.id),
      children: (
        <>
          <Notice tone="success" title={t("doneTitle")} titleAs="h1">
            <p>{t("doneText")}</p>
            <p>{t(session.contactKind === "card" ? "doneCard" : "doneMessage")}</p>
          </Notice>
          <BookingDetails arrival={opened} view={view} confirmation={confirmation} />
        </>
      ),
    });
  },
};
