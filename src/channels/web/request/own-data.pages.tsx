import { formatFolio, parseFolio } from "#kernel/folio.ts";
import { eraseRequest, listLooks, readHeldBesideRequest } from "#modules/booking/index.ts";
import { isFresh } from "#modules/people/index.ts";
import { Button, ButtonRow, Form, LinkList, PageHeading, TextField } from "#ui/index.ts";
import { LooksTable } from "../my-appointment/looks.page.tsx";
import { FreshFirst } from "../my-appointment/fresh.tsx";
import { AUDIT_KEPT_YEARS, CONTACT_KEPT_MONTHS } from "../privacy/retention.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { ownDataTexts } from "../texts/own-data.ts";
import { appointmentUrls, requestUrls } from "../urls.ts";
import { emptyDraft } from "../visit/draft.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, noErrors, save, show, type Answer, type Errors, type Route } from "../visit/visit.tsx";
import type { OpenedRequest } from "./opened.tsx";

const NUMBER = "numero";
/** As of a page that says "not yet". */
const CONFLICT = 409;

const lookedAt = ({ view }: OpenedRequest) => ({
  id: view.id,
  officeId: view.officeId ?? view.wish.offices[0]!,
  contactId: view.contactId,
});

/** What is held of a request, for whoever it is about. */
export function OwnRequestData({ opened: { view, language } }: { opened: OpenedRequest }) {
  const t = ownDataTexts(language);
  return (
    <section className="no-print" aria-labelledby="own-data-title">
      <h2 id="own-data-title">{t("sectionTitle")}</h2>
      <p>{t("requestDataText")}</p>
      <LinkList
        links={[
          { href: requestUrls.looks(view.id)(language), text: t("toRequestLooks") },
          { href: requestUrls.ownDataFile(view.id)(language), text: t("toRequestData") },
          { href: requestUrls.erase(view.id)(language), text: t("toRequestErase") },
        ]}
      />
    </section>
  );
}

export const requestLooksPage: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/expediente",

  async get(opened) {
    const { ctx, view, language } = opened;
    const t = ownDataTexts(language);
    const { looks, more } = await listLooks(ctx, lookedAt(opened));
    return show(opened, {
      title: t("requestLooksTitle"),
      address: requestUrls.looks(view.id),
      back: requestUrls.one(view.id),
      children: (
        <>
          <PageHeading lead={t("looksLead")}>{t("requestLooksTitle")}</PageHeading>
          <LooksTable looks={looks} more={more} arrival={opened} />
          <BackToRequest opened={opened} />
        </>
      ),
    });
  },
};

/** Everything that is held of a request, without ids of ours: they say nothing to her, and would to whoever finds the file. */
export const requestDataFile: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/mis-datos.json",

  async get(opened) {
    const { ctx, view, reply } = opened;
    const { id: _, contactId: __, bookingId: ___, number, draws, ...request } = view;
    const beside = await readHeldBesideRequest(ctx, lookedAt(opened));
    const { looks, more } = await listLooks(ctx, lookedAt(opened));
    const document = {
      format: "ventanilla-own-request/1",
      madeAt: ctx.now,
      request: {
        ...request,
        number: formatFolio(number),
        draws: draws.map((one) => ({
          kind: one.kind,
          state: one.state,
          locksAt: one.locksAt,
          drawsAt: one.drawsAt,
          // As the published files of that draw name it.
          number: one.app,
          answer: one.answer,
          office: one.officeId,
          day: one.localDate,
          wish: one.option,
        })),
      },
      ...beside,
      looks,
      looksAreAll: !more,
      alsoHeld: ["keyed digests of contact and people", "audit log under a pseudonym"],
    };
    return reply
      .type("application/json; charset=utf-8")
      .header("cache-control", "no-store")
      .header("content-disposition", 'attachment; filename="mi-solicitud.json"')
      .send(`${JSON.stringify(document, undefined, 2)}\n`);
  },
};

