import type { DayMessageKind, Language } from "../types.ts";

/**
 * What messages say on a day that goes wrong, under the rules of `words.ts`: nothing tells which service, and nothing is
 * promised but what the office's list keeps.
 */
export interface DayWords {
  readonly opening: (kind: DayMessageKind) => string;
  /** Of another hour that is none any more. */
  readonly ownHour: string;
  readonly smsOwn: (facts: {
    readonly time: string;
    readonly city: string;
    readonly tail: string;
  }) => readonly string[];
  readonly labels: { readonly news: string; readonly hour: string };
  /** Until when the party may come without an appointment. */
  readonly comeBack: (day: string) => string;
  readonly first: string;
  readonly kept: string;
  readonly openPage: string;
  /** From the fullest to the barest. `time` is that of the news or of the visit. */
  readonly sms: (
    kind: DayMessageKind,
    facts: { readonly time: string; readonly city: string; readonly until: string; readonly tail: string },
  ) => readonly string[];
  readonly spokenNews: (time: string) => string;
  readonly spokenHour: (time: string) => string;
}

const es: DayWords = {
  opening: (kind) => {
    switch (kind) {
      case "day_suspended":
        return "No salga de casa todavía: por ahora no podemos atenderle.";
      case "day_resumed":
        return "Ya podemos atenderle: puede venir hoy.";
      case "day_hour":
        return "Hoy le atendemos a otra hora.";
    }
  },
  ownHour: "Venga a su hora de antes: ya podemos atenderle entonces.",
  smsOwn: ({ time, city, tail }) => [
    `Hoy venga a su hora de antes: ${time}, ${city}. Folio ...${tail}.`,
    `Hoy venga a su hora: ${time}. Folio ...${tail}.`,
  ],
  labels: { news: "Próxima noticia", hour: "Venga a esta hora" },
  comeBack: (day) => `Si hoy no puede, venga sin cita hasta el ${day}.`,
  first: "Le atendemos antes de quienes llegan sin cita.",
  kept: "Su lugar y su folio no cambian.",
  openPage: "Para ver su cita, abra esta página:",
  sms: (kind, { time, city, until, tail }) => {
    switch (kind) {
      case "day_suspended":
        return [
          `No salga de casa todavía. Noticias: ${time}, ${city}. Otro día sin cita: hasta el ${until}. Folio ...${tail}.`,
          `No salga todavía. Noticias: ${time}, ${city}. Folio ...${tail}.`,
          `No salga todavía. Noticias: ${time}. Folio ...${tail}.`,
        ];
      case "day_resumed":
        return [
          `Ya puede venir hoy, ${city}. Otro día sin cita: hasta el ${until}. Folio ...${tail}.`,
          `Ya puede venir hoy, ${city}. Folio ...${tail}.`,
        ];
      case "day_hour":
        return [
          `Hoy venga a otra hora: ${time}, ${city}. Mismo folio ...${tail}.`,
          `Hoy venga a esta hora: ${time}. Folio ...${tail}.`,
        ];
    }
  },
  spokenNews: (time) => `La próxima noticia es a ${article(time)} ${time}.`,
  spokenHour: (time) => `Venga hoy a ${article(time)} ${time}.`,
};

const en: DayWords = {
  opening: (kind) => {
    switch (kind) {
      case "day_suspended":
        return "Do not leave home yet: for now we cannot see you.";
      case "day_resumed":
        return "We can see you again: you may come today.";
      case "day_hour":
        return "Today we see you at another time.";
    }
  },
  ownHour: "Come at your earlier time: we can see you then again.",
  smsOwn: ({ time, city, tail }) => [
    `Come at your earlier time today: ${time}, ${city}. Folio ...${tail}.`,
    `Come at your own time: ${time}. Folio ...${tail}.`,
  ],
  labels: { news: "Next news", hour: "Come at this time" },
  comeBack: (day) => `If you cannot come today, come without an appointment until ${day}.`,
  first: "You go before those who come without an appointment.",
  kept: "Your place and your folio stay the same.",
  openPage: "To see your appointment, open this page:",
  sms: (kind, { time, city, until, tail }) => {
    switch (kind) {
      case "day_suspended":
        return [
          `Do not leave home yet. News: ${time}, ${city}. Another day, no appointment: until ${until}. Folio ...${tail}.`,
          `Do not leave home yet. News: ${time}, ${city}. Folio ...${tail}.`,
          `Do not leave yet. News: ${time}. Folio ...${tail}.`,
        ];
      case "day_resumed":
        return [
          `You may come today, ${city}. Another day, no appointment: until ${until}. Folio ...${tail}.`,
          `You may come today, ${city}. Folio ...${tail}.`,
        ];
      case "day_hour":
        return [
          `Come at another time today: ${time}, ${city}. Same folio ...${tail}.`,
          `Come at this time today: ${time}. Folio ...${tail}.`,
        ];
    }
  },
  spokenNews: (time) => `The next news comes at ${time}.`,
  spokenHour: (time) => `Come today at ${time}.`,
};

function article(time: string): string {
  return time.startsWith("1:") ? "la" : "las";
}

export const DAY_WORDS: Readonly<Record<Language, DayWords>> = { es, en };
