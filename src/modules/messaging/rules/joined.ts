import type { Language, SenderChannel, Wording } from "../types.ts";
import { renderNotice } from "./notice.ts";

export interface Joined {
  readonly language: Language;
  /** Opens a page that asks; opening it changes nothing. */
  readonly link: string;
  /** For so long it may be taken back. */
  readonly hours: number;
  readonly origin: string;
}

/** That an account has a new contact: neither which nor whose account, for the telephone may have other hands (security T7, T10). */
export const JOINED_WORDS = {
  es: {
    subject: "Tiene un aviso",
    opening: "Se agregó otro contacto a la cuenta que usa este.",
    ask: (hours: number) => `¿Fue usted? No haga nada. Si no fue usted, tiene ${hours} horas para quitarlo:`,
    linkText: "No fui yo",
    spoken: (hours: number) =>
      `Este es un aviso. Se agregó otro contacto a la cuenta que usa este teléfono. Si no fue usted, llame al consulado antes de ${hours} horas.`,
    sms: (hours: number) =>
      `Se agregó otro contacto a la cuenta que usa este número. Si no fue usted, tiene ${hours} horas:`,
    from: (origin: string) => `Este mensaje lo envía ${origin}. No hace falta responder.`,
  },
  en: {
    subject: "You have a notice",
    opening: "Another contact was added to the account that uses this one.",
    ask: (hours: number) => `Was it you? Do nothing. If it was not, you have ${hours} hours to take it off:`,
    linkText: "It was not me",
    spoken: (hours: number) =>
      `This is a notice. Another contact was added to the account that uses this telephone. If it was not you, call the consulate within ${hours} hours.`,
    sms: (hours: number) =>
      `Another contact was added to the account that uses this number. If it was not you, you have ${hours} hours:`,
    from: (origin: string) => `This message comes from ${origin}. You need not reply.`,
  },
} as const;

export function renderJoined(channel: SenderChannel, { language, link, hours, origin }: Joined): Wording {
  const words = JOINED_WORDS[language];
  const [ask, spoken, sms] = [words.ask(hours), words.spoken(hours), words.sms(hours)];
  return renderNotice(channel, language, { ...words, ask, spoken, sms, from: words.from(origin) }, link);
}
