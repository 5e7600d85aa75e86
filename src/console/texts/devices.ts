import { texts } from "./texts.ts";

export const deviceTexts = texts({
  es: {
    title: "Pantallas y quioscos",
    lead: "En el aparato abra /sala o /kiosko y escriba el código. Sirve una sola vez.",
    kinds: { screen: "Pantalla de la sala", kiosk: "Quiosco" },
    add: { screen: "Dar de alta una pantalla", kiosk: "Dar de alta un quiosco" },
    code: (code: string, time: string) => `Código: ${code}. Vence a las ${time}.`,
    nobody: "Aún no hay aparatos.",
    since: (when: string) => `desde el ${when}`,
    revoke: "Dar de baja",
    revokeFor: (what: string) => `Dar de baja: ${what}`,
    revoked: "El aparato ya no muestra nada.",
  },
  en: {
    title: "Screens and kiosks",
    lead: "On the device open /sala or /kiosko and type the code. It is good once.",
    kinds: { screen: "Screen of the hall", kiosk: "Kiosk" },
    add: { screen: "Enrol a screen", kiosk: "Enrol a kiosk" },
    code: (code: string, time: string) => `Code: ${code}. It ends at ${time}.`,
    nobody: "There are no devices yet.",
    since: (when: string) => `since ${when}`,
    revoke: "Revoke",
    revokeFor: (what: string) => `Revoke: ${what}`,
    revoked: "The device shows nothing any more.",
  },
});
