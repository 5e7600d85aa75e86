import { texts } from "./texts.ts";

export const signInTexts = texts({
  es: {
    title: "Consola de la oficina",
    lead: "Entre con la llave de acceso de su equipo o de su teléfono. No hay contraseñas.",
    signIn: "Entrar con llave de acceso",
    waiting: "Siga las indicaciones de su equipo…",
    again: "Seguir con llave de acceso",
    ended: {
      idle: "Cerramos la pantalla porque nadie la usó en 10 minutos.",
      locked: "Usted cerró la pantalla.",
      signed_out: "Salió de la consola.",
      ended: "Su sesión terminó. Entre otra vez.",
    },
    dismissed: "No se completó la entrada. Intente otra vez cuando quiera.",
    notAccepted: "Esa llave de acceso no abre la consola. Pida un enlace de alta a quien administra.",
    insecure: (address: string) =>
      `Las llaves de acceso solo funcionan por https. Esta dirección (${address}) no lo es. Abra la consola por su dirección segura.`,
    unsupported:
      "Este navegador no admite llaves de acceso. Use una versión reciente de Chrome, Edge, Firefox o Safari.",
    byAddress: "Las llaves de acceso no funcionan en una dirección de números. Abra la consola por su nombre.",
    demoTitle: "Demostración",
    demoLead: "Elija un puesto. Estos botones solo existen en desarrollo.",
    privacy: "Cada expediente que abra queda anotado con su nombre y la hora.",
  },
  en: {
    title: "Office console",
    lead: "Sign in with the passkey of your computer or telephone. There are no passwords.",
    signIn: "Sign in with a passkey",
    waiting: "Follow the instructions of your device…",
    again: "Continue with a passkey",
    ended: {
      idle: "We locked the screen because nobody used it for 10 minutes.",
      locked: "You locked the screen.",
      signed_out: "You signed out.",
      ended: "Your session ended. Sign in again.",
    },
    dismissed: "Signing in was not completed. Try again whenever you like.",
    notAccepted: "That passkey does not open the console. Ask your administrator for an enrolment link.",
    insecure: (address: string) =>
      `Passkeys only work over https. This address (${address}) is not secure. Open the console at its secure address.`,
    unsupported: "This browser does not support passkeys. Use a recent Chrome, Edge, Firefox or Safari.",
    byAddress: "Passkeys do not work at an address made of numbers. Open the console by its name.",
    demoTitle: "Demonstration",
    demoLead: "Choose a role. These buttons exist in development only.",
    privacy: "Each file you open is recorded with your name and the time.",
  },
});

export const enrolTexts = texts({
  es: {
    title: "Alta de su llave de acceso",
    lead: "Con ella entrará a la consola: su huella, su rostro o el PIN de su equipo. Nada de eso sale del equipo.",
    create: "Crear mi llave de acceso",
    waiting: "Siga las indicaciones de su equipo…",
    missing: "A este enlace le falta una parte. Ábralo completo, como se lo dieron.",
    invalid: "Este enlace ya se usó o venció. Pida otro a quien administra.",
    notAccepted: "Su equipo no creó una llave que podamos aceptar. Intente otra vez o use otro equipo.",
    already: "Este equipo ya tiene su llave de acceso. Puede entrar.",
    done: (name: string) => `Listo, ${name}. Ya puede entrar con su llave de acceso.`,
    toSignIn: "Ir a la entrada",
  },
  en: {
    title: "Enrol your passkey",
    lead: "You will sign in with it: fingerprint, face or the PIN of your device. None of these leaves the device.",
    create: "Create my passkey",
    waiting: "Follow the instructions of your device…",
    missing: "Part of this link is missing. Open it whole, as it was given to you.",
    invalid: "This link was used or has expired. Ask your administrator for another.",
    notAccepted: "Your device created no passkey we can accept. Try again or use another device.",
    already: "This device already has your passkey. You can sign in.",
    done: (name: string) => `Done, ${name}. You can now sign in with your passkey.`,
    toSignIn: "Go to sign in",
  },
});
