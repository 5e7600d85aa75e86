import { privacyTexts } from "../texts/privacy.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { BOOKING_KEPT_DAYS, CONTACT_KEPT_MONTHS } from "./retention.ts";

/** The same plain sentences wherever they stand: at home, before the first question, above the notice. */
export function PrivacyInShort({ language, withLink = true }: { language: Language; withLink?: boolean }) {
  const t = privacyTexts(language);
  return (
    <>
      <ul>
        <li>{t("asked")}</li>
        <li>
          {t("seen")} <b>{t("status")}</b>
        </li>
        <li>
          {t("kept", { days: BOOKING_KEPT_DAYS })} {t("keptReach", { months: CONTACT_KEPT_MONTHS })}
        </li>
      </ul>
      {withLink && (
        <p>
          <a href={publicUrls.privacy(language)}>{t("more")}</a>
        </p>
      )}
    </>
  );
}
