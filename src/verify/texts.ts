import type { Fault, Remark, Verdict } from "./report.ts";

export const LANGUAGES = ["es", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

interface Words {
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly faults: Readonly<Record<Fault, string>>;
  readonly remarks: Readonly<Record<Remark, string>>;
  readonly looked: (entries: number, households: number, promises: number) => string;
}

/** What a verifier says, in one sentence each; nothing in it needs the command, so that a page can say the same. */
export const WORDS: Readonly<Record<Language, Words>> = {
  es: {
    verdicts: {
      verified: "Comprobado: el sorteo se hizo como se anunció.",
      unproven: "Sin probar: faltan pruebas, pero no hay nada falso.",
      not_publicly_verifiable: "No comprobable por el público: el azar lo puso quien hizo el sorteo.",
      false: "Falso: algo no coincide con lo publicado.",
    },
    faults: {
      malformed: "Una línea o un documento no se entiende.",
      other_draw: "Un documento es de otro sorteo.",
      bad_signature: "Una firma no es válida.",
      unknown_key: "La llave no es la que usted conoce.",
      opening_changed: "El aviso de apertura cambió.",
      two_manifests: "Hay dos listas firmadas para un solo sorteo.",
      backdated_manifest: "La lista se fijó después de conocerse el azar.",
      another_round: "El azar no es de la ronda anunciada.",
      bad_beacon: "El azar no lo publicó drand.",
      changed_supply: "Los lugares no son los que se fijaron.",
      changed_filings: "La lista sellada de personas no es la que se fijó.",
      changed_leaf: "Una solicitud no es la que se fijó.",
      promise_without_leaf: "Se prometió incluir una solicitud y no está.",
      wrong_result: "El resultado no es el que sale del sorteo.",
    },
    remarks: {
      missing_manifest: "Falta la lista fijada antes del sorteo.",
      missing_witness: "Faltan testigos que vieran la lista antes del sorteo.",
      missing_beacon: "Falta el azar.",
      missing_result: "Falta el resultado.",
      missing_cutoffs: "Faltan los cortes.",
      promise_not_proven: "Falta la prueba de que su solicitud está en la lista.",
      operator_beacon: "El azar es de quien hizo el sorteo.",
      keys_from_the_file: "Las llaves salen de los mismos archivos: compárelas con otra fuente.",
      replay_not_published: "Las solicitudes de los demás todavía no son públicas.",
    },
    looked: (entries, households, promises) =>
      `Revisado: ${entries} solicitudes, ${households} resultados propios, ${promises} promesas.`,
  },
  en: {
    verdicts: {
      verified: "Verified: the draw was made as announced.",
      unproven: "Unproven: proof is missing, but nothing is false.",
      not_publicly_verifiable: "Not publicly verifiable: whoever ran the draw supplied the randomness.",
      false: "False: something does not agree with what was published.",
    },
    faults: {
      malformed: "A line or a document cannot be read.",
      other_draw: "A document belongs to another draw.",
      bad_signature: "A signature is not valid.",
      unknown_key: "The key is not the one you know.",
      opening_changed: "The opening notice was changed.",
      two_manifests: "Two signed lists exist for one draw.",
      backdated_manifest: "The list was fixed after the randomness was known.",
      another_round: "The randomness is not of the round announced.",
      bad_beacon: "The randomness was not published by drand.",
      changed_supply: "The places are not those that were fixed.",
      changed_filings: "The sealed list of people is not the one that was fixed.",
      changed_leaf: "A request is not the one that was fixed.",
      promise_without_leaf: "A request was promised a part in the draw and is not in it.",
      wrong_result: "The result is not what the draw gives.",
    },
    remarks: {
      missing_manifest: "The list fixed before the draw is missing.",
      missing_witness: "Witnesses who saw the list before the draw are missing.",
      missing_beacon: "The randomness is missing.",
      missing_result: "The result is missing.",
      missing_cutoffs: "The cutoffs are missing.",
      promise_not_proven: "The proof that your request is in the list is missing.",
      operator_beacon: "The randomness is of whoever ran the draw.",
      keys_from_the_file: "The keys come from the same files: compare them with another source.",
      replay_not_published: "The requests of others are not public yet.",
    },
    looked: (entries, households, promises) =>
      `Checked: ${entries} requests, ${households} own results, ${promises} promises.`,
  },
};
