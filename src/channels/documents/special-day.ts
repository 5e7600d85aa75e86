import { SERVICE_GROUPS } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import type { PublicDay, ToldDay } from "#modules/schedules/index.ts";
import { dayAloud, hoursAloud, numberAloud, phoneAloud, textAloud } from "./aloud.ts";
import { SPECIAL_DAY_WORDS, type SpecialDayPhrases } from "./special-day-words.ts";

type Language = "es" | "en";

/** A special day with what stands around it: whatever is published of it is made of this. */
export interface SpecialDayView {
  readonly language: Language;
  readonly day: PublicDay;
  /** IANA zone of its office, in which its hours are told. */
  readonly zone: string;
  /** By which people call the office's city. */
  readonly city: string;
  /** Where the office is; empty while that is being confirmed or is invented. */
  readonly officeAddress: readonly string[];
  /** Until when a draw for its places takes requests. */
  readonly askUntil: Date | undefined;
  readonly host: string;
  readonly phone: string;
  /** The page of the day, which every form leads to. */
  readonly address: string;
  /** Facts of the offices are invented, and everything that leaves the house says so. */
  readonly demo: boolean;
  readonly now: Date;
}

/** Half a minute at the pace of a radio voice. */
export const RADIO_WORDS = 75;

/** A publication in words, for every form that it is given. */
export interface SpecialDayWords {
  readonly service: string;
  readonly headline: string;
  /** The word before a place. */
  readonly where: string;
  /** The day and its hours; of one that has none now, what becomes of it. */
  readonly when: string;
  readonly whenLines: readonly string[];
  /** Name and address; empty while it has none to tell. */
  readonly place: readonly string[];
  readonly lines: readonly string[];
  readonly free: string;
  readonly noPay: string;
  readonly host: string;
  readonly phone: string;
  readonly demo: string | undefined;
  /** What changed since it was first told: the word, and was → is. */
  readonly correction: { readonly title: string; readonly lines: readonly string[] } | undefined;
  /** `Versión 2, 22 de noviembre de 2026`. */
  readonly stamp: string;
  readonly address: string;
  readonly radio: string;
}

export function specialDayWords(view: SpecialDayView): SpecialDayWords {
  const { language, day, host, phone, address, demo, now, zone } = view;
  const words = SPECIAL_DAY_WORDS[language];
  const correction = correctionOf(view);
  return {
    service: words.service,
    headline: words.headline(words.kinds[day.kind], day.venue?.city ?? view.city),
    ...ownWords(view, words),
    where: words.where,
    free: words.free,
    noPay: words.noPay,
    host,
    phone,
    demo: demo ? words.demo : undefined,
    correction:
      correction.length === 0 ? undefined : { title: words.correction, lines: correction.map(({ text }) => text) },
    stamp: words.revision(day.revision, dateText(localDateAt(now, zone), language)),
    address,
    radio: radioScript(view, words),
  };
}

/** The state in which people meet it: one that is over is over, whatever it was. */
export function standOf({ day, zone, now }: Pick<SpecialDayView, "day" | "zone" | "now">): PublicDay["state"] | "over" {
  const end = hoursOf(day)?.to;
  const over = end === undefined ? day.localDate < localDateAt(now, zone) : end <= now;
  return over && (day.state === "published" || day.state === "closed") ? "over" : day.state;
}

function ownWords(
  view: SpecialDayView,
  words: SpecialDayPhrases,
): Pick<SpecialDayWords, "when" | "whenLines" | "place" | "lines"> {
  const { day } = view;
  switch (standOf(view)) {
    case "suspended":
      return { when: words.suspended, whenLines: [words.suspended], place: [], lines: [words.keepFolio] };
    case "cancelled":
      return { when: words.cancelled, whenLines: [words.cancelled], place: [], lines: [words.elsewhere] };
    case "closed": {
      const date = capital(dayText(day.localDate, view.language));
      return {
        when: words.closedOn(date),
        whenLines: [date, words.closed],
        place: day.venue ? venueLines(day.venue) : view.officeAddress,
        lines: [words.closedTold, words.elsewhere],
      };
    }
    case "over":
      return { when: words.over, whenLines: [words.over], place: [], lines: [words.elsewhere] };
    case "published": {
      const places = placesOf(day);
      const whenLines = whenText(view, words);
      const where = day.venue ? venueLines(day.venue) : view.officeAddress;
      return {
        when: whenLines.join(", "),
        whenLines,
        place: where,
        lines: [
          words.forGroups(listed(view)),
          ...(places === 0 ? [] : [words.places(places.toLocaleString(localeOf(view.language)))]),
          words.given[day.givenOut],
          ...(view.askUntil ? [ended(words.until(momentText(view.askUntil, view)))] : []),
        ],
      };
    }
  }
}

