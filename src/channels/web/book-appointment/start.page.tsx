import { Button, ButtonRow, Form, Notice, PageHeading } from "#ui/index.ts";
import { PrivacyInShort } from "../privacy/in-short.tsx";
import { VenueNotice } from "../special-days/venue.tsx";
import { findDay } from "../special-days/choice.ts";
import { journeyTexts } from "../texts/journey.ts";
import { journeyUrls, publicUrls } from "../urls.ts";
import { withoutAnswers } from "../visit/draft.ts";
import { typedOf } from "../visit/forms.ts";
import { goTo, save, show, withSession, type Arrival, type Route } from "../visit/visit.tsx";
import { goToNext } from "./journey.tsx";

/** What we ask and who sees it, before the first question; only its button opens a session. */
export const startPage: Route<Arrival> = {
  path: "/cita",

  async get(arrival) {
    const { language, network, draft, request, session } = arrival;
    const t = journeyTexts(language);
    const asked = typedOf(request.query, ["oficina", "tramite", "jornada", "sesion"]);
    const office = network.officeById.get(asked.oficina);
    const service = network.serviceBySlug.get(asked.tramite);
    const special = await findDay(arrival, asked.jornada);
    const begun = session !== undefined && draft.people !== undefined;
    return show(arrival, {
      title: t("startTitle"),
      address: journeyUrls.start({
        ...(office && { office: office.id }),
        ...(service && { service: service.slug }),
        ...(special && { specialDay: special.day.id }),
      }),
      back: publicUrls.home,
      children: (
        <>
          <PageHeading lead={t("startLead")}>{t("startTitle")}</PageHeading>
          {asked.sesion !== "" && !begun && (
            <Notice tone="warning">
              <p>{t("noSession")}</p>
            </Notice>
          )}
          {begun && (
            <Notice title={t("resumeTitle")}>
              <p>{t("resumeText")}</p>
              <Form action={journeyUrls.start()(language)}>
                <ButtonRow>
                  <Button name="seguir" value="1">
                    {t("resume")}
                  </Button>
                </ButtonRow>
              </Form>
            </Notice>
          )}
          <h2>{t("privacyTitle")}</h2>
          <PrivacyInShort language={language} />
          <h2>{t("handTitle")}</h2>
          <ul>
            <li>{t("hand1")}</li>
            <li>{t("hand2")}</li>
            <li>{t("hand3")}</li>
          </ul>
          {office && <p>{t("wishOffice", { office: office.name[language] })}</p>}
          {service && <p>{t("wishService", { service: service.name[language] })}</p>}
          {special && <VenueNotice view={special} language={language} today={arrival.today} />}
          <Form
            action={journeyUrls.start()(language)}
            hidden={{
              ...(office && { oficina: office.id }),
              ...(service && { tramite: service.slug }),
              ...(special && { jornada: special.day.id }),
            }}
          >
            <ButtonRow>
              <Button tone={begun ? "secondary" : "primary"}>{begun ? t("restart") : t("start")}</Button>
            </ButtonRow>
          </Form>
        </>
      ),
    });
  },

  async post(arrival) {
    const { language, network, request, draft } = arrival;
    const asked = typedOf(request.body, ["oficina", "tramite", "jornada", "seguir"]);
    const visit = await withSession(arrival);
    if (asked.seguir !== "" && arrival.session !== undefined) return goToNext(visit);
    const wish = {
      officeId: network.officeById.get(asked.oficina)?.id,
      service: network.serviceBySlug.get(asked.tramite)?.slug,
      specialDayId: (await findDay(arrival, asked.jornada))?.day.id,
    };
    // What the visit has proven and its contact stay; only the answers begin anew.
    await save(visit, { ...withoutAnswers(draft), wish });
    return goTo(visit, journeyUrls.people(language));
  },
};
