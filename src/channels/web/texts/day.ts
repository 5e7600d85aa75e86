import { texts } from "./texts.ts";

/** Above an appointment on a day that goes wrong. */
export const dayTexts = texts({
  es: {
    stayTitle: "No salga de casa todavía",
    stayText: "Por ahora no podemos atenderle. Próxima noticia: {time}.",
    stayWithoutHour: "Por ahora no podemos atenderle. Le avisaremos en cuanto haya noticias.",
    kept: "Su cita no se pierde.",
    hourTitle: "Hoy venga a esta hora: {time}",
    hourText: "Hoy atendemos más tarde. Su lugar y su folio no cambian.",
    returnTitle: "Puede venir sin cita hasta el {day}",
    returnText: "Cualquier día que abra el consulado. Le atendemos antes de quienes llegan sin cita.",
    returnBring: "Traiga su folio.",
  },
  en: {
    stayTitle: "Do not leave home yet",
    stayText: "For now we cannot see you. Next news: {time}.",
    stayWithoutHour: "For now we cannot see you. We tell you as soon as there is news.",
    kept: "Your appointment is not lost.",
    hourTitle: "Come at this time today: {time}",
    hourText: "Today we are running late. Your place and your folio stay the same.",
    returnTitle: "You may come without an appointment until {day}",
    returnText: "On any day on which the consulate opens. You go before those who come without one.",
    returnBring: "Bring your folio.",
  },
});
