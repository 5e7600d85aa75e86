import { sharedText, specialDayWords, wordCount, type SpecialDayView } from "#channels/documents/special-day.ts";
import { Button, ButtonRow, CopyText, PageHeading } from "#ui/index.ts";
import type { Page } from "../shell.tsx";
import { specialDayTexts } from "../texts/special-days.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";

/** What may be sent out about a special day, in every form and from the same facts. */
export function specialDaySharePage(view: SpecialDayView, language: Language): Page {
  const t = specialDayTexts(language);
  const { id } = view.day;
  const words = specialDayWords(view);
  const image = publicUrls.specialDayImage(id)(language);
  const text = sharedText(words, (one) => `*${one}*`);
  return {
    language,
    title: t("shareTitle", { headline: words.headline }),
    address: publicUrls.specialDayShare(id),
    back: { href: publicUrls.specialDay(id)(language), text: t("backDay") },
    children: (
      <>
        <PageHeading caption={words.stamp} lead={t("shareLead")}>
          {t("shareTitle", { headline: words.headline })}
        </PageHeading>
        <h2>{t("imageTitle")}</h2>
        <p>
          <img className="share" src={image} width={1080} height={1080} alt={`${words.headline}. ${words.when}`} />
        </p>
        <p>
          <a href={image} download>
            {t("imageSave")}
          </a>
        </p>
        <CopyText name="mensaje" label={t("textTitle")} hint={t("copyHint")} text={text} />
        <p>
          <a href={`https://wa.me/?text=${encodeURIComponent(text)}`} rel="noreferrer">
            {t("whatsappOpen")}
          </a>
        </p>
        <CopyText
          name="radio"
          label={t("radioTitle")}
          hint={t("radioWords", { count: wordCount(words.radio) })}
          text={words.radio}
        />
        <h2>{t("posterTitle")}</h2>
        <p>{t("posterNote")}</p>
        <ButtonRow>
          <Button tone="secondary" href={publicUrls.specialDayPoster(id)(language)}>
            {t("posterOpen")}
          </Button>
        </ButtonRow>
      </>
    ),
  };
}
