import type { Language, SenderChannel, Wording } from "../types.ts";
import { renderNotice } from "./notice.ts";

export interface Answered {
  readonly language: Language;
  /** Opens a door that asks who is there; opening it changes nothing. */
  readonly link: string;
  readonly origin: string;
}

/**
 * That there is an answer to see, and nothing else: neither of what nor which nor of where, for the telephone may be in the
 * hands of whom it happened with (hardening 2, people.md 6).
 */
export const ANSWERED_WORDS = {
  es: {
    subject: "Tiene un aviso",
    opening: "Ya hay una respuesta a lo que usted pidió.",
    ask: "Para verla, abra esta página con este mismo contacto:",
    linkText: "Ver la respuesta",
    spoken:
      "Este es un aviso. Ya hay una respuesta a lo que usted pidió. Véala en la página de citas, con este teléfono.",
    sms: "Ya hay una respuesta a lo que usted pidió. Véala aquí:",
    from: (origin: string) => `Este mensaje lo envía ${origin}. No hace falta responder.`,
  },
  en: {
    subject: "You have a notice",
    opening: "There is an answer to what you asked for.",
    ask: "To see it, open this page with this same contact:",
    linkText: "See the answer",
    spoken:
      "This is a notice. There is an answer to what you asked for. See it on the appointments page, with this telephone.",
    sms: "There is an answer to what you asked for. See it here:",
    from: (origin: string) => `This message comes from ${origin}. You need not reply.`,
  },
} as const;

export function renderAnswered(channel: SenderChannel, { language, link, origin }: Answered): Wording {
  const words = ANSWERED_WORDS[language];
  return renderNotice(channel, language, { ...words, from: words.from(origin) }, link);
}
