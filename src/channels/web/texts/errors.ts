import { texts } from "./texts.ts";

/** Pages that say what went wrong and what to do next. */
export const errorTexts = texts({
  es: {
    title400: "No entendimos lo que llegó",
    text400: "Algo en la dirección o en el formulario no se pudo leer. Regrese y vuelva a intentarlo.",
    title403: "Este formulario viene de otro sitio",
    text403: "Por su seguridad no lo aceptamos. Empiece de nuevo desde nuestra página.",
    title404: "No encontramos esa página",
    text404: "Quizá la dirección está incompleta o la página cambió de lugar.",
    title429: "Demasiados intentos seguidos",
    text429: "Espere unos minutos y vuelva a intentarlo. No se perdió nada.",
    title500: "Algo falló de nuestro lado",
    text500: "Lo que ya había confirmado sigue guardado. Vuelva a intentarlo en unos minutos.",
    title503: "Hay mucha gente en este momento",
    text503: "Espere unos segundos y vuelva a intentarlo. No se perdió nada.",
    next: "Puede seguir por aquí",
    home: "Ir al inicio",
    number: "Si nos llama, diga este número de error:",
  },
  en: {
    title400: "We could not read what arrived",
    text400: "Something in the address or the form could not be read. Go back and try again.",
    title403: "This form comes from another site",
    text403: "For your safety we do not accept it. Start again from our own page.",
    title404: "We could not find that page",
    text404: "The address may be incomplete, or the page has moved.",
    title429: "Too many tries in a row",
    text429: "Wait a few minutes and try again. Nothing was lost.",
    title500: "Something failed on our side",
    text500: "What you had already confirmed is still saved. Try again in a few minutes.",
    title503: "Many people are here right now",
    text503: "Wait a few seconds and try again. Nothing was lost.",
    next: "You can go on from here",
    home: "Go to the start",
    number: "If you call us, say this error number:",
  },
});
