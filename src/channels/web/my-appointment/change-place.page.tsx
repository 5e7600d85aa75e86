import { findOffices, OfficeChooser, officeMissing, officeSearch } from "../choose/offices.tsx";
import { PageHeading } from "#ui/index.ts";
import { chooseTexts } from "../texts/choose.ts";
import { appointmentUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { groupsOf, requestsOfBooking } from "../visit/party.ts";
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
  const { language, network, view, today, web, request, ctx } = opened;
  const t = chooseTexts(language);
  const search = officeSearch(request.query);
  const requests = requestsOfBooking(view);
  return show(opened, {
    title: t("placeTitle"),
    address: appointmentUrls.changePlace(view.id),
    back: appointmentUrls.change(view.id),
    errors,
    children: (
      <>
        <PageHeading lead={t("placeLead")}>{t("placeTitle")}</PageHeading>
        <OfficeChooser
          language={language}
          search={search}
          found={findOffices(
            network,
            web.snapshot.current(),
            groupsOf(requests, network),
            search,
            view.officeId,
            today,
            requests.length,
          )}
          people={requests.length}
          action={appointmentUrls.changePlace(view.id)(language)}
          chosen={view.officeId}
          today={today}
          jurisdictionMatters={requests.some((one) =>
            one.services.some((slug) => network.serviceBySlug.get(slug)?.jurisdictionBound),
          )}
          errors={errors}
          now={ctx.now}
          phone={network.lines.appointments}
        />
      </>
    ),
  });
}
