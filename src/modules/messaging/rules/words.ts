import type { BookingMessageKind, Language } from "../types.ts";

/**
 * What messages say. Sentences of at most 15 words, *usted*, and nothing that tells whoever looks at
 * the phone what the visit is about (hardening 19). No sentence promises what an office cannot keep.
 */
export interface Words {
  /** Subject of the e-mail: neutral on a shared screen. */
  readonly subject: (day: string) => string;
  readonly codeSubject: string;
  /** First sentence of an e-mail or a call; `daysLeft` until the visit. */
  readonly opening: (kind: BookingMessageKind, daysLeft: number) => string;
  /** First words of an SMS, as short as can be. */
  readonly smsOpening: (kind: BookingMessageKind, daysLeft: number) => string;
  readonly labels: {
    readonly day: string;
    readonly time: string;
    readonly city: string;
    readonly place: string;
    readonly folio: string;
    readonly people: string;
  };
  /** Of a visit at a venue. */
  readonly notOffice: string;
  readonly smsFolio: (tail: string) => string;
  readonly openPage: (kind: BookingMessageKind) => string;
  readonly linkText: string;
  readonly opensOnly: string;
  readonly silence: string;
  readonly cannotCome: string;
  /** What to do when a paper does not come in time. */
  readonly paperLate: string;
  readonly another: string;
  /** Of a booking that lapsed: it gives no reason, for there may be one that is another person's (hardening 2). */
  readonly askAtOffice: string;
  readonly free: string;
  readonly from: (origin: string) => string;
  readonly code: (digits: string) => string;
  readonly codeLasts: (minutes: number) => string;
  readonly codeWarning: string;
  readonly codeNotAsked: string;
  /** To an absent parent: what to sign, where and from which day on. */
  readonly sheet: {
    readonly subject: string;
    readonly opening: string;
    readonly labels: {
      readonly form: string;
      readonly cost: string;
      readonly where: string;
      readonly from: string;
      readonly valid: string;
    };
    readonly free: string;
    readonly valid: (days: number) => string;
    readonly names: string;
    readonly openPage: string;
    readonly linkText: string;
    readonly unknown: string;
    readonly sms: (form: string, day: string, free: boolean) => string;
  };
  readonly spokenNotice: string;
  /** `stands` is false of an hour at which nobody is to come any more. */
  readonly spokenWhen: (day: string, time: string, zone: string, stands: boolean) => string;
  readonly spokenWhere: (city: string, stands: boolean) => string;
  readonly spokenFolio: (tail: string) => string;
  readonly spokenAgain: string;
  readonly spokenChange: string;
  readonly spokenOther: string;
}

