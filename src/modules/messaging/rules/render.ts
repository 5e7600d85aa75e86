import type { BookingMessageKind, Language, SenderChannel, Wording } from "../types.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { dayOfYear, fullDay, momentOf, type Moment } from "./moments.ts";
import { isReminder } from "./reminders.ts";
import { mailOf, spelled, type Block } from "./mail.ts";
import { firstThatFits, toGsm } from "./sms.ts";
import { shortPlace, wholePlace, type Venue } from "./where.ts";
import { WORDS, type Words } from "./words.ts";

export interface BookingNotice {
  readonly kind: BookingMessageKind;
  readonly language: Language;
  readonly startsAt: Date;
  readonly zone: string;
  readonly city: string;
  /** In place of the office, with its city above. */
  readonly venue?: Venue | undefined;
  readonly folioTail: string;
  /** Opens a page; opening it changes nothing. */
  readonly link: string;
  readonly origin: string;
  readonly daysLeft: number;
  /** Only when the person asked for the full message; e-mail alone carries them. */
  readonly people: readonly { readonly name: string; readonly services: readonly string[] }[] | undefined;
}

export interface CodeNotice {
  readonly language: Language;
  readonly digits: string;
  readonly minutes: number;
  readonly origin: string;
}

export interface SheetNotice {
  readonly language: Language;
  readonly form: string;
  /** It costs nothing and needs no appointment. */
  readonly free: boolean;
  readonly validDays: number;
  /** The first day on which a signature is still good at the visit. */
  readonly from: LocalDate;
  readonly where: string;
  readonly link: string;
  readonly origin: string;
}

/** What an absent parent is told: nothing of whose child it is, of the office or of the day of the visit but that one signature must not be older. */
export function renderSheet(channel: "email" | "sms", notice: SheetNotice): Wording {
  const { language, form, free, validDays, link } = notice;
  const words = WORDS[language];
  const { sheet } = words;
  const moment = momentOf(new Date(`${notice.from}T12:00:00Z`), "UTC", language);
  const day = dayOfYear(moment, language);
  if (channel === "sms") {
    const variant = (when: string, told: boolean): string => `${sheet.sms(form, when, told)} ${link}`;
    const short = `${moment.shortDay} ${moment.year}`;
    return { text: firstThatFits([variant(day, free), variant(short, free), variant(short, false)]) };
  }
  const { labels } = sheet;
  const facts: [string, string][] = [
    [labels.form, form],
    ...(free ? ([[labels.cost, sheet.free]] as [string, string][]) : []),
    [labels.where, notice.where],
    [labels.from, day],
    [labels.valid, sheet.valid(validDays)],
  ];
  const blocks: Block[] = [
    { lines: [sheet.opening], strong: true },
    { facts },
    { lines: [sheet.names] },
    { lines: [sheet.openPage], link: { text: sheet.linkText, url: link } },
    { lines: [words.opensOnly] },
    { lines: [sheet.unknown] },
    { lines: [words.from(notice.origin)], quiet: true },
  ];
  return mailOf(language, sheet.subject, blocks);
}

export function renderNotice(channel: SenderChannel, notice: BookingNotice): Wording {
  const words = WORDS[notice.language];
  const moment = momentOf(notice.startsAt, notice.zone, notice.language);
  switch (channel) {
    case "email":
      return emailNotice(words, moment, notice);
    case "sms":
      return { text: smsNotice(words, moment, notice) };
    case "voice":
      return { text: spokenNotice(words, moment, notice) };
  }
}

export function renderCode(channel: SenderChannel, { language, digits, minutes, origin }: CodeNotice): Wording {
  const words = WORDS[language];
  const says = [words.code(digits), words.codeLasts(minutes), words.codeWarning];
  switch (channel) {
    case "email": {
      const after = [words.codeLasts(minutes), words.codeWarning, words.codeNotAsked];
      const blocks: Block[] = [
        { lines: [words.code(digits)], strong: true },
        ...after.map((line) => ({ lines: [line] })),
        { lines: [words.from(origin)], quiet: true },
      ];
      return mailOf(language, words.codeSubject, blocks);
    }
    case "sms":
      return { text: firstThatFits([[...says, origin].join(" "), toGsm(says.join(" "))]) };
    case "voice": {
      const spoken = words.code(spelled(digits));
      return { text: [spoken, words.spokenAgain, spoken, words.codeLasts(minutes), words.codeWarning].join(" ") };
    }
  }
}

