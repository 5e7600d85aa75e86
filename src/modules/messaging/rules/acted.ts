import type { LocalDate } from "#kernel/ids.ts";
import type { Language, SenderChannel, Wording } from "../types.ts";
import { renderNotice } from "./notice.ts";

/** What staff do with a file that its contact is told of (booking's event `booking.staff_acted`). */
const ACTS = ["opened", "corrected", "permission"];

/** One message for each kind of act and day: the local day of the office as YYYYMMDD, and the act's number behind it. */
export function actedSequence(act: unknown, on: unknown): number {
  return Number((on as LocalDate).replaceAll("-", "")) * 10 + ACTS.indexOf(act as string) + 1;
}

export interface Acted {
  readonly language: Language;
  /** Opens a door that asks who is there; behind it stands who, what and when. */
  readonly link: string;
  readonly origin: string;
}

/** That staff did something with the file, and where it stands: neither what nor who, for the telephone may have other hands (hardening 19). */
export const ACTED_WORDS = {
  es: {
    subject: "Tiene un aviso",
    opening: "Personal de la oficina abrió o cambió sus datos.",
    ask: "Quién, qué y cuándo lo ve aquí. Si no lo esperaba, pregunte en la oficina:",
    linkText: "Ver quién abrió mis datos",
    spoken:
      "Este es un aviso. Personal de la oficina abrió o cambió sus datos. Si no lo esperaba, pregunte en la oficina.",
    sms: "Personal de la oficina abrió o cambió sus datos. Vea quién:",
    from: (origin: string) => `Este mensaje lo envía ${origin}. No hace falta responder.`,
  },
  en: {
    subject: "You have a notice",
    opening: "Staff of the office opened or changed your data.",
    ask: "Who, what and when you see here. If you did not expect it, ask at the office:",
    linkText: "See who opened my data",
    spoken:
      "This is a notice. Staff of the office opened or changed your data. If you did not expect it, ask at the office.",
    sms: "Staff of the office opened or changed your data. See who:",
    from: (origin: string) => `This message comes from ${origin}. You need not reply.`,
  },
} as const;

export function renderActed(channel: SenderChannel, { language, link, origin }: Acted): Wording {
  const words = ACTED_WORDS[language];
  return renderNotice(channel, language, { ...words, from: words.from(origin) }, link);
}
