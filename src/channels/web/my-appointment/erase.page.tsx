import { parseFolio } from "#kernel/folio.ts";
import {
  CHANGE_UNTIL_HOURS,
  coolingIfCancelled,
  COOL_DOWN_HOURS,
  eraseOwnBooking,
  mayErase,
  readableInBackupsUntil,
  type EraseRefusal,
} from "#modules/booking/index.ts";
import { isFresh } from "#modules/people/index.ts";
import { localDateAt } from "#kernel/time.ts";
import { Button, ButtonRow, Form, PageHeading, TextField } from "#ui/index.ts";
import { AUDIT_KEPT_YEARS, CONTACT_KEPT_MONTHS } from "../privacy/retention.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { dateInWords } from "../texts/format.ts";
import { ownDataTexts } from "../texts/own-data.ts";
import { appointmentUrls, publicUrls } from "../urls.ts";
import { emptyDraft } from "../visit/draft.ts";
import { typedOf } from "../visit/forms.ts";
import {
  errorsOf,
  goTo,
  noErrors,
  save,
  show,
  type Answer,
  type Arrival,
  type Errors,
  type Route,
} from "../visit/visit.tsx";
import { FreshFirst } from "./fresh.tsx";
import type { Opened } from "./opened.tsx";

const FOLIO = "folio";
/** A page that says "not yet", as of a change that came too late. */
const CONFLICT = 409;

/** Erases the party that this folio opens: says what goes and what stays, and asks for the folio and a fresh code. */
export const erasePage: Route<Opened> = {
  path: "/mi-cita/:id/borrar",
  get: (opened) => page(opened, noErrors),

  async post(opened) {
    const { ctx, session, view, language, request, draft } = opened;
    if (!(session.verifiedAt && isFresh(session.verifiedAt, ctx.now))) return freshPage(opened);
    if (parseFolio(typedOf(request.body, [FOLIO]).folio) !== view.folio)
      return page(opened, errorsOf([{ field: FOLIO, key: "erase_folio" }], ownDataTexts(language)));
    const outcome = await eraseOwnBooking(ctx, { contactId: session.contactId!, bookingId: view.id });
    if (!outcome.ok && outcome.refusal.code !== "unknown_booking") return laterPage(opened, outcome.refusal);
    // The answers of the form are these people's too; what else this visit opened stays open.
    const kept = { opened: draft.opened, openedRequests: draft.openedRequests };
    await save(opened, { ...emptyDraft, ...kept, erased: view.id });
    return goTo(opened, appointmentUrls.erased(language));
  },
};

/** After it: the same for whoever comes here by herself. */
export const erasedPage: Route<Arrival> = {
  path: "/mi-cita/borrada",
  get: (arrival) => {
    const t = ownDataTexts(arrival.language);
    return show(arrival, {
      title: t("erasedTitle"),
      address: appointmentUrls.erased,
      children: (
        <>
          <PageHeading lead={t("erasedText")}>{t("erasedTitle")}</PageHeading>
          <ButtonRow>
            <Button href={publicUrls.home(arrival.language)}>{t("home")}</Button>
          </ButtonRow>
        </>
      ),
    });
  },
};

async function page(opened: Opened, errors: Errors): Answer {
  const { ctx, session, view, language, network } = opened;
  const office = network.officeById.get(view.officeId)!;
  const may = mayErase(view, ctx.now, localDateAt(ctx.now, office.zone));
  if (may === "day_open") return laterPage(opened, { code: may });
  if (may === "too_late") return laterPage(opened, { code: may, hours: CHANGE_UNTIL_HOURS });
  if (!(session.verifiedAt && isFresh(session.verifiedAt, ctx.now))) return freshPage(opened);
  const t = ownDataTexts(language);
  const cancels = may === "cancel_first";
  const waits = cancels && (await coolingIfCancelled(ctx, view)) !== null;
  return show(opened, {
    title: t("eraseTitle"),
    address: appointmentUrls.erase(view.id),
    back: appointmentUrls.booking(view.id),
    errors,
    children: (
      <>
        <PageHeading lead={t("eraseLead")}>{t("eraseTitle")}</PageHeading>
        <h2>{t("eraseGoes")}</h2>
        <ul>
          <li>{t("eraseGoesPeople")}</li>
          <li>{t("eraseGoesTime")}</li>
          <li>{t("eraseGoesDraft")}</li>
        </ul>
        {cancels && <p>{t("eraseCancels")}</p>}
        {waits && <p>{t("eraseWaits", { hours: COOL_DOWN_HOURS })}</p>}
        <h2>{t("eraseStays")}</h2>
        <ul>
          <li>{t("eraseStaysContact", { months: CONTACT_KEPT_MONTHS })}</li>
          <li>{t("eraseStaysLog", { years: AUDIT_KEPT_YEARS })}</li>
          <li>{t("eraseStaysVisit")}</li>
          <li>{t("eraseStaysBackup", { day: dateInWords(readableInBackupsUntil(view), language) })}</li>
        </ul>
        <Form action={appointmentUrls.erase(view.id)(language)}>
          <TextField
            name={FOLIO}
            label={t("eraseFolio")}
            hint={appointmentTexts(language)("proveFolioHint")}
            value=""
            error={errors.of(FOLIO)}
            width={20}
            code
            autoCapitalize="characters"
            autoComplete="off"
          />
          <ButtonRow>
            <Button tone="danger">{t(cancels ? "eraseButtonCancels" : "eraseButton")}</Button>
            <Button tone="secondary" href={appointmentUrls.booking(view.id)(language)}>
              {t("eraseKeep")}
            </Button>
          </ButtonRow>
        </Form>
      </>
    ),
  });
}

function freshPage(opened: Opened): Answer {
  const { language, view } = opened;
  const t = ownDataTexts(language);
  return show(opened, {
    title: t("freshTitle"),
    address: appointmentUrls.erase(view.id),
    back: appointmentUrls.booking(view.id),
    children: <FreshFirst arrival={opened} />,
  });
}

function laterPage(opened: Opened, refusal: Exclude<EraseRefusal, { code: "unknown_booking" }>): Answer {
  const { language, view } = opened;
  const t = ownDataTexts(language);
  const why = refusal.code === "too_late" ? t("eraseTooLate", { hours: refusal.hours }) : t("eraseDayOpen");
  return show(opened, {
    title: t("eraseLate"),
    address: appointmentUrls.erase(view.id),
    back: appointmentUrls.booking(view.id),
    status: CONFLICT,
    children: (
      <>
        <PageHeading lead={why}>{t("eraseLate")}</PageHeading>
        <ButtonRow>
          <Button href={appointmentUrls.booking(view.id)(language)}>{t("back")}</Button>
        </ButtonRow>
      </>
    ),
  });
}
