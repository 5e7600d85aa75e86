import type { Language, SenderChannel, Wording } from "../types.ts";
import { mailOf, spelled } from "./mail.ts";
import { firstThatFits } from "./sms.ts";
import { WORDS } from "./words.ts";

export interface Ready {
  readonly language: Language;
  /** More than one paper. */
  readonly many: boolean;
  readonly city: string;
  readonly folioTail: string;
  /** Opens a page; opening it changes nothing. */
  readonly link: string;
  readonly origin: string;
}

/** What is said of papers that can be fetched, under the rules of `words.ts`: neither which nor whose. */
export const READY_WORDS = {
  es: {
    subject: "Puede pasar por lo que pidió",
    one: "Su documento está listo.",
    many: "Sus documentos están listos.",
    where: (city: string) => `Recójalo en el consulado en ${city}, sin cita.`,
    whereMany: (city: string) => `Recójalos en el consulado en ${city}, sin cita.`,
    bring: "Traiga su identificación.",
    sms: (city: string, tail: string) => [
      `Esta listo lo que pidio. Recojalo sin cita en ${city}. Folio ...${tail}.`,
      `Esta listo lo que pidio. Folio ...${tail}.`,
    ],
  },
  en: {
    subject: "You can fetch what you asked for",
    one: "Your document is ready.",
    many: "Your documents are ready.",
    where: (city: string) => `Fetch it at the consulate in ${city}, without an appointment.`,
    whereMany: (city: string) => `Fetch them at the consulate in ${city}, without an appointment.`,
    bring: "Bring your identification.",
    sms: (city: string, tail: string) => [
      `What you asked for is ready. Fetch it in ${city}, no appointment. Folio ...${tail}.`,
      `What you asked for is ready. Folio ...${tail}.`,
    ],
  },
} as const;

export function renderReady(channel: SenderChannel, { language, many, city, folioTail, link, origin }: Ready): Wording {
  const words = READY_WORDS[language];
  const common = WORDS[language];
  if (channel === "sms") return { text: firstThatFits(words.sms(city, folioTail).map((text) => `${text} ${link}`)) };
  const opening = many ? words.many : words.one;
  const where = many ? words.whereMany(city) : words.where(city);
  if (channel === "voice") {
    const said = [opening, where, words.bring, common.spokenFolio(spelled(folioTail))];
    return { text: [common.spokenNotice, ...said, common.spokenAgain, ...said].join(" ") };
  }
  return mailOf(language, words.subject, [
    { lines: [opening], strong: true },
    { lines: [where] },
    { facts: [[common.labels.folio, folioTail]] },
    { lines: [words.bring], link: { text: common.linkText, url: link } },
    { lines: [common.opensOnly] },
    { lines: [common.free] },
    { lines: [common.from(origin)], quiet: true },
  ]);
}
