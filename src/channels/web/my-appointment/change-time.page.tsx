import { viewTimes } from "#modules/booking/index.ts";
import { Button, ButtonRow, Form, PageHeading } from "#ui/index.ts";
import { NoTimes } from "../choose/no-times.tsx";
import { Times } from "../choose/times.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { appointmentUrls } from "../urls.ts";
import { findVisitProblem, needsIn } from "../visit/party.ts";
import { goTo, show, type Route } from "../visit/visit.tsx";
import { dayWords } from "../visit/words.ts";
import { dayHref, kept, timeHref, unmovable, wishOf } from "./change.ts";
import type { Opened } from "./opened.tsx";
import { refusedPage } from "./refused.tsx";

/** Another hour for an appointment: choosing one only leads to the question whether it is meant. */
export const changeTimePage: Route<Opened> = {
  path: "/mi-cita/:id/cambiar/hora",

  async get(opened) {
    const { language, network, view, today, ctx, request, session } = opened;
    const t = chooseTexts(language);
    const wish = wishOf(opened, request.query);
    const { office, localDate, applicants } = wish;
    const closed = unmovable(opened, wish);
    if (closed) return closed;
    if (localDate === undefined) return goTo(opened, dayHref(opened, wish));
    const problem = findVisitProblem(applicants, network, localDate);
    if (problem) return refusedPage(opened, problem, { href: dayHref(opened, wish), text: t("otherDay") });
    const needs = needsIn(applicants, network);
    const viewed = await viewTimes(ctx, session.contactId!, { officeId: office.id, localDate, needs });
    if (!viewed.ok) return refusedPage(opened, viewed.refusal, { href: dayHref(opened, wish), text: t("otherDay") });
    const offers = viewed.value;
    return show(opened, {
      title: t("timeTitle"),
      address: appointmentUrls.changeTime(view.id),
      back: appointmentUrls.changeDay(view.id),
      children: (
        <>
          <PageHeading
            lead={t("timeLead", {
              day: dayWords(localDate, language, today),
              office: office.name[language],
              city: office.shortName[language],
            })}
          >
            {t("timeTitle")}
          </PageHeading>
          {offers.length === 0 ? (
            <NoTimes
              arrival={opened}
              office={office}
              applicants={applicants}
              localDate={localDate}
              hrefOf={(date) => timeHref(opened, wish, date)}
              mayDivide={false}
            />
          ) : (
            <Form
              action={appointmentUrls.changeReview(view.id)(language)}
              method="get"
              hidden={{ ...kept(wish), dia: localDate }}
            >
              <Times language={language} office={office} offers={offers} />
            </Form>
          )}
          <ButtonRow>
            <Button tone="secondary" href={dayHref(opened, wish, offers.length > 0 ? undefined : localDate)}>
              {t("otherDay")}
            </Button>
          </ButtonRow>
        </>
      ),
    });
  },
};
