import { emergencyNumber, eraseEmergency, exportEmergency } from "#modules/emergencies/index.ts";
import { formatFolio } from "#kernel/folio.ts";
import { listLooks } from "#modules/booking/index.ts";
import { Button, ButtonRow, Form, LinkList, PageHeading } from "#ui/index.ts";
import { ownDataTexts } from "../texts/own-data.ts";
import { appointmentUrls, noticeUrls } from "../urls.ts";
import { goTo, save, show, type Route } from "../visit/visit.tsx";
import { SafeExit } from "./lines.tsx";
import type { OpenedNotice } from "./one.pages.tsx";

/** What is held of an urgent request, for whoever asked it. The words say nothing of what happened: another may read the telephone. */
export function OwnNoticeData({ visit: { own, language } }: { visit: OpenedNotice }) {
  const t = ownDataTexts(language);
  return (
    <section className="no-print" aria-labelledby="own-data-title">
      <h2 id="own-data-title">{t("sectionTitle")}</h2>
      <p>{t("noticeDataText")}</p>
      <LinkList
        links={[
          { href: noticeUrls.ownDataFile(own.id)(language), text: t("toRequestData") },
          { href: noticeUrls.erase(own.id)(language), text: t("toNoticeErase") },
        ]}
      />
    </section>
  );
}

/** Everything that is held of it but what happened and her telephone, which she gave herself: whoever finds the file must not learn it. */
export const noticeDataFile: Route<OpenedNotice> = {
  path: "/aviso/:id/mis-datos.json",

  async get({ ctx, own, reply }) {
    const { id, contactId, bookingId: _, ...notice } = own;
    await exportEmergency(ctx, own);
    const { looks, more } = await listLooks(ctx, { id, officeId: own.officeId, contactId });
    const document = {
      format: "ventanilla-own-notice/1",
      madeAt: ctx.now,
      notice: { ...notice, number: contactId === undefined ? undefined : formatFolio(emergencyNumber(id)) },
      looks,
      looksAreAll: !more,
      alsoHeld: [
        "what happened and by when, sealed, and not repeated here",
        "telephone to call back, if you gave one, sealed",
      ],
    };
    return reply
      .type("application/json; charset=utf-8")
      .header("cache-control", "no-store")
      .header("content-disposition", 'attachment; filename="aviso.json"')
      .send(`${JSON.stringify(document, undefined, 2)}\n`);
  },
};

/** Erases it, after it was asked once whether that is meant. Whoever sees it may withdraw it too, so no code is asked for. */
export const eraseNoticePage: Route<OpenedNotice> = {
  path: "/aviso/:id/borrar",

  get(visit) {
    const { own, language } = visit;
    const t = ownDataTexts(language);
    return show(visit, {
      title: t("noticeEraseTitle"),
      address: noticeUrls.erase(own.id),
      back: noticeUrls.one(own.id),
      exit: <SafeExit language={language} />,
      children: (
        <>
          <PageHeading lead={t("noticeEraseLead")}>{t("noticeEraseTitle")}</PageHeading>
          <p>{t("noticeEraseOpen")}</p>
          <Form action={noticeUrls.erase(own.id)(language)}>
            <ButtonRow>
              <Button tone="danger">{t("noticeEraseButton")}</Button>
              <Button tone="secondary" href={noticeUrls.one(own.id)(language)}>
                {t("eraseKeep")}
              </Button>
            </ButtonRow>
          </Form>
        </>
      ),
    });
  },

  async post(visit) {
    await eraseEmergency(visit.ctx, visit.own.id);
    await save(visit, { ...visit.draft, emergency: undefined, erased: visit.own.id });
    return goTo(visit, appointmentUrls.erased(visit.language));
  },
};
