import type { Language, RequestMessageKind, SenderChannel, Wording } from "../types.ts";
import { mailOf, spelled, type Block } from "./mail.ts";
import { fullDay, momentOf, type Moment } from "./moments.ts";
import { REQUEST_WORDS, type RequestWords } from "./request-words.ts";
import { firstThatFits } from "./sms.ts";
import { shortPlace, wholePlace, type Venue } from "./where.ts";
import { WORDS } from "./words.ts";

export interface RequestTold {
  readonly kind: RequestMessageKind;
  readonly language: Language;
  /** The place that is offered, or the next result; neither when no draw is announced. */
  readonly at: Date | undefined;
  /** Until when an offered place can be refused before it is booked. */
  readonly answersBy: Date | undefined;
  /** Whether it then goes to another household instead: a place of tomorrow. */
  readonly passesOn: boolean;
  readonly zone: string;
  readonly city: string;
  /** Of an offered place: in place of the office, with its city above. */
  readonly venue?: Venue | undefined;
  readonly numberTail: string;
  /** Opens a page; opening it changes nothing. */
  readonly link: string;
  readonly origin: string;
}

export function renderRequest(channel: SenderChannel, told: RequestTold): Wording {
  const words = REQUEST_WORDS[told.language];
  const moment = told.at && momentOf(told.at, told.zone, told.language);
  const until = told.answersBy && momentOf(told.answersBy, told.zone, told.language);
  switch (channel) {
    case "email":
      return mailAbout(words, told, moment, until);
    case "sms":
      return { text: smsAbout(words, told, moment, until) };
    case "voice":
      return { text: spokenAbout(words, told, moment, until) };
  }
}

function mailAbout(
  words: RequestWords,
  told: RequestTold,
  moment: Moment | undefined,
  until: Moment | undefined,
): Wording {
  const { kind, language, link, origin, city, venue, numberTail, passesOn } = told;
  const { labels } = words;
  const whole = (one: Moment): string => `${fullDay(one, language)}, ${one.time} ${one.zoneCode} (${one.zoneName})`;
  const facts: [string, string][] = [
    ...(kind === "request_offered" && moment
      ? ([
          [labels.day, fullDay(moment, language)],
          [labels.time, `${moment.time} ${moment.zoneCode} (${moment.zoneName})`],
          [labels.city, city],
          ...(venue ? [[WORDS[language].labels.place, wholePlace(venue)]] : []),
        ] as [string, string][])
      : moment
        ? ([[kind === "request_filed" ? labels.result : labels.next, whole(moment)]] as [string, string][])
        : []),
    [labels.number, numberTail],
    ...(until ? ([[labels.until, whole(until)]] as [string, string][]) : []),
  ];
  const common = WORDS[language];
  const blocks: Block[] = [
    { lines: [words.opening(kind)], strong: true },
    { facts },
    ...(venue ? [{ lines: [common.notOffice], strong: true }] : []),
    { lines: [passesOn ? words.passesOn : words.stands(kind)] },
    { lines: [words.openPage(kind)], link: { text: words.linkText, url: link } },
    { lines: [common.opensOnly] },
    { lines: [words.free] },
    { lines: [common.from(origin)], quiet: true },
  ];
  return mailOf(language, words.subject, blocks);
}

function smsAbout(
  words: RequestWords,
  { kind, city, venue, numberTail, link, passesOn }: RequestTold,
  moment: Moment | undefined,
  until: Moment | undefined,
): string {
  const variant = (...facts: readonly string[]): string =>
    [words.smsOpening(kind), ...facts, words.smsNumber(numberTail), link].join(" ");
  const tellsWhen = kind === "request_offered" || kind === "request_filed";
  if (moment === undefined || !tellsWhen) return firstThatFits([variant()]);
  const when = (day: string, time = moment.time): string => {
    const instant = `${day}, ${time} ${moment.zoneCode}`;
    return kind === "request_offered" ? `${instant}, ${shortPlace(city, venue)}.` : words.smsResult(`${instant}.`);
  };
  if (passesOn && until) {
    // Without the number: it has two hours, and the link opens the request.
    const soon = (day: string, at: (time: string) => string): string =>
      [words.smsOpening(kind), when(day, at(moment.time)), words.smsUntil(at(until.time)), link].join(" ");
    return firstThatFits([
      soon(`${moment.weekday} ${moment.day}`, (time) => time),
      soon(moment.shortDay, (time) => time),
      soon(moment.shortDay, (time) => time.replace(/[ .]/g, "")),
    ]);
  }
  return firstThatFits([
    variant(when(`${moment.weekday} ${moment.day}`)),
    variant(when(moment.day)),
    variant(when(moment.shortDay)),
    variant(when(moment.shortDay, moment.time.replace(/[ .]/g, ""))),
  ]);
}

function spokenAbout(
  words: RequestWords,
  { kind, language, city, venue, numberTail, passesOn }: RequestTold,
  moment: Moment | undefined,
  until: Moment | undefined,
): string {
  const common = WORDS[language];
  const when = moment && ([fullDay(moment, language), moment.spokenTime, moment.zoneName] as const);
  const facts = [
    ...(when === undefined
      ? []
      : kind === "request_offered"
        ? [
            common.spokenWhen(...when, true),
            common.spokenWhere(venue ? wholePlace(venue) : city, true),
            ...(venue ? [common.notOffice] : []),
          ]
        : [words.spokenResult(...when)]),
    words.spokenNumber(spelled(numberTail)),
  ];
  return [
    words.spokenNotice,
    words.opening(kind),
    ...facts,
    common.spokenAgain,
    ...facts,
    ...(until ? [words.spokenUntil(fullDay(until, language), until.spokenTime, until.zoneName)] : []),
    passesOn ? words.passesOn : words.stands(kind),
    words.spokenAct(kind),
  ].join(" ");
}
