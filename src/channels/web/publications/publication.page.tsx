import { Button, ButtonRow, CopyText, PageHeading, Poster } from "#ui/index.ts";
import { wordCount } from "#channels/documents/special-day.ts";
import { qrDrawing } from "#channels/documents/qr-code.ts";
import type { Page } from "../shell.tsx";
import { publicationTexts } from "../texts/publications.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { sharedText, type Publication, type PublicationWords } from "./publication.ts";

export interface PublicationProps {
  readonly language: Language;
  readonly publication: Publication;
  readonly words: PublicationWords;
  /** The office's own page, which every form leads to. */
  readonly address: string;
}

/** One announcement in every form: picture, messages, radio, poster. */
export function publicationPage({ language, publication, words, address }: PublicationProps): Page {
  const { office, what } = publication;
  const t = publicationTexts(language);
  const image = publicUrls.publicationImage(office.id, what)(language);
  const whatsapp = sharedText(words, address, (text) => `*${text}*`);
  return {
    language,
    title: t("pageTitle", { headline: words.headline }),
    address: publicUrls.publication(office.id, what),
    back: { href: publicUrls.publications(office.id)(language), text: t("backList") },
    children: (
      <>
        <PageHeading caption={office.name[language]}>{words.headline}</PageHeading>
        <p className="lead">{words.when}</p>
        <h2>{t("imageTitle")}</h2>
        <p>
          <img className="share" src={image} width={1080} height={1080} alt={`${words.headline}. ${words.when}`} />
        </p>
        <p>
          <a href={image} download>
            {t("imageSave")}
          </a>{" "}
          <small>{t("imageNote")}</small>
        </p>
        <CopyText name="whatsapp" label={t("whatsappTitle")} hint={t("copyHint")} text={whatsapp} />
        <p>
          <a href={`https://wa.me/?text=${encodeURIComponent(whatsapp)}`} rel="noreferrer">
            {t("whatsappOpen")}
          </a>
        </p>
        <CopyText name="facebook" label={t("facebookTitle")} text={sharedText(words, address, (text) => text)} />
        <CopyText
          name="radio"
          label={t("radioTitle")}
          hint={t("radioWords", { count: wordCount(words.radio) })}
          text={words.radio}
        />
        <h2>{t("posterTitle")}</h2>
        <p>{t("posterNote")}</p>
        <ButtonRow>
          <Button tone="secondary" href={publicUrls.poster(office.id, what)(language)}>
            {t("posterOpen")}
          </Button>
        </ButtonRow>
      </>
    ),
  };
}

/** The sheet to print: the frame of the site stays off the paper. */
export function posterPage({ language, publication, words, address }: PublicationProps): Page {
  const { office, what } = publication;
  const t = publicationTexts(language);
  return {
    language,
    title: t("pageTitle", { headline: words.headline }),
    address: publicUrls.poster(office.id, what),
    back: { href: publicUrls.publication(office.id, what)(language), text: words.headline },
    wide: true,
    children: (
      <Poster
        headline={words.headline}
        when={words.when}
        lines={words.demo === undefined ? words.lines : [...words.lines, words.demo]}
        free={words.free}
        noPay={words.noPay}
        code={{ ...qrDrawing(address), label: words.host }}
        scan={t("posterScan")}
      >
        <p>
          <b>{t("official", { host: words.host })}</b>
          <br />
          {t("phone", { phone: words.phone })}
        </p>
      </Poster>
    ),
  };
}