/** The message as people forward it: short lines, the address last, so that a telephone shows its preview. */
export function sharedText(words: SpecialDayWords, bold: (text: string) => string): string {
  const { correction } = words;
  return [
    ...(correction ? [[bold(correction.title), ...correction.lines].join("\n")] : []),
    bold(words.headline),
    bold(words.when),
    [...(words.place.length === 0 ? [] : [`${words.where}: ${words.place.join(", ")}.`]), ...words.lines].join("\n"),
    `${bold(words.free)} ${words.noPay}`,
    ...(words.demo === undefined ? [] : [words.demo]),
    words.stamp,
    words.address,
  ].join("\n\n");
}

/** `Iglesia de Ejemplo`, `10 Example Street`, `Reno, NV`. */
export function venueLines({ name, street, city, region }: NonNullable<ToldDay["venue"]>): string[] {
  return [name, street, `${city}, ${region}`];
}

/** From the first opening to the last closing of its groups. */
export function hoursOf({
  sessions,
}: Pick<PublicDay, "sessions">): { readonly from: Date; readonly to: Date } | undefined {
  if (sessions.length === 0) return undefined;
  return {
    from: new Date(Math.min(...sessions.map((one) => one.startsAt.getTime()))),
    to: new Date(Math.max(...sessions.map((one) => one.endsAt.getTime()))),
  };
}

export function placesOf({ sessions }: Pick<PublicDay, "sessions">): number {
  return sessions.reduce((sum, one) => sum + one.places, 0);
}

interface Change {
  readonly what: "day" | "hours" | "place";
  readonly text: string;
  /** What is no longer so, as it is said aloud. */
  readonly wasAloud: string;
}

/** What is not as it was first told. Of a day that has none now nothing is compared: why it changes is published nowhere. */
function correctionOf(view: SpecialDayView): Change[] {
  const { day, language, zone, city } = view;
  const { told } = day;
  const now = hoursOf(day);
  if (standOf(view) === "closed") return [closedChange(view)];
  if (told === null || now === undefined || day.state !== "published") return [];
  const words = SPECIAL_DAY_WORDS[language];
  const was = { from: new Date(told.startsAt), to: new Date(told.endsAt) };
  const changes: Change[] = [];
  const add = (what: Change["what"], before: string, after: string, wasAloud: string): void => {
    if (before !== after) changes.push({ what, text: words.wasIs(words.changed[what], before, after), wasAloud });
  };
  const place = (venue: ToldDay["venue"]): string => (venue ? venueLines(venue).join(", ") : words.atOffice(city));
  const hours = ({ from, to }: { from: Date; to: Date }): string =>
    `${hourText(from, zone, language)}–${hourText(to, zone, language)}`;
  add("day", dayText(told.localDate, language), dayText(day.localDate, language), dayAloudIn(told.localDate, language));
  add("hours", hours(was), hours(now), hoursAloud(was.from, was.to, zone, language));
  const wasPlace = told.venue ? `${told.venue.name}, ${told.venue.city}` : words.atOffice(city);
  add(
    "place",
    place(told.venue),
    place(day.venue),
    `${language === "es" ? "en " : "at "}${textAloud(wasPlace, language)}`,
  );
  return changes;
}

/** What was taken away whole is told to whoever holds an old poster, whether or not a minute passed since it was made. */
function closedChange({ day, language }: SpecialDayView): Change {
  const words = SPECIAL_DAY_WORDS[language];
  const date = day.told?.localDate ?? day.localDate;
  return {
    what: "day",
    text: words.wasIs(words.changed.day, dayText(date, language), words.closedIs),
    wasAloud: dayAloudIn(date, language),
  };
}

function dayAloudIn(date: ToldDay["localDate"], language: Language): string {
  return language === "es" ? `el ${dayAloud(date, language)}` : `on ${dayAloud(date, language)}`;
}

