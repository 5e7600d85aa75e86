import {
  cancelBooking,
  CHANGE_UNTIL_HOURS,
  coolingIfCancelled,
  COOL_DOWN_HOURS,
  mayChange,
  MISTAKE_MINUTES,
  movesAfter,
} from "#modules/booking/index.ts";
import { Button, ButtonRow, Form, PageHeading, SummaryList } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls, withQuery } from "../urls.ts";
import { goTo, show, type Answer, type Route } from "../visit/visit.tsx";
import { dayWords, timeAt } from "../visit/words.ts";
import type { Opened } from "./opened.tsx";
import { refusedPage } from "./refused.tsx";

/** Asks once whether it is meant; only the form cancels, and a second press changes nothing. */
export const cancelPage: Route<Opened> = {
  path: "/mi-cita/:id/cancelar",
  async get(opened) {
    return unchangeable(opened) ?? page(opened, (await coolingIfCancelled(opened.ctx, opened.view)) !== null);
  },

  async post(opened) {
    const { ctx, session, view, language } = opened;
    const outcome = await cancelBooking(ctx, { contactId: session.contactId!, bookingId: view.id });
    if (!outcome.ok) return refusedPage(opened, outcome.refusal);
    return goTo(opened, withQuery(appointmentUrls.booking(view.id)(language), { listo: "cancelada" }));
  },
};

/** The page in place of one that would offer what may not be done any more. */
export function unchangeable(opened: Opened): Answer | undefined {
  return refusedUnless(opened, mayChange(opened.view.state, opened.view.startsAt, opened.ctx.now));
}

export function refusedUnless(opened: Opened, may: ReturnType<typeof mayChange>): Answer | undefined {
  if (may === "yes") return undefined;
  return refusedPage(opened, may === "too_late" ? { code: may, hours: CHANGE_UNTIL_HOURS } : { code: may });
}

/** Says what follows for this contact and this booking, and nothing that does not. */
function page(opened: Opened, waits: boolean): Answer {
  const { language, view, network, ctx } = opened;
  const t = appointmentTexts(language);
  const office = network.officeById.get(view.officeId)!;
  return show(opened, {
    title: t("cancelTitle"),
    address: appointmentUrls.cancel(view.id),
    back: appointmentUrls.booking(view.id),
    children: (
      <>
        <PageHeading lead={t(view.displaced ? "cancelCutText" : "cancelText")}>{t("cancelTitle")}</PageHeading>
        <SummaryList
          rows={[
            { key: t("day"), value: dayWords(view.localDate, language) },
            { key: t("time"), value: timeAt(view.startsAt, office, language) },
            { key: t("people"), value: view.applicants.map((one) => one.givenNames).join(", ") },
          ]}
        />
        {waits && <p>{t("cancelWait", { hours: COOL_DOWN_HOURS })}</p>}
        {!waits && !view.displaced && <p>{t("cancelMistake", { minutes: MISTAKE_MINUTES })}</p>}
        {movesAfter(view, ctx.now) && (
          <p>
            {t("cancelInstead")} <a href={appointmentUrls.change(view.id)(language)}>{t("change")}</a>
          </p>
        )}
        <Form action={appointmentUrls.cancel(view.id)(language)}>
          <ButtonRow>
            <Button tone="danger">{t("cancelConfirm")}</Button>
            <Button tone="secondary" href={appointmentUrls.booking(view.id)(language)}>
              {t("cancelKeep")}
            </Button>
          </ButtonRow>
        </Form>
      </>
    ),
  });
}
