import { hideBooking, isAhead } from "#modules/booking/index.ts";
import { Button, ButtonRow, Form, PageHeading } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls, withQuery } from "../urls.ts";
import { goTo, show, type Route } from "../visit/visit.tsx";
import type { Opened } from "./opened.tsx";

/** "Mi situación es delicada": asks for no reason, and says what follows before it does. */
export const hidePage: Route<Opened> = {
  path: "/mi-cita/:id/delicada",

  get(opened) {
    const { view, language, ctx } = opened;
    const t = appointmentTexts(language);
    if (view.delicate || !isAhead(view, ctx.now)) return goTo(opened, appointmentUrls.booking(view.id)(language));
    return show(opened, {
      title: t("delicateTitle"),
      address: appointmentUrls.hide(view.id),
      back: appointmentUrls.booking(view.id),
      children: (
        <>
          <PageHeading lead={t("delicateLead")}>{t("delicateTitle")}</PageHeading>
          <p>{t("delicateText")}</p>
          <p>{t("delicateElsewhere")}</p>
          <h2>{t("delicateStays")}</h2>
          <ul>
            <li>{t("delicateStaysMessages")}</li>
            <li>{t("delicateStaysCalendar")}</li>
            <li>{t("delicateStaysPaper")}</li>
          </ul>
          <Form action={appointmentUrls.hide(view.id)(language)}>
            <ButtonRow>
              <Button>{t("delicateConfirm")}</Button>
            </ButtonRow>
          </Form>
        </>
      ),
    });
  },

  async post(opened) {
    const { ctx, view, language } = opened;
    await hideBooking(ctx, { contactId: view.contactId, bookingId: view.id });
    return goTo(opened, withQuery(appointmentUrls.booking(view.id)(language), { listo: "delicada" }));
  },
};
