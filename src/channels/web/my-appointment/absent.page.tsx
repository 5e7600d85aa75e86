import { RETURN_DAYS, sayDetained } from "#modules/booking/index.ts";
import { Button, ButtonRow, Form, Notice, PageHeading, TextField } from "#ui/index.ts";
import { SafeExit } from "../emergency/lines.tsx";
import { phoneTexts } from "../links.tsx";
import { absentTexts } from "../texts/absent.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls, publicUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, noErrors, show, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";

const FOLIO = "folio";

/** "Está detenida": whoever helps comes first, then the folio. The answer is the same for every folio. */
export const absentPage: Route<Arrival> = {
  path: "/no-podra-venir",
  get: (arrival) => form(arrival, "", noErrors),

  async post(arrival) {
    const { folio } = typedOf(arrival.request.body, [FOLIO]);
    const said = await sayDetained(arrival.ctx, folio);
    if (said.ok) return received(arrival);
    return form(arrival, folio, errorsOf([{ field: FOLIO, key: said.refusal.code }], absentTexts(arrival.language)));
  },
};

function Help({ arrival: { language, network } }: { arrival: Arrival }) {
  const t = absentTexts(language);
  return (
    <Notice tone="danger" title={t("helpTitle")}>
      <p>{t.rich("help", phoneTexts(network.lines.ciam))}</p>
      <p>{t.rich("helpMexico", phoneTexts(network.lines.ciamFromMexico))}</p>
      <p>
        <a href={publicUrls.emergency(language)}>{t("rights")}</a>
      </p>
    </Notice>
  );
}

function form(arrival: Arrival, typed: string, errors: Errors): Answer {
  const { language } = arrival;
  const t = absentTexts(language);
  return show(arrival, {
    title: t("title"),
    address: appointmentUrls.absent,
    errors,
    exit: <SafeExit language={language} />,
    children: (
      <>
        <PageHeading lead={t("lead")}>{t("title")}</PageHeading>
        <Help arrival={arrival} />
        <h2>{t("tellTitle")}</h2>
        <p>{t("tellText", { days: RETURN_DAYS })}</p>
        <Form action={appointmentUrls.absent(language)}>
          <TextField
            name={FOLIO}
            label={t("folio")}
            hint={appointmentTexts(language)("proveFolioHint")}
            value={typed}
            error={errors.of(FOLIO)}
            width={20}
            code
            autoCapitalize="characters"
            autoComplete="off"
          />
          <ButtonRow>
            <Button>{t("send")}</Button>
          </ButtonRow>
        </Form>
        <p>{t("noFolio")}</p>
      </>
    ),
  });
}

function received(arrival: Arrival): Answer {
  const { language } = arrival;
  const t = absentTexts(language);
  return show(arrival, {
    title: t("receivedTitle"),
    address: appointmentUrls.absent,
    exit: <SafeExit language={language} />,
    children: (
      <>
        <PageHeading lead={t("receivedText")}>{t("receivedTitle")}</PageHeading>
        <p>{t("receivedRight", { days: RETURN_DAYS })}</p>
        <Help arrival={arrival} />
      </>
    ),
  });
}
