import type { ReactNode } from "react";
import { momentsOf, nextTickAt, releasesOf } from "#channels/common/release-calendar.ts";
import type { Office } from "#modules/offices/index.ts";
import { RELEASE_TICKS } from "#modules/schedules/index.ts";
import { LinkList } from "#ui/index.ts";
import { momentInWords } from "../draws/hours.tsx";
import { hourAt } from "../visit/words.ts";
import type { Seen } from "../public-page.ts";
import { dayInWords } from "../texts/format.ts";
import { publicationTexts } from "../texts/publications.ts";
import { LOCALES } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";

/** Dates of the calendar that stand on the page itself; the file has all. */
const MOST_DATES = 6;

/** When places come out at one office, on its own clock; the whole calendar as a file. */
export function OfficeReleases({ seen, office }: { seen: Seen; office: Office }) {
  const { language, releases, snapshot, today } = seen;
  const t = publicationTexts(language);
  const now = snapshot.builtAt;
  const own = releasesOf(releases, office.id);
  const dates: { at: Date; shown: ReactNode }[] = [
    ...own.draws.flatMap((draw) =>
      momentsOf(draw, now).map(({ what, at }) => ({
        at,
        shown: (
          <>
            <b>{momentInWords(at, language, now, office.zone)}</b>: {t(`moment_${what}`)}
          </>
        ),
      })),
    ),
    ...own.days.map((day) => ({
      at: day.startsAt,
      shown: (
        <>
          <b>{dayInWords(day.localDate, language, today)}</b>:{" "}
          {t("dayAt", {
            kind: t(`kind_${day.kind}`),
            from: hourAt(day.startsAt, office, language),
            to: hourAt(day.endsAt, office, language),
          })}
        </>
      ),
    })),
  ];
  const soonest = dates.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(0, MOST_DATES);
  const ticks = RELEASE_TICKS.map((hour) => hourAt(nextTickAt(hour, now), office, language));
  return (
    <>
      {soonest.length > 0 && (
        <ul>
          {soonest.map(({ at, shown }) => (
            <li key={at.getTime()}>{shown}</li>
          ))}
        </ul>
      )}
      <p>{t("calendarTicks", { times: new Intl.ListFormat(LOCALES[language]).format(ticks) })}</p>
      <LinkList
        links={[
          { href: publicUrls.officeCalendar(office.id)(language), text: t("calendarFile") },
          ...(own.drawn.length > 0 ? [{ href: publicUrls.draws(language), text: t("draws") }] : []),
          { href: publicUrls.publications(office.id)(language), text: t("forStaff") },
        ]}
      />
    </>
  );
}