/** For whoever reads it into a microphone: numbers in words, at most `RADIO_WORDS`. What matters least is left out first. */
function radioScript(view: SpecialDayView, words: SpecialDayPhrases): string {
  const { day, language, zone, phone } = view;
  const kind = words.kinds[day.kind];
  const city = day.venue?.city ?? view.city;
  const ways = words.radioWays(phoneAloud(phone, language));
  const stand = standOf(view);
  const hours = hoursOf(day);
  if (stand !== "published" || hours === undefined) {
    const own = ownWords(view, words);
    if (stand === "closed")
      return fitted([
        [0, `${words.correction}. ${words.radioNoLonger(toldAloud(correctionOf(view)))}`],
        [0, `${words.headline(kind, city)}.`],
        [0, words.closed],
        [0, ...own.lines],
        [0, ways],
        [0, words.free],
      ]);
    return fitted([
      [1, words.radioHello(city)],
      [0, `${words.headline(kind, city)}.`],
      [0, own.when],
      [0, ...own.lines],
      [0, ways],
      [0, words.free],
    ]);
  }
  const correction = correctionOf(view);
  const places = placesOf(day);
  const where = day.venue ? `${day.venue.name}, ${day.venue.street}, ${day.venue.city}` : words.atOffice(view.city);
  return fitted([
    ...(correction.length === 0
      ? ([[3, words.radioHello(city)]] as const)
      : ([[0, `${words.correction}. ${words.radioNoLonger(toldAloud(correction))}`]] as const)),
    [0, words.radioOpens(kind, dayAloud(day.localDate, language), hoursAloud(hours.from, hours.to, zone, language))],
    [0, words.radioPlace(textAloud(where, language))],
    [2, words.forGroups(listed(view))],
    [4, ...(places === 0 ? [] : [capital(words.places(numberAloud(places, language, true)))])],
    [1, words.given[day.givenOut]],
    [0, ways],
    [0, words.free],
    [5, words.noPay],
  ]);
}

/** New hours are said in any case: that they are new is left out where the day or the place is new too. */
function toldAloud(changes: readonly Change[]): string[] {
  const first = changes.filter(({ what }) => what !== "hours");
  return (first.length > 0 ? first : changes).map(({ wasAloud }) => wasAloud);
}

/** The highest number goes first. */
function fitted(sentences: readonly (readonly [least: number, ...said: string[]])[]): string {
  let kept = [...sentences];
  const text = (): string => kept.flatMap(([, ...said]) => said).join(" ");
  while (wordCount(text()) > RADIO_WORDS && kept.some(([least]) => least > 0)) {
    const worst = Math.max(...kept.map(([least]) => least));
    kept = kept.filter(([least]) => least !== worst);
  }
  return text();
}

/** As whoever reads it aloud counts: what stands between blanks. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length;
}

function whenText(view: SpecialDayView, words: SpecialDayPhrases): string[] {
  const { day, zone, language } = view;
  const hours = hoursOf(day);
  const date = capital(dayText(day.localDate, language));
  if (hours === undefined) return [date];
  return [date, words.hours(hourText(hours.from, zone, language), hourText(hours.to, zone, language))];
}

function momentText(at: Date, { zone, language }: SpecialDayView): string {
  return `${dayText(localDateAt(at, zone), language)}, ${hourText(at, zone, language)}`;
}

/** An hour in Spanish ends in a full stop already. */
function ended(sentence: string): string {
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

function localeOf(language: Language): string {
  return language === "es" ? "es-MX" : "en-US";
}

function dayText(date: ToldDay["localDate"], language: Language): string {
  return formatted(date, language, { weekday: "long", day: "numeric", month: "long" });
}

function dateText(date: ToldDay["localDate"], language: Language): string {
  return formatted(date, language, { day: "numeric", month: "long", year: "numeric" });
}

function formatted(date: ToldDay["localDate"], language: Language, options: Intl.DateTimeFormatOptions): string {
  const noon = new Date(`${date}T12:00:00Z`);
  const text = new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: "UTC" }).format(noon);
  // As people write it: `sábado 5 de diciembre`.
  return language === "es" ? text.replace(",", "") : text;
}

function hourText(instant: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    hour: "numeric",
    minute: "2-digit",
    hour12: true,
    timeZone: zone,
  }).format(instant);
}

function listed({ day, language }: SpecialDayView): string {
  const groups = SERVICE_GROUPS.filter((group) => day.sessions.some(({ serviceGroup }) => serviceGroup === group));
  const names = groups.map((group) => SPECIAL_DAY_WORDS[language].groups[group]);
  return new Intl.ListFormat(localeOf(language)).format(names);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
