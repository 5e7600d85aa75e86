import { localTimeAt } from "#kernel/time.ts";
import type { Office } from "#modules/offices/index.ts";
import type { TimeOffer } from "#modules/schedules/index.ts";
import { TimeList, type TimeGroup } from "#ui/index.ts";
import { chooseTexts } from "../texts/choose.ts";
import type { Language } from "../texts/texts.ts";
import { hourAt } from "../visit/words.ts";

/** Name of the boxes in which a chosen start is sent. */
export const TIME_FIELD = "hora";

/** Starts of the parts of a day on the office's wall clock, as the calendar's filter names them. */
const MIDDAY = "11:00";
const AFTERNOON = "14:00";

/** The hours at which a whole party finds room, on the office's own clock. */
export function Times({
  language,
  office,
  offers,
}: {
  language: Language;
  office: Office;
  offers: readonly TimeOffer[];
}) {
  const t = chooseTexts(language);
  const within = (from: string, until: string): TimeGroup["times"] =>
    offers
      .filter(
        ({ startsAt }) => localTimeAt(startsAt, office.zone) >= from && localTimeAt(startsAt, office.zone) < until,
      )
      .map(({ startsAt, endsAt }) => ({
        value: startsAt.toISOString(),
        text: hourAt(startsAt, office, language),
        note: t("timeUntil", { end: hourAt(endsAt, office, language) }),
      }));
  const groups: TimeGroup[] = [
    { title: t("morning"), pictogram: "morning", times: within("00:00", MIDDAY) },
    { title: t("midday"), pictogram: "clock", times: within(MIDDAY, AFTERNOON) },
    { title: t("afternoon"), pictogram: "afternoon", times: within(AFTERNOON, "24:00") },
  ];
  return <TimeList name={TIME_FIELD} groups={groups.filter((group) => group.times.length > 0)} />;
}

/** The offer that was chosen, if it still stands. */
export function chosenStart(typed: string): Date | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(typed) && !Number.isNaN(Date.parse(typed))
    ? new Date(typed)
    : undefined;
}