/** Erases a request: says what goes and what stays, and asks for its number and a fresh code. */
export const eraseRequestPage: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/borrar",
  get: (opened) => page(opened, noErrors),

  async post(opened) {
    const { ctx, session, view, language, request, draft } = opened;
    if (!(session.verifiedAt && isFresh(session.verifiedAt, ctx.now))) return page(opened, noErrors);
    if (parseFolio(typedOf(request.body, [NUMBER]).numero) !== view.number)
      return page(opened, errorsOf([{ field: NUMBER, key: "erase_number" }], ownDataTexts(language)));
    if (view.state === "offered") return notNowPage(opened);
    const outcome = await eraseRequest(ctx, view.id, session.contactId!);
    if (!outcome.ok && outcome.refusal.code === "not_now") return notNowPage(opened);
    // The answers of the form are these people's too; what else this visit opened stays open.
    await save(opened, { ...emptyDraft, opened: draft.opened, openedRequests: draft.openedRequests, erased: view.id });
    return goTo(opened, appointmentUrls.erased(language));
  },
};

function page(opened: OpenedRequest, errors: Errors): Answer {
  const { ctx, session, view, language } = opened;
  if (view.state === "offered") return notNowPage(opened);
  const t = ownDataTexts(language);
  const fresh = session.verifiedAt && isFresh(session.verifiedAt, ctx.now);
  return show(opened, {
    title: t(fresh ? "requestEraseTitle" : "freshTitle"),
    address: requestUrls.erase(view.id),
    back: requestUrls.one(view.id),
    errors,
    children: fresh ? (
      <>
        <PageHeading lead={t("eraseLead")}>{t("requestEraseTitle")}</PageHeading>
        <h2>{t("eraseGoes")}</h2>
        <ul>
          <li>{t("requestEraseGoes")}</li>
          <li>{t("eraseGoesDraft")}</li>
        </ul>
        {view.state === "standing" && <p>{t("requestEraseWithdraws")}</p>}
        <h2>{t("eraseStays")}</h2>
        <ul>
          <li>{t("requestEraseLeaf")}</li>
          <li>{t("eraseStaysContact", { months: CONTACT_KEPT_MONTHS })}</li>
          <li>{t("eraseStaysLog", { years: AUDIT_KEPT_YEARS })}</li>
          <li>{t("requestEraseStaysBackup")}</li>
        </ul>
        <Form action={requestUrls.erase(view.id)(language)}>
          <TextField
            name={NUMBER}
            label={t("requestEraseNumber")}
            hint={appointmentTexts(language)("proveFolioHint")}
            value=""
            error={errors.of(NUMBER)}
            width={20}
            code
            autoCapitalize="characters"
            autoComplete="off"
          />
          <ButtonRow>
            <Button tone="danger">{t("requestEraseButton")}</Button>
            <Button tone="secondary" href={requestUrls.one(view.id)(language)}>
              {t("eraseKeep")}
            </Button>
          </ButtonRow>
        </Form>
      </>
    ) : (
      <FreshFirst arrival={opened} />
    ),
  });
}

function notNowPage(opened: OpenedRequest): Answer {
  const { language, view } = opened;
  const t = ownDataTexts(language);
  return show(opened, {
    title: t("eraseLate"),
    address: requestUrls.erase(view.id),
    back: requestUrls.one(view.id),
    status: CONFLICT,
    children: (
      <>
        <PageHeading lead={t("requestNotNow")}>{t("eraseLate")}</PageHeading>
        <BackToRequest opened={opened} />
      </>
    ),
  });
}

function BackToRequest({ opened: { language, view } }: { opened: OpenedRequest }) {
  return (
    <ButtonRow>
      <Button tone="secondary" href={requestUrls.one(view.id)(language)}>
        {ownDataTexts(language)("backToRequest")}
      </Button>
    </ButtonRow>
  );
}
