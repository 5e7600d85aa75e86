import { MOST_MOVES } from "#modules/booking/index.ts";
import { Card, CardList, PageHeading } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls } from "../urls.ts";
import { show, type Route } from "../visit/visit.tsx";
import { dayHref, unmovable } from "./change.ts";
import type { Opened } from "./opened.tsx";

/** What shall change: the time alone, or the office too. */
export const changePage: Route<Opened> = {
  path: "/mi-cita/:id/cambiar",

  get(opened) {
    const { language, view, network } = opened;
    const t = appointmentTexts(language);
    const office = network.officeById.get(view.officeId)!;
    return (
      unmovable(opened) ??
      show(opened, {
        title: t("changeChooseTitle"),
        address: appointmentUrls.change(view.id),
        back: appointmentUrls.booking(view.id),
        children: (
          <>
            <PageHeading lead={t(view.displaced ? "changeCutLead" : "changeChooseLead")}>
              {t("changeChooseTitle")}
            </PageHeading>
            {!view.displaced && <p>{t(leftKey(opened))}</p>}
            <CardList>
              <Card
                href={dayHref(opened, { office, movedHome: false })}
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

/** How often it may be moved yet, which is told to nobody whose hour the office closed; whoever sees a mistake at once may mend it though none is left. */
function leftKey({ view, ctx }: Opened): "changeLeftMend" | "changeLeftLast" | "changeLeft" {
  if (view.mendUntil !== null && ctx.now <= view.mendUntil) return "changeLeftMend";
  return view.moves === MOST_MOVES - 1 ? "changeLeftLast" : "changeLeft";
}