const es: Words = {
  subject: (day) => `Su cita del ${day}`,
  codeSubject: "Su código",
  opening: (kind, daysLeft) => {
    switch (kind) {
      case "confirmed":
        return "Su cita está confirmada.";
      case "moved":
        return "Su cita cambió. Estos son los datos nuevos.";
      case "cancelled":
        return "Su cita quedó cancelada.";
      case "is_it_yours":
        return "Confirme que esta cita es suya. Su lugar sigue apartado.";
      case "case_ended":
        return "Su cita terminó: no pudimos confirmar que fuera suya. Si fue un error, apele en diez días.";
      case "appeal_won":
        return "Usted tenía razón sobre su cita. Sentimos el error.";
      case "lapsed":
        return "Su cita ya no está vigente.";
      case "displaced":
        return "No venga a esta hora: no podremos atenderle. Su cita no se pierde.";
      case "restored":
        return "Venga a su hora de antes: ya podemos atenderle.";
      case "jornada_moved":
        return "La jornada cambió de lugar o de fecha. Conserve su folio. Estos son los datos nuevos.";
      case "jornada_suspended":
        return "No venga ese día: la jornada cambia de lugar o de fecha. Conserve su folio. Le avisaremos.";
      case "permission_5":
        return "Falta un papel firmado para su cita.";
      case "reminder_7":
      case "reminder_1":
        return `Le recordamos su cita: ${daysLeft <= 0 ? "es hoy" : daysLeft === 1 ? "es mañana" : `faltan ${daysLeft} días`}.`;
    }
  },
  smsOpening: (kind, daysLeft) => {
    switch (kind) {
      case "confirmed":
        return "Su cita:";
      case "moved":
        return "Cita cambiada:";
      case "cancelled":
        return "Cita cancelada:";
      case "is_it_yours":
        return "Confirme que es suya su cita:";
      case "case_ended":
        return "Terminó; puede apelar:";
      case "appeal_won":
        return "Usted tenía razón:";
      case "lapsed":
        return "Ya no vigente:";
      case "displaced":
        return "No venga a esta hora:";
      case "restored":
        return "Venga a esta hora:";
      case "jornada_moved":
        return "La jornada cambió:";
      case "jornada_suspended":
        return "No venga ese día:";
      case "permission_5":
        return "Falta un papel:";
      case "reminder_7":
      case "reminder_1":
        return daysLeft <= 0 ? "Su cita es hoy:" : daysLeft === 1 ? "Su cita es mañana:" : "Recuerde su cita:";
    }
  },
  labels: {
    day: "Día",
    time: "Hora",
    city: "Ciudad",
    place: "Lugar",
    folio: "Su folio termina en",
    people: "Personas y trámites",
  },
  notOffice: "No es en el edificio del consulado.",
  smsFolio: (tail) => `Folio ...${tail}.`,
  openPage: (kind) =>
    kind === "cancelled" || kind === "lapsed"
      ? "Para pedir otra cita, abra esta página:"
      : kind === "case_ended"
        ? "Para que otra persona lo revise, abra esta página:"
        : kind === "appeal_won"
          ? "Para pedir otra cita, abra esta página:"
          : kind === "is_it_yours"
            ? "Para confirmarla, abra esta página:"
            : kind === "displaced"
              ? "Para ver qué puede hacer, abra esta página:"
              : kind === "permission_5"
                ? "Para ver qué papel falta y qué hacer, abra esta página:"
                : "Para ver, cambiar o cancelar su cita, abra esta página:",
  linkText: "Abrir mi cita",
  opensOnly: "Abrir la página no cambia nada.",
  silence: "No tiene que contestar: su cita sigue en pie.",
  cannotCome: "Si no puede venir, cancélela en esa página. Otra familia usará su lugar.",
  paperLate: "Si no llega a tiempo, puede cambiar el día en esa página.",
  another: "Puede pedir otra cita cuando quiera.",
  askAtOffice: "Si tiene dudas, llame o pregunte en el consulado.",
  free: "La cita es gratuita. Si alguien le cobra por ella, no pague.",
  from: (origin) => `Este mensaje es de ${origin}`,
  code: (digits) => `Su código es ${digits}.`,
  codeLasts: (minutes) => `Vale ${minutes} minutos.`,
  codeWarning: "Nadie del consulado se lo pedirá por teléfono.",
  codeNotAsked: "Si usted no lo pidió, no haga nada.",
  sheet: {
    subject: "Un permiso para firmar",
    opening: "Una familia le pide firmar un permiso.",
    labels: { form: "Formato", cost: "Costo", where: "Dónde", from: "Firme desde el", valid: "Vale" },
    free: "No cuesta nada y no necesita cita.",
    valid: (days) => `${days} días desde la firma. Si firma antes, se vence.`,
    names: "Su nombre debe ser igual al del acta de nacimiento, sin excepción.",
    openPage: "La hoja completa está en esta página. Puede imprimirla:",
    linkText: "Ver la hoja",
    unknown: "Si no sabe de qué se trata, no haga nada.",
    sms: (form, day, free) => `Le piden firmar el permiso ${form} desde el ${day}.${free ? " Sin costo ni cita:" : ""}`,
  },
  spokenNotice: "Este es un aviso de su cita.",
  spokenWhen: (day, time, zone, stands) =>
    `${stands ? "Es" : "Era"} el ${day}, a ${time.startsWith("1:") ? "la" : "las"} ${time}, ${zone}.`,
  spokenWhere: (city, stands) => `${stands ? "Es" : "Era"} en ${city}.`,
  spokenFolio: (tail) => `Su folio termina en ${tail}.`,
  spokenAgain: "Se lo repito.",
  spokenChange: "Para cambiarla o cancelarla, tenga a la mano su folio.",
  spokenOther: "Para elegir otro día, tenga a la mano su folio.",
};

