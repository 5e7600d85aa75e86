import { SERVICE_GROUPS, type ServiceGroup } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import type { DrawAhead } from "#modules/allocation/index.ts";
import type { Network, Office } from "#modules/offices/index.ts";
import { releasesOf, type Releases, type SpecialDay } from "#channels/common/release-calendar.ts";
import { momentInWords } from "../draws/hours.tsx";
import { dayInWords, phoneInWords } from "../texts/format.ts";
import { publicationTexts } from "../texts/publications.ts";
import { LOCALES, type Language } from "../texts/texts.ts";
import { groupInSentence } from "../room/notice.tsx";
import { hourAt } from "../visit/words.ts";

/** What an office may announce: a draw that takes requests now or later, or a special day. */
export type Publication = { readonly what: string; readonly office: Office } & (
  | { readonly kind: "draw"; readonly draw: DrawAhead; readonly groups: readonly ServiceGroup[] }
  | { readonly kind: "day"; readonly day: SpecialDay; readonly groups: readonly ServiceGroup[] }
);

/** Everything that may be announced of an office at that instant, the earliest first. */
export function publicationsOf(releases: Releases, office: Office, now: Date): Publication[] {
  const { draws, days, drawn } = releasesOf(releases, office.id);
  return [
    ...draws
      .filter(({ first }) => first.locksAt > now)
      .map((draw) => ({ what: `reparto-${draw.key}`, office, kind: "draw" as const, draw, groups: drawn })),
    ...days.map((day) => ({
      what: `dia-${day.localDate}`,
      office,
      kind: "day" as const,
      day,
      groups: SERVICE_GROUPS.filter((group) => day.sessions.some(({ serviceGroup }) => serviceGroup === group)),
    })),
  ];
}

/** Places of one length. */
export interface Places {
  readonly stepMinutes: number;
  readonly places: number;
}

export interface Circumstances {
  readonly language: Language;
  readonly now: Date;
  readonly network: Network;
  readonly publicOrigin: string;
  /** Facts of the offices are invented, and everything that leaves the house says so. */
  readonly demo: boolean;
  readonly places: readonly Places[];
}

/** A publication in words, for every form that it is given. */
export interface PublicationWords {
  readonly headline: string;
  /** The day or the deadline: what the eye finds first. */
  readonly when: string;
  readonly lines: readonly string[];
  /** Said in each form: that it is free, and whom not to pay. */
  readonly free: string;
  readonly noPay: string;
  readonly host: string;
  readonly phone: string;
  readonly radio: string;
  readonly demo: string | undefined;
}

export function wordsOf(publication: Publication, about: Circumstances): PublicationWords {
  const { language, network, publicOrigin, demo } = about;
  const { office } = publication;
  const t = publicationTexts(language);
  const city = office.shortName[language];
  const host = new URL(publicOrigin).host;
  const phone = phoneInWords(network.lines.appointments);
  const groups = listed(
    publication.groups.map((group) => groupInSentence(group, language)),
    language,
  );
  const own = publication.kind === "draw" ? drawWords(publication, about) : dayWords(publication, about);
  const radio = [
    t("radioHello", { city }),
    publication.kind === "draw" ? t("radioDraw", { groups }) : ended(own.spoken),
    publication.kind === "draw" ? ended(own.spoken) : t("radioFor", { groups }),
    own.how,
    t("radioWays", { host, phone }),
    t("free"),
    t("noPay"),
  ];
  return {
    headline: own.headline,
    when: own.when,
    lines: [t("drawFor", { groups }), own.how, ...own.lines, ...placesWords(about)],
    free: t("free"),
    noPay: t("noPay"),
    host,
    phone,
    radio: radio.join(" "),
    demo: demo ? t("demo") : undefined,
  };
}

interface OwnWords {
  readonly headline: string;
  readonly when: string;
  readonly spoken: string;
  readonly how: string;
  readonly lines: readonly string[];
}

function drawWords({ draw, office }: Extract<Publication, { kind: "draw" }>, about: Circumstances): OwnWords {
  const { language, now } = about;
  const t = publicationTexts(language);
  const { first } = draw;
  const until = momentInWords(first.locksAt, language, now, office.zone);
  const from = momentInWords(first.opensAt, language, now, office.zone);
  const when = first.opensAt <= now ? t("drawOpen", { until }) : t("drawOpens", { from, until });
  const days = { from: dayInWords(first.horizonFrom, language), to: dayInWords(first.horizonTo, language) };
  return {
    headline: t("drawHeadline", { city: office.shortName[language] }),
    when,
    spoken: when,
    how: t("drawSame"),
    lines: [t("drawDays", days)],
  };
}

function dayWords({ day, office }: Extract<Publication, { kind: "day" }>, about: Circumstances): OwnWords {
  const { language, now } = about;
  const t = publicationTexts(language);
  const hours = {
    day: dayInWords(day.localDate, language, localDateAt(now, office.zone)),
    from: hourAt(day.startsAt, office, language),
    to: hourAt(day.endsAt, office, language),
  };
  const when = t("dayWhen", hours);
  const { address } = office.publicFacts;
  // An invented address would send families somewhere: it stays off what is meant to leave the house.
  const where =
    address && address.level !== "invented"
      ? [t("where", { address: `${address.value.street}, ${address.value.city}` })]
      : [];
  return {
    headline: t("dayHeadline", { kind: t(`kind_${day.kind}`), city: office.shortName[language] }),
    when: when.charAt(0).toUpperCase() + when.slice(1),
    spoken: t("radioDay", hours),
    how: t(day.drawn ? "dayDrawn" : "dayBook"),
    lines: where,
  };
}

function placesWords({ language, places }: Circumstances): string[] {
  const t = publicationTexts(language);
  const count = places.reduce((sum, one) => sum + one.places, 0);
  if (count === 0) return [];
  const lengths = new Set(places.map(({ stepMinutes }) => stepMinutes));
  const [minutes] = lengths;
  return [lengths.size === 1 ? t("places", { count, minutes: minutes! }) : t("placesMixed", { count })];
}

/** The message as people forward it: short lines, the address last, so that a telephone shows its preview. */
export function sharedText(words: PublicationWords, address: string, bold: (text: string) => string): string {
  const paragraphs = [
    bold(words.headline),
    bold(words.when),
    words.lines.join("\n"),
    `${bold(words.free)} ${words.noPay}`,
    ...(words.demo === undefined ? [] : [words.demo]),
    address,
  ];
  return paragraphs.join("\n\n");
}

/** An hour in Spanish ends in a full stop already. */
function ended(sentence: string): string {
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

function listed(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(LOCALES[language]).format(items);
}
