import type { LocalDate } from "#kernel/ids.ts";
import type { DayMessageKind, Language, SenderChannel, Wording } from "../types.ts";
import { DAY_WORDS } from "./day-words.ts";
import { mailOf, spelled, type Block } from "./mail.ts";
import { dayOfYear, fullDay, momentOf } from "./moments.ts";
import { firstThatFits } from "./sms.ts";
import { shortPlace, wholePlace, type Venue } from "./where.ts";
import { WORDS } from "./words.ts";

export interface DayNotice {
  readonly kind: DayMessageKind;
  readonly language: Language;
  /** When the next news comes, or when the party is expected; of a service that goes on again nothing is said of the hour. */
  readonly at: Date;
  /** It is its own hour after all. */
  readonly own?: boolean;
  readonly zone: string;
  readonly city: string;
  /** In place of the office, with its city above. */
  readonly venue?: Venue | undefined;
  readonly folioTail: string;
  /** Last day of the right to return; undefined where nobody needs one. */
  readonly returnUntil: LocalDate | undefined;
  /** Opens a page; opening it changes nothing. */
  readonly link: string;
  readonly origin: string;
}

/** A message of a day that goes wrong. */
export function renderDay(channel: SenderChannel, notice: DayNotice): Wording {
  const { kind, language, city, venue, folioTail, link } = notice;
  const words = DAY_WORDS[language];
  const common = WORDS[language];
  const at = momentOf(notice.at, notice.zone, language);
  const until = notice.returnUntil && momentOf(new Date(`${notice.returnUntil}T12:00:00Z`), "UTC", language);
  const right = until ? [words.comeBack(dayOfYear(until, language)), words.first] : [];
  const opening = notice.own ? words.ownHour : words.opening(kind);
  const after = kind === "day_hour" ? [words.kept] : right;
  if (channel === "sms") {
    const facts = {
      time: `${at.time} ${at.zoneCode}`,
      city: shortPlace(city, venue),
      until: until?.shortDay ?? "",
      tail: folioTail,
    };
    const variants = notice.own ? words.smsOwn(facts) : words.sms(kind, facts);
    const fitting = until || kind === "day_hour" ? variants : variants.slice(1);
    return { text: firstThatFits(fitting.map((text) => `${text} ${link}`)) };
  }
  const time =
    kind === "day_suspended"
      ? words.spokenNews(at.spokenTime)
      : kind === "day_hour"
        ? words.spokenHour(at.spokenTime)
        : "";
  if (channel === "voice") {
    const said = [opening, time, ...after, common.spokenFolio(spelled(folioTail))].filter((one) => one !== "");
    return { text: [common.spokenNotice, ...said, common.spokenAgain, ...said].join(" ") };
  }
  const { labels } = common;
  const hour = `${at.time} ${at.zoneCode} (${at.zoneName})`;
  const facts: [string, string][] = [
    [labels.day, fullDay(at, language)],
    ...(kind === "day_suspended" ? ([[words.labels.news, hour]] as [string, string][]) : []),
    ...(kind === "day_hour" ? ([[words.labels.hour, hour]] as [string, string][]) : []),
    [labels.city, city],
    ...(venue ? ([[labels.place, wholePlace(venue)]] as [string, string][]) : []),
    [labels.folio, folioTail],
  ];
  const blocks: Block[] = [
    { lines: [opening], strong: true },
    { facts },
    ...after.map((line) => ({ lines: [line] })),
    { lines: [words.openPage], link: { text: common.linkText, url: link } },
    { lines: [common.opensOnly] },
    { lines: [common.free] },
    { lines: [common.from(notice.origin)], quiet: true },
  ];
  return mailOf(language, common.subject(at.day), blocks);
}
