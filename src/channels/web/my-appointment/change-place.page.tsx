import { movesAfterMovingHome, NEAR_OFFICES } from "#modules/booking/index.ts";
import { officesInReach } from "#modules/offices/index.ts";
import { OfficeChooser, officeMissing } from "../choose/offices.tsx";
import { PageHeading } from "#ui/index.ts";
import { chooseTexts } from "../texts/choose.ts";
import { appointmentUrls, withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { requestsOfBooking } from "../visit/party.ts";
import { goTo, noErrors, show, type Answer, type Errors, type Route } from "../visit/visit.tsx";
import { dayHref, unmovable } from "./change.ts";
import type { Opened } from "./opened.tsx";

/** Another office for an appointment: one of the nearest, or any for who says that she has moved far away. */
export const changePlacePage: Route<Opened> = {
  path: "/mi-cita/:id/cambiar/lugar",
  get: (opened) => unmovable(opened) ?? page(opened, noErrors),

  post(opened) {
    const { oficina, mude } = typedOf(opened.request.body, ["oficina", "mude"]);
    const office = opened.network.officeById.get(oficina);
    return office
      ? goTo(opened, dayHref(opened, { office, movedHome: mude !== "" }))
      : page(opened, officeMissing(opened.language, movesHome(opened) ? "office_missing" : "office_not_near"));
  },
};

function mayMoveHome({ view, ctx }: Opened): boolean {
  return movesAfterMovingHome(view, ctx.now) !== undefined;
}

function movesHome(opened: Opened): boolean {
  const { request } = opened;
  const said = [request.query, request.body].some((one) => typedOf(one, ["mude"]).mude !== "");
  return said && mayMoveHome(opened);
}

function page(opened: Opened, errors: Errors): Answer {
  const { language, view, network } = opened;
  const t = chooseTexts(language);
  const movedHome = movesHome(opened);
  const here = appointmentUrls.changePlace(view.id)(language);
  const near = officesInReach(network, view.officeId, NEAR_OFFICES).flatMap((id) => network.officeById.get(id) ?? []);
  return show(opened, {
    title: t("placeTitle"),
    address: appointmentUrls.changePlace(view.id),
    back: appointmentUrls.change(view.id),
    errors,
    children: (
      <>
        <PageHeading lead={movedHome ? t("placeMovedLead") : t("placeNearLead", { nearest: NEAR_OFFICES })}>
          {t("placeTitle")}
        </PageHeading>
        {movedHome && !view.displaced && <p>{t("placeMovedLast")}</p>}
        <OfficeChooser
          arrival={opened}
          requests={requestsOfBooking(view)}
          first={view.officeId}
          chosen={view.officeId}
          action={here}
          errors={errors}
          among={movedHome ? undefined : near}
          keep={movedHome ? { mude: "1" } : {}}
        />
        {!movedHome && mayMoveHome(opened) && (
          <p>
            <a href={withQuery(here, { mude: 1 })}>{t("placeMoved")}</a>
          </p>
        )}
      </>
    ),
  });
}
