import { isAhead, permissionsMissing, sheetToken } from "#modules/booking/index.ts";
import { Button, ButtonRow, PageHeading } from "#ui/index.ts";
import { Sheet, sheetTitle } from "../permission/sheet.tsx";
import { permissionTexts } from "../texts/permission.ts";
import { appointmentUrls, shortUrls } from "../urls.ts";
import { fullName } from "../visit/party.ts";
import { goTo, show, type Route } from "../visit/visit.tsx";
import { dayWords } from "../visit/words.ts";
import type { Opened } from "./opened.tsx";
import { permissionOf } from "./permissions.tsx";

/** The family's own copy of the sheet, with the name on the record and where it is sent. */
export const permissionPage: Route<Opened> = {
  path: "/mi-cita/:id/permiso/:person",

  async get(opened) {
    const { language, network, view, request, ctx, today } = opened;
    const { person } = request.params as { person: string };
    const ordinal = /^[1-8]$/.test(person) ? Number(person) : 0;
    const applicant = view.applicants[ordinal - 1];
    const permission = applicant && permissionOf(view, ordinal, network);
    if (!permission || !isAhead(view, ctx.now)) return goTo(opened, appointmentUrls.booking(view.id)(language));
    const token = await sheetToken(ctx, view.id, ordinal);
    if (token === undefined) return goTo(opened, appointmentUrls.booking(view.id)(language));
    const t = permissionTexts(language);
    const url = ctx.publicOrigin + shortUrls.sheet(token);
    const office = network.officeById.get(view.officeId)!;
    const title = sheetTitle(permission, language);
    return show(opened, {
      title,
      address: appointmentUrls.permission(view.id, ordinal),
      back: appointmentUrls.booking(view.id),
      children: (
        <>
          <PageHeading lead={t("sheetLeadFamily")}>{title}</PageHeading>
          <Sheet
            language={language}
            network={network}
            permission={permission}
            who={fullName(applicant)}
            visitOn={view.localDate}
            today={today}
            received={permissionsMissing([applicant]) === 0}
            url={url}
            more={[
              { key: t("destination"), value: `${office.name[language]} (${office.state})` },
              { key: t("visit"), value: dayWords(view.localDate, language) },
            ]}
          />
          <p className="no-print">{t("share")}</p>
          <p className="no-print sheet-link" translate="no">
            <a href={url}>{url}</a>
          </p>
          <ButtonRow>
            <Button tone="secondary" href={appointmentUrls.booking(view.id)(language)}>
              {t("backToAppointment")}
            </Button>
          </ButtonRow>
        </>
      ),
    });
  },
};
