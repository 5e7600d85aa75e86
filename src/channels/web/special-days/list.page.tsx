import { CardList, PageHeading } from "#ui/index.ts";
import { PlaceForm } from "../offices/place-form.tsx";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { specialDayTexts } from "../texts/special-days.ts";
import { publicUrls } from "../urls.ts";
import { SpecialDayCard } from "./card.tsx";
import { daysAhead } from "./days.ts";

/** Every special day ahead, the soonest first. */
export function specialDayListPage(seen: Seen): Page {
  const { language, today } = seen;
  const t = specialDayTexts(language);
  const days = daysAhead(seen);
  return {
    language,
    title: t("listTitle"),
    address: publicUrls.specialDays,
    description: t("listDescription"),
    back: { href: publicUrls.home(language), text: t("backHome") },
    wide: true,
    children: (
      <>
        <PageHeading lead={t("listLead")}>{t("listHeading")}</PageHeading>
        <h2>{t("listNear")}</h2>
        <PlaceForm language={language} />
        <h2>{t("listNext")}</h2>
        {days.length === 0 ? (
          <p>{t("listNone")}</p>
        ) : (
          <CardList>
            {days.map((view) => (
              <SpecialDayCard key={view.day.id} view={view} language={language} today={today} />
            ))}
          </CardList>
        )}
      </>
    ),
  };
}
