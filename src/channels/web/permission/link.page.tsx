import { getSheet } from "#modules/booking/index.ts";
import { absentParentOf } from "#modules/offices/index.ts";
import { PageHeading } from "#ui/index.ts";
import { permissionTexts } from "../texts/permission.ts";
import { appointmentUrls, publicUrls, shortUrls } from "../urls.ts";
import { show, type Answer, type Arrival, type Route } from "../visit/visit.tsx";
import { Sheet, sheetTitle } from "./sheet.tsx";

const NOT_FOUND = 404;

/** The link of an absent parent's message. Whoever holds it sees what is to be signed, and nothing of the visit but the first day of signing. */
export const sheetLinkPage: Route<Arrival> = {
  path: "/h/:token",

  async get(arrival) {
    const { language, network, ctx, request, today } = arrival;
    const { token } = request.params as { token: string };
    const sheet = await getSheet(ctx, token, today);
    const services = sheet?.services.flatMap((slug) => network.serviceBySlug.get(slug) ?? []) ?? [];
    const permission = absentParentOf(services)?.permission;
    if (!sheet || !permission) return gone(arrival);
    const t = permissionTexts(language);
    const title = sheetTitle(permission, language);
    return show(arrival, {
      title,
      address: appointmentUrls.sheet(token),
      children: (
        <>
          <PageHeading lead={t("sheetLead")}>{title}</PageHeading>
          <Sheet
            language={language}
            network={network}
            permission={permission}
            who={sheet.initials}
            visitOn={sheet.visitOn}
            today={today}
            received={sheet.received}
            url={ctx.publicOrigin + shortUrls.sheet(token)}
          />
          <p className="no-print">{t("unknown")}</p>
        </>
      ),
    });
  },
};

/** An invented link, one of a cancelled booking and one of a visit that is over look alike. */
function gone(arrival: Arrival): Answer {
  const t = permissionTexts(arrival.language);
  return show(arrival, {
    title: t("goneTitle"),
    address: publicUrls.home,
    status: NOT_FOUND,
    children: <PageHeading lead={t("goneLead")}>{t("goneTitle")}</PageHeading>,
  });
}
