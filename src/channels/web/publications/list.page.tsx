import { LinkList, PageHeading } from "#ui/index.ts";
import type { Office } from "#modules/offices/index.ts";
import type { SpecialDayView } from "#channels/documents/special-day.ts";
import { headlineOf } from "../special-days/card.tsx";
import type { Page } from "../shell.tsx";
import { dayInWords } from "../texts/format.ts";
import { publicationTexts } from "../texts/publications.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { momentInWords } from "../draws/hours.tsx";
import type { Publication } from "./publication.ts";

interface ListProps {
  readonly language: Language;
  readonly office: Office;
  readonly publications: readonly Publication[];
  readonly now: Date;
  /** Special days that were planned by themselves, with the page of what is sent out about each. */
  readonly planned: readonly SpecialDayView[];
}

/** What an office may announce today. */
export function publicationListPage({ language, office, publications, planned, now }: ListProps): Page {
  const t = publicationTexts(language);
  const city = office.shortName[language];
  return {
    language,
    title: t("listTitle", { city }),
    address: publicUrls.publications(office.id),
    back: { href: publicUrls.office(office.id)(language), text: t("backOffice", { city }) },
    children: (
      <>
        <PageHeading caption={office.name[language]}>{t("listHeading")}</PageHeading>
        <p className="lead">{t("listLead")}</p>
        {publications.length + planned.length === 0 ? (
          <p>{t("listNone")}</p>
        ) : (
          <LinkList
            links={[
              ...planned.map((view) => ({
                href: publicUrls.specialDayShare(view.day.id)(language),
                text: `${headlineOf(view, language)}: ${dayInWords(view.day.localDate, language)}`,
              })),
              ...publications.map((one) => ({
                href: publicUrls.publication(office.id, one.what)(language),
                text: nameOf(one, language, now),
              })),
            ]}
          />
        )}
      </>
    ),
  };
}

function nameOf(publication: Publication, language: Language, now: Date): string {
  const t = publicationTexts(language);
  if (publication.kind === "draw")
    return t("draw", { until: momentInWords(publication.draw.first.locksAt, language, now, publication.office.zone) });
  return `${t(`kind_${publication.day.kind}`)}: ${dayInWords(publication.day.localDate, language)}`;
}
