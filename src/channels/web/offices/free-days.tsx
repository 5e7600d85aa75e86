import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { localTimeAt, weekdayOf } from "#kernel/time.ts";
import type { Office } from "#modules/offices/index.ts";
import { listDays, RELEASE_TICKS, type DayOffer, type Snapshot } from "#modules/schedules/index.ts";
import { PlacesGrid, type PlacesDay } from "#ui/index.ts";
import type { Seen } from "../public-page.ts";
import { calendarDay, timeInWords } from "../texts/format.ts";
import { officeTexts } from "../texts/offices.ts";
import { LOCALES, type Language } from "../texts/texts.ts";
import { journeyUrls } from "../urls.ts";

/** Two working weeks: what fits on a screen and mostly holds the first places. */
const DAYS_SHOWN = 10;

/** The first day on which the office has room for that group. */
export function soonestDay(snapshot: Snapshot, office: OfficeId, group: ServiceGroup): LocalDate | undefined {
  return snapshot.offices.get(office)?.get(group)?.soonest;
}

/** A calendar of days that leads into the booking of each day with room. */
export function FreeDays({ seen, office, group }: { seen: Seen; office: Office; group: ServiceGroup }) {
  const offers = listDays(seen.snapshot, office.id, [group]);
  const first = offers.findIndex((offer) => offer.level !== "none");
  if (first < 0) return <p>{officeTexts(seen.language)("noDays", { times: freedTimes(seen, office) })}</p>;
  const start = first < DAYS_SHOWN ? 0 : first;
  return (
    <PlacesGrid
      days={offers.slice(start, start + DAYS_SHOWN).map((offer) => placesDay(offer, seen.language, office.id))}
    />
  );
}

function placesDay({ date, level }: DayOffer, language: Language, office: OfficeId): PlacesDay {
  return {
    date,
    isoWeekday: weekdayOf(date) as PlacesDay["isoWeekday"],
    ...calendarDay(date, language),
    level,
    levelText: officeTexts(language)(`level_${level}`),
    href: level === "none" ? undefined : journeyUrls.start({ office, day: date })(language),
  };
}

/** When freed places return, on the office's wall clock. */
function freedTimes({ snapshot, language }: Seen, office: Office): string {
  const day = snapshot.builtAt.toISOString().slice(0, 10);
  const times = RELEASE_TICKS.map((hour) =>
    timeInWords(localTimeAt(new Date(`${day}T${hour}:00:00Z`), office.zone), language),
  );
  return new Intl.ListFormat(LOCALES[language]).format(times);
}
