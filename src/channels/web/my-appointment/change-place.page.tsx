import { OfficeChooser, officeMissing } from "../choose/offices.tsx";
import { PageHeading } from "#ui/index.ts";
import { chooseTexts } from "../texts/choose.ts";
import { appointmentUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { requestsOfBooking } from "../visit/party.ts";
import { goTo, noErrors, show, type Answer, type Errors, type Route } from "../visit/visit.tsx";
import { unchangeable } from "./cancel.page.tsx";
import { dayHref } from "./change.ts";
import type { Opened } from "./opened.tsx";

/** Another office for an appointment. */
export const changePlacePage: Route<Opened> = {
  path: "/mi-cita/:id/cambiar/lugar",
  get: (opened) => unchangeable(opened) ?? page(opened, noErrors),

  post(opened) {
    const office = opened.network.officeById.get(typedOf(opened.request.body, ["oficina"]).oficina);
    return office ? goTo(opened, dayHref(opened, { office })) : page(opened, officeMissing(opened.language));
  },
};

function page(opened: Opened, errors: Errors): Answer {
  const { language, view } = opened;
  const t = chooseTexts(language);
  return show(opened, {
    title: t("placeTitle"),
    address: appointmentUrls.changePlace(view.id),
    back: appointmentUrls.change(view.id),
    errors,
    children: (
      <>
        <PageHeading lead={t("placeLead")}>{t("placeTitle")}</PageHeading>
        <OfficeChooser
          arrival={opened}
          requests={requestsOfBooking(view)}
          first={view.officeId}
          chosen={view.officeId}
          action={appointmentUrls.changePlace(view.id)(language)}
          errors={errors}
        />
      </>
    ),
  });
}
