import { localDateAt } from "#kernel/time.ts";
import type { Office } from "#modules/offices/index.ts";
import { HORIZON_WEEKS, nextReleaseTick } from "#modules/schedules/index.ts";
import { Notice } from "#ui/index.ts";
import { linkTo, phoneTexts } from "../links.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { dayInWords } from "../texts/format.ts";
import type { Language } from "../texts/texts.ts";
import { timeAt } from "../visit/words.ts";

/** What whoever chooses may change, each with its page; a way that does not apply is left out. */
export interface WaysOut {
  /** Fewer of the people now, the others in another appointment. */
  readonly people?: string | undefined;
  /** One kind of service now, the other in another appointment. */
  readonly groups?: string | undefined;
}

interface NoPlacesProps extends WaysOut {
  readonly language: Language;
  /** On whose clock the next hour of release is told. */
  readonly office: Office;
  readonly now: Date;
  readonly phone: string;
  /** False when there are no sessions for all that is wanted: then waiting does not help. */
  readonly served: boolean;
  /** The same page without its filters. */
  readonly filters?: string | undefined;
  readonly allOffices?: string | undefined;
  readonly otherOffice?: string | undefined;
}

/** Nothing to choose from is no dead end: what to do instead, the nearest first. */
export function NoPlaces(props: NoPlacesProps) {
  const { language, office, now, phone, served, filters, allOffices, otherOffice, people, groups } = props;
  const t = chooseTexts(language);
  const way = (key: Parameters<typeof t.rich>[0], href: string | undefined) =>
    href !== undefined && <li>{t.rich(key, { a: linkTo(href) })}</li>;
  const tick = nextReleaseTick(now);
  const today = localDateAt(now, office.zone);
  return (
    <Notice
      tone="warning"
      title={t(!served ? "emptyUnserved" : filters === undefined ? "emptyTitle" : "emptyFiltered")}
    >
      <p>{t("emptyLead")}</p>
      <ul>
        {way("emptyFilters", filters)}
        {way("emptyAll", allOffices)}
        {way("emptyOther", otherOffice)}
        {way("emptyGroups", groups)}
        {way("emptyPeople", people)}
        {served && (
          <li>
            {t("emptyTick", {
              day: dayInWords(localDateAt(tick, office.zone), language, today),
              time: timeAt(tick, office, language),
            })}
          </li>
        )}
        {served && <li>{t("emptyTomorrow", { weeks: HORIZON_WEEKS })}</li>}
        <li>{t.rich("emptyCall", phoneTexts(phone))}</li>
      </ul>
    </Notice>
  );
}
