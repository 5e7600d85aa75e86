import {
  APPEAL_ANSWER_DAYS,
  APPEAL_DAYS,
  APPEAL_REASONS,
  REMEDY_DAYS,
  type OwnCase,
} from "#modules/integrity/index.ts";
import { Button, ButtonRow, Form, Notice } from "#ui/index.ts";
import { integrityTexts } from "../texts/integrity.ts";
import { appointmentUrls, journeyUrls } from "../urls.ts";
import type { Opened } from "../my-appointment/opened.tsx";

/** Above an appointment that a person asks about, or ended: what its holder can say, with one key. */
export function MineNotice({ opened, own }: { opened: Opened; own: OwnCase | undefined }) {
  const { language, view } = opened;
  const t = integrityTexts(language);
  const action = appointmentUrls.mine(view.id)(language);
  switch (own) {
    case undefined:
      return null;
    case "confirm":
      return (
        <Notice tone="warning" title={t("askTitle")}>
          <p>{t("askText")}</p>
          <p>{t("askFree")}</p>
          <Form action={action}>
            <ButtonRow>
              <Button name="respuesta" value="si">
                {t("askYes")}
              </Button>
            </ButtonRow>
          </Form>
        </Notice>
      );
    case "appeal":
      return (
        <Notice tone="warning" title={t("appealTitle")}>
          <p>{t("appealText", { days: APPEAL_DAYS })}</p>
          <Form action={action}>
            <ButtonRow>
              {APPEAL_REASONS.map((reason) => (
                <Button key={reason} tone="secondary" name="respuesta" value={reason}>
                  {t(`appeal_${reason}`)}
                </Button>
              ))}
            </ButtonRow>
          </Form>
        </Notice>
      );
    case "appealed":
      return (
        <Notice tone="info" title={t("appealedTitle")}>
          <p>{t("appealedText", { days: APPEAL_ANSWER_DAYS })}</p>
        </Notice>
      );
    case "won":
      return (
        <Notice tone="success" title={t("wonTitle")}>
          <p>{t("wonText", { days: REMEDY_DAYS })}</p>
          <ButtonRow>
            <Button href={journeyUrls.start({ office: view.officeId })(language)}>{t("wonBook")}</Button>
          </ButtonRow>
        </Notice>
      );
    case "upheld":
      return (
        <Notice tone="info" title={t("upheldTitle")}>
          <p>{t("upheldText")}</p>
        </Notice>
      );
  }
}
