import { eraseDraft, releaseHold } from "#modules/booking/index.ts";
import { Button, ButtonRow, PageHeading } from "#ui/index.ts";
import { closeSession } from "../session.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls, publicUrls } from "../urls.ts";
import { emptyDraft } from "../visit/draft.ts";
import { goTo, show, type Arrival, type Route } from "../visit/visit.tsx";

/** Ends the visit and forgets its answers: for a telephone that others use too. */
export const closePage: Route<Arrival> = {
  path: "/mi-cita/cerrar",

  get(arrival) {
    const t = appointmentTexts(arrival.language);
    return show(
      { ...arrival, session: undefined, draft: emptyDraft },
      {
        title: t("closedTitle"),
        address: appointmentUrls.close,
        children: (
          <>
            <PageHeading lead={t("closedText")}>{t("closedTitle")}</PageHeading>
            <ButtonRow>
              <Button href={publicUrls.home(arrival.language)}>{t("home")}</Button>
            </ButtonRow>
          </>
        ),
      },
    );
  },

  async post(arrival) {
    const { web, request, reply, language, session, draft, ctx } = arrival;
    if (session?.contactId !== undefined && draft.hold) await releaseHold(ctx, session.contactId);
    if (session) await eraseDraft(ctx, session.id);
    await closeSession(web.services, request, reply, language);
    return goTo(arrival, appointmentUrls.close(language));
  },
};
