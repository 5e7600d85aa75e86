import { moveBookingTo } from "#modules/booking/index.ts";
import type { Office } from "#modules/offices/index.ts";
import { Button, ButtonRow, Form, PageHeading, SummaryList } from "#ui/index.ts";
import { TIME_FIELD } from "../choose/times.tsx";
import { appointmentTexts } from "../texts/appointment.ts";
import { chooseTexts } from "../texts/choose.ts";
import { appointmentUrls, withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { goTo, show, type Answer, type Route } from "../visit/visit.tsx";
import { dayWords, timeAt } from "../visit/words.ts";
import { dayHref, kept, timeHref, unmovable, wishOf, type Wish } from "./change.ts";
import type { Opened } from "./opened.tsx";
import { refusedPage } from "./refused.tsx";

/** The old time beside the new; only the form moves, and until then the old one stands. */
export const changeReviewPage: Route<Opened> = {
  path: "/mi-cita/:id/cambiar/revisar",

  get(opened) {
    const { language, view, network, request } = opened;
    const t = appointmentTexts(language);
    const wish = wishOf(opened, request.query);
    const closed = unmovable(opened, wish);
    if (closed) return closed;
    const { office, localDate, startsAt } = wish;
    if (localDate === undefined || startsAt === undefined) return goTo(opened, dayHref(opened, wish));
    const venue = view.specialDay?.venue;
    const rows = (
      at: { office: Office; localDate: typeof localDate; startsAt: Date; place?: string | undefined },
      strong: boolean,
    ) => [
      { key: t("day"), value: dayWords(at.localDate, language), strong },
      { key: t("time"), value: timeAt(at.startsAt, at.office, language), strong },
      { key: t("place"), value: at.place ?? at.office.name[language] },
    ];
    return show(opened, {
      title: t("changeReviewTitle"),
      address: appointmentUrls.changeReview(view.id),
      back: appointmentUrls.change(view.id),
      children: (
        <>
          <PageHeading>{t("changeReviewTitle")}</PageHeading>
          <h2>{t("changeFrom")}</h2>
          <SummaryList
            rows={rows(
              {
                office: network.officeById.get(view.officeId)!,
                localDate: view.localDate,
                startsAt: view.startsAt,
                place: venue ? `${venue.name}, ${venue.street}, ${venue.city}` : undefined,
              },
              false,
            )}
          />
          <h2>{t("changeTo")}</h2>
          <SummaryList rows={rows({ office, localDate, startsAt }, true)} />
          <Form
            action={appointmentUrls.changeReview(view.id)(language)}
            hidden={{ ...kept(wish), dia: localDate, [TIME_FIELD]: startsAt.toISOString() }}
          >
            <ButtonRow>
              <Button>{t("changeConfirm")}</Button>
              <Button tone="secondary" href={appointmentUrls.booking(view.id)(language)}>
                {t("changeKeep")}
              </Button>
            </ButtonRow>
          </Form>
        </>
      ),
    });
  },

  async post(opened) {
    const { ctx, session, view, language, request } = opened;
    const wish = wishOf(opened, request.body);
    const { office, localDate, startsAt } = wish;
    const known = opened.network.officeById.has(typedOf(request.body, ["oficina"]).oficina);
    if (!known || localDate === undefined || startsAt === undefined) return incomplete(opened, wish);
    const done = withQuery(appointmentUrls.booking(view.id)(language), { listo: "cambio" });
    // A second press of the button: it is there already.
    if (view.officeId === office.id && view.startsAt.getTime() === startsAt.getTime()) return goTo(opened, done);
    const outcome = await moveBookingTo(ctx, {
      contactId: session.contactId!,
      bookingId: view.id,
      wanted: { officeId: office.id, localDate, startsAt },
      movedHome: wish.movedHome,
    });
    if (outcome.ok) return goTo(opened, done);
    if (["too_many_moves", "too_far"].includes(outcome.refusal.code)) return refusedPage(opened, outcome.refusal);
    return refusedPage(opened, outcome.refusal, {
      href: timeHref(opened, wish, localDate),
      text: chooseTexts(language)("timeTitle"),
    });
  },
};

/** The form came without a place, a day or an hour of ours: the appointment stands, and the choice begins again. */
function incomplete(opened: Opened, wish: Wish): Answer {
  const { language, view } = opened;
  const t = appointmentTexts(language);
  const again = { href: dayHref(opened, wish), text: chooseTexts(language)("changeAgain") };
  return show(opened, {
    title: t("changeReviewTitle"),
    address: appointmentUrls.changeReview(view.id),
    back: appointmentUrls.change(view.id),
    errors: { links: [again], of: () => undefined },
    children: (
      <>
        <PageHeading>{t("changeReviewTitle")}</PageHeading>
        <ButtonRow>
          <Button href={again.href}>{chooseTexts(language)("otherDay")}</Button>
          <Button tone="secondary" href={appointmentUrls.booking(view.id)(language)}>
            {t("changeKeep")}
          </Button>
        </ButtonRow>
      </>
    ),
  });
}
