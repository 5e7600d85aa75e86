import type { Language, Wording } from "../types.ts";
import { mailOf } from "./mail.ts";
import { firstThatFits } from "./sms.ts";

export interface Thanks {
  readonly language: Language;
  readonly city: string;
  /** Opens a page; opening it changes nothing. */
  readonly link: string;
  readonly origin: string;
}

/** What thanks for a visit says, under the rules of `words.ts`: neither who came nor for what. */
export const THANKS_WORDS = {
  es: {
    subject: "Gracias por su visita",
    opening: (city: string) => `Gracias por venir. Consulado en ${city}.`,
    ask: "¿Cómo le fue? Díganos con una carita.",
    anonymous: "Nadie sabe quién contestó, tampoco el consulado.",
    linkText: "Decir cómo me fue",
    once: "La página se contesta una sola vez. No tiene que contestar.",
    from: (origin: string) => `Este mensaje lo envía ${origin}. No hace falta responder.`,
    sms: (city: string) => [
      `Gracias por su visita en ${city}. Como le fue? Es anonimo:`,
      `Gracias por su visita. Como le fue?`,
    ],
  },
  en: {
    subject: "Thank you for your visit",
    opening: (city: string) => `Thank you for coming. Consulate in ${city}.`,
    ask: "How did it go? Tell us with a face.",
    anonymous: "Nobody knows who answered, nor does the consulate.",
    linkText: "Say how it went",
    once: "The page can be answered once. You do not have to answer.",
    from: (origin: string) => `This message comes from ${origin}. You need not reply.`,
    sms: (city: string) => [
      `Thank you for your visit in ${city}. How did it go? Anonymous:`,
      `Thank you for your visit. How did it go?`,
    ],
  },
} as const;

export function renderThanks(channel: "email" | "sms", { language, city, link, origin }: Thanks): Wording {
  const words = THANKS_WORDS[language];
  if (channel === "sms") return { text: firstThatFits(words.sms(city).map((text) => `${text} ${link}`)) };
  return mailOf(language, words.subject, [
    { lines: [words.opening(city)], strong: true },
    { lines: [words.ask], link: { text: words.linkText, url: link } },
    { lines: [words.anonymous] },
    { lines: [words.once] },
    { lines: [words.from(origin)], quiet: true },
  ]);
}
