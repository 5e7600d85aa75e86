import { Card, CardList, PageHeading } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls } from "../urls.ts";
import { show, type Route } from "../visit/visit.tsx";
import { unchangeable } from "./cancel.page.tsx";
import { dayHref } from "./change.ts";
import type { Opened } from "./opened.tsx";

/** What shall change: the time alone, or the office too. */
export const changePage: Route<Opened> = {
  path: "/mi-cita/:id/cambiar",

  get(opened) {
    const { language, view, network } = opened;
    const t = appointmentTexts(language);
    const office = network.officeById.get(view.officeId)!;
    return (
      unchangeable(opened) ??
      show(opened, {
        title: t("changeChooseTitle"),
        address: appointmentUrls.change(view.id),
        back: appointmentUrls.booking(view.id),
        children: (
          <>
            <PageHeading lead={t("changeChooseLead")}>{t("changeChooseTitle")}</PageHeading>
            <CardList>
              <Card
                href={dayHref(opened, { office })}
                title={t("changeSame", { city: office.shortName[language] })}
                pictogram="calendar"
              />
              <Card href={appointmentUrls.changePlace(view.id)(language)} title={t("changeOther")} pictogram="office" />
            </CardList>
          </>
        ),
      })
    );
  },
};
