import { texts } from "./texts.ts";

/** What stood out of what a member of staff did: why, and beside whom. */
export const alarmTexts = texts({
  es: {
    title: "Alertas",
    lead: "Algo que una persona del personal hizo en cuatro semanas y pide una pregunta.",
    none: "Nada llama la atención",
    noneHelp: "Se mira cada noche. De quien no llama la atención no se guarda nada.",
    found: (day: string) => `Desde el ${day}`,
    ask: "Una alerta no prueba nada: pregunte primero por qué. Los turnos y las oficinas son distintos.",
    signs: {
      attested: (n: number, of: number) => `De ${of} fechas que dio, ${n} fueron con la palabra de una colega.`,
      attested_rising: (n: number, of: number) =>
        `Día tras día da más fechas con la palabra de una colega: ${n} de ${of}.`,
      other_names: (n: number, of: number) => `De ${of} nombres que corrigió, ${n} cambiaron más de dos letras.`,
      braked: (n: number, of: number) => `De ${of} expedientes, ${n} los abrió más rápido de lo que se atiende.`,
      one_seller: (n: number, of: number) => `Las ${of} fechas que dio fueron para solo ${n} contactos.`,
      honey: (n: number) =>
        n === 1
          ? "Abrió el expediente de alguien que no existe. Nadie tenía motivo para abrirlo."
          : `Abrió ${n} veces el expediente de alguien que no existe. Nadie tenía motivo.`,
    },
    peers: {
      attested: (n: number, of: number) => `Sus colegas: ${n} de ${of}.`,
      attested_rising: (n: number, of: number) => `Sus colegas: ${n} de ${of}.`,
      other_names: (n: number, of: number) => `Sus colegas: ${n} de ${of}.`,
      braked: (n: number, of: number) => `Sus colegas: ${n} de ${of}.`,
      one_seller: (n: number, of: number) => `Sus colegas: ${of} fechas para ${n} contactos.`,
      honey: () => "No se lo diga todavía: pudo ser un descuido.",
    },
  },
  en: {
    title: "Alarms",
    lead: "What a member of staff did in four weeks, and that asks for a question.",
    none: "Nothing stands out",
    noneHelp: "It is looked at each night. Of whoever does not stand out nothing is kept.",
    found: (day: string) => `Since ${day}`,
    ask: "An alarm proves nothing: ask first why. Shifts and offices differ.",
    signs: {
      attested: (n: number, of: number) => `Of ${of} dates that she gave, ${n} were on a colleague's word.`,
      attested_rising: (n: number, of: number) =>
        `Day after day she gives more dates on a colleague's word: ${n} of ${of}.`,
      other_names: (n: number, of: number) => `Of ${of} names that she put right, ${n} changed more than two letters.`,
      braked: (n: number, of: number) => `Of ${of} files, she opened ${n} faster than anybody is served.`,
      one_seller: (n: number, of: number) => `The ${of} dates that she gave went to ${n} contacts only.`,
      honey: (n: number) =>
        n === 1
          ? "She opened the file of somebody who does not exist. Nobody had a reason to."
          : `She opened files of people who do not exist ${n} times. Nobody had a reason to.`,
    },
    peers: {
      attested: (n: number, of: number) => `Her colleagues: ${n} of ${of}.`,
      attested_rising: (n: number, of: number) => `Her colleagues: ${n} of ${of}.`,
      other_names: (n: number, of: number) => `Her colleagues: ${n} of ${of}.`,
      braked: (n: number, of: number) => `Her colleagues: ${n} of ${of}.`,
      one_seller: (n: number, of: number) => `Her colleagues: ${of} dates for ${n} contacts.`,
      honey: () => "Say nothing to her yet: it may have been a slip.",
    },
  },
});
