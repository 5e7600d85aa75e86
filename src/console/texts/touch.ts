import { texts } from "./texts.ts";

export const touchTexts = texts({
  es: {
    title: "Confirme que es usted",
    lead: "Esto tiene efecto en muchas personas. Confirme con su llave de acceso y se hace solo.",
    confirm: "Confirmar con llave de acceso",
    waiting: "Siga las indicaciones de su equipo…",
    cancel: "No hacerlo",
    dismissed: "No se confirmó. Intente otra vez cuando quiera.",
    notAccepted: "Esa llave no es la suya, o ya no sirve. Use la llave con la que entró.",
    demo: "Confirmar sin llave (demostración)",
  },
  en: {
    title: "Confirm that it is you",
    lead: "This affects many people. Confirm with your passkey and it is done by itself.",
    confirm: "Confirm with a passkey",
    waiting: "Follow the instructions of your device…",
    cancel: "Do not do it",
    dismissed: "It was not confirmed. Try again whenever you like.",
    notAccepted: "That passkey is not yours, or is not valid any more. Use the one you signed in with.",
    demo: "Confirm without a passkey (demonstration)",
  },
});