const en: Words = {
  subject: (day) => `Your appointment on ${day}`,
  codeSubject: "Your code",
  opening: (kind, daysLeft) => {
    switch (kind) {
      case "confirmed":
        return "Your appointment is confirmed.";
      case "moved":
        return "Your appointment has changed. These are the new details.";
      case "cancelled":
        return "Your appointment has been cancelled.";
      case "is_it_yours":
        return "Confirm that this appointment is yours. Your place is being kept.";
      case "case_ended":
        return "Your appointment ended: we could not confirm that it was yours. If that is wrong, appeal within ten days.";
      case "appeal_won":
        return "You were right about your appointment. We are sorry for the mistake.";
      case "lapsed":
        return "Your appointment is no longer valid.";
      case "displaced":
        return "Do not come at this time: we cannot see you. Your appointment is not lost.";
      case "restored":
        return "Come at your earlier time: we can see you then again.";
      case "jornada_moved":
        return "The special day has another place or date. Keep your folio.";
      case "jornada_suspended":
        return "Do not come that day: its place or date will change. Keep your folio. We will tell you.";
      case "permission_5":
        return "A signed paper for your appointment is still missing.";
      case "reminder_7":
      case "reminder_1":
        return `A reminder: your appointment is ${daysLeft <= 0 ? "today" : daysLeft === 1 ? "tomorrow" : `in ${daysLeft} days`}.`;
    }
  },
  smsOpening: (kind, daysLeft) => {
    switch (kind) {
      case "confirmed":
        return "Your appointment:";
      case "moved":
        return "Appointment changed:";
      case "cancelled":
        return "Cancelled appointment:";
      case "is_it_yours":
        return "Please confirm it is yours:";
      case "case_ended":
        return "Ended; you may appeal:";
      case "appeal_won":
        return "You were right:";
      case "lapsed":
        return "No longer valid:";
      case "displaced":
        return "Do not come then:";
      case "restored":
        return "Do come then:";
      case "jornada_moved":
        return "New place or date:";
      case "jornada_suspended":
        return "Do not come that day:";
      case "permission_5":
        return "Paper missing:";
      case "reminder_7":
      case "reminder_1":
        return daysLeft <= 0 ? "Appointment today:" : daysLeft === 1 ? "Appointment tomorrow:" : "Reminder:";
    }
  },
  labels: {
    day: "Day",
    time: "Time",
    city: "City",
    place: "Place",
    folio: "Your folio ends in",
    people: "People and services",
  },
  notOffice: "It is not in the consulate's building.",
  smsFolio: (tail) => `Folio ...${tail}.`,
  openPage: (kind) =>
    kind === "cancelled" || kind === "lapsed"
      ? "To ask for another appointment, open this page:"
      : kind === "case_ended"
        ? "To have somebody else look, open this page:"
        : kind === "appeal_won"
          ? "To ask for another appointment, open this page:"
          : kind === "is_it_yours"
            ? "To confirm it, open this page:"
            : kind === "displaced"
              ? "To see what you can do, open this page:"
              : kind === "permission_5"
                ? "To see which paper is missing and what to do, open this page:"
                : "To see, change or cancel your appointment, open this page:",
  linkText: "Open my appointment",
  opensOnly: "Opening the page changes nothing.",
  silence: "You do not have to answer: your appointment stands.",
  cannotCome: "If you cannot come, cancel on that page. Another family will use your place.",
  paperLate: "If it does not come in time, you can change the day there.",
  another: "You may ask for another appointment at any time.",
  askAtOffice: "If you have questions, call or ask at the consulate.",
  free: "Appointments are free. If someone charges you for one, do not pay.",
  from: (origin) => `This message is from ${origin}`,
  code: (digits) => `Your code is ${digits}.`,
  codeLasts: (minutes) => `It is good for ${minutes} minutes.`,
  codeWarning: "Nobody at the consulate will ask for it by phone.",
  codeNotAsked: "If you did not ask for it, do nothing.",
  sheet: {
    subject: "A permission to sign",
    opening: "A family asks you to sign a permission.",
    labels: { form: "Form", cost: "Cost", where: "Where", from: "Sign on or after", valid: "Good for" },
    free: "It costs nothing and needs no appointment.",
    valid: (days) => `${days} days from signing. Signed earlier, it runs out.`,
    names: "Your name must match the birth record, without exception.",
    openPage: "The complete sheet is on this page. You can print it:",
    linkText: "See the sheet",
    unknown: "If you do not know what this is about, do nothing.",
    sms: (form, day, free) =>
      `You are asked to sign the ${form} permission from ${day} on.${free ? " No cost, no appointment:" : ""}`,
  },
  spokenNotice: "This is a notice about your appointment.",
  spokenWhen: (day, time, zone, stands) => `It ${stands ? "is" : "was"} on ${day}, at ${time}, ${zone}.`,
  spokenWhere: (city, stands) => `It ${stands ? "is" : "was"} in ${city}.`,
  spokenFolio: (tail) => `Your folio ends in ${tail}.`,
  spokenAgain: "Once more.",
  spokenChange: "To change or cancel it, have your folio at hand.",
  spokenOther: "To choose another day, have your folio at hand.",
};

export const WORDS: Readonly<Record<Language, Words>> = { es, en };
