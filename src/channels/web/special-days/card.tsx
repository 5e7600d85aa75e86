import type { ReactNode } from "react";
import { hoursOf, standOf, type SpecialDayView } from "#channels/documents/special-day.ts";
import { SPECIAL_DAY_WORDS } from "#channels/documents/special-day-words.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { Card, Tag } from "#ui/index.ts";
import { dayInWords } from "../texts/format.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { hourAt } from "../visit/words.ts";

/** `Consulado móvil en Reno` */
export function headlineOf({ day, city }: SpecialDayView, language: Language): string {
  const words = SPECIAL_DAY_WORDS[language];
  return words.headline(words.kinds[day.kind], day.venue?.city ?? city);
}

/** One special day in a list: day, hours and address before anything is booked. */
export function SpecialDayCard({
  view,
  language,
  today,
  children,
}: {
  view: SpecialDayView;
  language: Language;
  today: LocalDate;
  children?: ReactNode;
}) {
  const t = specialDayTexts(language);
  const { day } = view;
  const stand = standOf(view);
  return (
    <Card
      href={publicUrls.specialDay(day.id)(language)}
      title={headlineOf(view, language)}
      titleAs="h3"
      pictogram="calendar"
    >
      {stand === "published" ? (
        <p>
          <WhenAndWhere view={view} language={language} today={today} />
        </p>
      ) : (
        <p>
          {stand === "closed" && (
            <>
              <WhenAndWhere view={view} language={language} today={today} />
              <br />
            </>
          )}
          <Tag tone="warning">{t(`state_${stand}`)}</Tag>
        </p>
      )}
      {children}
    </Card>
  );
}

/** In as few lines as people need in order to decide. */
export function WhenAndWhere({
  view,
  language,
  today,
}: {
  view: SpecialDayView;
  language: Language;
  today: LocalDate;
}) {
  const t = specialDayTexts(language);
  const { day, zone } = view;
  const hours = hoursOf(day);
  const date = dayInWords(day.localDate, language, today);
  return (
    <>
      <b>
        {hours
          ? t("cardHours", {
              day: date,
              from: hourAt(hours.from, { zone }, language),
              to: hourAt(hours.to, { zone }, language),
            })
          : date}
      </b>
      <br />
      {day.venue ? (
        <span translate="no">
          {day.venue.name}, {day.venue.street}, {day.venue.city}, {day.venue.region}
        </span>
      ) : (
        t("atOffice")
      )}
    </>
  );
}
