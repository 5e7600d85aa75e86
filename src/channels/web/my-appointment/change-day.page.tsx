import { PageHeading } from "#ui/index.ts";
import { Calendar, daySearch } from "../choose/calendar.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { appointmentUrls } from "../urls.ts";
import { groupsOf } from "../visit/party.ts";
import { show, type Route } from "../visit/visit.tsx";
import { kept, timeHref, unmovable, wishOf } from "./change.ts";
import type { Opened } from "./opened.tsx";

/** Another day for an appointment. */
export const changeDayPage: Route<Opened> = {
  path: "/mi-cita/:id/cambiar/dia",

  get(opened) {
    const { language, network, view, today, web, request, ctx } = opened;
    const t = chooseTexts(language);
    const wish = wishOf(opened, request.query);
    return (
      unmovable(opened, wish) ??
      show(opened, {
        title: t("dayTitle"),
        address: appointmentUrls.changeDay(view.id),
        back: appointmentUrls.change(view.id),
        wide: true,
        children: (
          <>
            <PageHeading lead={t("dayLead", { office: wish.office.name[language] })}>{t("dayTitle")}</PageHeading>
            {wish.applicants.length > 1 && <p>{t("dayTogether")}</p>}
            <Calendar
              language={language}
              availability={web.snapshot.current()}
              office={wish.office}
              groups={groupsOf(wish.applicants, network)}
              people={wish.applicants.length}
              // The box for the day of the week is not the chosen date.
              search={daySearch(request.query)}
              today={today}
              action={appointmentUrls.changeDay(view.id)(language)}
              keep={kept(wish)}
              hrefOf={(date) => timeHref(opened, wish, date)}
              otherOffice={appointmentUrls.changePlace(view.id)(language)}
              now={ctx.now}
              phone={network.lines.appointments}
            />
          </>
        ),
      })
    );
  },
};
