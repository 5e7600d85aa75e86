import { Button, ButtonRow, Notice } from "#ui/index.ts";
import { surveyTexts } from "../texts/survey.ts";
import type { Language } from "../texts/texts.ts";
import { appointmentUrls } from "../urls.ts";

/** Above an appointment that is over: the same question as in the thanks. */
export function HowItWas({ language, token }: { language: Language; token: string }) {
  const t = surveyTexts(language);
  return (
    <Notice title={t("howTitle")}>
      <p>{t("howText")}</p>
      <ButtonRow>
        <Button tone="secondary" href={appointmentUrls.survey(token)(language)}>
          {t("howLink")}
        </Button>
      </ButtonRow>
    </Notice>
  );
}
