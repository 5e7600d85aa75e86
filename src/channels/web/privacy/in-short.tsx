import { privacyTexts } from "../texts/privacy.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { BOOKING_KEPT_DAYS } from "./retention.ts";

/** The plain sentences that stand before the first question. */
export function PrivacyInShort({ language, withLink = true }: { language: Language; withLink?: boolean }) {
  const t = privacyTexts(language);
  return (
    <>
      <ul>
        <li>{t("asked")}</li>
        <li>{t("seen")}</li>
        <li>
          {t("kept", { days: BOOKING_KEPT_DAYS })} <b>{t("status")}</b>
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
