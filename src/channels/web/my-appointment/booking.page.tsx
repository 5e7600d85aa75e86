import { getProposal, returnUntil } from "#modules/booking/index.ts";
import { localDateAt } from "#kernel/time.ts";
import { getOwnCase } from "#modules/integrity/index.ts";
import { surveyToken } from "#modules/messaging/index.ts";
import { getOwnDay, isAskedOn } from "#modules/visits/index.ts";
import { LinkList, Notice, PageHeading } from "#ui/index.ts";
import { MineNotice } from "../integrity/mine.tsx";
import { absentTexts } from "../texts/absent.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { dateInWords } from "../texts/format.ts";
import { integrityTexts } from "../texts/integrity.ts";
import { ownDataTexts } from "../texts/own-data.ts";
import { appointmentUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { show, type Route } from "../visit/visit.tsx";
import { BookingDetails } from "./booking-details.tsx";
import { confirmationView } from "./confirmation-view.ts";
import { DayNotice } from "./day-notice.tsx";
import { HowItWas } from "../survey/how-it-was.tsx";
import { DisplacedNotice } from "./displaced.tsx";
import type { Opened } from "./opened.tsx";
import { ArrivedToday } from "./turn.page.tsx";

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
            : listo === "delicada" && view.delicate
              ? "hidden"
              : undefined;
    const proposal = view.displaced ? await getProposal(ctx, view.contactId, view.id) : undefined;
    const own = await getOwnCase(ctx, view.id);
    const day = await getOwnDay(ctx, view.contactId, view.id);
    const office = network.officeById.get(view.officeId)!;
    const mayAsk = view.state === "completed" && isAskedOn(localDateAt(ctx.now, office.zone), view.localDate);
    const survey = mayAsk ? await surveyToken(ctx, view.id) : undefined;
    const until = view.state === "cancelled" ? await returnUntil(ctx, view.id) : null;
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
          {(listo === "mia" || listo === "nada") && (
            <Notice tone={listo === "mia" ? "success" : "info"}>
              <p role="status">{integrityTexts(language)(listo === "mia" ? "askDone" : "nothing")}</p>
            </Notice>
          )}
          <PageHeading>{t("title")}</PageHeading>
          {view.displaced && <DisplacedNotice opened={opened} proposal={proposal} />}
          <MineNotice opened={opened} own={own} />
          {until !== null && (
            <Notice title={absentTexts(language)("returnTitle")}>
              <p>{absentTexts(language)("returnText", { day: dateInWords(until, language) })}</p>
            </Notice>
          )}
          <DayNotice opened={opened} day={day} />
          <ArrivedToday opened={opened} />
          {survey !== undefined && <HowItWas language={language} token={survey} />}
          <BookingDetails arrival={opened} view={view} confirmation={confirmation} stateTold={done === "cancelled"} />
          <OwnData {...opened} />
        </>
      ),
    });
  },
};

/** What is held of it, for whoever it is about. */
function OwnData({ view, language }: Opened) {
  const t = ownDataTexts(language);
  return (
    <section className="no-print" aria-labelledby="own-data-title">
      <h2 id="own-data-title">{t("sectionTitle")}</h2>
      <LinkList
        links={[
          { href: appointmentUrls.looks(view.id)(language), text: t("toLooks") },
          { href: appointmentUrls.ownData(view.id)(language), text: t("toData") },
          { href: appointmentUrls.erase(view.id)(language), text: t("toErase") },
        ]}
      />
    </section>
  );
}