function smsNotice(
  words: Words,
  moment: Moment,
  { kind, daysLeft, city, venue, folioTail, link }: BookingNotice,
): string {
  const place = shortPlace(city, venue);
  const variant = (day: string, time = moment.time): string =>
    `${words.smsOpening(kind, daysLeft)} ${day}, ${time} ${moment.zoneCode}, ${place}. ${words.smsFolio(folioTail)} ${link}`;
  return firstThatFits([
    variant(`${moment.weekday} ${moment.day}`),
    variant(moment.day),
    variant(moment.shortDay),
    variant(moment.shortDay, moment.time.replace(/[ .]/g, "")),
    // Of two long parts the folio is left out and never the street: the link opens the appointment.
    ...(venue
      ? [
          `${words.smsOpening(kind, daysLeft)} ${moment.shortDay}, ${moment.time.replace(/[ .]/g, "")} ${moment.zoneCode}, ${place}. ${link}`,
        ]
      : []),
  ]);
}

function spokenNotice(
  words: Words,
  moment: Moment,
  { kind, language, daysLeft, city, venue, folioTail }: BookingNotice,
): string {
  const isOver = isEnded(kind);
  const stands = !isOver && kind !== "displaced" && kind !== "jornada_suspended";
  const facts = [
    words.spokenWhen(fullDay(moment, language), moment.spokenTime, moment.zoneName, stands),
    words.spokenWhere(venue ? wholePlace(venue) : city, stands),
    ...(venue && stands ? [words.notOffice] : []),
    words.spokenFolio(spelled(folioTail)),
  ];
  const closing = isOver
    ? [...(kind === "case_ended" ? [] : [words.another]), ...(asksBack(kind) ? [words.askAtOffice] : [])]
    : isReminder(kind)
      ? [words.silence, ...(kind === "permission_5" ? [words.paperLate] : []), words.spokenChange]
      : [kind === "displaced" ? words.spokenOther : words.spokenChange];
  return [words.spokenNotice, words.opening(kind, daysLeft), ...facts, words.spokenAgain, ...facts, ...closing].join(
    " ",
  );
}

/** What is told of an hour at which nobody is to come any more. */
function isEnded(kind: BookingMessageKind): boolean {
  return kind === "cancelled" || kind === "lapsed" || kind === "case_ended" || kind === "appeal_won";
}

/** Ended without her doing: she may want to ask. */
function asksBack(kind: BookingMessageKind): boolean {
  return kind === "lapsed" || kind === "case_ended";
}

function emailNotice(words: Words, moment: Moment, notice: BookingNotice): Wording {
  const { kind, language, link } = notice;
  const { labels } = words;
  const facts: [string, string][] = [
    [labels.day, fullDay(moment, language)],
    [labels.time, `${moment.time} ${moment.zoneCode} (${moment.zoneName})`],
    [labels.city, notice.city],
    ...(notice.venue ? ([[labels.place, wholePlace(notice.venue)]] as [string, string][]) : []),
    [labels.folio, notice.folioTail],
  ];
  const people = notice.people?.map(({ name, services }) => `${name}: ${services.join(", ")}`);
  const closing = !isReminder(kind)
    ? asksBack(kind)
      ? [words.askAtOffice]
      : []
    : [words.silence, kind === "permission_5" ? words.paperLate : words.cannotCome];
  const blocks: Block[] = [
    { lines: [words.opening(kind, notice.daysLeft)], strong: true },
    { facts },
    ...(notice.venue && kind !== "jornada_suspended" ? [{ lines: [words.notOffice], strong: true }] : []),
    ...(people ? [{ lines: [`${labels.people}:`, ...people] }] : []),
    { lines: [words.openPage(kind)], link: { text: words.linkText, url: link } },
    { lines: [words.opensOnly] },
    ...closing.map((line) => ({ lines: [line] })),
    { lines: [words.free] },
    { lines: [words.from(notice.origin)], quiet: true },
  ];
  return mailOf(language, words.subject(moment.day), blocks);
}
