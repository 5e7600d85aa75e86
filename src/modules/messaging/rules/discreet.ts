import type { Language, SenderChannel, Wording } from "../types.ts";
import { renderNotice } from "./notice.ts";

/** What a booking whose situation is delicate says, whatever happened: that there is a notice, and nothing else (people.md 6). */
export const DISCREET_WORDS = {
  es: {
    subject: "Tiene un aviso",
    opening: "Tiene un aviso.",
    ask: "Lo ve con su folio o con su PIN:",
    linkText: "Ver el aviso",
    spoken: "Tiene un aviso. Lo ve con su folio o con su PIN.",
    sms: "Tiene un aviso. Lo ve con su folio o PIN:",
  },
  en: {
    subject: "You have a notice",
    opening: "You have a notice.",
    ask: "You see it with your folio or your PIN:",
    linkText: "See the notice",
    spoken: "You have a notice. You see it with your folio or your PIN.",
    sms: "You have a notice. You see it with your folio or PIN:",
  },
} as const;

/** `link` opens a door that asks who is there; it is the same for everybody. */
export function renderDiscreet(
  channel: SenderChannel,
  { language, link }: { readonly language: Language; readonly link: string },
): Wording {
  return renderNotice(channel, language, DISCREET_WORDS[language], link);
}
