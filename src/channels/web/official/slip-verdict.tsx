import { Notice } from "#ui/index.ts";
import { linkTo } from "../links.tsx";
import { officialTexts } from "../texts/official.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";

/** Whether a paper is ours: said to whoever holds it, and nothing of whom or when. */
export function SlipVerdict({ language, slip }: { language: Language; slip: "genuine" | "invented" }) {
  const t = officialTexts(language);
  if (slip === "invented")
    return (
      <Notice tone="danger" title={t("slipFalseTitle")}>
        <p>{t("slipFalse")}</p>
        <p>{t.rich("slipFalseSold", { a: linkTo(publicUrls.reportAdvert(language)) })}</p>
      </Notice>
    );
  return (
    <Notice tone="success" title={t("slipTrueTitle")}>
      <p>{t("slipTrue")}</p>
      <p>{t("slipTrueWhat")}</p>
      <p>{t("slipTrueSold")}</p>
    </Notice>
  );
}
