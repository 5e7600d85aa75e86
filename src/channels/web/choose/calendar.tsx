import { addDays, isLocalDate, weekdayOf } from "#kernel/time.ts";
import type { LocalDate, ServiceGroup } from "#kernel/ids.ts";
import type { Office } from "#modules/offices/index.ts";
import { BANDS, listDays, type Availability, type Band, type DayOffer } from "#modules/schedules/index.ts";
import { Button, ButtonRow, Details, Form, Pager, PlacesGrid, Select, type PlacesDay } from "#ui/index.ts";
import { chooseTexts } from "../texts/choose.ts";
import { calendarDay, dayInWords, weekdaysInWords } from "../texts/format.ts";
import type { Language } from "../texts/texts.ts";
import { withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { daysToTry, firstDayKey } from "./first-days.ts";
import { NoPlaces, type WaysOut } from "./no-places.tsx";

/** Days on one page of the calendar: four weeks. */
const PAGE_DAYS = 28;

export interface DaySearch {
  readonly dia: string;
  readonly parte: string;
  readonly desde: string;
  /** A day that was just seen to have no hour for all of them. */
  readonly sin: string;
}

export function daySearch(query: unknown): DaySearch {
  return typedOf(query, ["dia", "parte", "desde", "sin"]);
}

interface CalendarProps {
  readonly language: Language;
  readonly availability: Availability;
  readonly office: Office;
  readonly groups: readonly ServiceGroup[];
  readonly people: number;
  readonly search: DaySearch;
  readonly today: LocalDate;
  /** This page, with what must stay in its address. */
  readonly action: string;
  readonly keep?: Readonly<Record<string, string>>;
  /** Where a chosen day leads. */
  readonly hrefOf: (date: LocalDate) => string;
  readonly otherOffice: string;
  readonly now: Date;
  readonly phone: string;
  readonly waysOut?: WaysOut | undefined;
}

/** The days of an office for a party, coarse as the public sees them, with filters that need no script. */
export function Calendar(props: CalendarProps) {
  const { language, availability, office, groups, people, search, today, action, hrefOf, otherOffice } = props;
  const t = chooseTexts(language);
  const band = BANDS.find((one) => one === search.parte);
  const weekday = /^[1-7]$/.test(search.dia) ? Number(search.dia) : undefined;
  const all = listDays(availability, office.id, groups, { weekday, band });
  const empty = isLocalDate(search.sin) ? search.sin : undefined;
  const keep = { ...props.keep, ...(empty && { sin: empty }) };
  const first = daysToTry(all, people, empty)[0];
  const page = pageOf(all, search.desde, first?.date);
  const linkTo = (from: LocalDate) => withQuery(action, { ...keep, dia: search.dia, parte: search.parte, desde: from });
  const filtered = weekday !== undefined || band !== undefined;
  return (
    <>
      {first ? (
        <p>
          <a href={hrefOf(first.date)}>
            {t(firstDayKey(first, people, empty), { day: dayInWords(first.date, language, today) })}
          </a>
        </p>
      ) : (
        <NoPlaces
          {...props.waysOut}
          language={language}
          office={office}
          now={props.now}
          phone={props.phone}
          served={listDays(availability, office.id, groups).length > 0}
          filters={filtered ? withQuery(action, keep) : undefined}
          otherOffice={otherOffice}
        />
      )}
      <Details summary={t("filter")} open={filtered}>
        <Form action={action} method="get" hidden={keep}>
          <Select name="dia" label={t("weekday")} value={search.dia} options={weekdayOptions(language, t("anyDay"))} />
          <Select
            name="parte"
            label={t("band")}
            value={band ?? ""}
            options={[
              { value: "", text: t("anyBand") },
              ...BANDS.map((one: Band) => ({ value: one, text: t(`band_${one}`) })),
            ]}
          />
          <ButtonRow>
            <Button tone="secondary">{t("show")}</Button>
          </ButtonRow>
        </Form>
      </Details>
      <PlacesGrid days={page.days.map((day) => placesDay(day, language, hrefOf))} />
      <Pager
        label={t("weeks")}
        earlier={page.earlier && { href: linkTo(page.earlier), text: t("earlier") }}
        later={page.later && { href: linkTo(page.later), text: t("later") }}
      />
      <p>
        <a href={otherOffice}>{t("otherOffice")}</a>
      </p>
    </>
  );
}

/** The days from a Monday on; without a wish, from the week in which there is something. */
function pageOf(
  all: readonly DayOffer[],
  wished: string,
  firstFree: LocalDate | undefined,
): { days: readonly DayOffer[]; earlier: LocalDate | undefined; later: LocalDate | undefined } {
  const start =
    all.find((day) => day.date >= wished && /^\d{4}-\d{2}-\d{2}$/.test(wished))?.date ?? firstFree ?? all[0]?.date;
  if (start === undefined) return { days: [], earlier: undefined, later: undefined };
  const from = mondayOf(start);
  const until = addDays(from, PAGE_DAYS);
  const days = all.filter((day) => day.date >= from && day.date < until);
  return {
    days,
    earlier: all.some((day) => day.date < from) ? addDays(from, -PAGE_DAYS) : undefined,
    later: all.find((day) => day.date >= until) && until,
  };
}

function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date));
}

function placesDay({ date, level }: DayOffer, language: Language, hrefOf: (date: LocalDate) => string): PlacesDay {
  return {
    date,
    isoWeekday: weekdayOf(date) as PlacesDay["isoWeekday"],
    ...calendarDay(date, language),
    level,
    levelText: chooseTexts(language)(`level_${level}`),
    href: level === "none" ? undefined : hrefOf(date),
  };
}

function weekdayOptions(language: Language, any: string): { value: string; text: string }[] {
  return [
    { value: "", text: any },
    ...[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), text: weekdaysInWords([day], language) })),
  ];
}
