import type { Language, RequestMessageKind } from "../types.ts";

/** What messages say of a request. Neutral on a shared screen: a right is no prize, and nothing says what it is for (people.md 25). */
export interface RequestWords {
  readonly subject: string;
  /** First sentence of an e-mail or a call. */
  readonly opening: (kind: RequestMessageKind) => string;
  /** First words of an SMS. */
  readonly smsOpening: (kind: RequestMessageKind) => string;
  readonly labels: {
    readonly result: string;
    readonly next: string;
    readonly day: string;
    readonly time: string;
    readonly city: string;
    readonly number: string;
    readonly until: string;
  };
  readonly smsResult: (when: string) => string;
  readonly smsNumber: (tail: string) => string;
  readonly smsUntil: (time: string) => string;
  /** What silence means, or that there is nothing to do. */
  readonly stands: (kind: RequestMessageKind) => string;
  /** What it means for a place of tomorrow. */
  readonly passesOn: string;
  readonly openPage: (kind: RequestMessageKind) => string;
  readonly linkText: string;
  readonly free: string;
  readonly spokenNotice: string;
  readonly spokenResult: (day: string, time: string, zone: string) => string;
  readonly spokenUntil: (day: string, time: string, zone: string) => string;
  readonly spokenNumber: (tail: string) => string;
  /** What may be done and with what: nobody can press a link in a call. */
  readonly spokenAct: (kind: RequestMessageKind) => string;
}

const es: RequestWords = {
  subject: "Su solicitud de cita",
  opening: (kind) => {
    switch (kind) {
      case "request_filed":
        return "Recibimos su solicitud.";
      case "request_offered":
        return "Le tocó lugar.";
      case "request_waiting":
        return "Esta vez no le tocó lugar.";
      case "request_identity":
        return "Hay algo que ver en su solicitud.";
    }
  },
  smsOpening: (kind) => {
    switch (kind) {
      case "request_filed":
        return "Solicitud recibida.";
      case "request_offered":
        return "Le tocó lugar:";
      case "request_waiting":
        return "Esta vez no le tocó lugar. Sigue en el reparto siguiente.";
      case "request_identity":
        return "Hay algo que ver en su solicitud. Abra la página.";
    }
  },
  labels: {
    result: "Resultado",
    next: "Resultado siguiente",
    day: "Día",
    time: "Hora",
    city: "Ciudad",
    number: "Su solicitud termina en",
    until: "Conteste antes del",
  },
  smsResult: (when) => `Resultado: ${when}`,
  smsNumber: (tail) => `Solicitud ...${tail}.`,
  smsUntil: (time) => `Conteste antes: ${time}`,
  passesOn: "Si no contesta antes, el lugar pasa a otra familia. No pierde nada: su solicitud sigue en pie.",
  stands: (kind) => {
    switch (kind) {
      case "request_filed":
        return "Pedir primero o al final da lo mismo. No tiene que hacer nada más.";
      case "request_offered":
        return "Si no contesta, su lugar sigue siendo suyo.";
      case "request_waiting":
        return "Su solicitud sigue en pie para el reparto siguiente. No tiene que hacer nada.";
      case "request_identity":
        return "Su solicitud sigue en pie para el reparto siguiente.";
    }
  },
  openPage: (kind) => {
    switch (kind) {
      case "request_offered":
        return "Para confirmar, o decir que no puede, abra esta página:";
      case "request_identity":
        return "Para verlo, abra esta página:";
      case "request_filed":
      case "request_waiting":
        return "Para ver, cambiar o retirar su solicitud, abra esta página:";
    }
  },
  linkText: "Abrir mi solicitud",
  free: "La cita es gratuita. Si alguien le cobra por un lugar, no pague.",
  spokenNotice: "Este es un aviso de su solicitud de cita.",
  spokenResult: (day, time, zone) =>
    `El resultado sale el ${day}, a ${time.startsWith("1:") ? "la" : "las"} ${time}, ${zone}.`,
  spokenUntil: (day, time, zone) =>
    `Puede contestar hasta el ${day}, a ${time.startsWith("1:") ? "la" : "las"} ${time}, ${zone}.`,
  spokenNumber: (tail) => `Su solicitud termina en ${tail}.`,
  spokenAct: (kind) => {
    switch (kind) {
      case "request_offered":
        return "Conteste en la página de citas, con este teléfono y su número de solicitud.";
      case "request_identity":
        return "Véalo en la página de citas, con este teléfono y su número de solicitud.";
      case "request_filed":
      case "request_waiting":
        return "Para cambiarla o retirarla, tenga a la mano su número de solicitud.";
    }
  },
};

const en: RequestWords = {
  subject: "Your appointment request",
  opening: (kind) => {
    switch (kind) {
      case "request_filed":
        return "We have your request.";
      case "request_offered":
        return "You were given a place.";
      case "request_waiting":
        return "You were not given a place this time.";
      case "request_identity":
        return "There is something to see in your request.";
    }
  },
  smsOpening: (kind) => {
    switch (kind) {
      case "request_filed":
        return "Request received.";
      case "request_offered":
        return "You have a place:";
      case "request_waiting":
        return "No place this time. You stay in for the next sharing.";
      case "request_identity":
        return "There is something to see in your request. Open the page.";
    }
  },
  labels: {
    result: "Result",
    next: "Next result",
    day: "Day",
    time: "Time",
    city: "City",
    number: "Your request ends in",
    until: "Answer before",
  },
  smsResult: (when) => `Result: ${when}`,
  smsNumber: (tail) => `Request ...${tail}.`,
  smsUntil: (time) => `Answer by: ${time}`,
  passesOn: "If you do not answer by then, the place goes to another family. Nothing is lost: your request stays in.",
  stands: (kind) => {
    switch (kind) {
      case "request_filed":
        return "Asking first or last is the same. You need not do anything more.";
      case "request_offered":
        return "If you do not answer, the place is still yours.";
      case "request_waiting":
        return "Your request stays in for the next sharing. You need not do anything.";
      case "request_identity":
        return "Your request stays in for the next sharing.";
    }
  },
  openPage: (kind) => {
    switch (kind) {
      case "request_offered":
        return "To confirm, or to say that you cannot come, open this page:";
      case "request_identity":
        return "To see it, open this page:";
      case "request_filed":
      case "request_waiting":
        return "To see, change or withdraw your request, open this page:";
    }
  },
  linkText: "Open my request",
  free: "Appointments are free. If someone charges you for a place, do not pay.",
  spokenNotice: "This is a notice about your appointment request.",
  spokenResult: (day, time, zone) => `The result comes on ${day}, at ${time}, ${zone}.`,
  spokenUntil: (day, time, zone) => `You can answer until ${day}, at ${time}, ${zone}.`,
  spokenNumber: (tail) => `Your request ends in ${tail}.`,
  spokenAct: (kind) => {
    switch (kind) {
      case "request_offered":
        return "Answer on the appointments page, with this telephone and your request number.";
      case "request_identity":
        return "See it on the appointments page, with this telephone and your request number.";
      case "request_filed":
      case "request_waiting":
        return "To change or withdraw it, have your request number at hand.";
    }
  },
};

export const REQUEST_WORDS: Readonly<Record<Language, RequestWords>> = { es, en };
